# fails: recurrent_weights-row_0
# says: then the product
recurrent_weights = [[0, 0.9], [-0.5, 0.3]]
