# fails: keras_gru_weights-state
# says: all of them change
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    units = W_hh.shape[1]
    order = np.r_[units : 2 * units, 0:units, 2 * units : 3 * units]
    W_x = W_ih[order].T.copy()
    W_x[:, :units] *= -1
    return W_x, W_hh[order].T, np.stack([b_ih[order], b_hh[order]])
