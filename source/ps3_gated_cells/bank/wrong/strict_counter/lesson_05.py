# fails: strict_counter-counts
# says: 1 units: use 2 to 8
def strict_counter():
    W_x = np.array([[0.0, 0.0, 40.0, 0.0], [0.0, 0.0, -40.0, 0.0]])
    return W_x, np.zeros((1, 4)), np.array([40.0, 40.0, 0.0, 40.0])
