# fails: keras_gru_weights-biases
# says: still in the order r, u, g
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    parts = [np.split(W, 3) for W in (W_ih, W_hh)]
    W_x, W_h = (np.concatenate([-u, r, g]).T for r, u, g in parts)
    return W_x, W_h, np.stack([b_ih, b_hh])
