"""The table says of each student what nbgrader says, however many there are."""

import pytest
from sqlalchemy import event

from examiner.batch import Result
from examiner.course import load_course
from examiner.report import rows_of, summary

pytestmark = pytest.mark.filterwarnings("ignore:Object of type")  # by nbgrader's own way
STUDENTS = [f"student{number:02}" for number in range(1, 13)]


@pytest.fixture
def gradebook(tmp_path):
    config = f"c = get_config()\nc.CourseDirectory.root = {str(tmp_path)!r}\n"
    (tmp_path / "nbgrader_config.py").write_text(config)
    with load_course(tmp_path).gradebook as gradebook:
        for assignment in ("hw", "other"):
            gradebook.add_assignment(assignment)
            for notebook in ("one", "two"):
                gradebook.add_notebook(notebook, assignment)
                for cell in ("sum-a", "sum-b", "essay"):
                    gradebook.add_grade_cell(
                        cell, notebook, assignment, max_score=4, cell_type="code"
                    )
            for number, student in enumerate(STUDENTS):
                gradebook.update_or_create_student(student, first_name="A", last_name=str(number))
                _hand_in(gradebook, assignment, student, number)
        gradebook.add_student("absent")
        gradebook.db.commit()
        yield gradebook


def _hand_in(gradebook, assignment, student, number):
    submission = gradebook.add_submission(assignment, student)
    for place, notebook in enumerate(submission.notebooks):
        if number % 3 == 0:
            notebook.late_submission_penalty = 0.5 + place
        for grade in notebook.grades:
            grade.auto_score = (number + len(grade.name)) % 5
            grade.needs_manual_grade = grade.name == "essay" and number % 2 == 0
            if number == 4:
                grade.manual_score, grade.extra_credit = 3.25, 0.5


def test_a_row_has_what_nbgrader_has(gradebook):
    rows = rows_of(gradebook, "hw", [Result(student) for student in STUDENTS])
    for number, row in enumerate(rows):
        submission = gradebook.find_submission("hw", row.student)
        assert sum(row.points.values()) == submission.score
        assert row.points.keys() == {"sum", "essay"}
        assert row.penalty == submission.late_submission_penalty == (2 if number % 3 == 0 else 0)
        assert row.name == f"A {number}"
        assert ("2 to grade by hand" in row.note) == submission.needs_manual_grade
    (absent,) = rows_of(gradebook, "hw", [Result("absent")])
    assert (absent.points, absent.note) == ({}, "NOT GRADED: not in the gradebook")


def test_the_end_of_the_screen_counts_what_nbgrader_counts(gradebook):
    said = summary(gradebook, "hw", [Result("student01", problem="no notebook")])
    waiting = sum(one.needs_manual_grade for one in gradebook.assignment_submissions("hw"))
    assert f"{waiting} wait for a person" in said
    assert "student01 (A 0): no notebook" in said
    assert "1 have not handed in: absent" in said


def test_a_class_takes_as_many_queries_as_a_student(gradebook):
    asked = []
    event.listen(gradebook.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    counts = []
    for students in (STUDENTS[:1], STUDENTS):
        gradebook.db.expire_all()
        asked.clear()
        results = [Result(student) for student in students]
        rows_of(gradebook, "hw", results)
        summary(gradebook, "hw", results)
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0
