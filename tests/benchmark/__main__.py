"""Side by side on one machine: stock nbgrader, the examiner, and the floor.

Prints tables of throughput, ratio, memory and cost a submission. Takes about
ten minutes; nothing else should run beside it. With --load N it asks something
else: whether --count honest students keep their points beside N busy processes.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import psutil

from examiner.course import load_course
from tests.sample_class.course import ROOT, succeed, write_submission
from tests.sample_class.students import CLASS

HONEST = ("student01", "student02", "student03")  # right, right, half
PLUG = "examiner.switch_on(c)"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark")
    parser.add_argument("--assignment", default="ps1_rnn_cell")
    parser.add_argument("--rounds", type=int, default=4, metavar="N")
    parser.add_argument("--stock", type=int, default=3, metavar="N")
    parser.add_argument("--count", type=int, default=12, metavar="N")
    parser.add_argument("--scale", type=int, nargs="*", default=[10, 100, 1000], metavar="N")
    parser.add_argument("--load", type=int, metavar="N", help="busy processes beside the examiner")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        if options.load is not None:
            sys.exit(_under_load(Path(scratch), options))
        _side_by_side(Path(scratch), options)
        _scale(Path(scratch), options)


def _side_by_side(scratch, options):
    name = options.assignment
    rows = {
        "stock nbgrader autograde": ("stock", options.stock, 1),
        "examiner, 1 worker": ("examiner", options.count, 1),
        "floor: bare cells, 1 fork": ("floor", options.count, 1),
        "examiner, 2 workers": ("examiner", options.count, 2),
        "the same with feedback pages": ("feedback", options.count, 2),
        "floor: bare cells, 2 forks": ("floor", options.count, 2),
    }
    measured = {title: [] for title in rows}
    # The machine is slower at one time than at another: all take turns.
    for number in range(options.rounds):
        for title, (engine, count, jobs) in rows.items():
            folder = scratch / f"{engine}-{jobs}-{number}"
            make_course(folder, name, count, switched_on=engine != "stock")
            measured[title].append(run(engine, folder, name, count, jobs))
            print(".", end="", flush=True)
    seconds = {
        title: sum(got["seconds"] for got in measured[title]) / (count * options.rounds)
        for title, (_, count, _) in rows.items()
    }
    stock, _, floor_1, _, _, floor_2 = seconds.values()
    print(
        f"\n\n{name}: {options.rounds} rounds of {options.stock} submissions "
        f"for stock nbgrader, of {options.count} for the others\n"
    )
    print("| | s a submission | times stock | times floor | start s | MB |")
    print("|---|---|---|---|---|---|")
    for title, (_, _, jobs) in rows.items():
        took = seconds[title]
        floor = floor_1 if jobs == 1 else floor_2
        ready = max(got["ready"] for got in measured[title])
        memory = max(got["memory"] for got in measured[title])
        print(
            f"| {title} | {took:.3f} | {stock / took:.1f} | "
            f"{took / floor:.2f} | {ready:.1f} | {memory / 2**20:.0f} |"
        )
    ours = measured["examiner, 2 workers"][0]["points"]
    theirs = measured["stock nbgrader autograde"][0]["points"]
    differ = {student for student in theirs if theirs[student] != ours[student]}
    print(
        f"\nPoints of {len(theirs)} honest students, stock and examiner: "
        + (f"DIFFERENT for {sorted(differ)}" if differ else "the same")
    )
    print("MB: peak of the whole tree of processes, shared memory once.\n")


def _scale(scratch, options):
    print("| submissions | s a submission, start included | MB |")
    print("|---|---|---|")
    for count in options.scale:
        folder = scratch / f"scale-{count}"
        make_course(folder, options.assignment, count)
        got = run("examiner", folder, options.assignment, count, 2)
        cost = (got["ready"] + got["seconds"]) / count
        bare = got["seconds"] / count
        print(
            f"| {count} | {cost:.2f} ({bare:.2f} without the start) | "
            f"{got['memory'] / 2**20:.0f} |",
            flush=True,
        )
        shutil.rmtree(folder)


def _under_load(scratch, options):
    """Returns how many students did not get the points of their work."""
    name, count = options.assignment, options.count
    folder = scratch / "load"
    make_course(folder, name, count)
    busy = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(options.load)
    ]
    try:
        got = run("examiner", folder, name, count, 2)
    finally:
        for process in busy:
            process.kill()
            process.wait()
    short = {}
    for number, points in enumerate(got["points"].values()):
        fair = sum(CLASS[HONEST[number % len(HONEST)]][name].points.values())
        if points != fair:
            short[f"student{number:04}"] = f"{points:g} of {fair:g}"
    print(
        f"{name}: {count} honest submissions beside {options.load} busy processes, "
        f"{got['seconds'] / count:.1f} s a submission: "
        + (f"DIFFERENT points: {short}" if short else "every point kept")
    )
    return len(short)


def make_course(folder, assignment, count, *, switched_on=True):
    """A scratch course in which `count` students have handed in."""
    shutil.copytree(ROOT / "source" / assignment, folder / "source" / assignment)
    config = (ROOT / "nbgrader_config.py").read_text()
    if not switched_on:
        config = config.replace(PLUG, "")
    (folder / "nbgrader_config.py").write_text(config)
    course = load_course(folder)
    succeed(course.generate_assignment(assignment))
    released = folder / "release" / assignment / f"{assignment}.ipynb"
    for number in range(count):
        home = folder / "submitted" / f"student{number:04}" / assignment
        home.mkdir(parents=True)
        work = CLASS[HONEST[number % len(HONEST)]][assignment]
        write_submission(released, home, work)
        path = home / released.name
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata["number"] = number
        nbformat.write(notebook, path)


def run(engine, folder, assignment, count, jobs):
    """Run an engine; returns what it printed, and its peak of memory."""
    command = [
        sys.executable,
        "-m",
        "tests.benchmark.engines",
        *map(str, (engine, folder, assignment, count, jobs)),
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        memory = _Peak(process.pid)
        memory.start()
        printed, said = process.communicate()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{said[-3000:]}")
    return json.loads(printed.splitlines()[-1]) | {"memory": memory.bytes}


class _Peak(threading.Thread):
    """Watches a process and its children: the peak of their memory."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.root = psutil.Process(pid)
        self.bytes = 0

    def run(self):
        while True:
            try:
                family = [self.root, *self.root.children(recursive=True)]
                total = 0
                for process in family:
                    try:
                        total += process.memory_full_info().pss
                    except psutil.Error:
                        continue
                self.bytes = max(self.bytes, total)
                if not self.root.is_running() or total == 0:
                    return
            except psutil.Error:
                return
            time.sleep(1)


if __name__ == "__main__":
    main()
