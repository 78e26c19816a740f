# fails: keras_gru_weights-input
# says: Only W_ih
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    moved = []
    for array in (W_ih, W_hh, b_ih, b_hh):
        r, u, g = np.split(array, 3)
        moved.append(np.concatenate([-u, r, g]))
    return (
        moved[0].reshape(W_ih.T.shape),
        moved[1].reshape(W_hh.T.shape),
        np.stack(moved[2:]),
    )
