"""The command line: python -m examiner grade ASSIGNMENT [--student ID]"""

import argparse
import sys
from pathlib import Path

from nbgrader.api import MissingEntry

from .grade import grade_assignment, load_course, submitted_students
from .report import table


def main(arguments: list[str] | None = None) -> int:
    """Returns 0 only if every submission was graded."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(
            line_buffering=True
        )  # progress in a pipe too
    parser = argparse.ArgumentParser(
        prog="examiner", description="Grade what students handed in."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    grade = commands.add_parser(
        "grade", help="grade an assignment, write feedback, show the table"
    )
    grade.add_argument("assignment", help="its folder in source/")
    grade.add_argument("--student", metavar="ID", help="this student alone")
    options = parser.parse_args(arguments)
    return _grade(options.assignment, options.student)


def _grade(assignment: str, student: str | None) -> int:
    folder = Path.cwd()
    try:
        course = load_course(folder)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    if assignment not in course.get_source_assignments():
        known = ", ".join(sorted(course.get_source_assignments()))
        print(
            f"There is no assignment {assignment!r} in source/. There are: "
            f"{known or 'none'}.",
            file=sys.stderr,
        )
        return 2
    students = submitted_students(course, assignment)
    if student is not None:
        students = [name for name in students if name == student]
    if not students:
        whose = student or "<student>"
        print(
            f"Nothing to grade: expected submitted/{whose}/{assignment}/"
            f"{assignment}.ipynb",
            file=sys.stderr,
        )
        return 2
    with course.gradebook as gradebook:
        try:
            gradebook.find_assignment(assignment)
        except MissingEntry:
            course.generate_assignment(assignment)
    results = grade_assignment(course, assignment, students)
    with course.gradebook as gradebook:
        print()
        print(table(gradebook, assignment, results))
    failed = sum(result.problem is not None for result in results)
    print()
    print("Feedback pages: feedback/<student>/" + assignment + "/")
    if failed:
        print(f"{failed} of {len(results)} not graded: see above.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
