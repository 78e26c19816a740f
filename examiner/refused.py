"""What a command says when it cannot do what was asked."""


class Refused(Exception):
    """What was asked for cannot be done; the text says what to do."""
