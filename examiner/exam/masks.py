"""Masked arrays: numpy.testing compares no masked element, whatever it should be."""

import numpy as np

from .values import CannotCross, decode


def refuse_masked(tree):
    """Raises CannotCross where a masked array in `tree` has masked elements."""
    if hides_something(tree):
        raise CannotCross("it has masked elements, which a test would not compare")


def hides_something(tree) -> bool:
    """Whether a masked array in `tree` has masked elements.

    Of these numpy.testing says nothing, whatever they should be.
    """
    return any(np.any(decode(parts[1:])) for parts in _masked_arrays(tree))


def has_masks(tree) -> bool:
    """Whether there is a masked array in `tree`."""
    return next(_masked_arrays(tree), None) is not None


def _masked_arrays(tree):
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            if "masked" in part:
                yield part["masked"]


def without_masks(tree):
    """Take masked arrays for the arrays that they are made of; returns the tree.

    NumPy masks what cannot be computed with one, a logarithm of -1 say, and a test
    would compare nothing there.
    """
    holder = [tree]
    waiting = [holder]
    while waiting:
        part = waiting.pop()
        for key, item in enumerate(part) if isinstance(part, list) else list(part.items()):
            while isinstance(item, dict) and isinstance(item.get("masked"), list):
                item = part[key] = next(iter(item["masked"]), None)
            if isinstance(item, list | dict):
                waiting.append(item)
    return holder[0]
