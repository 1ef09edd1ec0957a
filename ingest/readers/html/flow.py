"""From the tree of a page to its lines, as a browser would set them.

A line is what stands between two line ends of the page: a paragraph, what a <br> parts, a row of a
data table. The blocks (<div>, <table>, <td> …) become a tree over the numbers of those lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from ingest.readers.html import tables
from ingest.readers.html.numbering import ListNumbers

# Elements that end the line before them and their own line; all others stand inside a line.
_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav
    ol optgroup option p pre section select summary table tbody td textarea tfoot th thead tr ul
    ucapcontent ucaptitle
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
_NO_TEXT = ("script", "style", "noscript", "template", "title")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PRE = re.compile(r"white-space\s*:\s*(pre|break-spaces)", re.I)
_WIDE = "　-〿一-鿿＀-￯“”‘’…—"
# A line end of the source between two Chinese characters is no blank.
_FOLDED = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t\n]*(?=[{_WIDE}])")
_BLANKS = re.compile("[ \t\n\x0b-\r\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(slots=True)
class Block:
    """An element that stands in lines of its own: `first` and `end` number its lines, end left out.

    `names` are its id and classes; `frame` is `box` or `table` where it is set as one.
    """

    tag: str
    names: str
    first: int
    parent: Block | None
    end: int = 0
    hidden: bool = False
    frame: str = ""
    children: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A line of the page: `cells` are those of a table row, otherwise the text itself.

    `linked` counts the characters that lead to another page. `block` is the innermost block.
    """

    text: str
    block: Block
    linked: int = 0
    cells: tuple[str, ...] = ()
    heading: int = 0


def flow(page: HtmlElement) -> tuple[list[Line], Block]:
    """Return the non-blank lines of a page in order, and the tree of its blocks.

    Left out are scripts, styles, comments, <noscript>, <template>, <title> and hidden form fields.
    """
    etree.strip_elements(page, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    etree.strip_elements(page, *_NO_TEXT, with_tail=False)
    writer = _Writer()
    walker = etree.iterwalk(page, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            writer.leave(element)
        elif writer.enter(element):
            walker.skip_subtree()
    writer.flush()
    writer.root.end = len(writer.lines)
    return writer.lines, writer.root


class _Writer:
    """Collects text until a line ends."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.root = Block("", "", 0, None)
        self.block = self.root
        self.numbers = ListNumbers()
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.heading = 0
        self.pre = 0

    def enter(self, element: HtmlElement) -> bool:
        """Begin an element; true where its content is written already."""
        tag = element.tag
        if tag in BLOCKS:
            self.flush()
            self._open(element)
        if tag == "br":
            self._break()
        elif tag == "input" and element.get("type", "").lower() in ("button", "submit", "reset"):
            self._add(f" {element.get('value', '')} ", linked=True)
        elif tag == "table" and (kind := tables.kind(element)):
            self.block.frame = kind
            if kind == tables.TABLE:
                self._rows(element)
                return True
        self.links += _leads_away(element)
        self.heading = int(tag[1]) if tag in _HEADINGS else self.heading
        self.pre += _is_pre(element)
        self.numbers.enter(element)
        self._add(element.text or "", linked=self.links > 0)
        return False

    def leave(self, element: HtmlElement) -> None:
        """End an element and write what follows it."""
        tag, skipped = element.tag, False
        if tag in BLOCKS:
            self.flush()
            skipped = self.block.frame == tables.TABLE
            self.block.end = len(self.lines)
            self.block = self.block.parent or self.root
        if not skipped:
            self.links -= _leads_away(element)
            self.heading = 0 if tag in _HEADINGS else self.heading
            self.pre -= _is_pre(element)
            self.numbers.leave(element)
        self._add(element.tail or "", linked=self.links > 0)

    def flush(self) -> None:
        """End the line."""
        text = squeeze("".join(self.parts))
        if text:
            text = self.numbers.label(text) + text
            self.lines.append(Line(text, self.block, self.linked, (text,), self.heading))
        self.parts, self.linked = [], 0

    def _open(self, element: HtmlElement) -> None:
        names = f"{element.get('id', '')} {element.get('class', '')}"
        block = Block(str(element.tag), names, len(self.lines), self.block)
        style = element.get("style", "")
        hidden = "hidden" in element.attrib or bool(_HIDDEN.search(style))
        block.hidden = hidden or self.block.hidden
        self.block.children.append(block)
        self.block = block

    def _break(self) -> None:
        """A <br> ends a line; inside a heading it only breaks it."""
        if self.heading:
            self.parts.append("\n")
        else:
            self.flush()

    def _add(self, text: str, *, linked: bool) -> None:
        if self.pre and "\n" in text:
            *whole, text = text.split("\n")
            for line in whole:
                self._add(line, linked=linked)
                self.flush()
        self.parts.append(text)
        if linked:
            self.linked += len(re.sub(r"\s", "", text))

    def _rows(self, table: HtmlElement) -> None:
        for row in tables.rows(table):
            cells = tuple(squeeze(cell) for cell in row.cells)
            text = "\t".join(cells).rstrip("\t")
            if text.strip():
                self.lines.append(Line(text, self.block, row.linked, cells))


def squeeze(text: str) -> str:
    """Return text on one line, with runs of blanks as one and none at its ends."""
    return _BLANKS.sub(" ", _FOLDED.sub("", text)).strip()


def _leads_away(element: HtmlElement) -> bool:
    """Whether an element is a link to another page: one to a place in this page is none."""
    target: str = element.get("href", "")
    return element.tag == "a" and bool(target) and (target == "#" or target[0] != "#")


def _is_pre(element: HtmlElement) -> bool:
    return element.tag in ("pre", "textarea") or bool(_PRE.search(element.get("style", "")))
