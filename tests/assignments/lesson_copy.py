"""How far pasting the lessons' own code gets: python -m tests.assignments.lesson_copy [ASSIGNMENT]

Every function that a lesson defines is tried in the place of every exercise, its result trimmed to
what is asked for, and the best of them counts.
"""

import ast
import contextlib
import functools
import itertools
import resource
import sys

import nbformat

from . import bank
from .grading import ROOT, exercises, read, run, solutions_of

# bytes; a lesson's function that is handed an exercise's numbers may ask for any amount
MEMORY = 3 * 2**30

RESULTS = {
    "as it is": "found",
    "a dictionary's values": "tuple(found.values())",
    "the first result": "found[0]",
    "the last result": "found[-1]",
    "the last step": "found[:, -1]",
}


@functools.cache
def lesson_functions():
    """Lesson -> the nodes of all its functions, the last of each name."""
    lessons = {}
    for path in sorted((ROOT / "course").glob("*.ipynb")):
        functions = lessons[path.stem] = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                for node in ast.parse(cell.source).body:
                    if isinstance(node, ast.FunctionDef):
                        functions[node.name] = node
    return {lesson: list(functions.values()) for lesson, functions in lessons.items()}


@functools.cache
def lesson_code(lesson):
    """What a lesson defines, compiled once for all that is pasted from it."""
    return compile(ast.Module(lesson_functions()[lesson], type_ignores=[]), lesson, "exec")


def pasted(exercise, solution):
    """(what was tried, source) for each lesson function that can be called like the exercise."""
    signature = next(
        node
        for node in ast.parse(solution).body
        if isinstance(node, ast.FunctionDef) and node.name == exercise
    )
    names = [argument.arg for argument in signature.args.args]
    head = f"def {exercise}({ast.unparse(signature.args)}):"
    tried = ((lesson, f) for lesson, functions in lesson_functions().items() for f in functions)
    for lesson, function in tried:
        own = [argument.arg for argument in function.args.args]
        least = len(own) - len(function.args.defaults)
        calls = set()
        if least <= len(names):
            calls.add(", ".join(names[: len(own)]))
        if set(own[:least]) <= set(names):
            calls.add(", ".join(f"{name}={name}" for name in own if name in names))
        for call, (trimmed, result) in itertools.product(sorted(calls), RESULTS.items()):
            yield (
                f"{lesson}: {function.name}({call}), {trimmed}",
                f"from {__name__} import lesson_code\n"
                f"exec(lesson_code({lesson!r}))\n_lesson_{function.name} = {function.name}\n\n\n"
                f"{head}\n    found = _lesson_{function.name}({call})\n    return {result}\n",
            )


@contextlib.contextmanager
def little_memory():
    """An array that is too large for MEMORY is a MemoryError in here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def best_copy(assignment):
    """Exercise -> (points, maximum, what was pasted)."""
    notebook = read("source", assignment)
    solutions = solutions_of(notebook)
    best = {}
    for exercise in exercises(notebook):
        solution = solutions.get(exercise, "")
        outcomes = run(notebook, {}, exercise)
        maximum = sum(cell.maximum for cell in outcomes.values())
        best[exercise] = (0, maximum, "nothing")
        if f"def {exercise}(" not in solution:
            continue
        for what, source in pasted(exercise, solution):
            with little_memory():
                seen = run(notebook, {exercise: source}, exercise)
            points = sum(cell.points for cell in seen.values())
            if points > best[exercise][0]:
                best[exercise] = (points, maximum, what)
    return best


def main(names):
    for assignment in names or bank.assignments():
        best = best_copy(assignment)
        earned, total = (sum(row[i] for row in best.values()) for i in (0, 1))
        print(f"{assignment}: {earned:g} of {total:g} points, {earned / total:.0%}")
        for exercise, (points, maximum, what) in best.items():
            print(f"  {exercise:24} {points:g} of {maximum:g}  {what}")


if __name__ == "__main__":
    main(sys.argv[1:])
