"""From the lines of laid-out pages to paragraphs: what OFD, OCR and PDF share.

Pure: lines with places go in, paragraphs come out; no format, no file, no library is known here.
Lengths are in any one unit (points, millimetres, pixels), y grows downwards. Which line is a
chapter is not decided here; `ingest.structure` does that on the joined text.

Two lines are one paragraph where the first is full and the second goes on at the left edge of the
column. A line is full where the first word of the next one would not have fitted behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.readers.columns import Column, columns
from ingest.readers.furniture import furniture
from ingest.readers.placed import Line, ends, width
from ingest.reading import Mark

_GROWN = 1.25  # sizes that differ more are not of one paragraph; OCR knows sizes to about a fifth
_WIDEST = 5  # blank lines that stand for white space at most
_APART = 1.6  # times the usual pitch: white space that parts paragraphs
_INDENT = 0.8  # em; a first line stands in by two
_FIRST_LINE = (1.4, 2.6)  # em
_SLACK = 0.6  # em; rounding, and the white space that justification leaves
_LONG = 20  # em; where the edge is not sure, a shorter line is a paragraph, a title or a name
# A line of its own whatever its width: 第三章 总则, 一、目标, （二）分工, 专栏3 工程
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零〇0-9]{1,5}[编篇章节条]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|专\s*栏\s*[0-9一二三四五六七八九十]"
)
_HEADING = re.compile(r"第[一二三四五六七八九十百零〇0-9]{1,5}[编篇章节]")
_LEADER = re.compile(r"[.．…·。]{3,}[\s　]*[0-9IVXivx]{1,5}$")  # 第一章 总则……3, of contents
_TOKEN = re.compile(r"[A-Za-z0-9.,%:/_@+-]+|.[，。、；：！？）》”’%]*", re.DOTALL)
_BETWEEN_WORDS = re.compile(r"[A-Za-z,;]$")


class Piece(NamedTuple):
    """A line within a paragraph: `start` is the offset of its first character there."""

    line: Line
    start: int


@dataclass(slots=True)
class Paragraph:
    """A joined paragraph: `kind` is empty, or the mark that its one line has.

    `gap` is the number of lines that would have had room in the white space before it.
    """

    text: str = ""
    kind: str = ""
    gap: int = 0
    pieces: list[Piece] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Put a line behind what is there, with a blank only between words of Latin letters."""
        text = line.text.strip()
        if self.text and _BETWEEN_WORDS.search(self.text) and re.match("[A-Za-z]", text):
            self.text += " "
        self.pieces.append(Piece(line, len(self.text)))
        self.text += text


class Laid(NamedTuple):
    """The text of laid-out pages with offsets into it: see `ingest.reading.Reading`.

    `lines` has each line that went in, in the order of the text, with its start there.
    """

    text: str
    pages: tuple[int, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Piece, ...]


def lay_out(lines: Sequence[Line], heights: Sequence[float]) -> Laid:
    """Return the text of pages whose lines come in reading order, one paragraph a line.

    `heights` are those of the pages in order; `Line.page` counts them from 0. White space of a
    line's height and more between paragraphs becomes blank lines. Page furniture is
    found and marked; where it stands inside a paragraph that runs over a page end, it follows that
    paragraph. A page without lines begins where the next one does.
    """
    return _written(paragraphs(furniture(lines, heights)), len(heights))


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Join lines in reading order; a line that has a `kind` stays a paragraph of its own."""
    body = columns(lines)
    result: list[Paragraph] = []
    waiting: list[Paragraph] = []  # furniture since the last line of text
    last: Paragraph | None = None
    for line in lines:
        if not line.text.strip():
            continue
        if line.kind:
            waiting.append(_paragraph(line))
        elif last is not None and _goes_on(last, line, body):
            last.add(line)
        else:
            gap = _gap(last.pieces[-1].line, line, body) if last is not None else 0
            last = _paragraph(line, gap)
            result += [*waiting, last]
            waiting = []
    return result + waiting


def _paragraph(line: Line, gap: int = 0) -> Paragraph:
    paragraph = Paragraph(kind=line.kind, gap=gap)
    paragraph.add(line)
    return paragraph


def _gap(before: Line, line: Line, body: dict[tuple[int, int], Column]) -> int:
    if (before.page, before.column) != (line.page, line.column):
        return 0
    pitch = max(body[line.page, line.column].pitch, line.size)
    return max(0, min(round((line.top - before.top) / pitch) - 1, _WIDEST))


def _goes_on(paragraph: Paragraph, line: Line, body: dict[tuple[int, int], Column]) -> bool:
    """Whether `line` goes on with the paragraph before it."""
    before = paragraph.pieces[-1].line
    here, there = body[before.page, before.column], body[line.page, line.column]
    em = max(min(before.size, line.size), 1e-6)
    if _LEADER.search(before.text.rstrip()):
        return False
    if max(before.size, line.size) > _GROWN * em or not _is_full(before, line, here, em):
        return False
    same = (before.page, before.column) == (line.page, line.column)
    if same and line.top - before.top > _APART * max(here.pitch, em):
        return False
    if _NUMBERED.match(line.text) and (ends(paragraph.text) or _HEADING.match(paragraph.text)):
        return False
    if line.x0 - there.left <= _INDENT * em:
        return True
    return same and _hangs(paragraph, line, there)


def _is_full(before: Line, line: Line, column: Column, em: float) -> bool:
    """Whether the first word of `line` had no room behind `before`."""
    if not column.sure and (ends(before.text) or width(before.text) < _LONG):
        return False
    token = _TOKEN.match(line.text.strip())
    need = width(token[0]) * em if token else em
    room = column.right - before.x1
    return room < min(need, (column.right - column.left) / 2) + _SLACK * em


def _hangs(paragraph: Paragraph, line: Line, column: Column) -> bool:
    """Whether `line`, which stands in, is part of a block that stands in as a whole.

    Such a block is known by a full line that ends inside a sentence, and by a common left edge that
    is not that of first lines or, for a title, by standing in the middle.
    """
    before = paragraph.pieces[-1].line
    if ends(paragraph.text) or _NUMBERED.match(line.text):
        return False
    if all(_is_centred(each, column) for each in (before, line)):
        return True
    edge = abs(before.x0 - line.x0) < _INDENT * line.size
    low, high = (column.left + em * line.size for em in _FIRST_LINE)
    return edge and not low < line.x0 < high and not _NUMBERED.match(paragraph.text)


def _is_centred(line: Line, column: Column) -> bool:
    left, right = line.x0 - column.left, column.right - line.x1
    return abs(left - right) < line.size


def _written(found: Iterable[Paragraph], count: int) -> Laid:
    begins: dict[int, int] = {}
    marks: list[Mark] = []
    pieces: list[Piece] = []
    parts: list[str] = []
    at = 0
    for paragraph in found:
        parts.append("\n" * paragraph.gap + paragraph.text + "\n")
        at += paragraph.gap
        for line, start in paragraph.pieces:
            begins[line.page] = min(begins.get(line.page, at + start), at + start)
            pieces.append(Piece(line, at + start))
        end = at + len(paragraph.text) + 1
        if paragraph.kind:
            marks.append(Mark(paragraph.kind, at, end))
        at = end
    text = "".join(parts)
    return Laid(text, tuple(_page_starts(begins, count, len(text))), tuple(marks), tuple(pieces))


def _page_starts(begins: dict[int, int], count: int, end: int) -> Iterator[int]:
    """Yield where each page begins, never falling; an empty page begins where the next one does."""
    starts = [begins.get(page, -1) for page in range(count)]
    for page in range(count - 1, -1, -1):
        after = starts[page + 1] if page + 1 < count else end
        starts[page] = after if starts[page] < 0 else min(starts[page], after)
    yield from starts
