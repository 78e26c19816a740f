from collections import namedtuple

Weights = namedtuple("Weights", "W_x W_h b")


def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    width, features = W_ih.shape
    units = width // 3
    W_x = np.zeros((features, width), dtype="float32")
    W_h = np.zeros((units, width), dtype="float32")
    b = np.zeros((2, width), dtype="float32")
    for row in range(width):
        block, unit = divmod(row, units)
        column = {0: 1, 1: 0, 2: 2}[block] * units + unit
        sign = -1 if block == 1 else 1
        W_x[:, column] = sign * W_ih[row]
        W_h[:, column] = sign * W_hh[row]
        b[0, column], b[1, column] = sign * b_ih[row], sign * b_hh[row]
    return tuple(Weights(W_x, W_h, b))
