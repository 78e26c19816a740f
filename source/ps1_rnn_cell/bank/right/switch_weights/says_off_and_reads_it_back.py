def switch_weights():
    # the head starts from 1 and takes away what says that the light is off
    W_x = np.array([[1.0, 1.0, 0.0]])
    W_h = np.array([[1.0, 1.0, 0.0], [-2.0, -2.0, 0.0], [0.0, 0.0, 0.0]])
    b = np.array([0.0, -1.0, 1.0])
    W_y = np.array([[1.0], [-2.0], [1.0]])
    return W_x, W_h, b, W_y, np.array([-1.0])
