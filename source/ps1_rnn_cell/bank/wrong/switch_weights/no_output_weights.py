# fails: switch_weights-once
# says: 3 things came back
def switch_weights():
    W_x = np.array([[1, 1]])
    W_h = np.array([[1, 1], [-2, -2]])
    b = np.array([0, -1])
    W_y = np.array([[1], [-2]])
    b_y = np.array([0])
    return W_x, W_h, b
