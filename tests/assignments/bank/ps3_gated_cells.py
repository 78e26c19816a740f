"""Wrong and right solutions of problem set 3."""

from tests.assignments.grading import Mistake, Variant

from . import edited

LSTM = """\
def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):
    z = x_t @ W_x + h_prev @ W_h + b
    z_i, z_f, z_c, z_o = np.split(z, 4, axis=1)
    i, f, o = sigmoid(z_i), sigmoid(z_f), sigmoid(z_o)
    g = np.tanh(z_c)
    c_t = f * c_prev + i * g
    h_t = o * np.tanh(c_t)
    return h_t, c_t"""

LOOP = """\
def lstm_forward(x, h_0, c_0, W_x, W_h, b):
    h_t, c_t, hs, cs = h_0, c_0, [], []
    for t in range(x.shape[1]):
        h_t, c_t = lstm_step(x[:, t], h_t, c_t, W_x, W_h, b)
        hs.append(h_t)
        cs.append(c_t)
    return np.stack(hs, axis=1), np.stack(cs, axis=1)"""

GRU = """\
def gru_step(x_t, h_prev, W_x, W_h, b, reset_after):
    b_x, b_h = b if reset_after else (b, np.zeros_like(b))
    x_z, x_r, x_g = np.split(x_t @ W_x + b_x, 3, axis=1)
    h_z, h_r, h_g = np.split(h_prev @ W_h + b_h, 3, axis=1)
    W_hg = np.split(W_h, 3, axis=1)[2]
    z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
    if reset_after:
        g = np.tanh(x_g + r * h_g)
    else:
        g = np.tanh(x_g + (r * h_prev) @ W_hg)
    return z * h_prev + (1 - z) * g"""

READ_BY_ANOTHER = """\
def counter_weights():
    step, gain = 0.02, 50
    W_x, W_h, b = np.zeros((2, 8)), np.zeros((2, 8)), np.zeros(8)
    W_x[:, 5] = step, -step
    W_x[:, 4] = gain * step, -gain * step
    W_h[1, 4] = gain
    b[[0, 1, 3, 6, 7]] = 20
    b[2] = -20
    return W_x, W_h, b"""

MIX = "z * h_prev + (1 - z) * g"


def lstm(name, cell, says, *changes):
    return Mistake(
        name,
        "lstm_step",
        edited(LSTM, *changes),
        f"lstm_step-{cell}",
        says,
    )


def forward(name, cell, says, *changes):
    return Mistake(
        name,
        "lstm_forward",
        edited(LOOP, *changes),
        f"lstm_forward-{cell}",
        says,
    )


def gru(name, cell, says, *changes):
    return Mistake(
        name, "gru_step", edited(GRU, *changes), f"gru_step-{cell}", says
    )


def biases(name, body, says, cell="place"):
    return Mistake(
        name,
        "initial_biases",
        f"def initial_biases(units, forget_bias):\n    {body}",
        f"initial_biases-{cell}",
        says,
    )


def weights(w_a, w_b, b):
    """Hand-set weights of one unit: rows of W_x, and the biases."""
    return (
        "def counter_weights():\n"
        f"    W_x = np.array([{w_a}, {w_b}], dtype=float)\n"
        f"    return W_x, np.zeros((1, 4)), np.array({b}, dtype=float)"
    )


def counter(name, cell, says, w_a, w_b, b):
    return Mistake(
        name,
        "counter_weights",
        weights(w_a, w_b, b),
        f"counter_weights-{cell}",
        says,
    )


LSTM_MISTAKES = [
    lstm(
        "no forget gate, as in 1997",
        "forget",
        "forget gate is missing",
        ("f * c_prev", "c_prev"),
    ),
    lstm(
        "forgets instead of keeping",
        "forget",
        "1 - f",
        ("f * c_prev", "(1 - f) * c_prev"),
    ),
    lstm(
        "input and forget gate swapped",
        "forget",
        "input and forget gate swapped",
        ("z_i, z_f, z_c, z_o =", "z_f, z_i, z_c, z_o ="),
    ),
    lstm(
        "order i, c, f, o",
        "forget",
        "is block c used",
        ("z_i, z_f, z_c, z_o =", "z_i, z_c, z_f, z_o ="),
    ),
    lstm(
        "order i, o, c, f",
        "forget",
        "Block o is used as forget gate",
        ("z_i, z_f, z_c, z_o =", "z_i, z_o, z_c, z_f ="),
    ),
    lstm(
        "tanh in the forget gate",
        "forget",
        "not tanh",
        ("sigmoid(z_f)", "np.tanh(z_f)"),
    ),
    lstm(
        "forget gate not squashed",
        "forget",
        "needs its sigmoid",
        ("sigmoid(z_f)", "z_f"),
    ),
    lstm(
        "candidate written without its gate",
        "input",
        "input gate is missing",
        ("i * g", "g"),
    ),
    lstm(
        "c before h",
        "forget",
        "Return h_t first",
        ("return h_t, c_t", "return c_t, h_t"),
    ),
    lstm(
        "tanh around the memory",
        "forget",
        "no tanh around it",
        ("c_t = f * c_prev + i * g", "c_t = np.tanh(f * c_prev + i * g)"),
    ),
    lstm(
        "only h returned",
        "forget",
        "two arrays",
        ("return h_t, c_t", "return h_t"),
    ),
    lstm(
        "memory not read",
        "forget",
        "Is c_prev missing",
        ("f * c_prev", "0 * f"),
    ),
    lstm(
        "sigmoid in the candidate",
        "input",
        "not the sigmoid",
        ("g = np.tanh(z_c)", "g = sigmoid(z_c)"),
    ),
    lstm(
        "candidate without tanh",
        "input",
        "needs its tanh",
        ("g = np.tanh(z_c)", "g = z_c"),
    ),
    lstm(
        "order i, f, o, c",
        "input",
        "Block o is used as candidate",
        ("z_i, z_f, z_c, z_o =", "z_i, z_f, z_o, z_c ="),
    ),
    lstm(
        "one gate for both, as in a GRU",
        "input",
        "(1 - f) * g",
        ("i * g", "(1 - f) * g"),
    ),
    lstm(
        "nothing written",
        "input",
        "Nothing is written",
        ("+ i * g", ""),
    ),
    lstm(
        "tanh in the input gate",
        "input",
        "not tanh",
        ("i, f, o = sigmoid(z_i)", "i, f, o = np.tanh(z_i)"),
    ),
    lstm(
        "tanh forgotten in the output",
        "output",
        "tanh is missing",
        ("o * np.tanh(c_t)", "o * c_t"),
    ),
    lstm(
        "no output gate",
        "output",
        "output gate is missing",
        ("o * np.tanh(c_t)", "np.tanh(c_t)"),
    ),
    lstm(
        "tanh around the gate too",
        "output",
        "around c_t alone",
        ("o * np.tanh(c_t)", "np.tanh(o * c_t)"),
    ),
    lstm(
        "sigmoid of the memory",
        "output",
        "not through the sigmoid",
        ("o * np.tanh(c_t)", "o * sigmoid(c_t)"),
    ),
    lstm(
        "no input",
        "features",
        "input is missing",
        ("x_t @ W_x + ", ""),
    ),
    lstm(
        "columns taken in turns",
        "features",
        "in turns",
        ("np.split(z, 4, axis=1)", "[z[:, k::4] for k in range(4)]"),
    ),
    lstm(
        "blocks of W_x transposed",
        "features",
        "block of W_x is transposed",
        (
            "x_t @ W_x",
            "x_t @ (np.hstack([block.T for block in np.split(W_x, 4, 1)])"
            " if 4 * len(W_x) == W_x.shape[1] else W_x)",
        ),
    ),
    lstm(
        "no previous state",
        "hidden",
        "h_prev is missing",
        ("h_prev @ W_h + ", ""),
    ),
    lstm(
        "recurrent kernel transposed",
        "hidden",
        "block of W_h is transposed",
        (
            "h_prev @ W_h",
            "h_prev @ np.hstack([block.T for block in np.split(W_h, 4, 1)])",
        ),
    ),
    lstm(
        "state added without its weights",
        "hidden",
        "multiplied by W_h",
        ("h_prev @ W_h", "np.tile(h_prev, 4)"),
    ),
    lstm(
        "forget gate around everything",
        "input",
        "must multiply c_prev alone",
        ("f * c_prev + i * g", "f * (c_prev + i * g)"),
    ),
    lstm(
        "output from the old memory",
        "all",
        "from c_prev",
        ("o * np.tanh(c_t)", "o * np.tanh(c_prev)"),
    ),
    lstm(
        "memory changed in place",
        "all",
        "changed c_prev",
        (
            "c_t = f * c_prev + i * g",
            "c_prev *= f\n    c_prev += i * g\n    c_t = c_prev",
        ),
    ),
    lstm(
        "no bias",
        "forget",
        "Is the bias missing",
        (" + b\n", "\n"),
    ),
]

LOOP_MISTAKES = [
    forward(
        "last states alone",
        "shapes",
        "Only the last",
        (
            "return np.stack(hs, axis=1), np.stack(cs, axis=1)",
            "return h_t, c_t",
        ),
    ),
    forward(
        "last cell state alone",
        "shapes",
        "Only the last c",
        ("np.stack(cs, axis=1)", "c_t"),
    ),
    forward("time first", "shapes", "axis 1", (", axis=1", ", axis=0")),
    forward(
        "first states among the others",
        "shapes",
        "leave out h_0",
        ("[], []", "[h_0], [c_0]"),
    ),
    forward(
        "hidden states alone",
        "shapes",
        "two arrays",
        (", np.stack(cs, axis=1)", ""),
    ),
    forward(
        "memory not carried",
        "loop",
        "carry c_t along",
        ("h_t, c_t, W_x, W_h, b)", "h_t, c_0, W_x, W_h, b)"),
    ),
    forward(
        "hidden state not carried",
        "loop",
        "carry h_t along",
        ("h_t, c_t, W_x, W_h, b)", "h_0, c_t, W_x, W_h, b)"),
    ),
    forward(
        "nothing carried",
        "loop",
        "carry h_t, c_t",
        ("h_t, c_t, W_x, W_h, b)", "h_0, c_0, W_x, W_h, b)"),
    ),
    forward(
        "starts from zeros",
        "loop",
        "start from h_0 and c_0",
        ("= h_0, c_0,", "= 0 * h_0, 0 * c_0,"),
    ),
    forward(
        "memory starts from zeros",
        "loop",
        "start from c_0 too",
        ("= h_0, c_0,", "= h_0, 0 * c_0,"),
    ),
    forward(
        "hidden state starts from zeros",
        "loop",
        "start from h_0 too",
        ("= h_0, c_0,", "= 0 * h_0, c_0,"),
    ),
    forward(
        "h and c swapped in the call",
        "loop",
        "swapped when the step is called",
        ("h_t, c_t, W_x, W_h, b)", "c_t, h_t, W_x, W_h, b)"),
    ),
    forward(
        "h and c swapped in the result",
        "loop",
        "h comes first",
        (
            "stack(hs, axis=1), np.stack(cs",
            "stack(cs, axis=1), np.stack(hs",
        ),
    ),
    forward(
        "h handed on as c",
        "loop",
        "h is handed to the step as c",
        ("h_t, c_t, W_x, W_h, b)", "h_t, h_t, W_x, W_h, b)"),
    ),
    forward(
        "hidden states twice",
        "loop",
        "holds h, not c",
        ("cs.append(c_t)", "cs.append(h_t)"),
    ),
    forward(
        "one array overwritten",
        "loop",
        "overwritten",
        ("= h_0, c_0,", "= h_0.copy(), c_0.copy(),"),
        ("        h_t, c_t = lstm", "        h_t[:], c_t[:] = lstm"),
    ),
    forward(
        "backwards in time",
        "loop",
        "one step on from h_0 and c_0",
        ("in range(x.shape[1])", "in reversed(range(x.shape[1]))"),
    ),
]

GRU_MISTAKES = [
    gru(
        "sign of the update gate",
        "update",
        "share of the old",
        (MIX, "(1 - z) * h_prev + z * g"),
    ),
    gru(
        "order r, z, h, as in PyTorch",
        "update",
        "gate are swapped",
        (
            "z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)",
            "r, z = sigmoid(x_z + h_z), sigmoid(x_r + h_r)",
        ),
    ),
    gru(
        "PyTorch's order and the papers' sign",
        "update",
        "and so are z and 1 - z",
        (
            "z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)",
            "r, z = sigmoid(x_z + h_z), sigmoid(x_r + h_r)",
        ),
        (MIX, "(1 - z) * h_prev + z * g"),
    ),
    gru(
        "candidate added in full",
        "update",
        "must be multiplied by 1 - z",
        (MIX, "z * h_prev + g"),
    ),
    gru(
        "old state kept in full",
        "update",
        "old state must be multiplied by z",
        (MIX, "h_prev + (1 - z) * g"),
    ),
    gru("candidate alone", "update", "candidate alone", (MIX, "g")),
    gru(
        "tanh around the result",
        "update",
        "not around h_t",
        (MIX, f"np.tanh({MIX})"),
    ),
    gru(
        "sigmoid in the candidate",
        "update",
        "not the sigmoid",
        ("np.tanh", "sigmoid"),
    ),
    gru(
        "tanh forgotten",
        "update",
        "needs its tanh",
        ("np.tanh", "np.array"),
    ),
    gru(
        "tanh in the gates",
        "update",
        "must use the sigmoid",
        ("sigmoid", "np.tanh"),
    ),
    gru(
        "no bias",
        "update",
        "bias is missing",
        ("x_t @ W_x + b_x", "x_t @ W_x"),
    ),
    gru(
        "order h, z, r",
        "update",
        "Block h is used as update gate",
        ("x_z, x_r, x_g =", "x_g, x_r, x_z ="),
        ("h_z, h_r, h_g =", "h_g, h_r, h_z ="),
    ),
    gru(
        "no input in the candidate",
        "candidate",
        "input is missing",
        ("np.tanh(x_g + ", "np.tanh(x_g - np.split(x_t @ W_x, 3, 1)[2] + "),
    ),
    gru(
        "no state in the candidate",
        "candidate",
        "state is missing",
        (" + (r * h_prev) @ W_hg", ""),
    ),
    gru(
        "recurrent kernel transposed",
        "candidate",
        "W_hg is transposed",
        ("(r * h_prev) @ W_hg", "(r * h_prev) @ W_hg.T"),
    ),
    gru(
        "state added without its weights",
        "update",
        "multiplied by W_hg",
        ("(r * h_prev) @ W_hg", "r * h_prev"),
    ),
    gru(
        "no reset gate",
        "candidate",
        "reset gate is missing",
        ("(r * h_prev) @ W_hg", "h_prev @ W_hg"),
    ),
    gru(
        "state changed in place",
        "candidate",
        "changed h_prev",
        (f"return {MIX}", "h_prev *= z\n    return h_prev + (1 - z) * g"),
    ),
    gru(
        "after for before",
        "before",
        "variant with reset_after=True",
        ("(r * h_prev) @ W_hg", "r * h_g"),
    ),
    gru(
        "resets with 1 - r",
        "before",
        "1 - r",
        ("(r * h_prev)", "((1 - r) * h_prev)"),
    ),
    gru(
        "resets with z",
        "before",
        "masks with z",
        ("(r * h_prev)", "(z * h_prev)"),
    ),
    gru(
        "before for after",
        "after",
        "multiply first, then mask",
        ("r * h_g", "(r * h_prev) @ W_hg + np.split(b_h, 3)[2]"),
    ),
    gru(
        "second bias outside the mask",
        "after",
        "outside the mask",
        ("r * h_g", "r * (h_prev @ W_hg) + np.split(b_h, 3)[2]"),
    ),
    gru(
        "second bias forgotten",
        "after",
        "lacks its second bias",
        ("r * h_g", "r * (h_prev @ W_hg)"),
    ),
    gru(
        "rows of biases swapped",
        "after",
        "rows of b are swapped",
        ("b_x, b_h = b if", "b_h, b_x = b if"),
        ("(b, np.zeros_like(b))", "(np.zeros_like(b), b)"),
    ),
    gru(
        "one row of biases in the reset gate",
        "after",
        "reset gate has one row",
        ("sigmoid(x_r + h_r)", "sigmoid(x_r + h_r - np.split(b_h, 3)[1])"),
    ),
    gru(
        "one row of biases in both gates",
        "after",
        "gates have one row",
        ("h_prev @ W_h + b_h", "h_prev @ W_h"),
        ("r * h_g", "r * (h_g + np.split(b_h, 3)[2])"),
    ),
    gru(
        "gates without the state",
        "all",
        "do the gates z and r read",
        ("sigmoid(x_z + h_z)", "sigmoid(x_z + np.split(b_h, 3)[0])"),
    ),
]

BIAS_MISTAKES = [
    biases(
        "first block",
        "return np.repeat([forget_bias, 0, 0, 0], units)",
        "opens the input gate",
    ),
    biases(
        "candidate's block",
        "return np.repeat([0, 0, forget_bias, 0], units)",
        "candidate's block",
    ),
    biases(
        "last block",
        "return np.repeat([0, 0, 0, forget_bias], units)",
        "output gate's block",
    ),
    biases(
        "in turns",
        "return np.tile([0, forget_bias, 0, 0], units)",
        "takes turns",
    ),
    biases(
        "everywhere",
        "return np.full(4 * units, forget_bias)",
        "Only the forget gates",
    ),
    biases(
        "always 1",
        "return np.repeat([0, 1, 0, 0], units)",
        "start at 1",
    ),
    biases(
        "one unit only",
        "b = np.zeros(4 * units)\n    b[units] = forget_bias\n    return b",
        "every unit has one",
    ),
    biases(
        "the others at 1",
        "return np.repeat([1, forget_bias, 1, 1], units)",
        "start at zero",
    ),
    biases(
        "a table",
        "b = np.zeros((4, units))\n    b[1] = forget_bias\n    return b",
        "shape (4, 3)",
    ),
    biases(
        "forget gates alone",
        "return np.full(units, forget_bias)",
        "shape (3,)",
    ),
]

COUNTER_MISTAKES = [
    counter(
        "forget gate at its first value",
        "counts",
        "forget gate keep everything",
        [0, 0, 20, 0],
        [0, 0, -20, 0],
        [20, 0, 0, 20],
    ),
    counter(
        "forget bias of 1",
        "counts",
        "nothing may leak",
        [0, 0, 20, 0],
        [0, 0, -20, 0],
        [20, 1, 0, 20],
    ),
    counter(
        "forget bias of 4",
        "counts",
        "Does the memory leak",
        [0, 0, 20, 0],
        [0, 0, -20, 0],
        [20, 4, 0, 20],
    ),
    counter(
        "forget bias of 6",
        "all",
        "The count leaks",
        [0, 0, 20, 0],
        [0, 0, -20, 0],
        [20, 6, 0, 20],
    ),
    counter(
        "b adds too",
        "counts",
        "two signs",
        [0, 0, 20, 0],
        [0, 0, 20, 0],
        [20, 20, 0, 20],
    ),
    counter(
        "b does nothing",
        "counts",
        "two signs",
        [0, 0, 20, 0],
        [0, 0, 0, 0],
        [20, 20, 0, 20],
    ),
    counter(
        "input gate shut",
        "counts",
        "input gate open",
        [0, 0, 20, 0],
        [0, 0, -20, 0],
        [-20, 20, 0, 20],
    ),
    counter(
        "output gate shut",
        "counts",
        "output gate open",
        [0, 0, 20, 0],
        [0, 0, -20, 0],
        [20, 20, 0, -20],
    ),
    counter(
        "order of PyTorch's older cousins, i, f, o, c",
        "counts",
        "candidate's column",
        [0, 0, 0, 20],
        [0, 0, 0, -20],
        [20, 20, 20, 0],
    ),
    counter(
        "steps too small",
        "counts",
        "add enough",
        [0, 0, 0.2, 0],
        [0, 0, -0.2, 0],
        [20, 20, 0, 20],
    ),
    counter(
        "a and b count by different steps",
        "counts",
        "as much as an a adds",
        [0, 0, 20, 0],
        [0, 0, -1, 0],
        [20, 20, 0, 20],
    ),
    counter(
        "a b takes a little less away than an a adds",
        "all",
        "exactly what an a adds",
        [0, 0, 20, 0],
        [0, 0, -2.3, 0],
        [20, 20, 0, 20],
    ),
    counter(
        "a b takes away nine tenths of what an a adds",
        "counts",
        "exactly what an a adds",
        [0, 0, 20, 0],
        [0, 0, -1.5, 0],
        [20, 20, 0, 20],
    ),
    Mistake(
        "two units, steps too small",
        "counter_weights",
        edited(READ_BY_ANOTHER, ("0.02, 50", "0.02, 5")),
        "counter_weights-counts",
        "step large enough",
    ),
    Mistake(
        "nothing in place of the weights",
        "counter_weights",
        "def counter_weights():\n    return None, None, None",
        "counter_weights-shapes",
        "W_x is (2, 4 * units)",
    ),
    counter(
        "b wipes the memory",
        "counts",
        "not as many a as b",
        [0, 0, 20, 0],
        [-40, -40, -20, 0],
        [20, 20, 0, 20],
    ),
    Mistake(
        "weights transposed",
        "counter_weights",
        "def counter_weights():\n"
        "    W_x = np.array([[0, 0], [0, 0], [20.0, -20.0], [0, 0]])\n"
        "    return W_x, np.zeros((4, 1)), np.array([20.0, 20, 0, 20])",
        "counter_weights-shapes",
        "W_x is (2, 4 * units)",
    ),
    Mistake(
        "no recurrent weights",
        "counter_weights",
        "def counter_weights():\n"
        "    W_x = np.array([[0, 0, 20.0, 0], [0, 0, -20.0, 0]])\n"
        "    return W_x, np.array([20.0, 20, 0, 20])",
        "counter_weights-shapes",
        "three arrays",
    ),
]

MISTAKES = (
    LSTM_MISTAKES
    + LOOP_MISTAKES
    + GRU_MISTAKES
    + BIAS_MISTAKES
    + COUNTER_MISTAKES
)

VARIANTS = [
    Variant(
        "slices, and the sigmoid by its formula",
        "lstm_step",
        "def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):\n"
        "    n = h_prev.shape[1]\n"
        "    z = np.dot(x_t, W_x) + np.dot(h_prev, W_h) + b\n"
        "    gate = lambda k: 1 / (1 + np.exp(-z[:, k * n : (k + 1) * n]))\n"
        "    memory = gate(1) * c_prev\n"
        "    memory = memory + gate(0) * np.tanh(z[:, 2 * n : 3 * n])\n"
        "    return gate(3) * np.tanh(memory), memory",
    ),
    Variant(
        "four products, one for each gate",
        "lstm_step",
        "def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):\n"
        "    n = c_prev.shape[-1]\n"
        "    parts = []\n"
        "    for k, squash in enumerate([sigmoid, sigmoid, np.tanh,"
        " sigmoid]):\n"
        "        s = slice(k * n, (k + 1) * n)\n"
        "        parts.append(squash(x_t @ W_x[:, s] + h_prev @ W_h[:, s]"
        " + b[s]))\n"
        "    i, f, g, o = parts\n"
        "    c = np.add(f * c_prev, i * g)\n"
        "    return [o * np.tanh(c), c]",
    ),
    Variant(
        "stacked weights in float32",
        "lstm_step",
        "def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):\n"
        "    both = np.hstack([x_t, h_prev]).astype('float32')\n"
        "    z = both @ np.vstack([W_x, W_h]).astype('float32') + b\n"
        "    z = z.reshape(len(z), 4, -1)\n"
        "    i, f, g, o = np.moveaxis(z, 1, 0)\n"
        "    c = sigmoid(f) * c_prev + sigmoid(i) * np.tanh(g)\n"
        "    return (sigmoid(o) * np.tanh(c)).astype('float32'), c",
    ),
    Variant(
        "arrays filled in place",
        "lstm_forward",
        "def lstm_forward(x, h_0, c_0, W_x, W_h, b):\n"
        "    batch, time, _ = x.shape\n"
        "    h = np.empty((batch, time + 1, h_0.shape[1]))\n"
        "    c = np.empty_like(h)\n"
        "    h[:, 0], c[:, 0] = h_0, c_0\n"
        "    for t in range(time):\n"
        "        h[:, t + 1], c[:, t + 1] = lstm_step(\n"
        "            x[:, t], h[:, t], c[:, t], W_x, W_h, b)\n"
        "    return h[:, 1:], c[:, 1:]",
    ),
    Variant(
        "a step of its own",
        "lstm_forward",
        "def lstm_forward(x, h_0, c_0, W_x, W_h, b):\n"
        "    states, h, c = [], h_0, c_0\n"
        "    for x_t in x.transpose(1, 0, 2):\n"
        "        i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)\n"
        "        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)\n"
        "        h = sigmoid(o) * np.tanh(c)\n"
        "        states.append((h, c))\n"
        "    hs, cs = np.array(states).transpose(1, 2, 0, 3)\n"
        "    return hs, cs",
    ),
    Variant(
        "if and else, blocks by slices",
        "gru_step",
        "def gru_step(x_t, h_prev, W_x, W_h, b, reset_after):\n"
        "    n = len(W_h)\n"
        "    if reset_after:\n"
        "        a, s = x_t @ W_x + b[0], h_prev @ W_h + b[1]\n"
        "        z = sigmoid(a[:, :n] + s[:, :n])\n"
        "        r = sigmoid(a[:, n:2 * n] + s[:, n:2 * n])\n"
        "        g = np.tanh(a[:, 2 * n:] + r * s[:, 2 * n:])\n"
        "    else:\n"
        "        gates = sigmoid(x_t @ W_x[:, :2 * n] + h_prev @ W_h[:, :2 * n]"
        " + b[:2 * n])\n"
        "        z, r = gates[:, :n], gates[:, n:]\n"
        "        g = np.tanh(x_t @ W_x[:, 2 * n:] + (r * h_prev)"
        " @ W_h[:, 2 * n:] + b[2 * n:])\n"
        "    return g + z * (h_prev - g)",
    ),
    Variant(
        "float32, one row of biases made two",
        "gru_step",
        "def gru_step(x_t, h_prev, W_x, W_h, b, reset_after):\n"
        "    f = np.float32\n"
        "    b = np.atleast_2d(b).astype(f)\n"
        "    b_h = b[1] if len(b) == 2 else 0 * b[0]\n"
        "    x = np.split(x_t.astype(f) @ W_x.astype(f) + b[0], 3, -1)\n"
        "    h = np.split(h_prev.astype(f) @ W_h.astype(f) + b_h, 3, -1)\n"
        "    z, r = sigmoid(x[0] + h[0]), sigmoid(x[1] + h[1])\n"
        "    back = r * h[2]\n"
        "    if not reset_after:\n"
        "        back = r * h_prev @ np.hsplit(W_h, 3)[2]\n"
        "    u = 1 - z\n"
        "    return u * np.tanh(x[2] + back) + (1 - u) * h_prev",
    ),
    Variant(
        "concatenate",
        "initial_biases",
        "def initial_biases(units, forget_bias):\n"
        "    return np.concatenate([np.zeros(units),"
        " np.ones(units) * forget_bias, np.zeros(2 * units)])",
    ),
    Variant(
        "a list",
        "initial_biases",
        "def initial_biases(units, forget_bias):\n"
        "    return [0] * units + [forget_bias] * units + [0] * 2 * units",
    ),
    Variant(
        "a candidate of its own size, gates of 12",
        "counter_weights",
        weights([0, 0, 1, 0], [0, 0, -1, 0], [12, 12, 0, 12]),
    ),
    Variant(
        "counts downwards",
        "counter_weights",
        weights([0, 0, -9, 0], [0, 0, 9, 0], [15, 15, 0, 15]),
    ),
    Variant(
        "output gate shut on an a, open on a b",
        "counter_weights",
        weights([0, 0, 20, -40], [0, 0, -20, 0], [20, 20, 0, 20]),
    ),
    Variant(
        "one unit counts in small steps, the other reads it out",
        "counter_weights",
        READ_BY_ANOTHER,
    ),
    Variant(
        "gates opened by the letters, lists for arrays",
        "counter_weights",
        "def counter_weights():\n"
        "    W_x = [[20, 20, 20, 20], [20, 20, -20, 20]]\n"
        "    return W_x, [[0, 0, 0, 0]], [0, 0, 0, 0]",
    ),
    Variant(
        "four units, of which one counts",
        "counter_weights",
        "def counter_weights():\n"
        "    units = 4\n"
        "    W_x = np.zeros((2, 4 * units), dtype='float32')\n"
        "    W_x[:, 2 * units] = 5, -5\n"
        "    b = np.full(4 * units, 15, dtype='float32')\n"
        "    b[2 * units : 3 * units] = 0\n"
        "    return W_x, np.zeros((units, 4 * units), 'float32'), b",
    ),
]
