"""What a student wrote or put out must not run in anybody's browser."""

import base64
import itertools
import re
from collections import Counter

import nh3
from nbformat import NotebookNode

MAX_CELL = 5 * 2**20  # characters that a cell may put out
MAX_TEXT = 100_000  # characters of it that are text and no more
MAX_POINTS = 1000  # characters of a cell's value: it may be points
MAX_COLOURS = 1000  # of a text: to show them, nbconvert copies it each time
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
MATHML_TAGS = {
    *("math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo"),
    *("mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms"),
    *("mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable"),
    *("mtd", "mtext", "mtr", "munder", "munderover"),
}
MATHML_ATTRIBUTES = {
    *("accent", "accentunder", "columnalign", "columnlines", "columnspan"),
    *("depth", "display", "displaystyle", "fence", "form", "height"),
    *("largeop", "linethickness", "lspace", "mathcolor", "mathvariant"),
    *("maxsize", "minsize", "movablelimits", "notation", "rowlines"),
    *("rspace", "scriptlevel", "separator", "stretchy", "voffset", "width"),
}
LENGTHS = {
    *("depth", "height", "linethickness", "lspace", "maxsize", "minsize"),
    *("rspace", "voffset", "width"),
}
SMALL_LENGTH = re.compile(
    r"\+?(?:\d?\.?\d+(?:em|ex)?|\d{1,2}(?:\.\d+)?(?:px|pt|mu))|thin|medium|thick|(?!neg)[a-z]+mathspace"
)
MARKUP = re.compile(r"[\\`*_\[\]~!$]")  # of Markdown
# Elements that stay open until they are closed; a parser's time grows with
# the square of their depth.
NESTING = re.compile(r"<(/?)(?!(?:br|hr|img|li|p)\b)([a-z]\w*)", re.IGNORECASE)
MAX_NESTING = 100
MAX_HTML = 100_000  # characters of an output; a table of pandas has 50,000
MAX_MESSAGE = 20_000  # characters of an error, and of its traceback
# A link that runs code, however its letters are set apart.
CODE_LINK = re.compile(r"[\s\\]*".join("javascript") + r"[\s\\]*:", re.IGNORECASE)
ENTITY = re.compile(r"&(?=#|(?:colon|tab|newline);)", re.IGNORECASE)
IMAGES = {"image/png", "image/jpeg", "image/gif"}
# An image of Markdown; one that a cell may hold itself has a name. All the
# exclamation marks before it are matched: the last one that is left counts.
IMAGE = re.compile(r"(?<!!)(!++)(?=\[)(?:\[[\w .-]*\]\(attachment:([A-Za-z0-9_.-]+)\))?")
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~])?")  # of a terminal
COLOUR = re.compile(r"\x1b\[[\d;]{0,30}m")
# In Markdown, of HTML a pair of tags around a few words may stay: what opens or closes
# alone, a box above all, would leave the place that the text has on a page. Nothing
# between the two may be markup, or half of the pair could be taken for something else.
PAIRED = "|".join(
    ("b", "del", "em", "i", "ins", "kbd", "mark", "s", "small", "strong", "sub", "sup", "u")
)
OTHER_HTML = re.compile(
    rf"(?P<pair><(?P<tag>{PAIRED})>[\w .,;:+-]+</(?P=tag)>|<br ?/?>)|<(?=[a-zA-Z/!?])"
)
# What a terminal obeys; a page has no use for it either. Of them stay tabulators, ends of
# lines, and what progress bars go back with; ESC is looked at together with what follows.
CONTROL = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


def clean_html(text: str) -> str:
    """Leave of HTML only what formats text; nothing where that takes long."""
    if len(text) > MAX_HTML:
        return "(HTML that is too long)"
    still_open = Counter()
    for end, tag in NESTING.findall(text.lower()):
        if not end:
            still_open[tag] += 1
        elif still_open[tag]:
            still_open[tag] -= 1
        if still_open.total() > MAX_NESTING:
            return "(HTML that is nested too deep)"
    return nh3.clean(
        text,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_without_tags,
        filter_style_properties=STYLES,
    )


def _without_tags(tag, name, value):
    """An attribute, or None where it could be taken for a tag."""
    return None if "<" in value else value


def clean_markdown(text: str, images=()) -> str:
    """Markdown may hold HTML: leave of it only what formats a few words.

    Of images, those of that name that the cell holds itself stay, where they
    come first: a page holds a copy for each time. Of others a link stays: a
    server would learn who reads them.
    """
    left = set(images)

    def shown(image):
        marks, name = image.groups()
        if name in left:
            left.remove(name)
            return image[0]
        link = image[0][len(marks) :]
        return f"{marks[1:]} {link}" if marks[1:] else link

    text = OTHER_HTML.sub(lambda html: html["pair"] or "< ", ENTITY.sub("& ", text))
    return CODE_LINK.sub("(no script):", IMAGE.sub(shown, text))


def clean_mathml(text: str) -> str:
    """MathML that may stand in Markdown, which leaves it as it is."""
    cleaned = nh3.clean(
        text,
        tags=MATHML_TAGS,
        attributes={"*": MATHML_ATTRIBUTES},
        attribute_filter=_in_its_place,
    )
    return re.sub(
        r"(?<=>)[^<]+",
        lambda text: MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", text[0]),
        cleaned,
    )


def _in_its_place(tag, name, value):
    """A formula takes the room that it needs, to the right: nothing moves it elsewhere."""
    if name in LENGTHS and (tag == "mpadded" or not SMALL_LENGTH.fullmatch(value)):
        return None
    return _without_tags(tag, name, value)


def clean_text(text: str) -> str:
    """Text that can be written as UTF-8, without control characters."""
    return CONTROL.sub("", text.encode("utf-8", "replace").decode())


def for_terminal(text: str) -> str:
    """Text that does nothing in a terminal but stand there."""
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in text)


def clean_attachments(attachments) -> dict:
    """The images of a Markdown cell, and nothing else."""
    if not isinstance(attachments, dict):
        return {}
    cleaned = {
        name: {
            kind: image
            for kind, content in bundle.items()
            if kind in IMAGES and (image := _clean_image(content))
        }
        for name, bundle in attachments.items()
        if re.fullmatch(r"[\w. -]+", name) and isinstance(bundle, dict)
    }
    return {name: bundle for name, bundle in cleaned.items() if bundle}


def clean_outputs(outputs: list[dict]) -> list:
    """Notebook outputs from what a student's process sent, however hostile.

    Of too many, the first error stays: it may decide a score.
    """
    outputs = [output for output in outputs if isinstance(output, dict)]
    cleared = max((n for n, output in enumerate(outputs) if output.get("clear")), default=-1)
    cleaned, size, read, left = [], 0, 0, MAX_TEXT
    cut = failed = False
    for number, output in enumerate(outputs):
        is_error = output.get("output_type") == "error"
        if number <= cleared and not is_error:
            continue
        if read > MAX_CELL and (failed or not is_error):
            cut = True
            continue
        read += len(str(output))
        result = _clean_output(output)
        if result is None:
            continue
        length = len(_text_of(result))
        most = left
        if result.output_type == "execute_result":
            most = max(left, MAX_POINTS)
        if length > most:
            cut = True
            if not _cut_text(result, most):
                continue
        left -= min(length, left)
        size += len(str(result))
        if size > MAX_CELL and (failed or not is_error):
            cut = True
            continue
        failed = failed or is_error
        cleaned.append(result)
    cleaned = list(_joined(cleaned))
    if cut:
        cleaned.append(_stream("[cut: this cell put out too much]\n"))
    return cleaned


def _text_of(output):
    if output.output_type == "stream":
        return output.text
    return output.get("data", {}).get("text/plain", "")


def _cut_text(output, most):
    """Cut an output's text; returns whether anything is left of it."""
    text = _text_of(output)[:most]
    if output.output_type == "stream":
        output.text = text
        return bool(text)
    output.data["text/plain"] = text
    return any(output.data.values())


def _joined(outputs):
    """Texts that follow each other as one, with few colours."""
    for (kind, name), group in itertools.groupby(
        outputs, lambda output: (output.output_type, output.get("name"))
    ):
        if kind == "stream":
            text = "".join(output.text for output in group)
            yield _stream(_few_colours(text), name)
        else:
            yield from group


def _few_colours(text):
    """Without what else a terminal would do."""
    number = itertools.count()

    def kept(escape):
        few = COLOUR.fullmatch(escape[0]) and next(number) < MAX_COLOURS
        return escape[0] if few else ""

    return ESCAPE.sub(kept, text)


def _stream(text, name="stdout"):
    return _output("stream", name=name, text=text)


def _output(kind, **fields):
    """As nbformat makes one, which looks for long whether it is one."""
    return NotebookNode(output_type=kind, **fields)


def _clean_output(output):
    def text(key, limit=MAX_CELL):
        return clean_text(str(output.get(key, "")))[:limit]

    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return _stream(text("text"), name)
        case "error":
            lines = output.get("traceback")
            lines = lines if isinstance(lines, list) else []
            return _output(
                "error",
                ename=text("ename", 200),
                evalue=_few_colours(text("evalue", MAX_MESSAGE)),
                traceback=[_few_colours(clean_text("\n".join(map(str, lines)))[:MAX_MESSAGE])],
            )
        case "display_data" | "execute_result" as kind:
            data = _clean_data(output.get("data"))
            if not data:
                return None
            more = {"execution_count": None} if kind == "execute_result" else {}
            return _output(kind, data=NotebookNode(data), metadata=NotebookNode(), **more)
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
        content = clean_text(content)
        if kind == "text/plain":
            cleaned[kind] = _few_colours(content)
        elif kind == "text/markdown":  # to render it can take very long
            cleaned["text/plain"] = _few_colours(content)
        elif kind in IMAGES:
            if image := _clean_image(content):
                cleaned[kind] = image
        elif kind in {"text/html", "text/latex"}:
            cleaned[kind] = CODE_LINK.sub("(no script):", clean_html(content))
    return cleaned


def _clean_image(content):
    """Base64 and nothing else, or None."""
    try:
        if isinstance(content, list):
            content = "".join(content)
        image = base64.b64decode(re.sub(r"\s", "", content), validate=True)
    except (TypeError, ValueError):
        return None
    return base64.b64encode(image).decode()
