"""Pages for an instructor: one file each, which works without a network."""

from jinja2 import Environment, PackageLoader, StrictUndefined


def template(name: str, **filters):
    """A template of this folder, with more filters than its own."""
    environment = Environment(
        loader=PackageLoader("examiner.instructor", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= filters
    return environment.get_template(name)
