"""The quiz: every option is marked as its key says, and keys are right."""

import ast
import re

import numpy as np
import pytest

from .grading import exercises, read, run

QUIZ = read("source", "quiz")
LETTERS = "ABCD"


def calls_of_mark():
    """Question -> (key, explanations), from the hidden parts of the cells."""
    found = {}
    for cell in QUIZ.cells:
        name = re.search(
            r"^mark\((\w+)_letter, \"(\w)\"", cell.source, re.MULTILINE
        )
        if cell.cell_type == "code" and name:
            tree = ast.parse(cell.source)
            explanations = next(
                ast.literal_eval(node.value)
                for node in tree.body
                if isinstance(node, ast.Assign)
                and node.targets[0].id == "explanations"
            )
            found[name[1]] = (name[2], explanations)
    return found


KEYS = calls_of_mark()


def options(question):
    """Letter -> text of the option, from the question's Markdown."""
    cell = next(
        cell
        for cell in QUIZ.cells
        if cell.cell_type == "markdown"
        and f"### Question {question}\n" in cell.source
    )
    return dict(
        re.findall(r"^- \*\*(\w)\*\* `?(.+?)`?$", cell.source, re.MULTILINE)
    )


def answered(**answers):
    """The quiz with these answers and no others: question -> Outcome."""
    written = {name: f"{name} = None" for name in KEYS}
    written |= {
        name: f"{name} = {value}" for name, value in answers.items()
    }
    outcomes = {}
    for section in exercises(QUIZ):
        outcomes |= run(QUIZ, written, section)
    return {
        name.split("-")[1]: outcome for name, outcome in outcomes.items()
    }


@pytest.mark.parametrize("letter", LETTERS)
def test_each_option_is_marked_and_explained(letter):
    outcomes = answered(**dict.fromkeys(KEYS, f'"{letter}"'))
    for question, (key, explanations) in KEYS.items():
        assert outcomes[question].points == (1 if letter == key else 0)
        said = " ".join(outcomes[question].says.split())
        assert explanations[letter] in said


@pytest.mark.parametrize("blank", ["None", '""', '"  "'])
def test_a_blank_answer_is_not_answered_and_no_error(blank):
    for outcome in answered(**dict.fromkeys(KEYS, blank)).values():
        assert outcome.points == 0
        assert "not answered" in outcome.says.lower()


@pytest.mark.parametrize("odd", ['"E"', '"AB"', "3", '["A"]', "A"])
def test_an_odd_answer_counts_as_not_answered_and_is_told_so(odd):
    for outcome in answered(**dict.fromkeys(KEYS, odd)).values():
        assert outcome.points == 0
        assert "not answered" in outcome.says.lower()


@pytest.mark.parametrize(
    "form", ['"{}"', "'{}'", '" {} "', '"{})"', '"({})"']
)
def test_the_form_of_a_right_answer_does_not_matter(form):
    for case in (str, str.lower):
        right = {
            name: form.format(case(key)) for name, (key, _) in KEYS.items()
        }
        for outcome in answered(**right).values():
            assert outcome.points == 1


def test_there_are_enough_questions_and_every_option_is_explained():
    assert len(KEYS) >= 16
    for question, (key, explanations) in KEYS.items():
        assert (
            list(explanations) == list(LETTERS) == list(options(question))
        )
        assert explanations[key].startswith("Right")
        for letter, text in explanations.items():
            assert len(text.split()) >= 8, (question, letter)
            if letter != key:
                assert re.search(r"lessons? \d\d", text), (question, letter)


def test_keys_are_spread_and_options_are_alike_in_length():
    keys = [key for key, _ in KEYS.values()]
    for letter in LETTERS:
        assert 0.1 < keys.count(letter) / len(keys) < 0.4
    longest = sum(
        max(options(question), key=lambda x: len(options(question)[x]))
        == key
        for question, (key, _) in KEYS.items()
    )
    assert longest / len(KEYS) < 0.5, "the longest option is the right one"


def shape_of(layer, *shape):
    import keras

    return str(
        tuple(getattr(keras.layers, layer)(16)(np.zeros(shape)).shape)
    )


# Where code can decide which option is right, it does.
DECIDED_BY_CODE = {
    "q01d": lambda: "16, the same as after the first step",
    "q02b": lambda: parameters("SimpleRNN", features=3, units=5),
    "q07c": lambda: shape_of("GRU", 8, 20, 3),
}


def parameters(layer, features, units):
    import keras

    recurrent = getattr(keras.layers, layer)(units)
    recurrent.build((None, None, features))
    return str(recurrent.count_params())


@pytest.mark.parametrize("question", DECIDED_BY_CODE)
def test_code_agrees_with_the_key(question):
    key, _ = KEYS[question]
    assert options(question)[key] == DECIDED_BY_CODE[question]()
