"""What a student wrote or put out must not run in anybody's browser."""

import base64
import binascii
import re

import nbformat
import nh3

MAX_CELL = 5 * 2**20  # characters that a cell may put out
TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "code", "col"),
    *("colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "h1"),
    *("h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark"),
    *("ol", "p", "pre", "s", "samp", "small", "span", "strike", "strong"),
    *("sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th"),
    *("thead", "tr", "tt", "u", "ul"),
}
ATTRIBUTES = {
    "*": {"style", "title"},
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
STYLES = {
    *("background-color", "color", "font-family", "font-size"),
    *("font-style", "font-weight", "text-align", "vertical-align", "width"),
}
# In Markdown, HTML without attributes may stay.
OTHER_HTML = re.compile(
    rf"<(?=[a-zA-Z/!?])(?!/?(?:{'|'.join(TAGS)})\s*/?>)"
)


def clean_html(text: str) -> str:
    """Leave of HTML only what formats text."""
    return nh3.clean(
        text,
        tags=TAGS,
        attributes=ATTRIBUTES,
        filter_style_properties=STYLES,
    )


def clean_markdown(text: str) -> str:
    """Markdown may hold HTML: leave of it only what formats text."""
    return OTHER_HTML.sub("< ", text)


def clean_outputs(outputs: list[dict]) -> list:
    """Notebook outputs from what a student's process sent, however hostile."""
    cleaned, size = [], 0
    for output in outputs:
        if not isinstance(output, dict):
            continue
        if output.get("clear"):
            cleaned.clear()
            continue
        result = _clean_output(output)
        if result is None:
            continue
        size += len(str(result))
        if size > MAX_CELL:
            cleaned.append(_stream("[cut: this cell put out too much]\n"))
            break
        if (
            cleaned
            and result.output_type == "stream"
            and cleaned[-1].get("name") == result.name
        ):
            cleaned[-1].text += result.text
        else:
            cleaned.append(result)
    return cleaned


def _stream(text, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text=text)


def _clean_output(output):
    text = lambda key: str(output.get(key, ""))  # noqa: E731
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return _stream(text("text"), name)
        case "error":
            lines = output.get("traceback")
            return nbformat.v4.new_output(
                "error",
                ename=text("ename")[:200],
                evalue=text("evalue"),
                traceback=[str(line) for line in lines]
                if isinstance(lines, list)
                else [],
            )
        case "display_data" | "execute_result" as kind:
            data = _clean_data(output.get("data"))
            if not data:
                return None
            return (
                nbformat.v4.new_output("display_data", data)
                if (kind == "display_data")
                else nbformat.v4.new_output("execute_result", data)
            )
    return None


def _clean_data(data):
    if not isinstance(data, dict):
        return {}
    cleaned = {}
    for kind, content in data.items():
        if isinstance(content, list):
            content = "".join(map(str, content))
        if not isinstance(content, str):
            continue
        if kind == "text/plain":
            cleaned[kind] = content
        elif kind in {"image/png", "image/jpeg"}:
            try:
                image = base64.b64decode(
                    re.sub(r"\s", "", content), validate=True
                )
            except binascii.Error:
                continue
            cleaned[kind] = base64.b64encode(image).decode()
        elif kind in {"text/html", "text/latex"}:
            cleaned[kind] = clean_html(content)
        elif kind == "text/markdown":
            cleaned[kind] = clean_markdown(content)
    return cleaned
