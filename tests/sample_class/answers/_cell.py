from textwrap import dedent


def cell(source):
    """The source of a cell, written with the indentation around it."""
    return dedent(source).strip()
