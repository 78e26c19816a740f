"""The value that a test ends with, shown as nbgrader reads points."""

import numbers
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ..execute.shell import Shell

# Numbers that do not look like one. Of NumPy's classes each has a `__repr__` of
# its own, which IPython would take before that of the class above it.
NUMBERS = {*np.sctypeDict.values(), Decimal, Fraction} - {int, float, bool}


TENSOR = "tensorflow.python.framework.ops", "EagerTensor"


def show_points(shell: Shell):
    """From now on, show numbers of any kind as a number and no more."""
    text = shell.display_formatter.formatters["text/plain"]
    for kind in (*NUMBERS, np.ndarray):
        text.for_type(kind, _show_as_points)
    text.for_type_by_name(*TENSOR, _show_as_points)


def _show_as_points(value, printer, cycle):
    """A number of any kind as nbgrader reads points: 2.0, not np.float64(2.0)."""
    if type(value).__name__ == TENSOR[1] and np.size(value) == 1:
        value = np.asarray(value)
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.reshape(-1)[0]
    if isinstance(value, np.bool_):
        value = bool(value)
    elif isinstance(value, numbers.Real | Decimal) and not isinstance(value, bool | np.timedelta64):
        value = float(value)
    printer.text(repr(value))


def last_value(outputs: list[dict]) -> list[str]:
    """What a cell has ended with, as it is shown; nothing if it has not."""
    return [
        output["data"].get("text/plain")
        for output in outputs
        if output["output_type"] == "execute_result"
    ]
