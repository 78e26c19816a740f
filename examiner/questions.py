"""A multiple-choice question: the letters that its text offers, and those of an answer."""

import re

OPTION = re.compile(r"^\s*[-*]\s+\**([A-Z])\b", re.MULTILINE)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letters_in(text: str) -> list[str]:
    """The letters that begin the lines of a list."""
    return sorted(set(OPTION.findall(text)))


def options_in(text: str) -> list[str]:
    """The options A, B, ... that a text offers; none where its list is of something else."""
    letters = letters_in(text)
    is_lettered = len(letters) > 1 and "".join(letters) == ALPHABET[: len(letters)]
    return letters if is_lettered else []


def letter_of(answer: object) -> str:
    """An answer without what is often written around a letter: "(b)" is B."""
    return str(answer).strip(" .()'\"").upper()


def is_impossible(answer: object, options: list[str]) -> bool:
    """Whether an answer names something that is not among the options."""
    if not options or not isinstance(answer, str | int | float):
        return False
    return not letter_of(answer) or not set(letter_of(answer)) <= set(options)
