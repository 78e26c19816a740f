# fails: recurrent_weights-row_0
# says: Rows and columns are swapped
recurrent_weights = [[0, -0.7], [1.2, 0.4]]
