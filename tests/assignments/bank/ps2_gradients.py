"""Wrong and right solutions of problem set 2."""

from textwrap import indent

from tests.assignments.grading import Mistake, Variant

from . import edited

STEP = {
    "da": "dh_t * (1 - h_t**2)",
    "dW_x": "x_t.T @ da",
    "dW_h": "h_prev.T @ da",
    "db": "da.sum(axis=0)",
    "dx_t": "da @ W_x.T",
    "dh_prev": "da @ W_h.T",
}

LOOP = """\
def rnn_backward(dh, x, h_0, h, W_x, W_h):
    dW_x, dW_h = np.zeros_like(W_x), np.zeros_like(W_h)
    db = np.zeros(len(W_h))
    dx, dh_prev = np.zeros_like(x), np.zeros_like(h_0)
    for t in reversed(range(x.shape[1])):
        h_prev = h[:, t - 1] if t > 0 else h_0
        dh_t = dh[:, t] + dh_prev
        share_x, share_h, share_b, dx[:, t], dh_prev = rnn_step_backward(
            dh_t, x[:, t], h_prev, h[:, t], W_x, W_h
        )
        dW_x += share_x
        dW_h += share_h
        db += share_b
    return dW_x, dW_h, db, dx, dh_prev"""

WITNESS = """\
def numerical_gradient(loss, array, eps=1e-5):
    moved = np.array(array, dtype="float64")
    gradient = np.zeros(moved.shape)
    for index in np.ndindex(moved.shape):
        value = moved[index]
        moved[index] = value + eps
        above = loss(moved)
        moved[index] = value - eps
        below = loss(moved)
        moved[index] = value
        gradient[index] = (above - below) / (2 * eps)
    return gradient"""

CLIP = """\
def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [factor * g for g in gradients]"""

BACKWARD = "rnn_step_backward"
IN_ORDER = "dW_x, dW_h, db, dx_t, dh_prev"


def step(name, cell, says, returns=IN_ORDER, **changed):
    """The right step, but for the lines that are `changed`."""
    lines = [
        f"    {key} = {line}" for key, line in (STEP | changed).items()
    ]
    return Mistake(
        name,
        BACKWARD,
        "def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):\n"
        + "\n".join(lines)
        + f"\n    return {returns}",
        f"{BACKWARD}-{cell}",
        says,
    )


def bptt(name, cell, says, *changes):
    return Mistake(
        name,
        "rnn_backward",
        edited(LOOP, *changes),
        f"rnn_backward-{cell}",
        says,
    )


def witness(name, cell, says, *changes):
    return Mistake(
        name,
        "numerical_gradient",
        edited(WITNESS, *changes),
        f"numerical_gradient-{cell}",
        says,
    )


def clip(name, cell, says, *changes):
    return Mistake(
        name,
        "clip_by_global_norm",
        edited(CLIP, *changes),
        f"clip_by_global_norm-{cell}",
        says,
    )


def clip_body(body):
    return "def clip_by_global_norm(gradients, max_norm):\n" + indent(
        body, "    "
    )


def rate(name, expression, cell, says):
    return Mistake(
        name,
        "decay_rate",
        f"def decay_rate(W_h):\n    return {expression}",
        f"decay_rate-{cell}",
        says,
    )


STEP_MISTAKES = [
    step("no slope of tanh", "tanh", "slope of tanh is missing", da="dh_t"),
    step(
        "slope 1 - h",
        "tanh",
        "1 - h_t squared",
        da="dh_t * (1 - h_t)",
    ),
    step(
        "h squared for the slope", "tanh", "h_t squared", da="dh_t * h_t**2"
    ),
    step(
        "slope of the sigmoid",
        "tanh",
        "sigmoid",
        da="dh_t * h_t * (1 - h_t)",
    ),
    step(
        "tanh taken twice",
        "tanh",
        "another tanh",
        da="dh_t * (1 - np.tanh(h_t) ** 2)",
    ),
    step("bias not summed", "tanh", "over the batch", db="da"),
    step(
        "bias summed over the units",
        "tanh",
        "batch is axis 0",
        db="da.sum(axis=1)",
    ),
    step("mean over the batch", "tanh", "mean", db="da.mean(axis=0)"),
    step(
        "returns a gradient too few",
        "tanh",
        "Return 5 gradients",
        returns="dW_x, dW_h, dx_t, dh_prev",
    ),
    step(
        "returns nothing",
        "tanh",
        "returned None",
        returns="None",
    ),
    step(
        "input not transposed",
        "weights",
        "x_t must be transposed",
        dW_x="x_t @ da",
    ),
    step(
        "weight gradient transposed",
        "weights",
        "dW_x is transposed",
        dW_x="da.T @ x_t",
    ),
    step(
        "new state in place of the old one",
        "weights",
        "not by h_t",
        dW_h="h_t.T @ da",
    ),
    step(
        "recurrent gradient transposed",
        "weights",
        "dW_h is transposed",
        dW_h="da.T @ h_prev",
    ),
    step(
        "weights' gradients in the wrong order",
        "weights",
        "The order is dW_x",
        returns="dW_h, dW_x, db, dx_t, dh_prev",
    ),
    step(
        "inputs' gradients first",
        "tanh",
        "is the order not dW_x",
        returns="dx_t, dh_prev, dW_x, dW_h, db",
    ),
    step(
        "db last",
        "tanh",
        "is the order not dW_x",
        returns="dW_x, dW_h, dx_t, dh_prev, db",
    ),
    step(
        "input weights not transposed",
        "back",
        "W_x must be transposed",
        dx_t="da @ W_x if W_x.shape[0] == W_x.shape[1] else da @ W_x.T",
    ),
    step(
        "recurrent weights not transposed",
        "back",
        "W_h must be transposed",
        dh_prev="da @ W_h",
    ),
    step(
        "weights before the error",
        "back",
        "da must come first",
        dh_prev="(W_h @ da) if len(W_h) == len(da) else da @ W_h.T",
    ),
    step(
        "error handed back as it is",
        "back",
        "da must meet W_h",
        dh_prev="da",
    ),
    step(
        "state's gradient around tanh",
        "all",
        "skips tanh",
        dh_prev="dh_t @ W_h.T",
    ),
    step(
        "input's gradient around tanh",
        "all",
        "skips tanh",
        dx_t="dh_t @ W_x.T",
    ),
    Mistake(
        "error changed in place",
        BACKWARD,
        "def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):\n"
        "    dh_t *= 1 - h_t**2\n"
        "    return (x_t.T @ dh_t, h_prev.T @ dh_t, dh_t.sum(axis=0),\n"
        "            dh_t @ W_x.T, dh_t @ W_h.T)",
        f"{BACKWARD}-all",
        "changed an array",
    ),
]

LOOP_MISTAKES = [
    bptt(
        "dx of one step",
        "shapes",
        "keep every step",
        ("dx[:, t]", "dx"),
    ),
    bptt(
        "time first in dx",
        "shapes",
        "axis 1",
        (
            "return dW_x, dW_h, db, dx,",
            "return dW_x, dW_h, db, np.swapaxes(dx, 0, 1),",
        ),
    ),
    bptt(
        "a matrix for each step",
        "shapes",
        "add them up",
        ("dW_h += share_h", "parts.append(share_h)"),
        ("    dx, dh_prev = np", "    parts = []\n    dx, dh_prev = np"),
        ("return dW_x, dW_h,", "return dW_x, np.array(parts),"),
    ),
    bptt(
        "order of the results",
        "shapes",
        "in this order",
        (
            "return dW_x, dW_h, db, dx, dh_prev",
            "return dx, dh_prev, dW_x, dW_h, db",
        ),
    ),
    bptt(
        "dh_0 forgotten",
        "shapes",
        "Return 5 gradients",
        ("return dW_x, dW_h, db, dx, dh_prev", "return dW_x, dW_h, db, dx"),
    ),
    bptt(
        "no error from the future",
        "future",
        "No error comes from the future",
        ("dh[:, t] + dh_prev", "dh[:, t]"),
    ),
    bptt(
        "only the loss of the last step",
        "future",
        "dh[:, 1] is left out",
        (
            "dh_t = dh[:, t] + dh_prev",
            "dh_t = dh[:, -1] if t == x.shape[1] - 1 else dh_prev",
        ),
    ),
    bptt(
        "forwards in time",
        "future",
        "runs forwards",
        ("reversed(range(x.shape[1]))", "range(x.shape[1])"),
    ),
    bptt(
        "dx in reverse order",
        "future",
        "reverse order",
        ("dx[:, t]", "dx[:, x.shape[1] - 1 - t]"),
    ),
    bptt(
        "errors of all later steps summed",
        "future",
        "summed over the steps",
        ("dx[:, t], dh_prev =", "dx[:, t], back ="),
        (
            "        dW_x += share_x",
            "        dh_prev = dh_prev + back\n        dW_x += share_x",
        ),
    ),
    bptt(
        "loop stops before the first step",
        "future",
        "first step left out",
        ("reversed(range(x.shape[1]))", "range(x.shape[1] - 1, 0, -1)"),
    ),
    bptt(
        "loop begins before the last step",
        "future",
        "last step left out",
        ("reversed(range(x.shape[1]))", "reversed(range(x.shape[1] - 1))"),
    ),
    bptt(
        "dh_0 is zero",
        "future",
        "dh_0 is zero",
        ("db, dx, dh_prev", "db, dx, np.zeros_like(h_0)"),
    ),
    bptt(
        "not accumulated over time",
        "sum",
        "Use +=",
        ("dW_x += share_x", "dW_x = share_x"),
        ("dW_h += share_h", "dW_h = share_h"),
        ("db += share_b", "db = share_b"),
    ),
    bptt(
        "bias not accumulated over time",
        "sum",
        "db holds the share of the first step",
        ("db += share_b", "db = share_b"),
    ),
    bptt(
        "share of the last step alone",
        "sum",
        "last step alone",
        ("dW_x += share_x", "dW_x = dW_x if dW_x.any() else share_x"),
        ("dW_h += share_h", "dW_h = dW_h if dW_h.any() else share_h"),
        ("db += share_b", "db = db if db.any() else share_b"),
    ),
    bptt(
        "mean over time",
        "sum",
        "mean over time",
        (
            "return dW_x, dW_h, db,",
            "dW_x, dW_h, db = "
            "[d / x.shape[1] for d in (dW_x, dW_h, db)]\n"
            "    return dW_x, dW_h, db,",
        ),
    ),
    bptt(
        "last state before the first step",
        "sum",
        "h[:, -1], the last state",
        ("h[:, t - 1] if t > 0 else h_0", "h[:, t - 1]"),
    ),
    bptt(
        "zeros before the first step",
        "sum",
        "not from zeros",
        ("t > 0 else h_0", "t > 0 else np.zeros_like(h_0)"),
    ),
    bptt(
        "state of the step itself",
        "sum",
        "from the state before",
        ("h[:, t - 1] if t > 0 else h_0", "h[:, t]"),
    ),
    bptt(
        "errors added into dh",
        "all",
        "changed an array",
        (
            "dh_t = dh[:, t] + dh_prev",
            "dh[:, t] += dh_prev\n        dh_t = dh[:, t]",
        ),
    ),
]

WITNESS_MISTAKES = [
    witness(
        "divided by eps",
        "slope",
        "divide by 2 * eps",
        ("/ (2 * eps)", "/ eps"),
    ),
    witness(
        "brackets forgotten",
        "slope",
        "brackets",
        ("/ (2 * eps)", "/ 2 * eps"),
    ),
    witness(
        "not divided by eps",
        "slope",
        "not yet divided",
        ("/ (2 * eps)", "/ 2"),
    ),
    witness(
        "one side divided by two steps",
        "slope",
        "Half of what it should be",
        ("= value - eps", "= value"),
    ),
    witness(
        "below minus above",
        "slope",
        "sign is wrong",
        ("(above - below)", "(below - above)"),
    ),
    witness(
        "flat result",
        "slope",
        "one row",
        ("return gradient", "return gradient.ravel()"),
    ),
    Mistake(
        "all entries moved at once",
        "numerical_gradient",
        "def numerical_gradient(loss, array, eps=1e-5):\n"
        "    slope = (loss(array + eps) - loss(array - eps)) / (2 * eps)\n"
        "    return np.full(array.shape, slope)",
        "numerical_gradient-slope",
        "one at a time",
    ),
    Mistake(
        "one number",
        "numerical_gradient",
        "def numerical_gradient(loss, array, eps=1e-5):\n"
        "    return (loss(array + eps) - loss(array - eps)) / (2 * eps)",
        "numerical_gradient-slope",
        "every entry",
    ),
    witness(
        "return forgotten",
        "slope",
        "returned None",
        ("\n    return gradient", ""),
    ),
    witness(
        "one-sided, upwards",
        "central",
        "w + eps minus the loss at w",
        ("= value - eps", "= value"),
        ("2 * eps", "eps"),
    ),
    witness(
        "one-sided, downwards",
        "central",
        "w minus the loss at w - eps",
        ("= value + eps", "= value"),
        ("2 * eps", "eps"),
    ),
    witness(
        "eps of its own",
        "central",
        "does not depend on eps",
        ("    moved = np", "    eps = 1e-4\n    moved = np"),
    ),
    witness(
        "half an eps to each side",
        "central",
        "half an eps away",
        ("value + eps", "value + eps / 2"),
        ("value - eps", "value - eps / 2"),
        ("(2 * eps)", "eps"),
    ),
    witness(
        "entry not restored",
        "restore",
        "put back",
        ("        moved[index] = value\n", ""),
    ),
    Mistake(
        "moved by += and never back",
        "numerical_gradient",
        "def numerical_gradient(loss, array, eps=1e-5):\n"
        "    moved = np.array(array, dtype='float64')\n"
        "    gradient = np.zeros(moved.shape)\n"
        "    for index in np.ndindex(moved.shape):\n"
        "        moved[index] += eps\n"
        "        above = loss(moved)\n"
        "        moved[index] -= 2 * eps\n"
        "        gradient[index] = (above - loss(moved)) / (2 * eps)\n"
        "    return gradient",
        "numerical_gradient-restore",
        "put back",
    ),
    Mistake(
        "two names for one array",
        "numerical_gradient",
        "def numerical_gradient(loss, array, eps=1e-5):\n"
        "    gradient = np.zeros(array.shape)\n"
        "    for index in np.ndindex(array.shape):\n"
        "        up, down = array, array\n"
        "        up[index] += eps\n"
        "        above = loss(up)\n"
        "        down[index] -= eps\n"
        "        gradient[index] = (above - loss(down)) / (2 * eps)\n"
        "    return gradient",
        "numerical_gradient-slope",
        "Half of what it should be",
    ),
    Mistake(
        "two axes only",
        "numerical_gradient",
        "def numerical_gradient(loss, array, eps=1e-5):\n"
        "    w = np.array(array, dtype='float64')\n"
        "    gradient, two = np.zeros(w.shape), np.atleast_2d(w)\n"
        "    for i in range(two.shape[0]):\n"
        "        for j in range(two.shape[1]):\n"
        "            index = (i, j) if w.ndim > 1 else j\n"
        "            value = w[index].copy()\n"
        "            w[index] = value + eps\n"
        "            above = loss(w)\n"
        "            w[index] = value - eps\n"
        "            gradient[index] = (above - loss(w)) / (2 * eps)\n"
        "            w[index] = value\n"
        "    return gradient",
        "numerical_gradient-precision",
        "three axes",
    ),
    witness(
        "eps too small",
        "precision",
        "too small",
        ("eps=1e-5", "eps=1e-13"),
    ),
    witness(
        "eps too large",
        "precision",
        "too large",
        ("eps=1e-5", "eps=0.1"),
    ),
    witness(
        "in float32",
        "precision",
        "float64",
        ('dtype="float64"', 'dtype="float32"'),
    ),
    witness(
        "type of the array kept",
        "precision",
        "this array was float32",
        ('np.array(array, dtype="float64")', "np.array(array)"),
    ),
    witness(
        "whole numbers kept",
        "precision",
        "whole numbers",
        (
            'np.array(array, dtype="float64")',
            'np.array(array, dtype="float64" if array.dtype.kind == "f" '
            "else array.dtype)",
        ),
    ),
]

CLIP_MISTAKES = [
    Mistake(
        "each array by itself",
        "clip_by_global_norm",
        clip_body(
            "clipped = []\n"
            "for g in gradients:\n"
            "    norm = np.linalg.norm(g)\n"
            "    clipped.append(g * max_norm / norm if norm > max_norm "
            "else g)\n"
            "return clipped"
        ),
        "clip_by_global_norm-together",
        "norm of its own",
    ),
    Mistake(
        "by value",
        "clip_by_global_norm",
        clip_body(
            "return [np.clip(g, -max_norm, max_norm) for g in gradients]"
        ),
        "clip_by_global_norm-together",
        "by value",
    ),
    clip("no root", "together", "square root", ("np.sqrt(", "(")),
    clip(
        "sum of the norms",
        "together",
        "norms of the arrays are added",
        ("np.sqrt(sum(np.sum(g**2)", "(sum(np.linalg.norm(g)"),
    ),
    clip(
        "largest entry",
        "together",
        "largest entry",
        (
            "np.sqrt(sum(np.sum(g**2) for g in gradients))",
            "max(np.abs(g).max() for g in gradients)",
        ),
    ),
    clip(
        "sum of sizes",
        "together",
        "sizes are added",
        ("np.sqrt(sum(np.sum(g**2)", "(sum(np.abs(g).sum()"),
    ),
    clip(
        "scaled to norm 1",
        "together",
        "multiply by max_norm",
        ("max_norm / norm if", "1 / norm if"),
    ),
    clip(
        "comparison the wrong way round",
        "together",
        "Nothing is clipped",
        ("norm > max_norm", "norm < max_norm"),
    ),
    Mistake(
        "returns nothing",
        "clip_by_global_norm",
        clip_body(
            "norm = np.sqrt(sum(np.sum(g**2) for g in gradients))\n"
            "if norm > max_norm:\n"
            "    return [max_norm / norm * g for g in gradients]"
        ),
        "clip_by_global_norm-below",
        "returned None",
    ),
    clip(
        "one long vector",
        "together",
        "list of arrays",
        (
            "[factor * g for g in gradients]",
            "factor * np.concatenate([g.ravel() for g in gradients])",
        ),
    ),
    clip(
        "scaled up when below",
        "below",
        "scaled up",
        ("max_norm / norm if norm > max_norm else 1.0", "max_norm / norm"),
    ),
    clip(
        "divided by a norm of zero",
        "below",
        "norm of 0",
        (
            "max_norm / norm if norm > max_norm else 1.0",
            "min(norm, max_norm) / norm",
        ),
    ),
    Mistake(
        "arrays changed in place",
        "clip_by_global_norm",
        clip_body(
            "norm = np.sqrt(sum(np.sum(g**2) for g in gradients))\n"
            "if norm > max_norm:\n"
            "    for g in gradients:\n"
            "        g *= max_norm / norm\n"
            "return gradients"
        ),
        "clip_by_global_norm-all",
        "changed",
    ),
    Mistake(
        "entries of the list replaced",
        "clip_by_global_norm",
        clip_body(
            "norm = np.sqrt(sum(np.sum(g**2) for g in gradients))\n"
            "if norm > max_norm:\n"
            "    for k, g in enumerate(gradients):\n"
            "        gradients[k] = g * max_norm / norm\n"
            "return gradients"
        ),
        "clip_by_global_norm-all",
        "new arrays into the list",
    ),
    clip(
        "signs lost",
        "all",
        "sign",
        ("[factor * g for", "[factor * np.abs(g) for"),
    ),
]

RATE_MISTAKES = [
    rate(
        "smallest eigenvalue",
        "np.abs(np.linalg.eigvals(W_h)).min()",
        "eigenvalues",
        "fades first",
    ),
    rate(
        "mean of the eigenvalues",
        "np.abs(np.linalg.eigvals(W_h)).mean()",
        "eigenvalues",
        "mean",
    ),
    rate("determinant", "np.linalg.det(W_h)", "eigenvalues", "determinant"),
    rate("trace", "np.trace(W_h)", "eigenvalues", "trace"),
    rate(
        "squared",
        "np.abs(np.linalg.eigvals(W_h)).max() ** 2",
        "eigenvalues",
        "square",
    ),
    rate(
        "Frobenius norm", "np.linalg.norm(W_h)", "eigenvalues", "Frobenius"
    ),
    rate(
        "logarithm",
        "np.log(np.abs(np.linalg.eigvals(W_h)).max())",
        "eigenvalues",
        "logarithm",
    ),
    rate(
        "size forgotten",
        "np.linalg.eigvals(W_h).real.max()",
        "eigenvalues",
        "larger one in size",
    ),
    rate(
        "sign kept",
        "max(np.linalg.eigvals(W_h), key=abs).real",
        "eigenvalues",
        "negative",
    ),
    rate(
        "complex result",
        "np.sqrt(np.max(np.linalg.eigvals(W_h) ** 2))",
        "eigenvalues",
        "complex number",
    ),
    rate(
        "real part",
        "np.abs(np.linalg.eigvals(W_h).real).max()",
        "eigenvalues",
        "real part",
    ),
    rate(
        "all eigenvalues",
        "np.abs(np.linalg.eigvals(W_h))",
        "eigenvalues",
        "return one number",
    ),
    rate(
        "spectral norm",
        "np.linalg.norm(W_h, 2)",
        "measured",
        "spectral norm",
    ),
    rate(
        "largest singular value",
        "np.linalg.svd(W_h)[1][0]",
        "measured",
        "spectral norm",
    ),
    rate(
        "largest row",
        "np.abs(W_h).sum(axis=1).max()",
        "eigenvalues",
        "largest sum of a row",
    ),
]

MISTAKES = (
    STEP_MISTAKES
    + LOOP_MISTAKES
    + WITNESS_MISTAKES
    + CLIP_MISTAKES
    + RATE_MISTAKES
)

VARIANTS = [
    Variant(
        "einsum throughout",
        BACKWARD,
        "def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):\n"
        "    da = dh_t - dh_t * h_t * h_t\n"
        "    return (np.einsum('nf,nu->fu', x_t, da),\n"
        "            np.einsum('nv,nu->vu', h_prev, da),\n"
        "            np.einsum('nu->u', da),\n"
        "            np.einsum('nu,fu->nf', da, W_x),\n"
        "            np.einsum('nu,vu->nv', da, W_h))",
    ),
    Variant(
        "a loop over the batch, a list returned",
        BACKWARD,
        "def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):\n"
        "    dW_x, dW_h, db, dx, dh = 0 * W_x, 0 * W_h, 0 * W_h[0], [], []\n"
        "    for e, x, before, h in zip(dh_t, x_t, h_prev, h_t):\n"
        "        a = e * (1 - np.square(h))\n"
        "        dW_x = dW_x + np.outer(x, a)\n"
        "        dW_h = dW_h + np.outer(before, a)\n"
        "        db = db + a\n"
        "        dx.append(W_x @ a)\n"
        "        dh.append(W_h @ a)\n"
        "    return [dW_x, dW_h, db, np.array(dx), np.array(dh)]",
    ),
    Variant(
        "float32",
        BACKWARD,
        "def rnn_step_backward(*arrays):\n"
        "    e, x, before, h, W_x, W_h = "
        "[a.astype('float32') for a in arrays]\n"
        "    a = e * (1 - h) * (1 + h)\n"
        "    return x.T @ a, before.T @ a, a.sum(0), a @ W_x.T, a @ W_h.T",
    ),
    Variant(
        "stacked weights",
        BACKWARD,
        "def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):\n"
        "    da = dh_t / np.cosh(np.arctanh(h_t)) ** 2\n"
        "    one = np.ones((len(da), 1))\n"
        "    dW = np.hstack([x_t, h_prev, one]).T @ da\n"
        "    back = da @ np.vstack([W_x, W_h]).T\n"
        "    n = W_x.shape[0]\n"
        "    return dW[:n], dW[n:-1], dW[-1], back[:, :n], back[:, n:]",
    ),
    Variant("the loop of the hint", "rnn_backward", LOOP),
    Variant(
        "errors first, then einsum",
        "rnn_backward",
        "def rnn_backward(dh, x, h_0, h, W_x, W_h):\n"
        "    da, error = np.empty(h.shape), 0\n"
        "    for t in range(h.shape[1])[::-1]:\n"
        "        da[:, t] = (dh[:, t] + error) * (1 - h[:, t] ** 2)\n"
        "        error = da[:, t] @ W_h.T\n"
        "    before = np.concatenate([h_0[:, None], h[:, :-1]], axis=1)\n"
        "    dW_h = np.einsum('ntv,ntu->vu', before, da)\n"
        "    dW_x = np.einsum('ntf,ntu->fu', x, da)\n"
        "    return dW_x, dW_h, da.sum((0, 1)), da @ W_x.T, error",
    ),
    Variant(
        "recursion",
        "rnn_backward",
        "def rnn_backward(dh, x, h_0, h, W_x, W_h):\n"
        "    last = x.shape[1] - 1\n"
        "    before = h[:, last - 1] if last else h_0\n"
        "    *sums, dx_t, error = rnn_step_backward(\n"
        "        dh[:, last], x[:, last], before, h[:, last], W_x, W_h)\n"
        "    if last == 0:\n"
        "        return *sums, dx_t[:, None], error\n"
        "    rest = dh[:, :last].copy()\n"
        "    rest[:, -1] += error\n"
        "    *more, dx, dh_0 = rnn_backward(\n"
        "        rest, x[:, :last], h_0, h[:, :last], W_x, W_h)\n"
        "    sums = [a + b for a, b in zip(sums, more)]\n"
        "    return *sums, np.concatenate([dx, dx_t[:, None]], 1), dh_0",
    ),
    Variant(
        "lists, summed at the end",
        "rnn_backward",
        "def rnn_backward(dh, x, h_0, h, W_x, W_h):\n"
        "    states = [h_0, *np.swapaxes(h, 0, 1)]\n"
        "    results, error = [], np.zeros(h_0.shape)\n"
        "    for t in range(x.shape[1] - 1, -1, -1):\n"
        "        results.append(rnn_step_backward(dh[:, t] + error,\n"
        "            x[:, t], states[t], states[t + 1], W_x, W_h))\n"
        "        error = results[-1][-1]\n"
        "    x_, h_, b_, dx, dh_ = zip(*results)\n"
        "    dx = np.stack(dx[::-1], axis=1)\n"
        "    return sum(x_), sum(h_), sum(b_), dx, dh_[-1]",
    ),
    Variant(
        "a fresh copy for every entry",
        "numerical_gradient",
        "def numerical_gradient(loss, array, eps=1e-5):\n"
        "    flat, slopes = np.asarray(array, float).ravel(), []\n"
        "    for place in range(flat.size):\n"
        "        up, down = flat.copy(), flat.copy()\n"
        "        up[place] += eps\n"
        "        down[place] -= eps\n"
        "        up, down = up.reshape(array.shape), "
        "down.reshape(array.shape)\n"
        "        slopes.append((loss(up) - loss(down)) / eps / 2)\n"
        "    return np.reshape(slopes, array.shape)",
    ),
    Variant(
        "nditer and a unit vector",
        "numerical_gradient",
        "def numerical_gradient(loss, array, eps=1e-5):\n"
        "    w = array.astype('float64')\n"
        "    gradient = np.empty_like(w)\n"
        "    it = np.nditer(w, flags=['multi_index'])\n"
        "    while not it.finished:\n"
        "        unit = np.zeros_like(w)\n"
        "        unit[it.multi_index] = 1\n"
        "        ends = [loss(w + s * eps * unit) for s in (1, -1)]\n"
        "        gradient[it.multi_index] = -np.diff(ends)[0] / 2 / eps\n"
        "        it.iternext()\n"
        "    return gradient",
    ),
    Variant(
        "one long vector",
        "clip_by_global_norm",
        clip_body(
            "norm = np.linalg.norm(np.concatenate("
            "[g.ravel() for g in gradients]))\n"
            "return tuple(g / max(1, norm / max_norm) for g in gradients)"
        ),
    ),
    Variant(
        "a loop and an early return",
        "clip_by_global_norm",
        clip_body(
            "import math\n"
            "total = 0.0\n"
            "for g in gradients:\n"
            "    total += float((g * g).sum())\n"
            "if math.sqrt(total) <= max_norm:\n"
            "    return gradients\n"
            "result = []\n"
            "for g in gradients:\n"
            "    result.append((g / math.sqrt(total) * max_norm)"
            ".astype('float32'))\n"
            "return result"
        ),
    ),
    Variant(
        "a small number against zero",
        "clip_by_global_norm",
        clip_body(
            "norm = np.hypot.reduce([np.linalg.norm(g) for g in gradients])\n"
            "scale = np.minimum(1.0, max_norm / (norm + 1e-12))\n"
            "return [g * scale for g in gradients]"
        ),
    ),
    Variant(
        "eig and a Python max",
        "decay_rate",
        "def decay_rate(W_h):\n"
        "    values, vectors = np.linalg.eig(W_h.T)\n"
        "    return float(max(abs(value) for value in values))",
    ),
    Variant(
        "norm of a high power",
        "decay_rate",
        "def decay_rate(W_h):\n"
        "    power, log_norm, steps = W_h.astype(float), 0.0, 1\n"
        "    for _ in range(12):\n"
        "        norm = np.linalg.norm(power)\n"
        "        power, log_norm = power / norm, log_norm + np.log(norm)\n"
        "        power, log_norm = power @ power, 2 * log_norm\n"
        "        steps *= 2\n"
        "    return np.exp((log_norm + np.log(np.linalg.norm(power)))"
        " / steps)",
    ),
]
