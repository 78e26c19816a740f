# fails: recurrent_weights-row_0
# says: two rows of two numbers
recurrent_weights = [0, 1.2, -0.7, 0.4]
