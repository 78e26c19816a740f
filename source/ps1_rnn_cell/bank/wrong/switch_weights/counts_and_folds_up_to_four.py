# fails: switch_weights-any
# says: keep counting
def switch_weights():
    W_x = np.array([[1, 1, 1, 1, 1]])
    W_h = np.array(
        [
            [1, 1, 1, 1, 1],
            [0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
        ]
    )
    b = np.array([0, -1, -2, -3, -4])
    W_y = np.array([[1], [-2], [2], [-2], [2]])
    b_y = np.array([0])
    return W_x, W_h, b, W_y, b_y
