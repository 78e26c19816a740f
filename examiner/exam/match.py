"""What a regular expression has found, as plain data: no class makes a `re.Match`."""

import re


def build_pattern(pattern, flags) -> re.Pattern:
    try:
        return re.compile(pattern, flags & ~re.DEBUG)  # which would print
    except re.error as error:
        raise ValueError(str(error)) from None


def parts_of_match(match: re.Match) -> list:
    return [match.re, match.string, list(match.regs), match.pos, match.endpos]


class Match:
    """Stands in for a `re.Match`. regs: the span of the whole, and of each group."""

    def __init__(self, pattern, string, regs, pos, endpos):
        if not isinstance(pattern, re.Pattern) or not isinstance(string, str | bytes):
            raise TypeError("a match of something else")
        self.re, self.string, self.pos, self.endpos = pattern, string, pos, endpos
        self.regs = tuple((int(start), int(end)) for start, end in regs)

    def span(self, group=0):
        number = self.re.groupindex.get(group, group)
        if number not in range(len(self.regs)):
            raise IndexError("no such group")
        return self.regs[number]

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    def group(self, *groups):
        found = tuple(self._text(self.span(group), None) for group in groups or (0,))
        return found if len(found) > 1 else found[0]

    __getitem__ = group

    def groups(self, default=None):
        return tuple(self._text(span, default) for span in self.regs[1:])

    def groupdict(self, default=None):
        return {name: self._text(self.span(name), default) for name in self.re.groupindex}

    def __repr__(self):
        return f"<re.Match object; span={self.span()}, match={self.group()!r}>"

    def _text(self, span, default):
        return default if span == (-1, -1) else self.string[slice(*span)]
