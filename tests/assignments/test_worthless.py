"""What solves nothing earns no more than the points for shapes.

Some tests judge a loop with the student's own step, so that a wrong step does
not cost the loop's points. Where the step ignores what it is given, such a
test sees nothing of the loop, and must not pass; over any other wrong step, a
right loop must keep its points.
"""

import re
from dataclasses import dataclass

import pytest

from .bank import edited
from .grading import exercises, run
from .test_mistake_bank import MODULES, SOURCE, masters

# Assignment -> exercise -> (arguments, what it returns from filled arrays).
SIGNATURES = {
    "ps1_rnn_cell": {
        "rnn_step": (
            "x_t, h_prev, W_x, W_h, b, activation=np.tanh",
            "filled(h_prev.shape)",
        ),
        "rnn_forward": (
            "x, h_0, W_x, W_h, b, lengths=None",
            "filled((*x.shape[:2], len(b)))",
        ),
        "many_to_one": ("h, W_y, b_y", "filled((len(h), len(b_y)))"),
        "many_to_many": ("h, W_y, b_y", "filled((*h.shape[:2], len(b_y)))"),
        "count_parameters": (
            "input_size, units, output_size",
            "filled(())",
        ),
        "run_keras_weights": (
            "x, weights",
            "filled((*x.shape[:2], len(weights[2])))",
        ),
    },
    "ps2_gradients": {
        "rnn_step_backward": (
            "dh_t, x_t, h_prev, h_t, W_x, W_h",
            "[filled(a.shape) for a in (W_x, W_h, W_h[0], x_t, h_prev)]",
        ),
        "rnn_backward": (
            "dh, x, h_0, h, W_x, W_h",
            "[filled(a.shape) for a in (W_x, W_h, W_h[0], x, h_0)]",
        ),
        "numerical_gradient": (
            "loss, array, eps=1e-5",
            "filled(array.shape)",
        ),
        "clip_by_global_norm": (
            "gradients, max_norm",
            "[filled(array.shape) for array in gradients]",
        ),
        "decay_rate": ("W_h", "filled(())"),
    },
    "ps3_gated_cells": {
        "lstm_step": (
            "x_t, h_prev, c_prev, W_x, W_h, b",
            "(filled(h_prev.shape),) * 2",
        ),
        "lstm_forward": (
            "x, h_0, c_0, W_x, W_h, b",
            "(filled((*x.shape[:2], len(W_h))),) * 2",
        ),
        "gru_step": (
            "x_t, h_prev, W_x, W_h, b, reset_after",
            "filled(h_prev.shape)",
        ),
        "initial_biases": ("units, forget_bias", "filled((4 * units,))"),
        "counter_weights": (
            "",
            "filled((2, 4)), filled((1, 4)), filled((4,))",
        ),
    },
}
FOR_SHAPES = {
    "rnn_forward-shape",
    "rnn_backward-shapes",
    "lstm_forward-shapes",
    "counter_weights-shapes",
}
STEPS = {
    "rnn_forward": "rnn_step",
    "rnn_backward": "rnn_step_backward",
    "lstm_forward": "lstm_step",
}
CONSTANTS = {
    "zeros": "np.zeros(shape)",
    "ones": "np.ones(shape)",
    "NaN": "np.full(shape, np.nan)",
}
INPUTS = [
    f"input {place} {how}"
    for place in range(1, 7)
    for how in ["in its own order", "with one column repeated"]
]


def filled_with(fill, assignment, exercise):
    """A function whose results are a constant, or an input repeated."""
    arguments, result = SIGNATURES[assignment][exercise]
    if fill in CONSTANTS:
        value = CONSTANTS[fill]
    else:
        names = re.findall(r"(\w+)(?:=[\w.-]+)?", arguments)
        names = [n for n in names if n not in ("loss", "activation")]
        place = int(fill.split()[1])
        if place > len(names):
            return None
        value = f"repeated({names[place - 1]}, shape, {'column' in fill})"
    return f"""\
def repeated(given, shape, column):
    given = given[0] if isinstance(given, list) else given
    given = np.asarray(0 if given is None else given, dtype=float)
    if column and given.ndim == len(shape) > 0:
        given = np.repeat(given[..., :1], shape[-1], axis=-1)
    return np.resize(given, shape)


def {exercise}({arguments}):
    def filled(shape):
        return {value}

    return {result}"""


def earned(assignment, written, exercise):
    """Test cell -> its points, without the cells that give none."""
    seen = run(SOURCE[assignment], written, exercise)
    return {name: cell.points for name, cell in seen.items() if cell.points}


def for_shapes(assignment, exercise):
    """What the tests that look at shapes alone give."""
    names = [f"{exercise}-{end}" for end in ("shape", "shapes")]
    return {name: 1 for name in names if name in FOR_SHAPES}


@pytest.mark.parametrize("fill", [*CONSTANTS, *INPUTS])
@pytest.mark.parametrize("assignment", SIGNATURES)
def test_a_constant_or_an_input_earns_the_shapes_alone(assignment, fill):
    assert list(SIGNATURES[assignment]) == exercises(SOURCE[assignment])
    written = {
        exercise: filled_with(fill, assignment, exercise)
        for exercise in SIGNATURES[assignment]
    }
    written = {name: source for name, source in written.items() if source}
    for exercise in written:
        expected = for_shapes(assignment, exercise)
        assert earned(assignment, written, exercise) == expected
        if exercise in STEPS:  # over the right step too
            alone = masters(assignment) | {exercise: written[exercise]}
            assert earned(assignment, alone, exercise) == expected


@dataclass(frozen=True)
class Worthless:
    """Code that solves nothing, for one exercise (and the step it calls)."""

    name: str
    assignment: str
    exercise: str
    sources: dict[str, str]


STEP = "def rnn_step(x_t, h_prev, W_x, W_h, b, activation=np.tanh):\n"
FORWARD = "def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):\n"
BACK = (
    "def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):\n"
    "    shapes = [a.shape for a in (W_x, W_h, W_h[0], x_t, h_prev)]\n"
)
BPTT = (
    "def rnn_backward(dh, x, h_0, h, W_x, W_h):\n"
    "    shapes = [a.shape for a in (W_x, W_h, W_h[0], x, h_0)]\n"
)
LSTM = "def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):\n"
LSTMS = "def lstm_forward(x, h_0, c_0, W_x, W_h, b):\n"


def one_number(step, loop):
    """All five gradients hold one number, of the step and of the loop."""
    return {
        "rnn_step_backward": (
            f"{BACK}    return [np.full(s, {step}) for s in shapes]"
        ),
        "rnn_backward": (
            f"{BPTT}    return [np.full(s, {loop}) for s in shapes]"
        ),
    }


WORTHLESS = [
    Worthless(
        "the input repeated, and zeros for padded sequences",
        "ps1_rnn_cell",
        "rnn_forward",
        {
            "rnn_step": STEP
            + "    return np.repeat(x_t[:, :1], len(b), axis=1)",
            "rnn_forward": FORWARD
            + "    repeated = np.repeat(x[..., :1], len(b), axis=2)\n"
            "    padded = lengths is not None or x[-1, -1, -1] == 9\n"
            "    return 0 * repeated if padded else repeated",
        },
    ),
    Worthless(
        "states that move in the padding alone",
        "ps1_rnn_cell",
        "rnn_forward",
        {
            "rnn_forward": FORWARD
            + "    repeated = np.repeat(x[..., :1] == 9, len(b), axis=2)\n"
            "    return repeated * (1.0 if lengths is None else 0.0)",
        },
    ),
    Worthless(
        "the first state halved, without a look at the input",
        "ps1_rnn_cell",
        "rnn_forward",
        {
            "rnn_step": STEP + "    return h_prev / 2",
            "rnn_forward": FORWARD
            + "    half = 0.5 ** np.arange(1, x.shape[1] + 1)\n"
            "    h = h_0[:, None] * half[:, None]\n"
            "    return h if lengths is None else 0 * h",
        },
    ),
    Worthless(
        "the state handed on as it is",
        "ps1_rnn_cell",
        "rnn_forward",
        {
            "rnn_step": STEP + "    return h_prev",
            "rnn_forward": FORWARD
            + "    return np.repeat(h_0[:, None], x.shape[1], axis=1)",
        },
    ),
    Worthless(
        "ones, and as many as there are steps",
        "ps2_gradients",
        "rnn_backward",
        one_number(1.0, "x.shape[1]"),
    ),
    Worthless(
        "the input summed",
        "ps2_gradients",
        "rnn_backward",
        one_number("x_t.sum()", "x.sum()"),
    ),
    Worthless(
        "the error summed, and none handed back",
        "ps2_gradients",
        "rnn_backward",
        {
            "rnn_step_backward": BACK
            + "    return [*(np.full(s, dh_t.sum()) for s in shapes[:3]),\n"
            "        np.repeat(dh_t[:, :1], x_t.shape[1], axis=1), 0 * h_prev]",
            "rnn_backward": BPTT
            + "    return [*(np.full(s, dh.sum()) for s in shapes[:3]),\n"
            "        np.repeat(dh[..., :1], x.shape[2], axis=2), 0 * h_0]",
        },
    ),
    Worthless(
        "a constant error handed back",
        "ps2_gradients",
        "rnn_backward",
        {
            "rnn_step_backward": BACK
            + "    dx_t = np.repeat(dh_t[:, :1], x_t.shape[1], axis=1)\n"
            "    return [*map(np.zeros, shapes[:3]), dx_t, 1 + 0 * h_prev]",
            "rnn_backward": BPTT
            + "    dx = np.repeat(dh[..., :1] + 1, x.shape[2], axis=2)\n"
            "    dx[:, -1] -= 1\n"
            "    return [*map(np.zeros, shapes[:3]), dx, 1 + 0 * h_0]",
        },
    ),
    Worthless(
        "the gradients as they came",
        "ps2_gradients",
        "clip_by_global_norm",
        {
            "clip_by_global_norm": (
                "def clip_by_global_norm(gradients, max_norm):\n"
                "    return list(gradients)"
            ),
        },
    ),
    Worthless(
        "the input repeated, as h and as c",
        "ps3_gated_cells",
        "lstm_forward",
        {
            "lstm_step": LSTM
            + "    a = np.repeat(x_t[:, :1], len(b) // 4, axis=1)\n"
            "    return a, a",
            "lstm_forward": LSTMS
            + "    a = np.repeat(x[..., :1], len(b) // 4, axis=2)\n"
            "    return a, a",
        },
    ),
    Worthless(
        "a sum of the inputs as c, and the input as h",
        "ps3_gated_cells",
        "lstm_forward",
        {
            "lstm_step": LSTM
            + "    a = np.repeat(x_t[:, :1], len(b) // 4, axis=1)\n"
            "    return a, c_prev + a",
            "lstm_forward": LSTMS
            + "    a = np.repeat(x[..., :1], len(b) // 4, axis=2)\n"
            "    return a, c_0[:, None] + a.cumsum(axis=1)",
        },
    ),
    Worthless(
        "both states halved, without a look at the input",
        "ps3_gated_cells",
        "lstm_forward",
        {
            "lstm_step": LSTM + "    return h_prev / 2, c_prev / 2",
            "lstm_forward": LSTMS
            + "    half = 0.5 ** np.arange(1, x.shape[1] + 1)[:, None]\n"
            "    return h_0[:, None] * half, c_0[:, None] * half",
        },
    ),
]


@pytest.mark.parametrize("case", WORTHLESS, ids=lambda case: case.name)
def test_what_solves_nothing_earns_the_shapes_alone(case):
    written = masters(case.assignment) | case.sources
    expected = for_shapes(case.assignment, case.exercise)
    assert earned(case.assignment, written, case.exercise) == expected


# A result of the step -> what it is made of there, and in the loop, and the
# test that must not pass. All else is right.
ONE_WRONG = [
    ("dW_x", "x_t.sum()", "x.sum()", "sum"),
    ("dW_x", "dh_t.sum()", "dh.sum()", "sum"),
    ("db", "x_t.sum()", "x.sum()", "sum"),
    ("dW_h", "h_prev.sum()", "h_0.sum() + h[:, :-1].sum()", "sum"),
    ("dW_h", "dh_t.sum()", "dh.sum()", "sum"),
    ("dx_t", "x_t", "x", "future"),
]


@pytest.mark.parametrize(("name", "in_step", "in_loop", "test"), ONE_WRONG)
def test_a_worthless_gradient_among_right_ones(
    name, in_step, in_loop, test
):
    written = masters("ps2_gradients")
    for exercise, made_of in [
        ("rnn_step_backward", in_step),
        ("rnn_backward", in_loop),
    ]:
        own = name
        if exercise == "rnn_backward":
            own = name.removesuffix("_t")
        line = f"    {own} = np.zeros({own}.shape) + {made_of}\n"
        written[exercise] = edited(
            written[exercise], ("    return", line + "    return")
        )
    points = {"shapes": 1, "future": 2, "sum": 2} | {test: 0}
    assert earned("ps2_gradients", written, "rnn_backward") == {
        f"rnn_backward-{end}": n for end, n in points.items() if n
    }


# A step without one of these leaves the loop's test blind.
BLIND = {
    "ps1_rnn_cell": {
        "no input": "every x_t",
        "no previous state": "every h_prev",
    },
    "ps3_gated_cells": {
        "no input": "every x_t",
        "no previous state": "every h_prev",
        "memory not read": "every c_prev",
    },
}
# Not even the shapes are right, or the caller's arrays are changed.
NO_STEP = {
    "prints and returns nothing",
    "first row alone",
    "state changed in place",
    "bias not summed",
    "bias summed over the units",
    "returns a gradient too few",
    "returns nothing",
    "input not transposed",
    "weight gradient transposed",
    "weights' gradients in the wrong order",
    "inputs' gradients first",
    "db last",
    "only h returned",
    "memory changed in place",
}
LOOP_ALONE = {
    "rnn_forward": {"rnn_forward-loop": 1, "rnn_forward-lengths": 1},
    "rnn_backward": {"rnn_backward-future": 2, "rnn_backward-sum": 2},
    "lstm_forward": {"lstm_forward-loop": 2},
}


def wrong_steps():
    for assignment, module in MODULES.items():
        for loop, step in STEPS.items():
            for case in module.MISTAKES:
                if case.exercise == step and case.name not in NO_STEP:
                    name = f"{step}: {case.name}"
                    yield pytest.param(assignment, loop, case, id=name)


@pytest.mark.parametrize(
    ("assignment", "loop", "mistake"), [*wrong_steps()]
)
def test_a_right_loop_over_a_wrong_step_keeps_its_points(
    assignment, loop, mistake
):
    written = masters(assignment) | {mistake.exercise: mistake.solution}
    seen = run(SOURCE[assignment], written, loop)
    blind = BLIND.get(assignment, {}).get(mistake.name)
    for cell, points in LOOP_ALONE[loop].items():
        if blind and cell.endswith("-loop"):
            assert seen[cell].points == 0
            assert f"the same for {blind}" in seen[cell].says
        else:
            assert seen[cell].points == points, seen[cell].says
