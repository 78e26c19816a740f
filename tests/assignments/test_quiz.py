"""The quiz: every option is marked as its key says, and keys are right."""

import ast
import contextlib
import re

import numpy as np
import pytest

from .grading import exercises, read, run

QUIZ = read("source", "quiz")
LETTERS = "ABCD"


def calls_of_mark():
    """Question -> (key, explanations), from the hidden parts of the cells."""
    found = {}
    for cell in QUIZ.cells:
        name = re.search(
            r"^mark\((\w+)_letter, \"(\w)\"", cell.source, re.MULTILINE
        )
        if cell.cell_type == "code" and name:
            tree = ast.parse(cell.source)
            explanations = next(
                ast.literal_eval(node.value)
                for node in tree.body
                if isinstance(node, ast.Assign)
                and node.targets[0].id == "explanations"
            )
            found[name[1]] = (name[2], explanations)
    return found


KEYS = calls_of_mark()


def options(question):
    """Letter -> text of the option, from the question's Markdown."""
    cell = next(
        cell
        for cell in QUIZ.cells
        if cell.cell_type == "markdown"
        and f"### Question {question}\n" in cell.source
    )
    return dict(
        re.findall(r"^- \*\*(\w)\*\* `?(.+?)`?$", cell.source, re.MULTILINE)
    )


def answered(**answers):
    """The quiz with these answers and no others: question -> Outcome."""
    written = {name: f"{name} = None" for name in KEYS}
    written |= {
        name: f"{name} = {value}" for name, value in answers.items()
    }
    outcomes = {}
    for section in exercises(QUIZ):
        outcomes |= run(QUIZ, written, section)
    return {
        name.split("-")[1]: outcome for name, outcome in outcomes.items()
    }


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


@pytest.mark.parametrize(
    "form", ['"{}"', "'{}'", '" {} "', '"{})"', '"({})"']
)
def test_the_form_of_a_right_answer_does_not_matter(form):
    for case in (str, str.lower):
        right = {
            name: form.format(case(key)) for name, (key, _) in KEYS.items()
        }
        for outcome in answered(**right).values():
            assert outcome.points == 1


def test_there_are_enough_questions_and_every_option_is_explained():
    assert len(KEYS) >= 36
    for question, (key, explanations) in KEYS.items():
        assert (
            list(explanations) == list(LETTERS) == list(options(question))
        )
        assert explanations[key].startswith("Right")
        for letter, text in explanations.items():
            assert len(text.split()) >= 8, (question, letter)
            if letter != key:
                assert re.search(r"lessons? \d\d", text), (question, letter)


def test_keys_are_spread_and_options_are_alike_in_length():
    keys = [key for key, _ in KEYS.values()]
    for letter in LETTERS:
        assert 0.1 < keys.count(letter) / len(keys) < 0.4
    longest = sum(
        max(options(question), key=lambda x: len(options(question)[x]))
        == key
        for question, (key, _) in KEYS.items()
    )
    assert longest / len(KEYS) < 0.5, "the longest option is the right one"


def nearest(value, texts):
    """The text whose number is nearest to `value`, on a log scale."""
    return texts[min(texts, key=lambda number: abs(np.log(value / number)))]


def shape_of(layer, *shape):
    import keras

    return str(
        tuple(getattr(keras.layers, layer)(16)(np.zeros(shape)).shape)
    )


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


def long_run():
    """What a gradient does under W_h with eigenvalues 0.5 and -1.2."""
    gradient = np.ones(2)
    W_h = np.array([[0.5, 1.0], [0.0, -1.2]])
    norms = []
    for _ in range(100):
        gradient = gradient @ W_h.T
        norms.append(np.linalg.norm(gradient))
    factor = norms[-1] / norms[-2]
    verb = "grows" if factor > 1 else "shrinks"
    return f"It {verb} by {factor:.1f} at each step"


def clipped_by_value():
    """What a clip at 1 leaves of the gradient (1, 5)."""
    before, after = np.array([1.0, 5.0]), np.clip([1.0, 5.0], -1, 1)
    shorter = np.linalg.norm(after) < np.linalg.norm(before)
    turned = abs(after[0] / after[1] - before[0] / before[1]) > 0.01
    return {
        (True, True): "Both its length and its direction",
        (True, False): "Its length, and not its direction",
        (False, True): "Its direction, and not its length",
        (False, False): "Neither its length nor direction",
    }[shorter, turned]


def first_and_last_steps():
    """How a gradient begins and ends with radius 0.9, singular value 3."""
    W_h = np.array([[0.9, 2.71], [0.0, -0.85]])
    assert max(abs(np.linalg.eigvals(W_h))) == 0.9
    assert round(np.linalg.norm(W_h, 2)) == 3
    norms = [
        np.linalg.norm(
            np.array([0.0, 1.0]) @ np.linalg.matrix_power(W_h.T, k)
        )
        for k in range(100)
    ]
    verbs = {True: "Grow", False: "Shrink"}
    first = verbs[bool(norms[1] > norms[0])]
    last = verbs[bool(norms[-1] > norms[-2])].lower()
    return f"{first} for some steps, then {last} in the end"


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


def forget_entries():
    """Where Keras puts the forget bias of 1."""
    import keras

    layer = keras.layers.LSTM(32)
    layer.build((None, None, 1))
    places = np.flatnonzero(layer.get_weights()[2])
    assert len(places) == 32
    return f"b[{places[0]}:{places[-1] + 1}]"


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


# Where code can decide which option is right, it does.
DECIDED_BY_CODE = {
    "q01d": lambda: "16, the same as after the first step",
    "q02b": lambda: str(parameters("SimpleRNN", features=3, units=5)),
    "q03c": gradient_of_w_x,
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
    "q04d": clipped_by_value,
    "q04e": first_and_last_steps,
    "q05c": lambda: f"{state_after('LSTM', [99, 0, -99, 0], 0, 4):.1f}",
    "q05d": forget_entries,
    "q05f": lambda: nearest(
        0.99**100,
        {
            1 / 3: "About a third",
            1 / 10: "About a tenth",
            0.97: "Nearly all of it",
            0.001: "Nearly nothing",
        },
    ),
    "q06a": blended,
    "q06b": turned_round,
    "q06c": lambda: nearest(
        1 - parameters("GRU", 1, 128) / parameters("LSTM", 1, 128),
        {
            1 / 4: "The GRU has about a quarter fewer",
            1 / 2: "The GRU has about half as many",
            1 / 10: "The GRU has about a tenth fewer",
            1 / 1000: "The GRU has just as many of them",
        },
    ),
    "q07c": lambda: shape_of("GRU", 8, 20, 3),
}


@pytest.mark.parametrize("question", DECIDED_BY_CODE)
def test_code_agrees_with_the_key(question):
    key, _ = KEYS[question]
    assert options(question)[key] == DECIDED_BY_CODE[question]()
