"""The mistake bank: for each assignment, what people write, wrong and right.

A module an assignment, with MISTAKES and VARIANTS.
"""


def edited(right, *changes):
    """The right source with some of its text replaced: a mistake."""
    for old, new in changes:
        assert old in right, old
        right = right.replace(old, new)
    return right
