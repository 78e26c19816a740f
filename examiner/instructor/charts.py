"""The report's drawings, as SVG that stands in the page itself."""

import io

SHARES = {  # of a class, from good to bad; told apart without their colours by their order
    "right": "#0072B2",
    "partly right": "#56B4E9",
    "wrong": "#D55E00",
    "not attempted": "#BBBBBB",
    "waits for a person": "#EEEEEE",
}
METADATA = ("Creator", "Date", "Format", "Type")  # left out: they name addresses elsewhere


def histogram(scores: list[float], maximum: float) -> str:
    """How many students have how many points."""
    figure, axes = _figure(7, 2.6)
    bins = 20 if maximum > 20 else max(int(maximum), 5)
    edges = [maximum * number / bins for number in range(bins + 1)]
    axes.hist([min(score, maximum) for score in scores], edges, color="#0072B2", edgecolor="white")
    axes.set_xlabel("final score, in points")
    axes.set_ylabel("students")
    axes.set_xlim(0, maximum)
    axes.yaxis.get_major_locator().set_params(integer=True)
    return _svg(figure)


def shares(rows: list[tuple[str, list[int]]]) -> str:
    """A bar for each name: of how many students each of SHARES is true."""
    figure, axes = _figure(7, 0.7 + 0.24 * len(rows))
    names = [name for name, _ in rows]
    start = [0] * len(rows)
    for number, (label, color) in enumerate(SHARES.items()):
        widths = [counts[number] for _, counts in rows]
        if any(widths):
            axes.barh(names, widths, 0.8, left=start, color=color, edgecolor="white", label=label)
        start = [before + width for before, width in zip(start, widths, strict=True)]
    axes.invert_yaxis()
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, max(start))
    axes.set_xlabel("students")
    figure.legend(loc="outside upper center", ncols=5, frameon=False, fontsize=8)
    return _svg(figure)


def _figure(width, height):
    # Not above: it takes a second, and no other command draws.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    return figure, axes


def _svg(figure):
    import matplotlib

    text = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "report"}):
        figure.savefig(text, format="svg", metadata=dict.fromkeys(METADATA))
    return text.getvalue()[text.getvalue().index("<svg") :]
