"""What a test of ps6 sends to a probe keeps up with whatever a docstring allows."""

import warnings

import numpy as np
import pytest
from nbgrader.utils import is_grade

from examiner.exam.messages import said_by_hidden

from .grading import read, run, run_cell, solutions_of

NOTEBOOK = read("source", "ps6_clinic")
ROLES = [name[6:] for name in solutions_of(NOTEBOOK) if name.startswith("probe_")]
one = np.ones((1, 1))
SMALLEST = {
    "attend": [(one, one[None], one)],
    "sentiment": [(one[None], one, one, one)],
    "look_back": [(one,)],
    "read_source": [(one[None], np.array([1]), one[None], np.array([1]))],
    "text_loss": [(-one, np.array([0]))],
    "memory_task": [(np.ones(1), 2), (np.ones(2), 3)],
    "scale": [(np.array([3.0, 1, 2]), n_train) for n_train in (2, 3)],
    "text_windows": [(np.arange(2), 1), (np.arange(4), 3)],
}


def names_and_patients(role):
    """The names of the notebook, and all that its tests send to one probe."""
    names, patients = {"__name__": "__main__"}, []

    def collect(probe, played, found):
        assert played == role
        patients.extend(found)

    for cell in NOTEBOOK.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.cell_type != "code" or (
            is_grade(cell) and not grade_id.startswith(f"probe_{role}-")
        ):
            continue
        _, error, _ = run_cell(cell.source, names)
        assert error is None, error
        if grade_id == "setup":
            names["examine"] = collect
    return names, patients


@pytest.mark.parametrize("role", ROLES)
def test_a_patient_lives_through_the_smallest_arguments(role):
    names, patients = names_and_patients(role)
    assert len(patients) >= 9
    for arguments in SMALLEST[role]:
        given = [np.copy(a) if isinstance(a, np.ndarray) else a for a in arguments]
        promised = names[f"mended_{role}"](*given)
        for patient, sick, _ in patients:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                result = patient(*arguments)
            if role == "text_windows":  # a patient may cut fewer
                assert result[0].shape == result[1].shape, patient.__name__
                assert result[0].shape[1:] == promised[0].shape[1:], patient.__name__
                continue
            if isinstance(promised, tuple):
                assert list(map(np.shape, result)) == list(map(np.shape, promised)), sick
            else:
                assert np.shape(result) == np.shape(promised), patient.__name__


def test_who_stopped_is_said():
    names, _ = names_and_patients("look_back")
    verdict_of = names["verdict_of"]
    with pytest.raises(AssertionError) as stopped:
        verdict_of(lambda patient: patient(np.ones(3)[None], 2), np.cumsum, "look_back")
    said = str(stopped.value)
    assert "Your probe called look_back(an array of shape (1, 3), 2), and the patient" in said
    with pytest.raises(IndexError):  # the probe's own
        verdict_of(lambda patient: [][int(patient(np.ones(3)))], np.sum, "look_back")
    assert verdict_of(lambda patient: True, np.sum, "look_back") is True


def test_a_hidden_failure_says_what_kind_of_patient_it_was():
    cells = [
        cell
        for cell in NOTEBOOK.cells
        if is_grade(cell) and cell.metadata.nbgrader.grade_id.startswith("probe_")
    ]
    assert len(cells) == 2 * len(ROLES)
    for cell in cells:
        said = said_by_hidden(cell.source.partition("### BEGIN HIDDEN TESTS")[2])
        assert "- Sick: " in said, cell.metadata.nbgrader.grade_id
        assert "- Sound: " in said, cell.metadata.nbgrader.grade_id


def test_a_wrong_diagnosis_costs_no_other_one():
    right = solutions_of(NOTEBOOK)["diagnoses"]
    for patient in range(1, 9):
        wrong = right + f'\npatient_{patient} = "I"'
        cells = run(NOTEBOOK, {"diagnoses": wrong}, "diagnoses")
        lost = [name for name, cell in cells.items() if cell.points < cell.maximum]
        assert lost == [f"diagnoses-patient_{patient}"]
        assert f"Patient {patient}: " in cells[lost[0]].says
        assert "lesson" in cells[lost[0]].says
        assert sum(cell.points for cell in cells.values()) == 1.75
