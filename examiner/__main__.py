"""The command line: python -m examiner grade | check | doctor, and an instructor's commands"""

import argparse
import os
import sys
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError

from .batch import Batch
from .check import NotFound, check, progress
from .course import (
    LOCKED,
    find_course,
    generate,
    is_generated,
    is_locked,
    load_course,
    submitted_students,
)
from .desk import FOLDER, Desk, NoSuchWork
from .doctor import doctor
from .execute import CannotConfine
from .grading import Grading
from .instructor.commands import add_commands
from .late import BadExtension, settle_penalties
from .master import NotReleased, OtherLanguage
from .preview import Preview, tell
from .refused import Refused
from .rehearsal import BrokenTests, NotProof
from .report import summary, table
from .sanitize import for_terminal
from .unreleased import unreleased
from .workers import cluster, threads


def main(arguments: list[str] | None = None) -> int:
    """Returns 0 only if every submission was graded.

    2: nothing was tried; 130: a person stopped it.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(line_buffering=True)  # progress in a pipe too
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (
        BadExtension,
        BrokenTests,
        CannotConfine,
        FileNotFoundError,
        NoSuchWork,
        NotFound,
        NotProof,
        NotReleased,
        OtherLanguage,
        Refused,
    ) as error:
        print(for_terminal(str(error)), file=sys.stderr)  # it may name students
        if isinstance(error, CannotConfine):
            print(
                "Nothing was run. `python -m examiner doctor` tells more; "
                "--unconfined runs the code with all your rights.",
                file=sys.stderr,
            )
        return 2
    except OperationalError as error:
        if not is_locked(error):
            raise
        print(LOCKED, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "\nStopped. What was graded is kept: the same command goes on.",
            file=sys.stderr,
        )
        return 130


def _parser():
    parser = argparse.ArgumentParser(prog="examiner", description="Grade what students handed in.")
    commands = parser.add_subparsers(dest="command", required=True)

    grade = commands.add_parser("grade", help="grade an assignment, write feedback, show the table")
    grade.add_argument("assignment", help="its folder in source/")
    grade.add_argument(
        "--jobs",
        type=_positive,
        metavar="N",
        default=len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        help="submissions at a time (default: one a processor core)",
    )
    grade.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="of a Dask cluster, such as tcp://host:8786, that does the work",
    )
    grade.add_argument("--student", metavar="ID", help="this student alone, and again")
    grade.add_argument(
        "--strict",
        action="store_true",
        help="refuse tests that can only run beside the student's code",
    )
    grade.add_argument(
        "--preview",
        action="store_true",
        help="show who would gain or lose how much by which cell, and write nothing",
    )
    _allow_unconfined(grade)
    grade.set_defaults(run=_grade)

    own = commands.add_parser("check", help="grade your own notebooks, hidden tests and all")
    own.add_argument("notebooks", type=Path, nargs="*", help=f"default: all in {FOLDER}/")
    own.add_argument("--assignment", metavar="NAME", help="that they are of")
    _allow_unconfined(own)
    own.set_defaults(
        run=lambda options: check(options.notebooks, options.assignment, options.unconfined)
    )

    far = commands.add_parser("progress", help="say what you have solved, and what to reread")
    _allow_unconfined(far)
    far.set_defaults(run=lambda options: progress(options.unconfined))

    start = commands.add_parser("start", help=f"lay a copy of an assignment into {FOLDER}/")
    start.add_argument("assignment")
    start.set_defaults(run=_start)

    reset = commands.add_parser("reset", help="begin anew; the old work is kept")
    reset.add_argument("name", help="an assignment or a lesson")
    reset.set_defaults(run=_reset)

    renew = commands.add_parser("renew", help=f"lay the lessons into {FOLDER}/, as new as they are")
    renew.add_argument("--quiet", action="store_true", help="do not name what was left alone")
    renew.set_defaults(run=_renew)

    look = commands.add_parser(
        "doctor",
        help="say what this machine can confine, and what is missing",
    )
    look.set_defaults(run=lambda options: doctor())

    add_commands(commands)
    return parser


def _start(options) -> int:
    course = find_course(Path.cwd())
    desk = Desk(course)
    path = desk.start(options.assignment)
    desk.renew()  # the lessons too, for who has not opened them yet
    print(f"Yours to work in: {path.relative_to(course)}")
    return 0


def _reset(options) -> int:
    course = find_course(Path.cwd())
    path, kept = Desk(course).reset(options.name)
    if kept:
        print(f"Your old work is in {kept.relative_to(course)}")
    print(f"New: {path.relative_to(course)}")
    return 0


def _renew(options) -> int:
    for line in Desk(find_course(Path.cwd())).renew():
        if not options.quiet:
            print(line)
    return 0


def _positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number


_positive.__name__ = "number"  # argparse: "invalid number value"


def _allow_unconfined(command):
    command.add_argument(
        "--unconfined",
        action="store_true",
        help="run the code with all your rights, as plain nbgrader does",
    )


def _grade(options) -> int:
    course = load_course(Path.cwd())
    assignment = options.assignment
    if assignment not in course.get_source_assignments():
        known = ", ".join(sorted(course.get_source_assignments()))
        raise Refused(
            f"There is no assignment {assignment!r} in source/. There are: {known or 'none'}."
        )
    students = submitted_students(course, assignment)
    if options.student is not None:
        students = [name for name in students if name == options.student]
    if not students:
        whose = options.student or "<student>"
        raise Refused(
            f"Nothing to grade: expected submitted/{whose}/{assignment}/{assignment}.ipynb"
        )
    if not is_generated(course, assignment):
        if options.preview:
            raise Refused(f"{assignment} was not graded yet: there is nothing to compare.")
        generate(course, assignment)
    with course.gradebook as gradebook:
        for change in unreleased(course, gradebook, assignment):
            print(f"CHANGED IN source/ AND NOT GENERATED, SO IT DOES NOT COUNT: {change}")
        if not options.preview:
            settle_penalties(gradebook, course, assignment)
    print(
        f"{assignment}: {len(students)} submissions. First your own solutions are tried ...",
        flush=True,
    )
    batch = Batch(
        course,
        assignment,
        unconfined=options.unconfined,
        again=options.student is not None,
        strict=options.strict,
        grading=Preview if options.preview else Grading,
    )
    with (
        closing(batch),
        _executor(options) as (executor, jobs),
    ):
        results = batch.grade(students, executor, jobs)
    print()
    if options.preview:
        graded = sum(result.problem is None for result in results)
        changes = batch.grading.changes
        print(tell(changes, graded - len(changes)))
        print(f"Nothing was written: `examiner grade {assignment}` writes it.")
    else:
        with course.gradebook as gradebook:
            print(table(gradebook, assignment, results))
            print()
            print("Feedback pages: feedback/<student>/" + assignment + "/")
            print(summary(gradebook, assignment, results))
    return 1 if any(result.problem is not None for result in results) else 0


@contextmanager
def _executor(options):
    """An executor, and how many submissions it runs at a time."""
    if options.scheduler is None:
        with threads(options.jobs) as executor:
            yield executor, options.jobs
    else:
        with cluster(options.scheduler) as executor:
            yield executor, executor.jobs


if __name__ == "__main__":
    sys.exit(main())
