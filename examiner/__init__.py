"""The examiner: nbgrader's grading, made fair, safe and fast.

A course switches it on with one line in its nbgrader_config.py:

    import examiner; examiner.switch_on(c)
"""

__all__ = ["switch_on"]


def switch_on(config):
    """Plug the examiner into the nbgrader configuration `config`."""
    # Not above: a student's process is forked from one without nbgrader.
    from nbgrader.converters import Autograde
    from nbgrader.preprocessors import (
        AssignLatePenalties,
        CheckCellMetadata,
        Execute,
        OverwriteKernelspec,
        SaveAutoGrades,
    )

    from .collect import CollectWhatIsTheirs
    from .current_pages import ReleaseCurrentFeedback
    from .feedback import ClearHiddenLinesOfTests, KeepHiddenTestsHidden
    from .formulas import FormulasAsMathML
    from .handed_in import replace_reader
    from .page import PageExporter
    from .plugins import (
        AssignLatePenaltiesAfterExtensions,
        ExecuteConfined,
        Preflight,
        SaveScores,
    )
    from .standing import GetStanding
    from .validate import replace_validator

    replace_validator()
    replace_reader()
    config.Autograde.sanitize_preprocessors = [
        Preflight,
        OverwriteKernelspec,
        CheckCellMetadata,
    ]
    # An exchange of another kind keeps its own.
    config.ExchangeFactory.setdefault("collect", CollectWhatIsTheirs)
    config.ExchangeFactory.setdefault("release_feedback", ReleaseCurrentFeedback)
    ours = {
        AssignLatePenalties: AssignLatePenaltiesAfterExtensions,
        Execute: ExecuteConfined,
        SaveAutoGrades: SaveScores,
    }
    config.Autograde.autograde_preprocessors = [
        ours.get(room, room) for room in Autograde.autograde_preprocessors.default_args[0]
    ]
    config.GenerateFeedback.exporter_class = PageExporter
    config.GenerateFeedback.preprocessors = [
        GetStanding,
        KeepHiddenTestsHidden,
        ClearHiddenLinesOfTests,
        FormulasAsMathML,
    ]
