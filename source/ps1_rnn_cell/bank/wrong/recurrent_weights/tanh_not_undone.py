# fails: recurrent_weights-row_0
# says: Undo tanh first
recurrent_weights = [[0, 0.9], [-0.6, 0.4]]
