# fails: keras_gru_weights-biases
# says: The sign of the update gate's biases
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    parts = [np.split(W, 3) for W in (W_ih, W_hh)]
    W_x, W_h = (np.concatenate([-u, r, g]).T for r, u, g in parts)
    parts = [np.split(b, 3) for b in (b_ih, b_hh)]
    return (
        W_x,
        W_h,
        np.stack([np.concatenate([u, r, g]) for r, u, g in parts]),
    )
