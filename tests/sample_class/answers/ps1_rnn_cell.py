"""Problem set 1, answered rightly, differently and with mistakes."""

from ._cell import cell

RIGHT = {
    "rnn_step": cell(
        """
        def rnn_step(x_t, h_prev, W_x, W_h, b, activation=np.tanh):
            return activation(x_t @ W_x + h_prev @ W_h + b)
        """
    ),
    "rnn_forward": cell(
        """
        def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):
            states = []
            h = h_0
            for t in range(x.shape[1]):
                before, h = h, rnn_step(x[:, t], h, W_x, W_h, b)
                if lengths is not None:
                    h = np.where(t < lengths[:, None], h, before)
                states.append(h)
            return np.stack(states, axis=1)
        """
    ),
    "many_to_one": cell(
        """
        def many_to_one(h, W_y, b_y):
            return h[:, -1] @ W_y + b_y
        """
    ),
    "many_to_many": cell(
        """
        def many_to_many(h, W_y, b_y):
            return h @ W_y + b_y
        """
    ),
    "count_parameters": cell(
        """
        def count_parameters(input_size, units, output_size):
            layer = (input_size + units + 1) * units
            return layer + (units + 1) * output_size
        """
    ),
    "run_keras_weights": cell(
        """
        def run_keras_weights(x, weights):
            W_x, W_h, b = weights
            return rnn_forward(x, np.zeros((len(x), len(b))), W_x, W_h, b)
        """
    ),
}

# Right as well, in another style: no call of the student's own functions,
# float32, arrays filled in place, lists in place of arrays.
DIFFERENT = {
    "rnn_step": cell(
        """
        def rnn_step(x_t, h_prev, W_x, W_h, b, activation=None):
            both = np.concatenate([x_t, h_prev], axis=1).astype("float32")
            weights = np.concatenate([W_x, W_h]).astype("float32")
            total = np.einsum("ni,iu->nu", both, weights) + b
            if activation is not None:
                return activation(total)
            return (np.exp(2 * total) - 1) / (np.exp(2 * total) + 1)
        """
    ),
    "rnn_forward": cell(
        """
        def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):
            batch, time, _ = x.shape
            lengths = np.full(batch, time) if lengths is None else lengths
            out = np.empty((batch, time + 1, h_0.shape[1]))
            out[:, 0] = h_0
            for step in range(time):
                drive = np.dot(x[:, step], W_x) + np.dot(out[:, step], W_h)
                out[:, step + 1] = np.tanh(drive + b)
                ended = step >= lengths
                out[ended, step + 1] = out[ended, step]
            return out[:, 1:]
        """
    ),
    "many_to_one": cell(
        """
        def many_to_one(h, W_y, b_y):
            answers = []
            for sequence in h:
                answers.append(list(sequence[len(sequence) - 1].dot(W_y) + b_y))
            return answers
        """
    ),
    "many_to_many": cell(
        """
        def many_to_many(h, W_y, b_y):
            return np.stack(
                [many_to_one(h[:, : t + 1], W_y, b_y) for t in range(h.shape[1])],
                axis=1,
            )
        """
    ),
    "count_parameters": cell(
        """
        def count_parameters(input_size, units, output_size):
            shapes = [
                (input_size, units), (units, units), (units,),
                (units, output_size), (output_size,),
            ]
            return sum(np.zeros(shape).size for shape in shapes)
        """
    ),
    "run_keras_weights": cell(
        """
        def run_keras_weights(x, weights):
            h = np.zeros((x.shape[0], weights[1].shape[0]), dtype="float32")
            result = []
            for x_t in np.swapaxes(x, 0, 1):
                h = np.tanh(x_t @ weights[0] + h @ weights[1] + weights[2])
                result.append(h)
            return np.array(result).transpose(1, 0, 2)
        """
    ),
}

MISTAKEN = {
    "rnn_step": cell(
        """
        def rnn_step(x_t, h_prev, W_x, W_h, b, activation=np.tanh):
            return activation(x_t @ W_x + h_prev @ W_h)
        """
    ),
    "rnn_forward": RIGHT["rnn_forward"],
    "many_to_one": cell(
        """
        def many_to_one(h, W_y, b_y):
            return h.mean(axis=1) @ W_y + b_y
        """
    ),
    "many_to_many": cell(
        """
        def many_to_many(h, W_y, b_y):
            return h @ W_y
        """
    ),
    "count_parameters": cell(
        """
        def count_parameters(input_size, units, output_size):
            return input_size * units + units * units + units * output_size
        """
    ),
    "run_keras_weights": cell(
        """
        def run_keras_weights(x, weights):
            W_h, W_x, b = weights
            return rnn_forward(x, np.zeros((len(x), len(b))), W_x, W_h, b)
        """
    ),
}
