"""Problem set 3, answered rightly, differently and with mistakes."""

from ._cell import cell

RIGHT = {
    "lstm_step": cell(
        """
        def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):
            z = x_t @ W_x + h_prev @ W_h + b
            i, f, g, o = np.split(z, 4, axis=1)
            c_t = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(g)
            h_t = sigmoid(o) * np.tanh(c_t)
            return h_t, c_t
        """
    ),
    "lstm_forward": cell(
        """
        def lstm_forward(x, h_0, c_0, W_x, W_h, b):
            h, c = h_0, c_0
            all_h, all_c = [], []
            for t in range(x.shape[1]):
                h, c = lstm_step(x[:, t], h, c, W_x, W_h, b)
                all_h.append(h)
                all_c.append(c)
            return np.stack(all_h, axis=1), np.stack(all_c, axis=1)
        """
    ),
    "gru_step": cell(
        """
        def gru_step(x_t, h_prev, W_x, W_h, b, reset_after):
            if reset_after:
                b_x, b_h = b
            else:
                b_x, b_h = b, 0
            x_z, x_r, x_g = np.split(x_t @ W_x + b_x, 3, axis=1)
            h_z, h_r, h_g = np.split(h_prev @ W_h + b_h, 3, axis=1)
            z = sigmoid(x_z + h_z)
            r = sigmoid(x_r + h_r)
            if reset_after:
                g = np.tanh(x_g + r * h_g)
            else:
                g = np.tanh(x_g + (r * h_prev) @ np.split(W_h, 3, axis=1)[2])
            return z * h_prev + (1 - z) * g
        """
    ),
    "initial_biases": cell(
        """
        def initial_biases(units, forget_bias):
            b = np.zeros(4 * units)
            b[units : 2 * units] = forget_bias
            return b
        """
    ),
    "counter_weights": cell(
        """
        def counter_weights():
            W_x = np.array([[0.0, 0.0, 10.0, 0.0], [0.0, 0.0, -10.0, 0.0]])
            W_h = np.zeros((1, 4))
            b = np.array([15.0, 15.0, 0.0, 15.0])
            return W_x, W_h, b
        """
    ),
}

# Right as well, in another style: a product for each gate, no call of the
# student's own functions, float32, lists in place of arrays, more units.
DIFFERENT = {
    "lstm_step": cell(
        """
        def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):
            n = c_prev.shape[1]
            blocks = []
            for k in range(4):
                cut = slice(k * n, (k + 1) * n)
                blocks.append(
                    x_t @ W_x[:, cut] + h_prev @ W_h[:, cut] + b[cut]
                )
            i, f, o = (1 / (1 + np.exp(-blocks[k])) for k in (0, 1, 3))
            c = i * np.tanh(blocks[2])
            c += f * c_prev
            return [(o * np.tanh(c)).astype("float32"), c]
        """
    ),
    "lstm_forward": cell(
        """
        def lstm_forward(x, h_0, c_0, W_x, W_h, b):
            batch, time, _ = x.shape
            out = np.zeros((2, batch, time + 1, h_0.shape[1]))
            out[:, :, 0] = h_0, c_0
            for t in range(time):
                z = x[:, t] @ W_x + out[0, :, t] @ W_h + b
                i, f, g, o = np.moveaxis(z.reshape(batch, 4, -1), 1, 0)
                c = sigmoid(f) * out[1, :, t] + sigmoid(i) * np.tanh(g)
                out[:, :, t + 1] = sigmoid(o) * np.tanh(c), c
            return tuple(out[:, :, 1:])
        """
    ),
    "gru_step": cell(
        """
        def gru_step(x_t, h_prev, W_x, W_h, b, reset_after):
            n = h_prev.shape[1]
            rows = np.reshape(b, (-1, 3 * n))
            both = rows.sum(axis=0)
            gates = x_t @ W_x[:, : 2 * n] + h_prev @ W_h[:, : 2 * n]
            gates = sigmoid(gates + both[: 2 * n])
            z, r = gates[:, :n], gates[:, n:]
            drive = x_t @ W_x[:, 2 * n :] + rows[0, 2 * n :]
            if reset_after:
                drive = drive + r * (h_prev @ W_h[:, 2 * n :] + rows[1, 2 * n :])
            else:
                drive = drive + np.dot(r * h_prev, W_h[:, 2 * n :])
            new = np.tanh(drive)
            return (new + z * (h_prev - new)).tolist()
        """
    ),
    "initial_biases": cell(
        """
        def initial_biases(units, forget_bias):
            return [0.0] * units + [forget_bias] * units + [0.0] * (2 * units)
        """
    ),
    "counter_weights": cell(
        """
        def counter_weights():
            W_x, W_h, b = np.zeros((2, 12)), np.zeros((3, 12)), np.zeros(12)
            W_x[0, 6], W_x[1, 6] = -1, 1  # the first unit's candidate
            b[[0, 3, 9]] = 30  # its gates
            return [W_x.tolist(), W_h.tolist(), b.tolist()]
        """
    ),
}

MISTAKEN = RIGHT | {
    "lstm_step": cell(  # tanh is forgotten in h_t
        """
        def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):
            z = x_t @ W_x + h_prev @ W_h + b
            i, f, g, o = np.split(z, 4, axis=1)
            c_t = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(g)
            return sigmoid(o) * c_t, c_t
        """
    ),
    "gru_step": RIGHT["gru_step"].replace(  # the sign of the papers
        "z * h_prev + (1 - z) * g", "(1 - z) * h_prev + z * g"
    ),
    "initial_biases": cell(  # the input gate's block
        """
        def initial_biases(units, forget_bias):
            b = np.zeros(4 * units)
            b[:units] = forget_bias
            return b
        """
    ),
    "counter_weights": RIGHT["counter_weights"].replace(  # it leaks
        "[15.0, 15.0, 0.0, 15.0]", "[15.0, 6.0, 0.0, 15.0]"
    ),
}
