# fails: keras_gru_weights-input
# says: Your function changed W_ih
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    units = W_hh.shape[1]
    moved = []
    for array in (W_ih, W_hh, b_ih, b_hh):
        array[units : 2 * units] *= -1
        r, u, g = np.split(array, 3)
        moved.append(np.concatenate([u, r, g]).T)
    return moved[0], moved[1], np.stack(moved[2:])
