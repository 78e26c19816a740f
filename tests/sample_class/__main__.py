"""The demo: python -m tests.sample_class"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from examiner.batch import Result
from examiner.report import table

from . import course as sample
from .students import CLASS


def main():
    sys.stdout.reconfigure(line_buffering=True)  # progress, in a pipe too
    started = time.monotonic()
    folder = scratch_folder()
    done = folder / "results.json"
    if done.exists():
        print("Nothing has changed since the class was graded here before.")
        course = sample.reopen(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"A scratch course in {folder}")
        print("Building the student versions and releasing them ...")
        course = sample.set_up(folder)
        print(f"{len(CLASS)} students hand in ...")
        sample.hand_in(course, folder)
        print("Grading ...")
        graded = sample.grade(course)
        sample.hand_back(course, folder)
        done.write_text(json.dumps({name: [asdict(r) for r in graded[name]] for name in graded}))
    results = json.loads(done.read_text())
    with course.gradebook as gradebook:
        for assignment, rows in results.items():
            print(f"\n{assignment}\n")
            rows = [Result(**row) for row in rows]
            print(table(gradebook, assignment, rows))
    print(f"\nFeedback pages  {folder}/feedback/<student>/<assignment>/")
    print(f"Grades          {folder}/grades.csv")
    print(f"Done in {time.monotonic() - started:.0f} s.")


def scratch_folder() -> Path:
    """A folder for this user, this Python and this state of the course."""
    state = hashlib.sha256(sys.version.encode())
    for part in ["source", "examiner", "tests/sample_class"]:
        for path in sorted((sample.ROOT / part).rglob("*")):
            if path.suffix in {".py", ".ipynb"}:
                state.update(path.read_bytes())
    for name in ["nbgrader_config.py", "uv.lock"]:
        state.update((sample.ROOT / name).read_bytes())
    user = os.getuid() if hasattr(os, "getuid") else "demo"
    name = f"rnn-course-demo-{user}-{state.hexdigest()[:12]}"
    return Path(tempfile.gettempdir()) / name


if __name__ == "__main__":
    sys.exit(main())
