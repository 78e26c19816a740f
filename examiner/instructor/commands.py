"""The commands of an instructor: python -m examiner roster | by-hand | report | export"""

from pathlib import Path

from ..course import folder_of, load_course
from ..refused import Refused
from ..sanitize import for_terminal
from .by_hand import enter_points, waiting_answers, write_page_and_sheet
from .canvas import fill_canvas
from .class_data import read_class
from .class_report import write_report
from .fill import left_out, with_grade
from .grades import State, grades_of, maximum_score
from .moodle import feedback_zip, fill_moodle
from .roster import enter, read_roster
from .sheet import Sheet, write_new, write_table
from .student_package import build_package


def add_commands(commands):
    """Add them to argparse's `commands`."""
    roster = commands.add_parser("roster", help="enter the class from a file of Canvas or Moodle")
    roster.add_argument("file", type=Path)
    roster.add_argument("--id", metavar="COLUMN", help="where the students' ids stand")
    roster.set_defaults(run=_roster)

    export = commands.add_parser("export", help="write the grades for Canvas, Moodle or a table")
    export.add_argument("assignment")
    export.add_argument("--to", choices=["canvas", "moodle", "csv"], required=True)
    export.add_argument(
        "--file", type=Path, help="what Canvas or Moodle gave out; it is left as it is"
    )
    export.add_argument(
        "--column", help="of the grades there (default: the assignment's name; Moodle: Grade)"
    )
    export.add_argument("--output", type=Path, help="the file that is written")
    export.add_argument("--force", action="store_true", help="replace that file")
    export.add_argument(
        "--scale", action="store_true", help="convert to the points that are counted there"
    )
    export.add_argument(
        "--unfinished", action="store_true", help="also who still waits for a person"
    )
    export.add_argument(
        "--without", action="append", default=[], metavar="ID", help="leave this student out"
    )
    export.add_argument(
        "--feedback", action="store_true", help="Moodle: also a zip of the feedback pages"
    )
    export.set_defaults(run=_export)

    by_hand = commands.add_parser("by-hand", help="the answers that wait for a person, one by one")
    by_hand.add_argument("assignment")
    by_hand.add_argument(
        "--enter", type=Path, metavar="SHEET", help="enter the points that you have filled in"
    )
    by_hand.add_argument("--force", action="store_true", help="replace the page and the sheet")
    by_hand.set_defaults(run=_by_hand)

    report = commands.add_parser("report", help="what the class has understood: a page, a table")
    report.add_argument("assignment")
    report.add_argument("--output", type=Path, help="default: reports/ASSIGNMENT.html")
    report.add_argument("--force", action="store_true", help="replace what --output names")
    report.set_defaults(run=_report)

    package = commands.add_parser(
        "student-package", help="the course without solutions and hidden tests, to be cloned"
    )
    package.add_argument("folder", type=Path, help="a repository of its own, made or updated")
    package.add_argument("names", nargs="+", help="the files and folders that students get")
    package.set_defaults(run=_student_package)


def _roster(options) -> int:
    sheet = Sheet.read(options.file)
    people = read_roster(sheet, options.id)
    with load_course(Path.cwd()).gradebook as gradebook:
        imported = enter(gradebook, people)
    print(
        f"{len(people)} students in {options.file}: {len(imported.added)} added, "
        f"{len(imported.changed)} changed."
    )
    if imported.absent:
        absent = ", ".join(imported.absent)
        print(for_terminal(f"In the gradebook and not in the file: {absent}"))
    return 0


def _by_hand(options) -> int:
    course = load_course(Path.cwd())
    with course.gradebook as gradebook:
        questions = waiting_answers(course, gradebook, options.assignment)
        if options.enter:
            entered, blank = enter_points(gradebook, questions, Sheet.read(options.enter))
            print(f"{entered} entered, {blank} left blank. The feedback that is released has them.")
        elif questions:
            page = Path("by_hand") / f"{options.assignment}.html"
            write_page_and_sheet(options.assignment, questions, page, force=options.force)
            sheet = page.with_suffix(".csv")
            count = sum(len(question.answers) for question in questions)
            print(f"{page}: {count} answers to read. Fill in {sheet}, then:")
            print(f"  examiner by-hand {options.assignment} --enter {sheet}")
        else:
            print(f"{options.assignment}: nothing waits for a person.")
    return 0


def _report(options) -> int:
    course = load_course(Path.cwd())
    with course.gradebook as gradebook:
        data = read_class(course, gradebook, options.assignment)
    page = options.output or Path("reports") / f"{options.assignment}.html"
    for path in (page, page.with_suffix(".csv")):
        if options.output and path.exists() and not options.force:
            raise Refused(f"{path} is there already: --force replaces it.")
    write_report(data, page)
    print(f"{page} and {page.with_suffix('.csv').name}: {len(data.graded)} students.")
    return 0


def _student_package(options) -> int:
    changed = build_package(Path.cwd(), options.folder, options.names)
    if changed:
        print(f"{options.folder}: a commit with what is committed here. Publish it:")
        print(f"  git -C {options.folder} push URL main")
    else:
        print(f"{options.folder}: nothing has changed.")
    return 0


def _export(options) -> int:
    course = load_course(Path.cwd())
    with course.gradebook as gradebook:
        grades = grades_of(course, gradebook, options.assignment)
        maximum = maximum_score(gradebook, options.assignment)
    chosen = with_grade(grades, options.unfinished, options.without)
    if options.to == "csv":
        _export_table(options, grades, chosen, maximum)
    else:
        _export_filled(options, course, chosen, maximum)
    for note in left_out(grades, options.unfinished):
        print(for_terminal(note))
    missing = [grade.student for grade in grades if grade.state is State.NOT_HANDED_IN]
    if missing:
        print(for_terminal(f"Not handed in, left blank: {', '.join(missing)}"))
    return 0


def _export_table(options, grades, chosen, maximum):
    output = options.output or Path(f"grades.{options.assignment}.csv")
    chosen = {grade.student for grade in chosen}
    rows = []
    for grade in grades:
        if grade.student in options.without:
            continue
        points = [grade.score, grade.raw_score, grade.penalty]
        rows.append(
            [
                *(options.assignment, grade.student, grade.last_name, grade.first_name),
                *(grade.email, grade.lms_user_id),
                *(points if grade.student in chosen else [None, None, None]),
                *(maximum, grade.handed_in, grade.state.value),
            ]
        )
    header = (
        "assignment student_id last_name first_name email lms_user_id score raw_score "
        "late_penalty max_score handed_in state"
    )
    write_table(output, header.split(), rows, force=options.force)
    print(f"{output}: {len(chosen)} grades of {len(rows)} students.")


def _export_filled(options, course, chosen, maximum):
    where = {
        "canvas": "Canvas gives it out under Grades, Export",
        "moodle": "Moodle gives it out under View all submissions, Download grading worksheet",
    }[options.to]
    if options.file is None:
        raise Refused(f"--to {options.to} needs --file FILE: {where}.")
    sheet = Sheet.read(options.file)
    output = options.output or options.file.with_name(
        f"{options.file.stem}.{options.assignment}{options.file.suffix}"
    )
    if output.exists() and output.samefile(options.file):
        raise Refused(f"{output} would be overwritten: write to another file with --output.")
    if options.to == "canvas":
        column = options.column or options.assignment
        filled = fill_canvas(sheet, chosen, column, maximum, scale=options.scale)
    else:
        filled = fill_moodle(sheet, chosen, options.column or "Grade", maximum, scale=options.scale)
    archive = None
    if options.feedback:
        if options.to != "moodle":
            raise Refused("--feedback makes a zip for Moodle: use it with --to moodle.")
        archive = output.with_suffix(".zip")
        if archive.exists() and not options.force:
            raise Refused(f"{archive} is there already: --force replaces it.")
    write_new(output, filled.content, force=options.force)
    print(f"{output}: {len(filled.rows)} grades. All else is as in {options.file}.")
    if archive:
        pages = _feedback_pages(course, options.assignment, filled.rows)
        write_new(archive, feedback_zip(sheet, filled.rows, chosen, pages), force=options.force)
        print(f"{archive}: their feedback pages (Upload multiple feedback files in a zip).")
    for note in filled.notes:
        print(for_terminal(note))


def _feedback_pages(course, assignment, students):
    pages = {}
    for student in students:
        folder = folder_of(course.coursedir, "feedback", student, assignment)
        pages[student] = sorted(folder.glob("*.html"))
        if not pages[student]:
            raise Refused(
                f"{student} has no feedback page in {folder}: `examiner grade {assignment}` "
                "writes it."
            )
    return pages
