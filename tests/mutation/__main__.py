"""Mutation scores: python -m tests.mutation [ASSIGNMENT ...]"""

import sys
from collections import Counter

from tests.assignments import bank

from .trial import ALIVE, ENDED, HIDDEN, VISIBLE, all_mutants, equivalents, try_all


def main(names):
    print("assignment       mutants  visible  hidden alone  ended  equivalent  alive")
    for assignment in names or bank.assignments():
        verdicts = try_all(assignment, all_mutants(assignment))
        known = equivalents(assignment)
        survivors = [v.mutant for v in verdicts if v.by == ALIVE]
        alive = [m for m in survivors if (m.exercise, m.was, m.now) not in known]
        by = Counter(v.by for v in verdicts)
        print(
            f"{assignment:16} {len(verdicts):7} {by[VISIBLE]:8} {by[HIDDEN]:13} "
            f"{by[ENDED]:6} {len(survivors) - len(alive):11} {len(alive):6}",
            flush=True,
        )
        for verdict in verdicts:
            if verdict.by == HIDDEN:
                print(f"  hidden alone  {_line(verdict.mutant)}")
        for mutant in alive:
            print(f"  ALIVE         {_line(mutant)}")


def _line(mutant):
    return f"{mutant.exercise}: {mutant.was!r} -> {mutant.now!r}"


if __name__ == "__main__":
    main(sys.argv[1:])
