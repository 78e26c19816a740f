def switch_weights():
    # |x - y| is ReLU(x - y) + ReLU(y - x)
    return [[1, -1]], [[-1, 1], [-1, 1]], [0, 0], [[1], [1]], [0]
