"""What late work costs, always of the points as they are now.

nbgrader asks its LateSubmissionPlugin once, when a submission is graded by
the program. Points that a person gives later would escape the penalty.
"""

import math

from nbgrader.api import Gradebook
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Float
from traitlets.config import Config

DAY = 24 * 60 * 60


class LatePerDay(LateSubmissionPlugin):
    """A share of the points that were earned, for each day begun.

    c.AssignLatePenalties.plugin_class = "examiner.late.LatePerDay"
    """

    percent = Float(10, min=0, max=100, help="Lost for each day begun, in per cent.").tag(
        config=True
    )
    most = Float(100, min=0, max=100, help="Never lost more than this, in per cent.").tag(
        config=True
    )
    grace_minutes = Float(0, min=0, help="Not late before this many minutes have passed.").tag(
        config=True
    )

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        if total_seconds_late <= 60 * self.grace_minutes:
            return None
        days = math.ceil(total_seconds_late / DAY)
        return score * min(days * self.percent, self.most) / 100


def settle_penalties(gradebook: Gradebook, config: Config, assignment: str):
    """Bring all late penalties of an assignment up to date."""
    room = AssignLatePenalties(config=config)
    room.init_plugin()
    for submission in gradebook.assignment_submissions(assignment):
        late = submission.total_seconds_late
        for notebook in submission.notebooks:
            penalty = None
            if late > 0:
                penalty = room.plugin_inst.late_submission_penalty(
                    submission.student_id, notebook.score, late
                )
            if penalty is not None:
                penalty = min(max(penalty, 0.0), notebook.score)
            if penalty != notebook.late_submission_penalty:
                notebook.late_submission_penalty = penalty
    gradebook.db.commit()
