# fails: switch_weights-once
# says: A 0 must leave the light
def switch_weights():
    W_x = np.array([[1]])
    W_h = np.array([[0]])
    b = np.array([0])
    W_y = np.array([[1]])
    b_y = np.array([0])
    return W_x, W_h, b, W_y, b_y
