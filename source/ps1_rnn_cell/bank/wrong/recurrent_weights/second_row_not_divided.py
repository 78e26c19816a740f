# fails: recurrent_weights-row_1
# says: half undone
recurrent_weights = [[0, 1.2], [-0.5, 0.3]]
