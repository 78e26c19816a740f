# fails: keras_gru_weights-state
# says: not transposed
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    r, u, g = np.split(W_ih, 3)
    W_x = np.concatenate([-u, r, g]).T
    r, u, g = np.split(W_hh, 3)
    W_h = np.hstack([-u, r, g])
    rows = [np.split(b, 3) for b in (b_ih, b_hh)]
    return (
        W_x,
        W_h,
        np.array([np.concatenate([-u, r, g]) for r, u, g in rows]),
    )
