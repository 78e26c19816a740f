# fails: keras_gru_weights-input
# says: still in the order r, u
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    return W_ih.T, W_hh.T, np.stack([b_ih, b_hh])
