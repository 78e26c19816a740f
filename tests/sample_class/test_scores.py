"""The sample class, graded by nbgrader, earns the points known beforehand."""

import csv
from contextlib import closing

import pytest

from examiner.batch import Batch
from examiner.report import rows_of, table

from . import course as sample
from .students import CLASS, FULL

CASES = [
    pytest.param(assignment, student, id=f"{assignment}-{student}")
    for assignment in sample.ASSIGNMENTS
    for student in CLASS
]


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """The whole loop, once: (folder, course, results, lines of progress)."""
    folder = tmp_path_factory.mktemp("class")
    course = sample.set_up(folder)
    sample.hand_in(course, folder)
    lines = []
    results = sample.grade(course, lines.append)
    sample.hand_back(course, folder)
    return folder, course, results, lines


@pytest.mark.parametrize(("assignment", "student"), CASES)
def test_points_are_exact(graded, assignment, student):
    _, course, results, lines = graded
    work = CLASS[student][assignment]
    result = next(r for r in results[assignment] if r.student == student)
    with course.gradebook as gradebook:
        (row,) = rows_of(gradebook, assignment, [result])
    if work.points is None:
        assert work.problem in result.problem
        assert row.points == {}
        assert row.note == f"NOT GRADED: {result.problem}"
        assert any(
            student in line and work.problem in line and assignment in line for line in lines
        )
    else:
        assert result.problem is None
        assert row.points == work.points


@pytest.mark.parametrize(("assignment", "student"), CASES)
def test_who_was_graded_gets_feedback(graded, assignment, student):
    folder, _, _, _ = graded
    page = folder / "feedback" / student / assignment / f"{assignment}.html"
    assert page.exists() == (CLASS[student][assignment].points is not None)


def test_nothing_that_was_handed_in_is_lost(graded):
    folder, _, _, _ = graded
    for student, works in CLASS.items():
        for assignment, work in works.items():
            name = work.file_name or f"{assignment}.ipynb"
            path = folder / "submitted" / student / assignment / name
            assert path.exists()
            if work.raw is not None:
                assert path.read_bytes() == work.raw


def test_feedback_explains_the_option_that_was_chosen(graded):
    folder, _, _, _ = graded
    page = folder / "feedback" / "student04" / "quiz" / "quiz.html"
    text = " ".join(page.read_text(encoding="utf-8").split())
    assert "A: 0 of 1 point. Recursive networks are a real family" in text
    assert "Residual networks add skip connections" not in text


def test_the_written_answer_waits_for_a_person(graded):
    _, course, _, _ = graded
    with course.gradebook as gradebook:
        for student, expected in [
            ("student01", True),
            ("student02", False),
        ]:
            submission = gradebook.find_submission("quiz", student)
            assert submission.needs_manual_grade == expected


def test_the_table_and_the_export_name_everybody(graded):
    folder, course, results, _ = graded
    with course.gradebook as gradebook:
        for assignment in sample.ASSIGNMENTS:
            text = table(gradebook, assignment, results[assignment])
            header, _ruler, _maximum, *rows = text.splitlines()
            assert header.split()[1:-1] == list(FULL[assignment])
            assert [row.split()[0] for row in rows] == list(CLASS)
    with (folder / "grades.csv").open() as file:
        exported = {
            (row["student_id"], row["assignment"]): float(row["raw_score"])
            for row in csv.DictReader(file)
        }
    for student, works in CLASS.items():
        for assignment, work in works.items():
            if work.points is not None:
                total = sum(work.points.values())
                assert exported[student, assignment] == total


@pytest.mark.parametrize("assignment", sample.ASSIGNMENTS)
def test_cells_of_right_work_run_once(graded, assignment):
    """Where they may change what a hidden line meets, they run twice, which takes twice as long."""
    _, course, _, _ = graded
    with closing(Batch(course, assignment)) as batch:
        submission = batch.grading.begin("student01")
    assert not any(job.may_change for job in submission.jobs)


def test_the_class_is_as_mixed_as_a_real_one():
    assert len(CLASS) >= 12
    for assignment in sample.ASSIGNMENTS:
        works = [works[assignment] for works in CLASS.values()]
        totals = {sum(w.points.values()) for w in works if w.points}
        assert len(totals) >= 4
        assert sum(work.points is None for work in works) >= 3
