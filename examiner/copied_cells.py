"""A copied cell must not stop the grading.

Of cells with one grade id nbgrader keeps the last, and leaves the others an
empty entry that it stumbles over afterwards (nbgrader 0.9.6, KeyError in
OverwriteCells.add_missing_task_cells).
"""

from nbgrader.preprocessors import NbGraderPreprocessor


class MakeCopiesOrdinary(NbGraderPreprocessor):
    """Turn a cell that lost its grade id into one that nbgrader ignores."""

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.metadata.get("nbgrader") == {}:
            del cell.metadata["nbgrader"]
        return cell, resources
