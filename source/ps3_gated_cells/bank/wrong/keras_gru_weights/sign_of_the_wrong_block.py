# fails: keras_gru_weights-input
# says: still in the order
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    moved = []
    for array in (W_ih, W_hh, b_ih, b_hh):
        r, u, g = np.split(array, 3)
        moved.append(np.concatenate([r, -u, g]).T)
    return moved[0], moved[1], np.stack(moved[2:])
