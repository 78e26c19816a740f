"""`make lab` in a browser: a lesson, Validate, the formgrader."""

import ast
import getpass
import json
import os
import re
import time
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from examiner.course import load_course
from tests.sample_class.course import ROOT, write_submission
from tests.sample_class.students import CLASS, FULL

from .lab import PATIENCE, Lab, copy_course, serve

LESSON = "01_why_memory"
STUDENT = "student04"  # typical mistakes: neither all points nor none

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course, in which one student has handed in the quiz."""
    folder = tmp_path_factory.mktemp("people") / "course_folder"
    copy_course(folder)
    home = folder / "submitted" / STUDENT / "quiz"
    home.mkdir(parents=True)
    write_submission(
        folder / "release" / "quiz" / "quiz.ipynb",
        home,
        CLASS[STUDENT]["quiz"],
    )
    return folder


@pytest.fixture(scope="module")
def address(browser, course):
    with serve(course, course.with_name("settings")) as address:
        yield address


@pytest.fixture
def lab(browser, course, address, request):
    """A person at a new page. The page must have had no problems at the end."""
    album = os.environ.get("SCREENSHOTS")
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    lab = Lab(page, address, course, Path(album) if album else None)
    yield lab
    lab.photograph(request.node.name)
    page.close()
    assert lab.problems == []


def test_make_lab_opens_lesson_00_in_my(lab):
    lab.arrive()
    page = lab.page
    expect(page.locator(".jp-Notebook h1")).to_contain_text("Start here")
    expect(page.locator(".jp-BreadCrumbs")).to_have_text("/my/lessons/")
    expect(page.locator(".jp-DirListing")).to_contain_text("00_start_here")
    lab.wait_for_kernel()


def test_a_lesson_runs_from_top_to_bottom(lab, course):
    path = f"my/lessons/{LESSON}.ipynb"
    cells = [
        cell
        for cell in nbformat.read(course / path, as_version=4).cells
        if cell.cell_type == "code"
    ]
    code = [cell.source for cell in cells]
    unfolded = [
        f"[{number}]:"
        for number, cell in enumerate(cells, start=1)
        if not cell.metadata.get("jupyter", {}).get("source_hidden")
    ]
    lab.open(path)
    prompts = lab.run_all()
    assert lab.outputs("error") == []
    assert lab.outputs("stderr") == []
    assert prompts == unfolded  # a folded cell shows no number

    figures = lab.figures()
    assert len(figures) == sum("show(" in source or "explore(" in source for source in code)
    assert all(figure["width"] > 0 for figure in figures)
    shown = [figure["alt"] for figure in figures]
    for alternative in alternatives("\n".join(code)):
        assert alternative in shown
    lab.photograph("lesson-run")

    # The numbers of a figure are folded below it, and open by keyboard.
    folds = lab.page.locator("details.numbers")
    expect(folds).to_have_count("\n".join(code).count("table=True"))
    fold = folds.first
    expect(fold.get_by_role("table")).to_be_hidden()
    fold.locator("summary").focus()
    lab.page.keyboard.press("Enter")
    expect(fold.get_by_role("columnheader", name="latch", exact=True)).to_be_visible()
    expect(fold.get_by_role("rowheader", name="1,000", exact=True)).to_be_visible()
    found = Axe().run(lab.page, context="details.numbers[open]").response["violations"]
    assert [(rule["impact"], rule["id"]) for rule in found] == []
    lab.photograph("lesson-numbers")

    # The slider draws its figure anew.
    slider = lab.page.get_by_role("slider", name="w_h")
    slider.press("ArrowRight")
    expect(lab.page.get_by_alt_text("States for w_h = 1.3:")).to_be_visible()
    lab.photograph("lesson-slider")

    # The self-check explains the option that was chosen.
    questions = json.loads(
        (ROOT / "lesson_tools" / "questions" / f"{LESSON}.json").read_text(encoding="utf-8")
    )
    shown = lab.page.locator(".Quiz")
    expect(shown).to_have_count(len(questions))
    for option in questions[0]["answers"]:
        shown.first.get_by_label(option["answer"]).check()
        expect(shown.first.get_by_text(option["feedback"])).to_be_visible()
    lab.photograph("lesson-quiz")

    # By keyboard alone: arrows choose, and no shortcut of JupyterLab's fires.
    group = lab.page.get_by_role("group", name=questions[1]["question"])
    group.get_by_role("radio").first.focus()
    for key in ["b", "a", "d", "d", "ArrowDown", "ArrowDown"]:
        lab.page.keyboard.press(key)
    expect(group.get_by_role("radio").nth(2)).to_be_checked()
    expect(group.get_by_role("status")).to_contain_text(
        questions[1]["answers"][2]["feedback"], use_inner_text=True
    )
    expect(group.get_by_role("status")).not_to_contain_text(
        questions[1]["answers"][1]["feedback"], use_inner_text=True
    )
    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == len(
        nbformat.read(course / path, as_version=4).cells
    )


def alternatives(code):
    """The text alternatives that calls of `show` give, where they are fixed."""
    return [
        node.value.value
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.keyword)
        and node.arg == "alt"
        and isinstance(node.value, ast.Constant)
    ]


def test_validate_says_what_is_missing_in_a_blank_assignment(lab):
    lab.open("release/ps1_rnn_cell/ps1_rnn_cell.ipynb")
    said = lab.validate()
    assert said.count("not written yet") == len(FULL["ps1_rnn_cell"])
    assert "0 of 6 exercises pass" in said
    assert "hidden tests" in said
    assert "assert" not in said
    lab.photograph("validate-blank")


def test_validate_is_content_with_the_solutions(lab):
    lab.open("source/ps1_rnn_cell/ps1_rnn_cell.ipynb")
    assert "6 of 6 exercises pass" in lab.validate()


def test_the_assignment_list_finds_the_exchange(lab):
    lab.open("my/lessons/00_start_here.ipynb")
    lab.choose("Nbgrader", "Assignment List")
    page = lab.page
    expect(page.get_by_text("There are no assignments to fetch.")).to_be_visible()
    expect(page.get_by_text("exchange directory")).to_have_count(0)


def test_the_formgrader_grades_a_submission(lab, course):
    lab.open("my/lessons/00_start_here.ipynb")
    formgrader = lab.formgrader()
    assignments = sorted(path.parent.name for path in course.glob("source/*/*.ipynb"))
    expect(formgrader.locator("tbody .name")).to_have_text(assignments)
    expect(formgrader.locator(".alert")).to_have_count(0)
    quiz = formgrader.locator("tbody tr", has_text="quiz")
    expect(quiz.locator(".release a")).to_have_count(1)
    lab.photograph("formgrader-assignments")

    quiz.locator(".assign a").click()
    read_message(formgrader, "Successfully created")

    quiz.locator(".num-submissions a").click()
    submission = formgrader.locator("tbody tr", has_text=STUDENT)
    expect(submission).to_contain_text("needs autograding")
    submission.locator(".autograde a").click()
    read_message(formgrader, "Successfully autograded")
    earned = sum(CLASS[STUDENT]["quiz"].points.values())
    expect(submission.locator(".status")).to_have_text("graded")
    expect(submission.locator(".score")).to_have_text(re.compile(rf"^{earned} / \d+$"))
    graded = nbformat.read(
        course / "autograded" / STUDENT / "quiz" / "quiz.ipynb",
        as_version=4,
    )
    assert graded.metadata.examiner == {"repairs": [], "lost": []}


def test_work_goes_through_the_exchange_and_comes_back_with_a_comment(lab, course):
    page, me = lab.page, getpass.getuser()
    lab.open("my/lessons/00_start_here.ipynb")
    formgrader = lab.formgrader()
    quiz = formgrader.locator("tbody tr", has_text="quiz")
    quiz.locator(".assign a").click()
    read_message(formgrader, "Successfully created")
    quiz.locator(".release a").click()
    read_message(formgrader, "Successfully released")

    # The student's side.
    lab.choose("Nbgrader", "Assignment List")
    page.get_by_role("button", name="Fetch", exact=True).click()
    hand_in = page.get_by_role("button", name="Submit", exact=True)
    expect(hand_in).to_be_visible()
    released = course / "release" / "quiz" / "quiz.ipynb"
    write_submission(released, course / "my" / "quiz", CLASS["student01"]["quiz"])
    hand_in.click()
    fetch_feedback = page.get_by_role("button", name="Fetch Feedback")
    expect(fetch_feedback).to_be_visible()
    lab.photograph("handed-in")

    # The instructor's.
    formgrader = lab.formgrader()
    quiz.locator(".collect a").click()
    read_message(formgrader, "Successfully collected")
    quiz.locator(".num-submissions a").click()
    submission = formgrader.locator("tbody tr").filter(has=formgrader.get_by_text(me, exact=True))
    submission.locator(".autograde a").click()
    read_message(formgrader, "Successfully autograded")
    expect(submission.locator(".status")).to_have_text("needs manual grading")
    formgrader.get_by_role("link", name="Manual Grading").click()
    for _ in ("assignment", "notebook"):
        formgrader.get_by_role("link", name="quiz", exact=True).click()
    waits = formgrader.locator(".needs-manual-grade .glyphicon-ok")
    formgrader.locator("tbody tr").filter(has=waits).get_by_role("link").click()
    answer = "in_your_own_words-w01"
    points, comment = (formgrader.locator(f"#{answer}{part}") for part in ("", "-comment"))
    # What is filled in before the page has its values from the server is lost.
    expect(points).to_have_class(re.compile("needs_manual_grade"))
    expect(comment).to_have_attribute("placeholder", re.compile("."))
    points.fill("3")
    comment.fill("Say why the trace fades.")
    points.focus()
    lab.photograph("manual-grading")
    wait_until(lambda: by_hand(course, answer, me) == (3, "Say why the trace fades."))

    for place in ("Manual Grading", "Manage Assignments"):
        formgrader.get_by_role("link", name=place).click()
    quiz.locator(".generate-feedback a").click()
    read_message(formgrader, "Successfully generated feedback")
    quiz.locator(".release-feedback a").click()
    read_message(formgrader, "Successfully released feedback")

    lab.choose("Nbgrader", "Assignment List")
    fetch_feedback.click()
    wait_until(lambda: list(course.glob("my/quiz/feedback/*/quiz.html")))
    (fetched,) = course.glob("my/quiz/feedback/*/quiz.html")
    assert "Say why the trace fades." in fetched.read_text(encoding="utf-8")

    # nbgrader's own page of a submission asks the network for MathJax.
    its_own = ("mathjax", "net::err")
    lab.problems = [
        what for what in lab.problems if not any(word in what.lower() for word in its_own)
    ]


def by_hand(course, answer, student):
    """(points, comment) of a written answer of the quiz."""
    with load_course(course).gradebook as gradebook:
        grade = gradebook.find_grade(answer, "quiz", "quiz", student)
        comment = gradebook.find_comment(answer, "quiz", "quiz", student)
        return grade.manual_score, comment.manual_comment


def wait_until(is_so):
    deadline = time.monotonic() + PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def read_message(formgrader, text):
    """Wait for a message with `text` in it, and put it away."""
    message = formgrader.get_by_role("dialog")
    expect(message).to_contain_text(text)
    message.get_by_role("button", name="OK").click()
    expect(message).to_be_hidden()
