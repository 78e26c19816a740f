# fails: keras_gru_weights-biases
# says: b_hh needs it too
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    parts = [np.split(W, 3) for W in (W_ih, W_hh, b_ih)]
    W_x, W_h, b_x = (np.concatenate([-u, r, g]).T for r, u, g in parts)
    r, u, g = np.split(b_hh, 3)
    return W_x, W_h, np.stack([b_x, np.concatenate([u, r, g])])
