"""How the modules beside this one write down the source of a cell."""

from textwrap import dedent


def cell(source):
    """The source of a cell, written with the indentation around it."""
    return dedent(source).strip()
