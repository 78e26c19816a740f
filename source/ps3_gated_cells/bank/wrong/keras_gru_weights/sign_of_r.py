# fails: keras_gru_weights-input
# says: z must be 1 - u
def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    moved = []
    for array in (W_ih, W_hh, b_ih, b_hh):
        r, u, g = np.split(array, 3)
        moved.append(np.concatenate([u, -r, g]).T)
    return moved[0], moved[1], np.stack(moved[2:])
