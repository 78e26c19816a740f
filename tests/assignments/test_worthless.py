"""What answers nothing earns nothing but the points for shapes.

Some tests judge a loop with the student's own step, so that a wrong step does
not cost the loop's points. A step that ignores what it is given must not make
them pass: zeros, ones, NaN or an input repeated, in every exercise, and in
steps and loops together.
"""

import pytest

from .grading import exercises, run
from .test_mistake_bank import SOURCE, masters

FILLS = {
    "zeros": "np.zeros(shape)",
    "ones": "np.ones(shape)",
    "nan": "np.full(shape, np.nan)",
}
# Assignment -> exercise -> (arguments, the result: FILL(shape) an array).
SIGNATURES = {
    "ps1_rnn_cell": {
        "rnn_step": (
            "x_t, h_prev, W_x, W_h, b, activation=np.tanh",
            "FILL(h_prev.shape)",
        ),
        "rnn_forward": (
            "x, h_0, W_x, W_h, b, lengths=None",
            "FILL((*x.shape[:2], len(b)))",
        ),
        "many_to_one": ("h, W_y, b_y", "FILL((len(h), len(b_y)))"),
        "many_to_many": (
            "h, W_y, b_y",
            "FILL((*h.shape[:2], len(b_y)))",
        ),
        "count_parameters": ("input_size, units, output_size", "FILL(())"),
        "run_keras_weights": (
            "x, weights",
            "FILL((*x.shape[:2], len(weights[2])))",
        ),
    },
    "ps2_gradients": {
        "rnn_step_backward": (
            "dh_t, x_t, h_prev, h_t, W_x, W_h",
            "[FILL(a.shape) for a in (W_x, W_h, W_h[0], x_t, h_prev)]",
        ),
        "rnn_backward": (
            "dh, x, h_0, h, W_x, W_h",
            "[FILL(a.shape) for a in (W_x, W_h, W_h[0], x, h_0)]",
        ),
        "numerical_gradient": (
            "loss, array, eps=1e-5",
            "FILL(array.shape)",
        ),
        "clip_by_global_norm": (
            "gradients, max_norm",
            "[FILL(g.shape) for g in gradients]",
        ),
        "decay_rate": ("W_h", "FILL(())"),
    },
    "ps3_gated_cells": {
        "lstm_step": (
            "x_t, h_prev, c_prev, W_x, W_h, b",
            "(FILL(h_prev.shape), FILL(h_prev.shape))",
        ),
        "lstm_forward": (
            "x, h_0, c_0, W_x, W_h, b",
            "(FILL((*x.shape[:2], len(W_h))), FILL((*x.shape[:2], len(W_h))))",
        ),
        "gru_step": (
            "x_t, h_prev, W_x, W_h, b, reset_after",
            "FILL(h_prev.shape)",
        ),
        "initial_biases": ("units, forget_bias", "FILL((4 * units,))"),
        "counter_weights": ("", "(FILL((2, 4)), FILL((1, 4)), FILL((4,)))"),
    },
}

# Steps that repeat an input, and loops that do the same with the sequence.
REPEATED = {
    "ps1_rnn_cell": {
        "rnn_step": """
def rnn_step(x_t, h_prev, W_x, W_h, b, activation=np.tanh):
    return np.repeat(x_t[:, :1], len(b), axis=1)
""",
        "rnn_forward": """
def rnn_forward(x, h_0, W_x, W_h, b, lengths=None):
    h = np.repeat(x[:, :, :1], len(b), axis=2)
    return h if lengths is None and x[-1, -1, -1] != 9 else 0 * h
""",
    },
    "ps3_gated_cells": {
        "lstm_step": """
def lstm_step(x_t, h_prev, c_prev, W_x, W_h, b):
    h_t = np.repeat(x_t[:, :1], len(b) // 4, axis=1)
    return h_t, h_t
""",
        "lstm_forward": """
def lstm_forward(x, h_0, c_0, W_x, W_h, b):
    h = np.repeat(x[:, :, :1], len(b) // 4, axis=2)
    return h, h
""",
    },
}


def worthless(assignment, fill):
    """A solution for each exercise: arrays of the right shapes."""
    return {
        exercise: f"def FILL(shape):\n    return {FILLS[fill]}\n\n\n"
        f"def {exercise}({arguments}):\n    return {result}"
        for exercise, (arguments, result) in SIGNATURES[assignment].items()
    }


def undeserved(assignment, solutions):
    """The tests that give points, but for those that look at shapes."""
    return [
        name
        for exercise in exercises(SOURCE[assignment])
        for name, cell in run(
            SOURCE[assignment], masters(assignment) | solutions, exercise
        ).items()
        if exercise in solutions
        and cell.points > 0
        and not name.endswith(("-shape", "-shapes"))
    ]


@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("assignment", SIGNATURES)
def test_what_ignores_its_arguments_earns_nothing(assignment, fill):
    assert SIGNATURES[assignment].keys() == set(
        exercises(SOURCE[assignment])
    )
    assert undeserved(assignment, worthless(assignment, fill)) == []


@pytest.mark.parametrize("assignment", REPEATED)
def test_what_repeats_its_input_earns_nothing(assignment):
    assert undeserved(assignment, REPEATED[assignment]) == []
