# fails: recurrent_weights-row_1
# says: the trace goes on with
recurrent_weights = [[0, 1.2], [0.7, 0.4]]
