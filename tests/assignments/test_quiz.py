"""The quiz: every option is marked as its key says, and keys are right."""

import ast
import contextlib
import copy
import itertools
import re

import numpy as np
import pytest
from nbgrader.utils import is_grade, is_solution

from tests.sample_class.answers.quiz import RIGHT

from .grading import exercises, read, run, run_cell

QUIZ = read("source", "quiz")
LETTERS = "ABCD"


def calls_of_mark():
    """Question -> (key, explanations), from the hidden parts of the cells."""
    found = {}
    for cell in QUIZ.cells:
        name = re.search(r"^mark\((\w+)_letter, \"(\w)\"", cell.source, re.MULTILINE)
        if cell.cell_type == "code" and name:
            tree = ast.parse(cell.source)
            explanations = next(
                ast.literal_eval(node.value)
                for node in tree.body
                if isinstance(node, ast.Assign) and node.targets[0].id == "explanations"
            )
            found[name[1]] = (name[2], explanations)
    return found


KEYS = calls_of_mark()


def text_of(question):
    """The Markdown of a question."""
    return next(
        cell.source
        for cell in QUIZ.cells
        if cell.cell_type == "markdown" and f"### Question {question}\n" in cell.source
    )


def options(question):
    """Letter -> text of the option, without the marks of code and formulas."""
    found = re.findall(r"^- \*\*(\w)\*\* (.+)$", text_of(question), re.M)
    return {letter: re.sub(r"[`$]", "", text) for letter, text in found}


def code_in(question):
    """The lines of code that a question shows."""
    return re.search(r"```python\n(.*?)```", text_of(question), re.S)[1]


def table_in(question):
    """Label -> numbers, from the rows of numbers that a question shows."""
    table = re.search(r"```\n(.*?)```", text_of(question), re.S)[1]
    rows = {}
    for row in table.splitlines():
        label, *cells = re.split(r"  +", row.strip())
        with contextlib.suppress(ValueError):
            rows[label] = [float(cell) for cell in cells]
    return rows


def figure_cells():
    return {
        cell.metadata.nbgrader.grade_id.split("-")[0]: cell
        for cell in QUIZ.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").endswith("-figure")
    }


FIGURES = figure_cells()


def drawn_in(question):
    """The names in the function that draws a question's figure."""
    tree = ast.parse(FIGURES[question].source)
    draw = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    assert isinstance(draw.body.pop(), ast.Return)
    namespace = {}
    for source in (QUIZ.cells[1].source, ast.unparse(draw.body)):
        _, error, _ = run_cell(source, namespace)
        assert error is None, error
    namespace["plt"].close(namespace["figure"])
    return namespace


def without_figures():
    """The quiz without the cells that draw: marks do not depend on them."""
    quiz = copy.deepcopy(QUIZ)
    quiz.cells = [cell for cell in quiz.cells if cell not in FIGURES.values()]
    return quiz


MARKED = without_figures()


def answered(**answers):
    """The quiz with these answers and no others: question -> Outcome."""
    written = {name: f"{name} = None" for name in KEYS}
    written |= {name: f"{name} = {value}" for name, value in answers.items()}
    outcomes = {}
    for section in exercises(MARKED):
        outcomes |= run(MARKED, written, section)
    return {name.split("-")[1]: outcome for name, outcome in outcomes.items()}


def test_the_sample_class_knows_every_key():
    assert {name: key for name, (key, _) in KEYS.items()} == RIGHT


@pytest.mark.parametrize("letter", LETTERS)
def test_each_option_is_marked_and_explained(letter):
    outcomes = answered(**dict.fromkeys(KEYS, f'"{letter}"'))
    for question, (key, explanations) in KEYS.items():
        assert outcomes[question].points == (1 if letter == key else 0)
        said = " ".join(outcomes[question].says.split())
        assert explanations[letter] in said


@pytest.mark.parametrize("blank", ["None", '""', '"  "'])
def test_a_blank_answer_is_not_answered_and_no_error(blank):
    for outcome in answered(**dict.fromkeys(KEYS, blank)).values():
        assert outcome.points == 0
        assert "not answered" in outcome.says.lower()


@pytest.mark.parametrize("odd", ['"E"', '"AB"', "3", '["A"]', "A"])
def test_an_odd_answer_counts_as_not_answered_and_is_told_so(odd):
    for outcome in answered(**dict.fromkeys(KEYS, odd)).values():
        assert outcome.points == 0
        assert "not answered" in outcome.says.lower()


@pytest.mark.parametrize("form", ['"{}"', "'{}'", '" {} "', '"{})"', '"({})"'])
def test_the_form_of_a_right_answer_does_not_matter(form):
    for case in (str, str.lower):
        right = {name: form.format(case(key)) for name, (key, _) in KEYS.items()}
        for outcome in answered(**right).values():
            assert outcome.points == 1


def test_there_are_enough_questions_and_every_option_is_explained():
    assert len(KEYS) >= 98
    for section in sorted({int(name[1:3]) for name in KEYS}):
        own = [name for name in KEYS if name.startswith(f"q{section:02}")]
        assert len(own) >= 6
    for question, (key, explanations) in KEYS.items():
        assert list(explanations) == list(LETTERS) == list(options(question))
        assert len(set(options(question).values())) == 4, question
        assert explanations[key].startswith("Right")
        for letter, text in explanations.items():
            assert len(text.split()) >= 8, (question, letter)
            if letter != key:
                assert re.search(r"lessons? \d\d", text), (question, letter)


def test_keys_are_spread_and_options_are_alike_in_length():
    keys = [key for key, _ in KEYS.values()]
    for letter in LETTERS:
        assert 0.2 < keys.count(letter) / len(keys) < 0.3
    for extreme in (max, min):
        telling = 0
        for question, (key, _) in KEYS.items():
            sizes = {k: len(v) for k, v in options(question).items()}
            size = extreme(sizes.values())
            alone = list(sizes.values()).count(size) == 1
            telling += sizes[key] == size and alone
        assert telling / len(KEYS) < 0.25, f"the {extreme} is the key"


def test_many_questions_show_something_to_read():
    shown = {q for q in KEYS if "```" in text_of(q)} | set(FIGURES)
    assert len(FIGURES) >= 8
    assert len(shown) / len(KEYS) > 0.45


@pytest.mark.parametrize("question", FIGURES)
def test_a_figure_is_given_folded_and_told_in_words(question):
    cell = FIGURES[question]
    assert cell.metadata.jupyter.source_hidden
    assert cell.metadata.nbgrader.locked
    assert not is_grade(cell)
    assert not is_solution(cell)
    words = re.search(
        r"<details><summary>The figure in words</summary>(.*?)</details>",
        text_of(question),
        re.S,
    )
    assert len(words[1].split()) >= 20
    _, error, printed = run_cell(cell.source, drawn_in(question))
    assert error is None
    assert "Image" in printed


def nearest(value, texts):
    """The text whose number is nearest to `value`, on a log scale."""
    return texts[min(texts, key=lambda number: abs(np.log(value / number)))]


def parameters(layer, features, units):
    import keras

    recurrent = getattr(keras.layers, layer)(units)
    recurrent.build((None, None, features))
    return recurrent.count_params()


def gradient_of_w_x():
    """The option whose shape is that of W_x."""
    given = {"x_t": np.ones((8, 3)), "da": np.ones((8, 5))}
    fits = []
    for text in options("q03c").values():
        with contextlib.suppress(ValueError):
            if eval(text, given).shape == (3, 5):
                fits.append(text)
    assert len(fits) == 1
    return fits[0]


def clipped_norms():
    """What Keras makes of gradients of norm 3 and 4."""
    import keras

    variables = [keras.Variable(np.zeros(2)), keras.Variable(np.zeros(1))]
    optimiser = keras.optimizers.SGD(1.0, global_clipnorm=1.0)
    gradients = [np.array([3.0, 0.0]), np.array([4.0])]
    optimiser.apply(
        [keras.ops.convert_to_tensor(g, "float32") for g in gradients],
        variables,
    )
    first, second = (np.linalg.norm(v.numpy()) for v in variables)
    return f"{first:.2f} and {second:.2f}"


def state_after(layer, biases, *states):
    """One step of a Keras layer of one unit, led by its biases alone."""
    import keras

    recurrent = getattr(keras.layers, layer)(1, return_state=True)
    recurrent.build((None, None, 1))
    *kernels, _bias = recurrent.get_weights()
    zeros = [0 * kernel for kernel in kernels]
    recurrent.set_weights([*zeros, np.array(biases)])
    states = [np.full((1, 1), state, "float32") for state in states]
    *_, last = recurrent(np.zeros((1, 1, 1)), initial_state=states)
    return float(last.numpy()[0, 0])


def blended():
    """The new state of a GRU: z = 0.75, old state 0.8, candidate -0.4."""
    block = [np.log(3), 0, np.arctanh(-0.4)]
    return f"{state_after('GRU', [block, [0, 0, 0]], 0.8):.1f}"


def turned_round():
    """Which change of the z block makes of Keras's z the paper's 1 - z."""
    a, old, new = 0.7, 0.8, np.tanh(0.2)
    z = 1 / (1 + np.exp(-a))
    changes = {
        "Flip all the signs in the block of z": [-a, 0, 0.2],
        "Subtract the block of z from 1": [1 - a, 0, 0.2],
        "Swap the blocks of the gates z and r": [0, a, 0.2],
    }
    right = [
        text
        for text, block in changes.items()
        if np.isclose(
            state_after("GRU", [block, [0, 0, 0]], old),
            (1 - z) * old + z * new,
        )
    ]
    assert len(right) == 1
    return right[0]


def option_with(question, beginning):
    """The one option that begins in this way."""
    found = [text for text in options(question).values() if text.startswith(beginning)]
    assert len(found) == 1, (question, beginning)
    return found[0]


# ---- lesson 01


def same_bag():
    """The pair of messages with the same words equally often."""
    alike = []
    for text in options("q01b").values():
        first, second = re.findall(r'"(.+?)"', text)
        bags = [sorted(re.findall(r"\w+", m)) for m in (first, second)]
        if bags[0] == bags[1]:
            alike.append(text)
    assert len(alike) == 1
    return alike[0]


def numbers_kept():
    import keras

    state = keras.layers.SimpleRNN(16)(np.ones((1, 1000, 1)))
    return option_with("q01d", f"{state.shape[-1]}, ")


def weights_of_loops():
    """Which weight gives each of the states that the figure shows."""
    found = {}
    for name, drawn in drawn_in("q01f")["states"].items():
        for w in (0.5, 1.0, 1.5):
            h_t, states = 0.0, []
            for t in range(len(drawn)):
                h_t = np.tanh((t == 0) + w * h_t)
                states.append(h_t)
            if np.allclose(states, np.array(drawn) / 100, atol=0.006):
                found[name] = w
    return ", ".join(f"{name} {w}" for name, w in found.items())


def beyond_a_convolution():
    """What a convolution of width 5 does not see at step 100."""
    weights, x = np.arange(1.0, 6.0), np.sin(np.arange(200.0) ** 2)

    def at_100(x):
        return weights @ x[96:101]

    far, swapped = x.copy(), x.copy()
    far[50] += 1
    swapped[[97, 99]] = x[[99, 97]]
    assert at_100(swapped) != at_100(x)
    assert len(np.convolve(x, weights, "valid")) == 196
    assert at_100(far) == at_100(x)
    return option_with("q01g", "The input of 50 steps before")


# ---- lesson 02


def rnn_forward(x, h_0, W_x, W_h, b, activation=np.tanh):
    h_t, states = h_0, []
    for t in range(x.shape[1]):
        h_t = activation(x[:, t] @ W_x + h_t @ W_h + b)
        states.append(h_t)
    return np.stack(states, axis=1)


def random_cell(features=2, units=4, seed=0):
    """h_0 of one row, W_x, W_h and b."""
    rng = np.random.default_rng(seed)
    shapes = (1, units), (features, units), (units, units), (units,)
    return [rng.normal(scale=0.5, size=shape) for shape in shapes]


def changed_states():
    h_0, W_x, W_h, b = random_cell()
    x = np.random.default_rng(1).normal(size=(1, 6, 2))
    names = {"x": x, "h_0": h_0, "W_x": W_x, "W_h": W_h, "b": b}
    _, error, printed = run_cell(code_in("q02c"), names | {"np": np, "rnn_forward": rnn_forward})
    assert error is None
    return printed.strip()


def what_an_activation_gives():
    """An XOR from the last state: with tanh, with ReLU, without any."""
    x = np.array([[[a], [b]] for a in (0, 1) for b in (0, 1)], float)
    target = np.array([0.0, 1, 1, 0])
    left, highest = {}, {}
    for name, activation in [
        ("tanh", np.tanh),
        ("ReLU", lambda a: np.maximum(a, 0)),
        ("none", lambda a: a),
    ]:
        _, W_x, W_h, b = random_cell(features=1, units=8)
        h = rnn_forward(x, np.zeros((4, 8)), W_x, W_h, b, activation)[:, -1]
        h = np.hstack([h, np.ones((4, 1))])
        W_y = np.linalg.lstsq(h, target)[0]
        left[name] = np.mean((h @ W_y - target) ** 2)
        highest[name] = activation(np.float64(1000))
    assert max(left["tanh"], left["ReLU"]) < 1e-20
    assert highest["ReLU"] > 1  # not every activation bounds the state
    assert left["none"] > 0.24
    return option_with("q02d", "It makes the network more than one linear")


def head_of_the_trace():
    states = np.zeros((32, 24, 16))
    logits = {
        text: (states if "per step" in text else states[:, -1]).shape[:-1]
        for text in options("q02f").values()
    }
    fits = [text for text, shape in logits.items() if shape == (32, 24) and "(16, 5)" in text]
    assert len(fits) == 1
    return fits[0]


def what_the_softmax_sums_over():
    logits = np.random.default_rng(0).normal(size=(4, 3))

    def probabilities(code):
        names = {"np": np, "logits": logits}
        exec(code, names)
        return names["probabilities"]

    assert np.allclose(probabilities(code_in("q02g")).sum(axis=0), 1)
    mended = code_in("q02g").replace("axis=0", "axis=-1, keepdims=True")
    assert np.allclose(probabilities(mended).sum(axis=-1), 1)
    unshifted = mended.replace(" - logits.max()", "")
    assert np.allclose(probabilities(unshifted), probabilities(mended))
    return option_with("q02g", "The sum runs over the sequences")


def unseen_at_first():
    """The mistake that equals a new layer and differs from a trained one."""
    import keras

    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).normal(size=(2, 9, 3)).astype("float32")
    zeros = np.zeros((2, 4))
    mistakes = {
        "It leaves out the bias": lambda W_x, W_h, b: (zeros, W_x, W_h, 0),
        "It computes in float64": lambda W_x, W_h, b: (zeros, W_x, W_h, b),
        "It transposes W_h": lambda W_x, W_h, b: (zeros, W_x, W_h.T, b),
        "It uses the wrong h_0": lambda *w: (zeros + 1, *w),
    }
    found = []
    for name, loop in mistakes.items():
        gaps = []
        for start in ("zeros", "normal"):  # as if training had moved it
            bias = keras.initializers.RandomNormal(stddev=0.3)
            layer = keras.layers.SimpleRNN(4, bias_initializer=bias if start == "normal" else start)
            theirs = layer(x).numpy()
            ours = rnn_forward(x, *loop(*layer.get_weights()))[:, -1]
            gaps.append(np.abs(ours - theirs).max())
        if gaps[0] < 1e-6 and gaps[1] > 0.05:
            found.append(name)
    assert len(found) == 1
    return found[0]


# ---- lesson 03


LINES = {
    "da": "da = dh_t * (1 - h_t**2)",
    "db": "db += da.sum(axis=0)",
}


def gradients(x, h_0, W_x, W_h, b, dh_last, **lines):
    """dW_x, dW_h, db of sum(h_T * dh_last), with some lines exchanged."""
    h = rnn_forward(x, h_0, W_x, W_h, b)
    dW_x, dW_h, db, dh_t = 0 * W_x, 0 * W_h, 0 * b, dh_last
    for t in reversed(range(x.shape[1])):
        names = {"dh_t": dh_t, "h_t": h[:, t], "db": db}
        exec(lines.get("da", LINES["da"]), names)
        exec(lines.get("db", LINES["db"]), names)
        da, db = names["da"], names["db"]
        h_prev = h[:, t - 1] if t > 0 else h_0
        dW_x, dW_h = dW_x + x[:, t].T @ da, dW_h + h_prev.T @ da
        dh_t = da @ W_h.T
    return dW_x, dW_h, db


def check(batch, steps, dtype="float64", eps=1e-5, **lines):
    """Relative errors of dW_x, dW_h and db against central differences."""
    rng = np.random.default_rng(3)
    _, *weights = random_cell()
    x, h_0, dh_last = (
        rng.normal(size=shape) for shape in ((batch, steps, 2), (batch, 4), (batch, 4))
    )
    x, h_0, dh_last, *weights = (array.astype(dtype) for array in (x, h_0, dh_last, *weights))

    def loss():
        last = rnn_forward(x, h_0, *weights)[:, -1]
        return (last * dh_last).sum()

    errors = []
    for ours, w in zip(gradients(x, h_0, *weights, dh_last, **lines), weights, strict=True):
        witness = np.zeros_like(w)
        for index in np.ndindex(w.shape):
            kept, sides = w[index], []
            for sign in (1, -1):
                w[index] = kept + sign * eps
                sides.append(loss())
            w[index] = kept
            witness[index] = (sides[0] - sides[1]) / (2 * eps)
        norm = np.linalg.norm
        errors.append(norm(ours - witness) / (norm(ours) + norm(witness)))
    return np.array(errors)


def how_shares_are_joined():
    """BPTT passes the check with a sum over the steps, and only so."""
    assert check(2, 6).max() < 1e-6
    for line in ("db = da.sum(axis=0)", "db += da.sum(axis=0) / 6"):
        assert check(2, 6, db=line)[2] > 0.01
    return option_with("q03a", "All the steps, and their shares are added")


def wrong_line():
    """Which of the lines gives the table of relative errors."""
    shown = re.findall(r"^ +(\d) +(\d) +(\S+) +(\S+) +(\S+)$", text_of("q03b"), re.M)
    assert len(shown) == 4
    fits = []
    for line in options("q03b").values():
        name = line.split()[0]
        agree = []
        for batch, steps, *errors in shown:
            found = check(int(batch), int(steps), **{name: line})
            wrong = np.array([float(error) for error in errors])
            small = wrong < 1e-6
            agree += [
                np.all(found[small] < 1e-6),
                np.allclose(found[~small], wrong[~small], atol=0.05),
            ]
        if all(agree):
            fits.append(line)
    assert len(fits) == 1
    return fits[0]


def steps_with_credit():
    credit = drawn_in("q03e")["credit"]
    steps = [t + 1 for t in range(2, 12) if credit[t][t - 2] > 0]
    return "At " + ", ".join(map(str, steps))


def verdict_on_a_check():
    assert check(2, 6).max() < 1e-6
    single = check(2, 6, "float32").max()
    assert single > 1e-3
    assert check(2, 6, "float32", eps=1e-9).max() > single
    return option_with("q03f", "The gradient is right; float32 rounds")


def missing_state():
    """With h[:, -1] handed on, the pieces give the states of the whole."""
    _, *weights = random_cell()
    x = np.random.default_rng(1).normal(size=(1, 12, 2))
    whole = rnn_forward(x, np.zeros((1, 4)), *weights)
    code = code_in("q03g")
    mended = code.replace("np.zeros_like(h_start)", "h[:, -1]")
    gaps = []
    for source in (code, mended):
        states = []

        def forward(piece, h_start, states=states):
            states.append(rnn_forward(piece, h_start, *weights))
            return states[-1]

        names = {"np": np, "batch": 1, "units": 4, "weights": weights}
        names |= {"pieces": np.split(x, 3, axis=1), "forward": forward}
        names |= {"backward": lambda *_: None, "update": lambda *_: None}
        exec(source, names)
        gaps.append(np.abs(np.concatenate(states, axis=1) - whole).max())
    assert gaps[0] > 0.01
    assert gaps[1] == 0
    return option_with("q03g", "The next piece must start from h[:, -1]")


def through_four_states():
    a = np.arctanh(np.array([0, 0.6, 0.8, 0]))
    slopes = (np.tanh(a + 1e-6) - np.tanh(a - 1e-6)) / 2e-6
    return f"{np.prod(slopes):.2f}"


# ---- lesson 04


def long_run():
    """The factor per step under W_h with eigenvalues 0.5 and -1.2."""
    gradient = np.ones(2)
    W_h = np.array([[0.5, 1.0], [0.0, -1.2]])
    norms = []
    for _ in range(100):
        gradient = gradient @ W_h.T
        norms.append(np.linalg.norm(gradient))
    return f"By about {norms[-1] / norms[-2]:.1f}"


def clipped_updates():
    """Which of the norms in the table Keras changes, with limit 1."""
    import keras

    changed = []
    for update, (norm, _) in table_in("q04d").items():
        variable = keras.Variable(np.zeros(2))
        optimiser = keras.optimizers.SGD(1.0, global_clipnorm=1.0)
        gradient = norm * np.array([0.6, 0.8], dtype="float32")
        optimiser.apply([keras.ops.convert_to_tensor(gradient)], [variable])
        if not np.allclose(-variable.numpy(), gradient):
            changed.append(update)
    return " and ".join(changed) + (" alone" if len(changed) == 1 else "")


def radius_of_the_figure():
    norms = np.array(drawn_in("q04e")["norms"])
    factor = (norms[-1] / norms[4]) ** (1 / 40)
    return min(options("q04e").values(), key=lambda x: abs(float(x) - factor))


def row_of_the_identity():
    """The row of the table that a ReLU network from the identity gives."""
    rng = np.random.default_rng(0)
    units, steps = 40, 101
    x = np.stack(
        [
            rng.uniform(size=(50, steps)),
            rng.uniform(size=(50, steps)) < 0.02,
        ],
        axis=-1,
    )
    W_x = rng.uniform(-0.4, 0.4, size=(2, units))
    h = rnn_forward(
        x,
        np.zeros((50, units)),
        W_x,
        np.eye(units),
        0,
        lambda a: a * (a > 0),
    )
    dh = rng.normal(size=(50, units))
    norms = [np.linalg.norm(dh)]
    for lag in range(100):
        dh = dh * (h[:, -1 - lag] > 0)  # and W_h.T is the identity
        norms.append(np.linalg.norm(dh))
    ours = np.array(norms)[[1, 10, 100]] / norms[0]
    fits = [row for row, theirs in table_in("q04f").items() if np.allclose(theirs, ours, atol=0.1)]
    assert len(fits) == 1
    return f"Row {fits[0]}"


def what_the_norm_is():
    a = np.random.default_rng(0).normal(size=(5, 3))

    def states(a):
        names = {"np": np, "a": a}
        exec(code_in("q04g"), names)
        return names["z"], names["h_t"]

    other = a.copy()
    other[1] += 5
    assert np.allclose(states(a)[0].mean(axis=0), 0)
    assert np.abs(states(other)[1][0] - states(a)[1][0]).max() > 0.01
    return option_with("q04g", "Batch norm, over the sequences")


def diagnosis():
    found = {}
    for name, (training, new) in drawn_in("q04h")["errors"].items():
        if min(training) > 0.9 * 167:
            found[name] = "vanishing"
        elif training[-1] < 0.1 * new[-1] and new[-1] > min(new):
            found[name] = "overfits"
    assert found == {"P": "vanishing", "Q": "overfits"}
    return option_with("q04h", "P has vanishing gradients, Q overfits")


def rotation_and_slopes():
    rng = np.random.default_rng(0)
    units = 1000
    W_h = 1.5 * np.linalg.qr(rng.normal(size=(units, units)))[0]
    slopes = rng.choice([0.1, np.sqrt(0.49)], size=(50, units))  # mean square
    dh = rng.normal(size=(50, units))
    back = (dh * slopes) @ W_h.T
    assert abs(np.mean(slopes**2) - 0.25) < 0.01
    return f"By {np.linalg.norm(back) / np.linalg.norm(dh):.2f}"


# ---- lesson 05


def opened_by_the_code():
    """Which gate of a Keras LSTM the lines open: each gate by its deed."""
    import keras

    layer = keras.layers.LSTM(32)
    layer.build((None, None, 1))
    before = layer.get_weights()[2]
    exec(code_in("q05d"), {"layer": layer})
    changed = np.flatnonzero(layer.get_weights()[2] != before)
    block = set(changed // 32)
    assert len(block) == 1
    # a unit that writes only if its first block is open: the input gate's
    biases = [-99, 99, 99, 99]
    shut = state_after("LSTM", biases, 0, 0)
    biases[block.pop()] = 99
    assert shut == 0 < state_after("LSTM", biases, 0, 0)
    return option_with("q05d", "It opens the input gates")


def written_steps():
    rows = drawn_in("q05e")["rows"]

    def last(candidates):
        c = 0.0
        for f, i, g in zip(rows[0], rows[1], candidates, strict=True):
            c = f * c + i * g
        return c

    base = np.full(12, 0.5)
    steps = [t + 1 for t in range(12) if last(base + 0.1 * (np.arange(12) == t)) != last(base)]
    return "At " + " and ".join(map(str, steps))


def bias_of_the_figure():
    values = np.array(drawn_in("q05g")["values"])
    steps = np.arange(0, 65, 5)
    gaps = {}
    for text in options("q05g").values():
        f = 1 / (1 + np.exp(-float(text)))
        gaps[text] = np.abs(f**steps - values).max()
    return min(gaps, key=gaps.get)


def gradient_by_roads(seed, cell_state_alone):
    """Norms at lags 1, 20 and 100 of a gradient in a new Keras LSTM."""
    import keras

    keras.utils.set_random_seed(seed)
    layer = keras.layers.LSTM(32)
    layer.build((None, None, 1))
    W_x, W_h, b = layer.get_weights()
    b[32:64] = 3
    x = np.random.default_rng(seed).uniform(-0.3, 0.3, size=(100, 1, 1))
    h, c, steps = np.zeros((1, 32)), np.zeros((1, 32)), []
    for x_t in x:
        gates = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
        i, f, o = (1 / (1 + np.exp(-gates[k])) for k in (0, 1, 3))
        g, c_prev = np.tanh(gates[2]), c
        c = f * c_prev + i * g
        h = o * np.tanh(c)
        steps.append((i, f, g, o, c_prev, np.tanh(c)))
    dh, dc, norms = np.full((1, 32), 32**-0.5), np.zeros((1, 32)), [1]
    for i, f, g, o, c_prev, tanh_c in reversed(steps):
        dc = dc + dh * o * (1 - tanh_c**2)
        da_i, da_f = dc * g * i * (1 - i), dc * c_prev * f * (1 - f)
        da_g, da_o = dc * i * (1 - g**2), dh * tanh_c * o * (1 - o)
        da = np.concatenate([da_i, da_f, da_g, da_o], axis=-1)
        dh = 0 * dh if cell_state_alone else da @ W_h.T
        dc = dc * f
        norms.append(np.hypot(np.linalg.norm(dh), np.linalg.norm(dc)))
    return [norms[lag] for lag in (1, 20, 100)]


def where_it_grows():
    """The table is measured; without W_h the gradient only shrinks."""
    for name, alone in [("all roads", False), ("cell state alone", True)]:
        found = [gradient_by_roads(seed, alone) for seed in range(5)]
        shown = table_in("q05h")[name]
        assert np.allclose(np.median(found, axis=0), shown, rtol=0.25), name
        grows = shown[2] > shown[1]
        assert grows == (not alone)
    return option_with("q05h", "From the road through the gates and W_h")


def layer_of_the_shapes():
    import keras

    fits = []
    for text in options("q05i").values():
        name, units, count = re.match(r"(\w+)\((\d+)\), (.+) parameters", text).groups()
        layer = getattr(keras.layers, name)(int(units))
        layer.build((None, None, 6))
        shapes = "   ".join(str(w.shape) for w in layer.get_weights())
        if shapes in text_of("q05i") and f"{layer.count_params():,}" == count:
            fits.append(text)
    assert len(fits) == 1
    return fits[0]


# ---- lesson 06


def candidate_of_keras():
    """The line that, in NumPy, gives what a Keras GRU gives."""
    import keras

    keras.utils.set_random_seed(1)
    layer = keras.layers.GRU(4, bias_initializer="normal", return_state=True)
    rng = np.random.default_rng(1)
    x_t, h_prev = rng.normal(size=(2, 3)), rng.normal(size=(2, 4))
    theirs = layer(x_t[:, None], initial_state=h_prev.astype("float32"))[1]
    W_x, W_h, biases = layer.get_weights()
    x_z, x_r, x_g = np.split(x_t @ W_x + biases[0], 3, axis=-1)
    h_z, h_r, _ = np.split(h_prev @ W_h + biases[1], 3, axis=-1)
    z, r = (1 / (1 + np.exp(-a)) for a in (x_z + h_z, x_r + h_r))
    names = {"np": np, "x_g": x_g, "r": r, "h_prev": h_prev}
    names |= {"W": W_h[:, 8:], "b": biases[1, 8:]}
    fits = []
    for line in options("q06c").values():
        exec(line, names)
        if np.allclose(z * h_prev + (1 - z) * names["g"], theirs, atol=1e-5):
            fits.append(line)
    assert len(fits) == 1
    return fits[0]


def what_five_seeds_support():
    runs = table_in("q06e")
    lstm, gru = runs["LSTM"], runs["GRU"]
    assert abs(np.median(lstm) / np.median(gru) - 1) < 0.05
    assert np.ptp(lstm) > 10 * np.ptp(gru)
    assert sum(g < other for g, other in zip(gru, lstm, strict=True)) == 2
    assert min(lstm) < min(gru)
    return option_with("q06e", "The medians are alike, but the LSTM")


def without_the_second_bias():
    import keras

    sizes = []
    for reset_after in (False, True):
        layer = keras.layers.GRU(10, reset_after=reset_after)
        layer.build((None, None, 4))
        sizes.append(layer.count_params())
    gap = sizes[0] - sizes[1]
    return f"It has {abs(gap)} {'fewer' if gap < 0 else 'more'}"


def bias_that_remembers():
    """Which change of an untrained unit's start keeps its state longest."""
    kept = {
        "The biases of z are set to 4": [4, 0, 0],
        "The biases of z are set to −4": [-4, 0, 0],
        "The biases of r are set to 4": [0, 4, 0],
    }
    for text, biases in kept.items():
        kept[text] = state_after("GRU", [biases, [0, 0, 0]], 1)
    import keras

    with pytest.raises(ValueError, match="unit_forget_bias"):
        keras.layers.GRU(1, unit_forget_bias=True)
    return max(kept, key=kept.get)


def unit_that_holds():
    """The unit whose last state depends on its first candidate."""
    held = []
    for number, z in enumerate(drawn_in("q06h")["rows"], start=1):
        ends = []
        for first in (0.0, 1.0):
            h_t = 0.0
            for t, z_t in enumerate(z):
                h_t = z_t * h_t + (1 - z_t) * (first if t == 0 else 0.3)
            ends.append(h_t)
        if abs(ends[1] - ends[0]) > 0.5:
            held.append(f"Unit {number}")
    assert len(held) == 1
    return held[0]


# ---- lesson 07


def open_input():
    """The input that reads 4 features over 2 steps and over 9."""
    import keras

    fits = []
    for text in options("q07a").values():
        with contextlib.suppress(ValueError):
            model = keras.Sequential([eval(text, {"keras": keras}), keras.layers.GRU(2)])
            if model.input_shape == (None, None, 4):
                assert model(np.ones((1, 2, 4))).shape == (1, 2)
                assert model(np.ones((1, 9, 4))).shape == (1, 2)
                fits.append(text)
    assert len(fits) == 1
    return fits[0]


def layers_with_sequences():
    """Which layers of the stack have an output with a time axis."""
    import keras

    model = keras.Sequential(
        [
            keras.Input((None, 8)),
            keras.layers.GRU(32, return_sequences=True, name="gru"),
            keras.layers.GRU(32, return_sequences=True, name="gru_1"),
            keras.layers.GRU(16, name="gru_2"),
            keras.layers.Dense(1, name="dense"),
        ]
    )
    for layer in model.layers:
        row = rf"^{layer.name} +{re.escape(str(layer.output.shape))}$"
        assert re.search(row, text_of("q07b"), re.M), layer.name
    return " and ".join(
        layer.name for layer in model.layers if getattr(layer, "return_sequences", False)
    )


def shape_of_both_directions():
    import keras

    names = {"keras": keras, "x": np.zeros((8, 20, 3))}
    exec(code_in("q07c"), names)
    return str(tuple(names["y"].shape))


def what_keeps_padding_out():
    """With which change padding leaves the answer as it is."""
    import keras

    code = code_in("q07d")
    changes = {
        "mask_zero=True in the Embedding": (
            "1000, 16",
            "1000, 16, mask_zero=True",
        ),
        "return_sequences=True in the GRU": (
            "GRU(32",
            "GRU(32, return_sequences=True",
        ),
        "Dense(2) in place of Dense(1)": ("Dense(1", "Dense(2"),
    }
    tokens = np.array([[3, 1, 4, 1, 5]])
    padded = np.pad(tokens, ((0, 0), (0, 20)))
    fits = []
    for text, change in changes.items():
        names = {"keras": keras}
        exec(code.replace(*change), names)
        short, long = (np.reshape(names["model"](x), (-1,))[-1] for x in (tokens, padded))
        if np.allclose(short, long, atol=1e-6):
            fits.append(text)
    assert len(fits) == 1
    return fits[0]


def what_the_forecast_repeats():
    drawn = drawn_in("q07e")
    truth, forecast = (np.array(drawn[name]) / 10 for name in ("tenths", "forecast"))
    gaps = {
        "It repeats the value before": forecast[1:] - truth[:-1],
        "It has read the value itself": forecast - truth,
        "It repeats the mean of all": forecast - truth.mean(),
    }
    sizes = {text: np.mean(gap**2) for text, gap in gaps.items()}
    found = min(sizes, key=sizes.get)
    assert sizes[found] < 0.1
    return found


def where_it_leaks():
    """With a split in time the same lines leak nothing."""
    time = np.arange(1, 801.0)

    def windows_of(series):
        windows = np.lib.stride_tricks.sliding_window_view(series, 11)
        return windows[:, :-1], windows[:, -1:]

    leaks = []
    for order in ("rng.permutation(len(x))", "np.arange(len(x))"):
        names = {"np": np, "rng": np.random.default_rng(0)}
        names |= {"windows_of": windows_of, "series": time}
        code = code_in("q07f").replace("rng.permutation(len(x))", order)
        exec(code, names)
        trained_on = set(names["y"][names["train"]].ravel())
        asked = set(names["y"][names["test"]].ravel())
        latest = names["y"][names["train"]].max()
        leaks.append(sum(value < latest for value in asked))
        scale = time[:700].std()
        assert np.allclose(names["series"], time / scale)
        assert not trained_on & asked
    assert leaks[0] > 50
    assert leaks[1] == 0
    return option_with("q07f", "The third line, with the shuffle")


def state_under_b2():
    """From which state a stateful layer reads B2 in the batches shown."""
    import keras

    layer = keras.layers.GRU(4, stateful=True)
    a1, a2, b1, b2 = np.random.default_rng(0).normal(size=(4, 1, 5, 1))
    layer(np.concatenate([a1, b1]))
    ours = layer(np.concatenate([b2, a2])).numpy()[:1]
    plain = keras.layers.GRU(4)
    plain.build((1, 5, 1))
    plain.set_weights(layer.get_weights())
    after_a1 = plain(b2, initial_state=plain(a1))
    from_zero = plain(b2)
    assert np.allclose(ours, after_a1, atol=1e-6)
    assert not np.allclose(ours, from_zero, atol=1e-3)
    return option_with("q07g", "B2 goes on with the state after A1")


def plain_calls():
    import keras

    names = {
        "keras": keras,
        "x": np.random.default_rng(0).normal(size=(2, 5, 3)),
    }
    exec(code_in("q07h"), names)
    assert np.all(names["a"] == names["b"])
    again = [names["layer"](names["x"], training=True) for _ in range(2)]
    assert np.any(again[0] != again[1])
    return option_with("q07h", "Yes, a plain call drops nothing")


def what_the_gru_beats():
    errors = table_in("q07i")
    last, linear = errors["last value"][0], errors["linear rule"][0]
    assert max(errors["GRU"]) < last
    assert np.median(errors["GRU"]) > linear > min(errors["GRU"])
    return option_with("q07i", "It beats the last value, not the linear")


# ---- lesson 08


def task_of_the_trace():
    """The shapes are those of one answer per step."""
    import keras

    inputs = keras.Input((50, 8))
    states = keras.layers.GRU(32, return_sequences=True)(inputs)
    model = keras.Model(inputs, keras.layers.Dense(6)(states))
    for layer in model.layers:
        row = rf"^{type(layer).__name__} +{re.escape(str(layer.output.shape))}$"
        assert re.search(row, text_of("q08a"), re.M), layer.name
    assert model.output_shape[:2] == model.input_shape[:2]
    return option_with("q08a", "Naming the class of each of 50 words")


def gradient_of_the_choice():
    logits = np.log([0.7, 0.2, 0.1])

    def loss(z):
        return np.log(np.exp(z).sum()) - z[1]

    nudges = 1e-6 * np.eye(3)
    slopes = [(loss(logits + n) - loss(logits - n)) / 2e-6 for n in nudges]
    return "(" + ", ".join(f"{slope:.1f}" for slope in slopes).replace("-", "−") + ")"


def row_that_reads_noon():
    def reads(row):
        merged = re.sub(r"(.)\1+", r"\1", row)
        return merged.replace("-", "")

    fits = [row for row in options("q08c").values() if reads(row) == "noon"]
    assert len(fits) == 1
    return fits[0]


def what_counting_beats():
    shown = table_in("q08d")
    counted = shown["counted triples"][0]
    assert counted > np.median(shown["convolution"]) > np.median(shown["GRU"])
    assert counted < max(shown["convolution"])
    return option_with("q08d", "Counting is ahead of both networks' medians")


def what_the_loop_feeds():
    """With a model that adds 1 to the word before, only moved words count on."""

    class Answer:
        def __init__(self, fed):
            self.fed = fed

        def numpy(self):
            return np.eye(20)[self.fed + 1]

    said = []
    for fed in ("written", "np.hstack([np.full((1, 1), 4), written[:, :-1]])"):
        names = {"np": np, "source": [0], "steps": 3, "model": lambda pair: Answer(pair[1])}
        exec(code_in("q08e").replace("source, written]", f"source, {fed}]"), names)
        said.append(names["written"].tolist())
    assert said == [[[1, 1, 1]], [[5, 6, 7]]]
    return option_with("q08e", "It feeds the words without moving them")


def likeliest_of_each_place():
    rows = re.findall(r"^(\d+) % +(.+)$", text_of("q08f"), re.M)
    assert sum(int(share) for share, _ in rows) == 100
    words = []
    for place in range(3):
        shares = {}
        for share, caption in rows:
            word = caption.split()[place]
            shares[word] = shares.get(word, 0) + int(share)
        words.append(max(shares, key=shares.get))
    return " ".join(words)


def vector_of_the_weights():
    states = np.random.default_rng(0).normal(size=(2, 5, 3))
    real = np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]])
    names = {"states": states, "real": real}
    exec(code_in("q08g"), names)
    meant = {
        "The average of the real states": states[0, :3].mean(axis=0),
        "The last state that is real": states[0, 2],
        "The average of all the states": states[0].mean(axis=0),
        "The sum of the real states": states[0, :3].sum(axis=0),
    }
    fits = [text for text, value in meant.items() if np.allclose(names["vector"][0], value)]
    assert len(fits) == 1
    return fits[0]


def who_starts_low():
    """From left to right the first column tells next to nothing."""
    right = drawn_in("q08h")["right"]
    low = [name for name, percent in right.items() if percent[0] < min(percent[1:])]
    low = [name for name in low if right[name][0] < 50]
    assert len(low) == 1
    return option_with("q08h", f"{low[0]}, for it starts low")


# ---- lesson 09


def line_that_reads_ahead():
    """The first line of which anything before the cut moves with the judged years."""
    past = np.random.default_rng(0).normal(size=240)
    moved = {}
    for name, measure in {
        "In the first, with the mean": lambda n: n["season"],
        "In the fourth, with the scale": lambda n: n["series"][:240].std(),
    }.items():
        found = []
        for future in (0.0, 50.0):
            names = {"np": np, "series": np.concatenate([past, np.full(120, future)])}
            exec(code_in("q09a"), names)
            found.append(measure(names))
        moved[name] = not np.allclose(*found)
    assert moved == {"In the first, with the mean": True, "In the fourth, with the scale": False}
    mended = code_in("q09a").replace("series.reshape", "series[:240].reshape")
    trained_on = []
    for future in (0.0, 50.0):
        names = {"np": np, "series": np.concatenate([past, np.full(120, future)])}
        exec(mended, names)
        trained_on.append(names["train"] / names["scale"])
    assert np.allclose(*trained_on)
    return "In the first, with the mean"


def windows_before_the_judged():
    names = {"np": np, "series": np.arange(100)}
    exec(code_in("q09b"), names)
    return f"{np.sum(names['y'].max(axis=1) < 80)} of them"


def better_than_naive():
    better = [name for name, (mae, change) in table_in("q09c").items() if mae < change]
    assert len(better) == 1
    return f"On {better[0]} alone"


def where_the_season_takes_over():
    drawn = drawn_in("q09d")
    naive_wins = np.array(drawn["naive"]) < np.array(drawn["season"])
    last = int(np.sum(naive_wins))
    assert naive_wins[:last].all()
    return f"Naive to day {last}, then the season"


def what_the_band_holds():
    drawn = drawn_in("q09e")
    values = np.array(drawn["values"])
    inside = np.mean((drawn["low"] <= values) & (values <= drawn["high"]))
    assert inside == 0.6
    # 80% would hold so few of 20 less than once in twenty times
    draws = np.random.default_rng(0).binomial(20, 0.8, size=100_000)
    assert np.mean(draws <= 20 * inside) < 0.05
    return "It is too narrow for its promise"


def printed_pinball():
    _, error, printed = run_cell(code_in("q09f"), {})
    assert error is None
    return printed.strip()


def what_the_loop_forecasts():
    def rule(window):
        assert len(window) == 3
        return 2 * window[-1] - window[-2]

    names = {"series": [1.0, 2.0, 4.0, 7.0], "rule": rule}
    exec(code_in("q09g"), names)
    assert names["forecasts"] == [10.0] * 4
    mended = names | {"series": [1.0, 2.0, 4.0, 7.0]}
    exec(code_in("q09g").replace("window[:3]", "window[-3:]"), mended)
    assert mended["forecasts"] == [10.0, 13.0, 16.0, 19.0]
    return "The first forecast, four times"


def error_to_report():
    nets = table_in("q09h")
    chosen = min(nets, key=lambda net: nets[net][0])
    return f"{nets[chosen][1]}, that of {chosen}"


def what_brings_the_loss_down():
    class Model:
        def fit(self, x, y, verbose):
            self.same = np.array_equal(x, y)

    model = Model()
    text = np.random.default_rng(0).integers(29, size=1000)
    names = {"np": np, "text": text, "model": model, "rng": np.random.default_rng(1)}
    exec(code_in("q10a"), names)
    assert model.same  # an identity has no loss, and the next letter is not asked for
    names["y"] = names["rows"][:, 1:]
    assert not np.array_equal(names["x"], names["y"])
    return "It has to repeat the letter just read"


def context_for_new_text():
    table = table_in("q10b")
    best = min(table, key=lambda context: table[context][1])
    word = {"4": "Four", "6": "Six"}[best.strip()]
    return f"{word}, with a perplexity of about {2 ** table[best][1]:.1f}"


def printed_bits():
    _, error, printed = run_cell(code_in("q10c"), {"np": np})
    assert error is None
    return printed.strip()


def rule_of_the_figure():
    drawn = drawn_in("q10d")
    model, after = (np.array(drawn[name]) / 100 for name in ("model", "drawn"))

    def cut(p, keep):
        kept = np.zeros_like(p)
        kept[keep] = p[keep]
        return kept / kept.sum()

    order = np.argsort(-model, kind="stable")
    before = np.cumsum(model[order]) - model[order]
    rules = {
        "Top-k with k = 3": cut(model, order[:3]),
        "Temperature 0.5": model**2 / np.sum(model**2),
        "Temperature 2": model**0.5 / np.sum(model**0.5),
        "Nucleus of 0.95": cut(model, order[before < 0.95 - 1e-9]),
    }
    (rule,) = (name for name, p in rules.items() if np.allclose(p, after))
    return rule


def letters_kept():
    names = {"np": np}
    exec(code_in("q10e"), names)
    with np.errstate(invalid="ignore"):
        left = names["nucleus"](np.array([0.04, 0.9, 0.06]), 0.8)
    assert np.isnan(left).all()
    exec(code_in("q10e").replace("p[order]) <=", "p[order]) - p[order] <"), names)
    assert np.count_nonzero(names["nucleus"](np.array([0.04, 0.9, 0.06]), 0.8)) == 1
    return "It keeps no letter at all"


def what_two_searches_write():
    table = table_in("q10f")

    def search(width):
        kept = sorted(table, key=lambda first: -table[first][0])[:width]
        pairs = {
            first + second: table[first][0] * chance
            for first in kept
            for second, chance in zip(table, table[first][1:], strict=True)
        }
        return max(pairs, key=pairs.get)

    assert search(2) == search(3)  # here the beam finds the most probable text
    return f"Greedy {search(1)}, the beam {search(2)}"


def units_read_and_relied_on():
    table = table_in("q10g")
    units = {name.split()[-1]: numbers for name, numbers in table.items()}
    read = max(units, key=lambda unit: units[unit][1])
    relied = max(units, key=lambda unit: units[unit][2])
    return f"Reads best: {read}; relies most on: {relied}"


def who_copies():
    *models, real = (numbers[0] for numbers in table_in("q10h").values())
    assert [stretch > 1.5 * real for stretch in models] == [False, False, True]
    return "Only the third copies more than real text"


# ---- lesson 11


def who_reads_with_attention():
    """The level line has attention; of the others, the narrow state fills up first."""
    right = drawn_in("q11a")["right"]
    level, later, first = sorted(right, key=lambda name: -sum(right[name]))
    assert right[level][-1] > 90
    assert right[later][-1] < 20
    return f"{level} 16 with attention, {later} 64 units, {first} 16"


def context_of_the_scores():
    import keras

    scores = np.array([[[0.0, 0.0, np.log(2)]]])
    weights = keras.ops.softmax(scores).numpy()
    return f"{(weights @ np.array([[1.0], [3.0], [8.0]])).item():.1f}"


def printed_context():
    _, error, printed = run_cell(code_in("q11c"), {"np": np})
    assert error is None
    return printed.strip()


def blind_weights():
    """Sound weights move along with shuffled states; unused ones change nothing at all."""
    found = []
    for name, (trained, exchanged, shuffled) in table_in("q11d").items():
        used = exchanged < trained / 2
        if used and shuffled < trained / 2:
            found.append(name)
    assert len(found) == 1
    return f"In {found[0]}, for the shuffle costs a lot"


def greedy_and_beam():
    first = {"a": 0.5, "b": 0.4, "c": 0.1}
    second = {label.split()[-1]: row for label, row in table_in("q11e").items()}

    def search(width):
        kept = sorted(first, key=first.get)[-width:]
        grown = {
            k + letter: first[k] * p
            for k in kept
            for letter, p in zip("xyz", second[k], strict=True)
        }
        return max(grown, key=grown.get)

    return f"Greedy {search(1)}, and the beam {search(2)}"


def order_of_the_map():
    drawn = drawn_in("q11f")
    looked_at = np.argmax(drawn["hundredths"], axis=1)
    return " ".join(drawn["rows"][k] for k in np.argsort(looked_at))


def steps_that_the_mask_leaves():
    names = {"np": np}
    exec(code_in("q11g"), names)
    assert list(np.flatnonzero(names["weights"][1])) == [1, 2, 3]
    exec(code_in("q11g").replace("triu", "tril"), names)
    assert list(np.flatnonzero(names["weights"][1])) == [0, 1]
    return "At the second, third and fourth"


def what_is_fed():
    names = {"np": np}
    exec(code_in("q11h"), names)
    assert np.array_equal(names["fed"], names["target"])
    return "It is fed at each step what it should answer there"


# ---- lesson 12


def expression(option):
    """What the option's expression gives, as a function of h and x."""
    return lambda h, x: eval(option.removeprefix("h = "), {"np": np, "h": h, "x": x})


def joined_step():
    names = {}
    exec(code_in("q12a"), names)
    h = np.linspace(-2, 2, 9)
    right = [
        option
        for option in options("q12a").values()
        if np.allclose(expression(option)(h, 0), names["second"](names["first"](h)))
    ]
    assert len(right) == 1
    return right[0]


def linear_in_the_state():
    """A linear write sends the midpoint of two states to the midpoint of what they become."""
    h, other, x = np.random.default_rng(0).normal(size=(3, 20))
    right = []
    for option in options("q12b").values():
        write = expression(option)
        middle = (write(h, x) + write(other, x)) / 2
        right += [option] if np.allclose(write((h + other) / 2, x), middle) else []
    assert len(right) == 1
    return right[0]


def net_that_keeps_but_guesses():
    nets = table_in("q12c")
    found = [n for n, (parity, few, many) in nets.items() if parity < 60 and min(few, many) > 95]
    assert len(found) == 1
    return next(o for o in options("q12c").values() if o.startswith(found[0].capitalize()))


def width_of_the_figure():
    drawn = drawn_in("q12d")
    per_token = {size / t for size, t in zip(drawn["cache"], drawn["tokens"], strict=True)}
    assert len(per_token) == 1
    width = per_token.pop() / 2
    assert set(drawn["matrix"]) == {width**2}
    return f"{width:.0f}"


def printed_memory():
    _, error, printed = run_cell(code_in("q12e"), {"np": np})
    assert error is None
    return printed.strip()


def what_newton_suffers_from():
    """A SimpleRNN whose early mistakes grow behaves like net 2, one that forgets like net 1."""

    def errors(radius, steps=64, units=8):
        rng = np.random.default_rng(0)
        W_h = rng.normal(size=(units, units))
        W_h *= radius / np.abs(np.linalg.eigvals(W_h)).max()
        x, truth, h = rng.normal(size=(steps, units)), [], np.zeros(units)
        for x_t in x:
            h = np.tanh(x_t + h @ W_h)
            truth.append(h)
        states, found = np.zeros((steps, units)), []
        for _ in range(8):
            found.append(np.abs(states - truth).max())
            new = np.tanh(x + np.vstack([np.zeros(units), states[:-1]]) @ W_h)
            change = np.zeros(units)
            for t in range(steps):
                change = new[t] - states[t] + (1 - new[t] ** 2) * (change @ W_h)
                new[t] = states[t] + change
            states = new
        return found

    assert errors(0.5)[-1] < 1e-12
    assert min(errors(3.0)) > 0.5
    return "It makes mistakes in early states grow"


# Where code can decide which option is right, it does.
DECIDED_BY_CODE = {
    "q01b": same_bag,
    "q01d": numbers_kept,
    "q01f": weights_of_loops,
    "q01g": beyond_a_convolution,
    "q02b": lambda: str(parameters("SimpleRNN", features=3, units=5)),
    "q02c": changed_states,
    "q02d": what_an_activation_gives,
    "q02f": head_of_the_trace,
    "q02g": what_the_softmax_sums_over,
    "q02h": unseen_at_first,
    "q03a": how_shares_are_joined,
    "q03b": wrong_line,
    "q03c": gradient_of_w_x,
    "q03e": steps_with_credit,
    "q03f": verdict_on_a_check,
    "q03g": missing_state,
    "q03h": through_four_states,
    "q04a": lambda: nearest(
        np.linalg.norm(np.linalg.matrix_power(0.5 * np.eye(3), 10), 2),
        {
            1 / 2: "About a half of its length",
            1 / 20: "About a twentieth of its length",
            1e-3: "About a thousandth of its length",
            1e-6: "About a millionth of its length",
        },
    ),
    "q04b": long_run,
    "q04c": clipped_norms,
    "q04d": clipped_updates,
    "q04e": radius_of_the_figure,
    "q04f": row_of_the_identity,
    "q04g": what_the_norm_is,
    "q04h": diagnosis,
    "q04i": rotation_and_slopes,
    "q05c": lambda: f"{state_after('LSTM', [99, 0, -99, 0], 0, 4):.1f}",
    "q05d": opened_by_the_code,
    "q05e": written_steps,
    "q05f": lambda: nearest(
        0.99**100,
        {
            1 / 3: "About a third",
            1 / 10: "About a tenth",
            0.97: "Nearly all of it",
            0.001: "Nearly nothing",
        },
    ),
    "q05g": bias_of_the_figure,
    "q05h": where_it_grows,
    "q05i": layer_of_the_shapes,
    "q06a": blended,
    "q06b": turned_round,
    "q06c": candidate_of_keras,
    "q06e": what_five_seeds_support,
    "q06f": without_the_second_bias,
    "q06g": bias_that_remembers,
    "q06h": unit_that_holds,
    "q07a": open_input,
    "q07b": layers_with_sequences,
    "q07c": shape_of_both_directions,
    "q07d": what_keeps_padding_out,
    "q07e": what_the_forecast_repeats,
    "q07f": where_it_leaks,
    "q07g": state_under_b2,
    "q07h": plain_calls,
    "q07i": what_the_gru_beats,
    "q08a": task_of_the_trace,
    "q08b": gradient_of_the_choice,
    "q08c": row_that_reads_noon,
    "q08d": what_counting_beats,
    "q08e": what_the_loop_feeds,
    "q08f": likeliest_of_each_place,
    "q08g": vector_of_the_weights,
    "q08h": who_starts_low,
    "q09a": line_that_reads_ahead,
    "q09b": windows_before_the_judged,
    "q09c": better_than_naive,
    "q09d": where_the_season_takes_over,
    "q09e": what_the_band_holds,
    "q09f": printed_pinball,
    "q09g": what_the_loop_forecasts,
    "q09h": error_to_report,
    "q10a": what_brings_the_loss_down,
    "q10b": context_for_new_text,
    "q10c": printed_bits,
    "q10d": rule_of_the_figure,
    "q10e": letters_kept,
    "q10f": what_two_searches_write,
    "q10g": units_read_and_relied_on,
    "q10h": who_copies,
    "q11a": who_reads_with_attention,
    "q11b": context_of_the_scores,
    "q11c": printed_context,
    "q11d": blind_weights,
    "q11e": greedy_and_beam,
    "q11f": order_of_the_map,
    "q11g": steps_that_the_mask_leaves,
    "q11h": what_is_fed,
    "q12a": joined_step,
    "q12b": linear_in_the_state,
    "q12c": net_that_keeps_but_guesses,
    "q12d": width_of_the_figure,
    "q12e": printed_memory,
    "q12f": what_newton_suffers_from,
}


@pytest.mark.parametrize("question", DECIDED_BY_CODE)
def test_code_agrees_with_the_key(question):
    key, _ = KEYS[question]
    assert options(question)[key] == DECIDED_BY_CODE[question]()


def test_a_question_shows_its_answer_without_the_set_up(capsys):
    """Who opens the quiz in the middle is not met by a NameError."""
    released = read("release", "quiz")
    code = [cell for cell in released.cells if cell.cell_type == "code"]
    for cell, test in itertools.pairwise(code):
        if is_solution(cell) and is_grade(test):
            name = cell.metadata.nbgrader.grade_id
            exec(f"{cell.source}\n{test.source}", names := {})
            assert names[name] is None
            exec(test.source, {name: "B"})
            assert capsys.readouterr().out == f"{name}: not answered yet\n{name}: B\n"
    figures = [cell for cell in code if "\nshow(" in cell.source]
    assert figures
    for cell in figures:
        with pytest.raises(AssertionError, match="First run the first cell"):
            exec(cell.source, {})
