def switch_weights():
    W_x = np.array([[0.5, 0.25, 0.0]])
    W_y = np.array([[2.0], [-8.0], [0.0]], dtype="float32")
    W_h = W_y @ np.array([[0.5, 0.25, 0.0]])
    return {
        "W_x": W_x,
        "W_h": W_h,
        "b": np.array([0, -0.25, -7]),
        "W_y": W_y,
        "b_y": np.zeros(1),
    }.values()
