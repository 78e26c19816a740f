"""Tries each mutant of an assignment against its tests, each in a process of its own.

All of them are forked from one that has imported Keras, and has never computed anything with it.
"""

import os
import resource
import tomllib
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait

from tests.assignments.bank import ROOT
from tests.assignments.grading import exercises, read, run, solutions_of

from .mutants import SOLUTION, Mutant, mutants

PROCESSOR_SECONDS = 60  # a change can make a loop that never ends
MEMORY = 12 * 2**30  # bytes; or an array as large as its index

VISIBLE, HIDDEN, ENDED, ALIVE = "visible", "hidden", "ended", "alive"


@dataclass(frozen=True)
class Verdict:
    """mutant, and what killed it: a visible test, a hidden one alone, its own end, or nothing."""

    mutant: Mutant
    by: str


def all_mutants(assignment: str) -> list[Mutant]:
    notebook = read("source", assignment)
    graded = exercises(notebook)
    return [
        mutant
        for exercise, source in solutions_of(notebook).items()
        if exercise in graded and SOLUTION.search(source)
        for mutant in mutants(exercise, source)
    ]


def equivalents(assignment: str) -> dict[tuple[str, str, str], str]:
    """(exercise, was, now) -> why this change makes no difference that a test should see."""
    path = ROOT / "source" / assignment / "bank" / "equivalent.toml"
    if not path.exists():
        return {}
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
    return {(m["exercise"], m["was"], m["now"]): m["reason"] for m in listed}


def try_all(assignment: str, tried: list[Mutant], jobs: int | None = None):
    """A Verdict for each mutant, in their order; `jobs` at a time."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["lesson_tools.quiet", __name__])
    notebooks = read("release", assignment), read("source", assignment)
    verdicts = {}
    waiting = list(reversed(list(enumerate(tried))))
    running = {}
    while waiting or running:
        while waiting and len(running) < (jobs or os.cpu_count() or 1):
            index, mutant = waiting.pop()
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_try, args=(notebooks, mutant, theirs))
            process.start()
            theirs.close()
            running[ours] = index, process
        for ours in wait(list(running)):
            index, process = running.pop(ours)
            try:
                by = ours.recv()
            except EOFError:
                by = ENDED
            ours.close()
            process.join()
            verdicts[index] = Verdict(tried[index], by)
    return [verdicts[index] for index in range(len(tried))]


def _try(notebooks, mutant, answer):
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    release, source = notebooks
    # The other exercises' right solutions: the master's file, with one cell changed.
    solutions = solutions_of(source) | {mutant.exercise: mutant.source}
    for notebook, by in [(release, VISIBLE), (source, HIDDEN)]:
        outcomes = run(notebook, solutions, mutant.exercise)
        if any(cell.points < cell.maximum for cell in outcomes.values()):
            answer.send(by)
            return
    answer.send(ALIVE)
