"""Wrong and right solutions of problem set 1."""

from tests.assignments.grading import Mistake, Variant

from . import edited

LOOP = """\
def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):
    h_t, states = h_0, []
    for t in range(x.shape[1]):
        new = rnn_step(x[:, t], h_t, W_x, W_h, b)
        if lengths is not None:
            new = np.where(t < lengths[:, None], new, h_t)
        h_t = new
        states.append(h_t)
    return np.stack(states, axis=1)"""


def step(name, expression, cell, says):
    return Mistake(
        name,
        "rnn_step",
        "def rnn_step(x_t, h_prev, W_x, W_h, b, activation=np.tanh):\n"
        f"    return {expression}",
        cell,
        says,
    )


def forward(name, body, cell, says):
    return Mistake(
        name,
        "rnn_forward",
        f"def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):\n{body}",
        cell,
        says,
    )


def padding(name, cell, says, *changes):
    """The right loop, but for what it does with `lengths`."""
    return Mistake(
        name,
        "rnn_forward",
        edited(LOOP, *changes),
        f"rnn_forward-{cell}",
        says,
    )


def head(exercise, name, expression, cell, says):
    return Mistake(
        name,
        exercise,
        f"def {exercise}(h, W_y, b_y):\n    return {expression}",
        cell,
        says,
    )


def count(name, expression, says):
    return Mistake(
        name,
        "count_parameters",
        "def count_parameters(input_size, units, output_size):\n"
        f"    return {expression}",
        "count_parameters-small",
        says,
    )


def keras(name, body, cell, says):
    return Mistake(
        name,
        "run_keras_weights",
        f"def run_keras_weights(x, weights):\n{body}",
        cell,
        says,
    )


MISTAKES = [
    step(
        "no tanh",
        "x_t @ W_x + h_prev @ W_h + b",
        "rnn_step-bias",
        "tanh is missing",
    ),
    step(
        "no bias",
        "np.tanh(x_t @ W_x + h_prev @ W_h)",
        "rnn_step-bias",
        "bias is missing",
    ),
    step(
        "sigmoid for tanh",
        "1 / (1 + np.exp(-(x_t @ W_x + h_prev @ W_h + b)))",
        "rnn_step-bias",
        "sigmoid",
    ),
    step(
        "ReLU for tanh",
        "np.maximum(x_t @ W_x + h_prev @ W_h + b, 0)",
        "rnn_step-bias",
        "ReLU",
    ),
    step(
        "prints and returns nothing",
        "print(np.tanh(x_t @ W_x + h_prev @ W_h + b))",
        "rnn_step-bias",
        "returned None",
    ),
    step(
        "first row alone",
        "np.tanh(x_t @ W_x + h_prev @ W_h + b)[0]",
        "rnn_step-bias",
        "shape (3,)",
    ),
    step(
        "bias outside tanh",
        "np.tanh(x_t @ W_x + h_prev @ W_h) + b",
        "rnn_step-bias",
        "tanh is missing",
    ),
    step(
        "no input",
        "np.tanh(h_prev @ W_h + b)",
        "rnn_step-input",
        "input is missing",
    ),
    step(
        "entry-by-entry product of the input",
        "np.tanh((x_t * W_x if x_t.shape == W_x.shape else x_t @ W_x)"
        " + h_prev @ W_h + b)",
        "rnn_step-input",
        "matrix product",
    ),
    step(
        "input weights transposed",
        "np.tanh((x_t @ W_x.T if W_x.shape[0] == W_x.shape[1] else"
        " x_t @ W_x) + h_prev @ W_h + b)",
        "rnn_step-input",
        "W_x is transposed",
    ),
    step(
        "no previous state",
        "np.tanh(x_t @ W_x + b + 0 * h_prev)",
        "rnn_step-hidden",
        "h_prev is missing",
    ),
    step(
        "recurrent weights transposed",
        "np.tanh(x_t @ W_x + h_prev @ W_h.T + b)",
        "rnn_step-hidden",
        "W_h is transposed",
    ),
    step(
        "tanh around the input alone",
        "np.tanh(x_t @ W_x + b) + h_prev @ W_h",
        "rnn_step-hidden",
        "tanh must go around",
    ),
    step(
        "state added without its weights",
        "np.tanh(x_t @ W_x + h_prev + b)",
        "rnn_step-hidden",
        "must be multiplied by W_h",
    ),
    step(
        "tanh around each term",
        "np.tanh(x_t @ W_x) + np.tanh(h_prev @ W_h) + np.tanh(b)",
        "rnn_step-all",
        "whole sum",
    ),
    step(
        "activation ignored",
        "np.tanh(x_t @ W_x + h_prev @ W_h + b)",
        "rnn_step-activation",
        "whatever function",
    ),
    step(
        "tanh before the activation",
        "activation(np.tanh(x_t @ W_x + h_prev @ W_h + b))"
        " if activation is not np.tanh"
        " else np.tanh(x_t @ W_x + h_prev @ W_h + b)",
        "rnn_step-activation",
        "both applied",
    ),
    Mistake(
        "copied from lesson 02",
        "rnn_step",
        "def rnn_step(x_t, h_prev, W_x, W_h, b):\n"
        "    return np.tanh(x_t @ W_x + h_prev @ W_h + b)",
        "rnn_step-activation",
        "positional arguments",
    ),
    Mistake(
        "state changed in place",
        "rnn_step",
        "def rnn_step(x_t, h_prev, W_x, W_h, b):\n"
        "    h_prev[:] = np.tanh(x_t @ W_x + h_prev @ W_h + b)\n"
        "    return h_prev",
        "rnn_step-hidden",
        "changed h_prev",
    ),
    forward(
        "last state alone",
        "    for t in range(x.shape[1]):\n"
        "        h_0 = rnn_step(x[:, t], h_0, W_x, W_h, b)\n"
        "    return h_0",
        "rnn_forward-shape",
        "every state",
    ),
    forward(
        "time first",
        "    states, h = [], h_0\n"
        "    for t in range(x.shape[1]):\n"
        "        h = rnn_step(x[:, t], h, W_x, W_h, b)\n"
        "        states.append(h)\n"
        "    return np.array(states)",
        "rnn_forward-shape",
        "axis 1",
    ),
    forward(
        "h_0 among the states",
        "    states = [h_0]\n"
        "    for t in range(x.shape[1]):\n"
        "        states.append(rnn_step(x[:, t], states[-1], W_x, W_h, b))\n"
        "    return np.stack(states, axis=1)",
        "rnn_forward-shape",
        "leave out h_0",
    ),
    forward(
        "loop over the batch",
        "    states, h = [], h_0\n"
        "    for t in range(x.shape[0]):\n"
        "        h = rnn_step(x[:, t], h, W_x, W_h, b)\n"
        "        states.append(h)\n"
        "    return np.stack(states, axis=1)",
        "rnn_forward-shape",
        "(2, 5, 4)",
    ),
    forward(
        "one step too few",
        "    states, h = [], h_0\n"
        "    for t in range(x.shape[1] - 1):\n"
        "        h = rnn_step(x[:, t], h, W_x, W_h, b)\n"
        "        states.append(h)\n"
        "    return np.stack(states, axis=1)",
        "rnn_forward-shape",
        "(2, 5, 4)",
    ),
    forward(
        "no return",
        "    for t in range(x.shape[1]):\n"
        "        h_0 = rnn_step(x[:, t], h_0, W_x, W_h, b)",
        "rnn_forward-shape",
        "return",
    ),
    forward(
        "every step from h_0",
        "    states = [rnn_step(x[:, t], h_0, W_x, W_h, b)"
        " for t in range(x.shape[1])]\n"
        "    return np.stack(states, axis=1)",
        "rnn_forward-loop",
        "carry h_t",
    ),
    forward(
        "one array overwritten",
        "    h, states = h_0.copy(), []\n"
        "    for t in range(x.shape[1]):\n"
        "        h[:] = rnn_step(x[:, t], h, W_x, W_h, b)\n"
        "        states.append(h)\n"
        "    return np.stack(states, axis=1)",
        "rnn_forward-loop",
        "overwritten",
    ),
    forward(
        "first input at every step",
        "    states, h = [], h_0\n"
        "    for t in range(x.shape[1]):\n"
        "        h = rnn_step(x[:, 0], h, W_x, W_h, b)\n"
        "        states.append(h)\n"
        "    return np.stack(states, axis=1)",
        "rnn_forward-loop",
        "x[:, 1]",
    ),
    forward(
        "starts from zeros",
        "    states, h = [], np.zeros_like(h_0)\n"
        "    for t in range(x.shape[1]):\n"
        "        h = rnn_step(x[:, t], h, W_x, W_h, b)\n"
        "        states.append(h)\n"
        "    return np.stack(states, axis=1)",
        "rnn_forward-start",
        "h_0 is ignored",
    ),
    forward(
        "h_0 in place of the last state",
        "    states = [h_0]\n"
        "    for t in range(x.shape[1]):\n"
        "        states.append(rnn_step(x[:, t], states[-1], W_x, W_h, b))\n"
        "    return np.stack(states[:-1], axis=1)",
        "rnn_forward-loop",
        "x[:, 1]",
    ),
    forward(
        "backwards in time",
        "    states, h = [], h_0\n"
        "    for t in reversed(range(x.shape[1])):\n"
        "        h = rnn_step(x[:, t], h, W_x, W_h, b)\n"
        "        states.append(h)\n"
        "    return np.stack(states, axis=1)",
        "rnn_forward-loop",
        "one step on",
    ),
    padding(
        "lengths ignored",
        "lengths",
        "changes nothing",
        ("lengths is not None", "False"),
    ),
    padding(
        "zeros beyond the end",
        "lengths",
        "are zero",
        ("new, h_t)", "new, 0)"),
    ),
    padding(
        "last real step left out",
        "lengths",
        "left out",
        ("t < lengths", "t + 1 < lengths"),
    ),
    padding(
        "a step too many",
        "lengths",
        "a step too many",
        ("t < lengths", "t <= lengths"),
    ),
    padding(
        "padding set to zero",
        "lengths",
        "no step at all",
        ("        if lengths is not None:\n", ""),
        (
            "            new = np.where(t < lengths[:, None], new, h_t)\n",
            "",
        ),
        (
            "        new = rnn_step(x[:, t]",
            "        x_t = x[:, t] if lengths is None else"
            " x[:, t] * (t < lengths)[:, None]\n"
            "        new = rnn_step(x_t",
        ),
    ),
    padding(
        "h_0 beyond the end",
        "lengths",
        "keeps its last real state",
        ("new, h_t)", "new, h_0)"),
    ),
    padding(
        "result as long as the longest sequence",
        "padded",
        "(1, 2, 1)",
        (
            "range(x.shape[1])",
            "range(x.shape[1] if lengths is None else lengths.max())",
        ),
    ),
    head(
        "many_to_one",
        "every state",
        "h @ W_y + b_y",
        "many_to_one-last",
        "every step",
    ),
    head(
        "many_to_one",
        "first state",
        "h[:, 0] @ W_y + b_y",
        "many_to_one-last",
        "first state",
    ),
    head(
        "many_to_one",
        "mean of the states",
        "h.mean(axis=1) @ W_y + b_y",
        "many_to_one-last",
        "mean",
    ),
    head(
        "many_to_one",
        "sum of the states",
        "h.sum(axis=1) @ W_y + b_y",
        "many_to_one-last",
        "sum of the states",
    ),
    head(
        "many_to_one",
        "no bias",
        "h[:, -1] @ W_y",
        "many_to_one-last",
        "b_y is missing",
    ),
    head(
        "many_to_one",
        "squashed logits",
        "np.tanh(h[:, -1] @ W_y + b_y)",
        "many_to_one-last",
        "leave out tanh",
    ),
    head(
        "many_to_one",
        "softmax",
        "(lambda e: e / e.sum(axis=-1, keepdims=True))"
        "(np.exp(h[:, -1] @ W_y + b_y))",
        "many_to_one-last",
        "no softmax",
    ),
    head(
        "many_to_one",
        "last sequence in place of last step",
        "h[-1] @ W_y + b_y",
        "many_to_one-last",
        "(1, 3)",
    ),
    head(
        "many_to_many",
        "last state alone",
        "h[:, -1] @ W_y + b_y",
        "many_to_many-every",
        "every state",
    ),
    head(
        "many_to_many",
        "no bias",
        "h @ W_y",
        "many_to_many-every",
        "b_y is missing",
    ),
    head(
        "many_to_many",
        "batch and time mixed",
        "h.reshape(-1, h.shape[-1]) @ W_y + b_y",
        "many_to_many-every",
        "mixed",
    ),
    head(
        "many_to_many",
        "last answer repeated",
        "np.repeat((h[:, -1] @ W_y + b_y)[:, None], h.shape[1], axis=1)",
        "many_to_many-every",
        "repeats",
    ),
    head(
        "many_to_many",
        "squashed logits",
        "np.tanh(h @ W_y + b_y)",
        "many_to_many-every",
        "leave out tanh",
    ),
    count(
        "no biases",
        "input_size * units + units * units + units * output_size",
        "Both biases",
    ),
    count(
        "no recurrent bias",
        "input_size * units + units**2 + (units + 1) * output_size",
        "bias b of the recurrent layer",
    ),
    count(
        "no output bias",
        "(input_size + units + 1) * units + units * output_size",
        "b_y of the head",
    ),
    count(
        "no recurrent weights",
        "(input_size + 1) * units + (units + 1) * output_size",
        "W_h is missing",
    ),
    count("no head", "(input_size + units + 1) * units", "head is missing"),
    count(
        "one bias a layer",
        "(input_size + units) * units + 1 + units * output_size + 1",
        "one entry a unit",
    ),
    keras(
        "kernels mixed up",
        "    W_h, W_x, b = weights\n"
        "    if W_x.shape != W_h.shape:\n"
        "        W_x, W_h = W_h, W_x\n"
        "    h_0 = np.zeros((len(x), len(b)))\n"
        "    return rnn_forward(x, h_0, W_x, W_h, b)",
        "run_keras_weights-all",
        "mixed up",
    ),
    keras(
        "recurrent kernel transposed",
        "    W_x, W_h, b = weights\n"
        "    h_0 = np.zeros((len(x), len(b)))\n"
        "    return rnn_forward(x, h_0, W_x, W_h.T, b)",
        "run_keras_weights-layer",
        "this order",
    ),
    keras(
        "last state alone",
        "    W_x, W_h, b = weights\n"
        "    h_0 = np.zeros((len(x), len(b)))\n"
        "    return rnn_forward(x, h_0, W_x, W_h, b)[:, -1]",
        "run_keras_weights-layer",
        "every state",
    ),
    keras(
        "bias left out",
        "    W_x, W_h, b = weights\n"
        "    h_0 = np.zeros((len(x), len(b)))\n"
        "    return rnn_forward(x, h_0, W_x, W_h, 0 * b)",
        "run_keras_weights-layer",
        "this order",
    ),
    keras(
        "first state of ones",
        "    W_x, W_h, b = weights\n"
        "    h_0 = np.ones((len(x), len(b)))\n"
        "    return rnn_forward(x, h_0, W_x, W_h, b)",
        "run_keras_weights-layer",
        "first state is zero",
    ),
]

VARIANTS = [
    Variant(
        "einsum and a tanh of exponentials",
        "rnn_step",
        "def rnn_step(x_t, h_prev, W_x, W_h, b, activation=None):\n"
        "    z = np.einsum('nf,fu->nu', x_t, W_x)\n"
        "    z = z + np.einsum('nv,vu->nu', h_prev, W_h) + b\n"
        "    if activation is None:\n"
        "        return 2 / (1 + np.exp(-2 * z)) - 1\n"
        "    return activation(z)",
    ),
    Variant(
        "stacked weights",
        "rnn_step",
        "def rnn_step(x_t, h_prev, W_x, W_h, b, f=np.tanh):\n"
        "    both = np.hstack([x_t, h_prev])\n"
        "    return f(both @ np.vstack([W_x, W_h]) + b)",
    ),
    Variant(
        "columns in place of rows",
        "rnn_step",
        "def rnn_step(x_t, h_prev, W_x, W_h, b, activation=np.tanh):\n"
        "    total = W_x.T.dot(x_t.T) + W_h.T.dot(h_prev.T)\n"
        "    return activation(total + b[:, None]).T",
    ),
    Variant(
        "float32",
        "rnn_step",
        "def rnn_step(x_t, h_prev, W_x, W_h, b, activation=np.tanh):\n"
        "    arrays = [x_t, h_prev, W_x, W_h, b]\n"
        "    x_t, h_prev, W_x, W_h, b = "
        "[a.astype('float32') for a in arrays]\n"
        "    return activation(x_t @ W_x + h_prev @ W_h + b)",
    ),
    Variant(
        "loops over batch and units, lists returned",
        "rnn_step",
        "import math\n"
        "def rnn_step(x_t, h_prev, W_x, W_h, b, activation=math.tanh):\n"
        "    rows = []\n"
        "    for x, h in zip(x_t, h_prev):\n"
        "        rows.append([activation(sum(x * W_x[:, u])"
        " + sum(h * W_h[:, u]) + b[u]) for u in range(len(b))])\n"
        "    return rows",
    ),
    Variant(
        "array filled in place",
        "rnn_forward",
        "def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):\n"
        "    batch, time, _ = x.shape\n"
        "    out = np.zeros((batch, time, W_h.shape[0]))\n"
        "    for t in range(time):\n"
        "        before = out[:, t - 1] if t else h_0\n"
        "        out[:, t] = np.tanh(x[:, t] @ W_x + before @ W_h + b)\n"
        "    if lengths is not None:\n"
        "        for row, length in zip(out, lengths):\n"
        "            row[length:] = row[length - 1]\n"
        "    return out",
    ),
    Variant(
        "recursion",
        "rnn_forward",
        "def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):\n"
        "    h_1 = rnn_step(x[:, 0], h_0, W_x, W_h, b)\n"
        "    if lengths is not None:\n"
        "        h_1[lengths < 1] = h_0[lengths < 1]\n"
        "        lengths = lengths - 1\n"
        "    if x.shape[1] == 1:\n"
        "        return h_1[:, None]\n"
        "    rest = rnn_forward(x[:, 1:], h_1, W_x, W_h, b, lengths)\n"
        "    return np.concatenate([h_1[:, None], rest], axis=1)",
    ),
    Variant(
        "accumulate",
        "rnn_forward",
        "from itertools import accumulate\n"
        "def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):\n"
        "    steps = accumulate(np.moveaxis(x, 1, 0), initial=h_0,\n"
        "        func=lambda h, x_t: rnn_step(x_t, h, W_x, W_h, b))\n"
        "    h = np.stack(list(steps)[1:], axis=1)\n"
        "    if lengths is None:\n"
        "        return h\n"
        "    last = np.minimum(np.arange(x.shape[1]), lengths[:, None] - 1)\n"
        "    return np.take_along_axis(h, last[:, :, None], axis=1)",
    ),
    Variant(
        "index by length",
        "many_to_one",
        "def many_to_one(states, weights, bias):\n"
        "    return np.dot(states[:, states.shape[1] - 1, :], weights)"
        " + bias",
    ),
    Variant(
        "last of many-to-many",
        "many_to_one",
        "def many_to_one(h, W_y, b_y):\n"
        "    return (np.tensordot(h, W_y, axes=1) + b_y)[:, -1, :]",
    ),
    Variant(
        "a loop over time",
        "many_to_many",
        "def many_to_many(h, W_y, b_y):\n"
        "    out = [h[:, t] @ W_y + b_y for t in range(h.shape[1])]\n"
        "    return np.swapaxes(out, 0, 1)",
    ),
    Variant(
        "sizes of arrays, as a float",
        "count_parameters",
        "def count_parameters(input_size, units, output_size):\n"
        "    total = np.zeros((input_size + units + 1, units)).size\n"
        "    return float(total + (units + 1) * output_size)",
    ),
    Variant(
        "float32 all the way",
        "run_keras_weights",
        "def run_keras_weights(x, weights):\n"
        "    h = np.zeros((x.shape[0], weights[2].size), 'float32')\n"
        "    states = []\n"
        "    for t in range(x.shape[1]):\n"
        "        h = np.tanh(x[:, t] @ weights[0] + h @ weights[1]"
        " + weights[2])\n"
        "        states.append(h)\n"
        "    return np.stack(states, 1)",
    ),
]
