"""The answers to the quiz."""

import json

RIGHT = {
    "q01a": "B", "q01b": "D", "q01c": "A", "q01d": "C", "q01e": "B", "q01f": "A",
    "q01g": "C",
    "q02a": "B", "q02b": "D", "q02c": "D", "q02d": "C", "q02e": "D", "q02f": "A",
    "q02g": "A", "q02h": "C",
    "q03a": "C", "q03b": "A", "q03c": "B", "q03d": "D", "q03e": "B", "q03f": "A",
    "q03g": "B", "q03h": "B",
    "q04a": "C", "q04b": "C", "q04c": "D", "q04d": "B", "q04e": "B", "q04f": "C",
    "q04g": "D", "q04h": "C", "q04i": "B",
    "q05a": "A", "q05b": "C", "q05c": "A", "q05d": "B", "q05e": "C", "q05f": "A",
    "q05g": "C", "q05h": "D", "q05i": "D",
    "q06a": "D", "q06b": "B", "q06c": "A", "q06d": "D", "q06e": "C", "q06f": "A",
    "q06g": "A", "q06h": "B",
    "q07a": "A", "q07b": "D", "q07c": "B", "q07d": "D", "q07e": "C", "q07f": "C",
    "q07g": "A", "q07h": "D", "q07i": "A",
    "q08a": "A", "q08b": "C", "q08c": "B", "q08d": "D", "q08e": "C", "q08f": "D",
    "q08g": "A", "q08h": "B",
    "q09a": "A", "q09b": "C", "q09c": "B", "q09d": "B", "q09e": "D", "q09f": "C",
    "q09g": "A", "q09h": "D",
    "q10a": "C", "q10b": "D", "q10c": "B", "q10d": "A", "q10e": "C", "q10f": "B",
    "q10g": "D", "q10h": "A",
    "q11a": "D", "q11b": "C", "q11c": "A", "q11d": "B", "q11e": "A", "q11f": "C",
    "q11g": "B", "q11h": "D",
    "q12a": "C", "q12b": "B", "q12c": "D", "q12d": "C", "q12e": "A", "q12f": "A",
    "q12g": "B", "q12h": "D",
}  # fmt: skip


def answered(**changed):
    """The source of every answer cell: right, but for what is `changed`.

    A value is what stands to the right of the equals sign; None leaves the
    cell as it was handed out.
    """
    written = {name: json.dumps(key) for name, key in RIGHT.items()}
    written |= changed
    return {name: f"{name} = {value}" for name, value in written.items() if value is not None}


WRITTEN_ANSWER = {
    "in_your_own_words-w01": (
        "The network carries a hidden state, a vector of fixed size, from "
        "word to word. Each step computes a new one from the word and the "
        "state before, so the first word can still leave a trace at the end. "
        "The trace may be lost because each step multiplies by the recurrent "
        "weights and squashes the result, and later words write over it."
    )
}
