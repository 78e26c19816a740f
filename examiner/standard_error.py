"""Warnings and logs must not cost points.

nbgrader scores a test cell 0 as soon as anything has been written to its
standard error stream: a log line of TensorFlow, a RuntimeWarning of NumPy.
"""

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade


class KeepStandardErrorOutOfScore(NbGraderPreprocessor):
    """Show what a test cell wrote to standard error as ordinary output."""

    def preprocess_cell(self, cell, resources, cell_index):
        if is_grade(cell) and cell.cell_type == "code":
            for output in cell.outputs:
                if output.output_type == "stream":
                    output.name = "stdout"
        return cell, resources
