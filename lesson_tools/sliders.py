"""A figure that the reader moves: sliders that draw it anew.

`ipywidgets.interact` sends its figures through an Output widget, and a client that runs a notebook
without a front end can then lose the cell's reply and wait for ever (nbclient issue 312). Here
the first frame is an ordinary output, which stands on every page, and the controls replace it.
"""

from IPython.display import Javascript, display
from ipywidgets import VBox

from .figures import picture

# A slider's handle has no name for a screen reader: it is given that of the label beside it.
NAMES = """
const name = () => document.querySelectorAll(".noUi-handle:not([aria-label])").forEach(handle => {
  const label = handle.closest(".jupyter-widgets")?.querySelector(".widget-label");
  if (label?.textContent) handle.setAttribute("aria-label", label.textContent);
});
new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
name();
"""


def explore(draw, **controls):
    """Show the figure that `draw` returns, and controls that draw it anew when they are moved.

    draw: called with one keyword argument per control; returns (figure, its text alternative).
    controls: an ipywidgets widget with a `value` per argument, such as a FloatSlider; the
        argument's name stands beside a widget that has no description of its own.
    """

    def frame():
        return picture(*draw(**{name: widget.value for name, widget in controls.items()}))

    shown = display(frame(), display_id=True)
    for name, widget in controls.items():
        widget.description = widget.description or name
        widget.observe(lambda change: shown.update(frame()), "value")
    display(VBox(list(controls.values())), Javascript(NAMES))
