# fails: recurrent_weights-row_0
# says: the trace goes on with
recurrent_weights = [[-0.7, 0.4], [0, 1.2]]
