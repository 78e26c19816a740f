"""The examiner: nbgrader's grading, made fair to honest students.

A course switches it on with one line in its nbgrader_config.py:

    import examiner; examiner.switch_on(c)
"""

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.preprocessors import (
    ClearHiddenTests,
    DeduplicateIds,
    SaveAutoGrades,
)

from .copied_cells import MakeCopiesOrdinary
from .formulas import FormulasAsMathML
from .standard_error import KeepStandardErrorOutOfScore

__all__ = ["switch_on"]


def switch_on(config):
    """Plug the examiner into the nbgrader configuration `config`."""
    sanitize = list(Autograde.sanitize_preprocessors.default_args[0])
    sanitize.insert(sanitize.index(DeduplicateIds) + 1, MakeCopiesOrdinary)
    config.Autograde.sanitize_preprocessors = sanitize

    autograde = list(Autograde.autograde_preprocessors.default_args[0])
    autograde.insert(
        autograde.index(SaveAutoGrades), KeepStandardErrorOutOfScore
    )
    config.Autograde.autograde_preprocessors = autograde

    config.GenerateFeedback.preprocessors = [
        *GenerateFeedback.preprocessors.default_args[0],
        ClearHiddenTests,
        FormulasAsMathML,
    ]

    # A test cell that a student deleted is put back, and counts.
    config.OverwriteCells.add_missing_cells = True
