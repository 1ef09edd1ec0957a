"""The lines of a cleaned text, each with its span and what its surroundings show."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.model import Residue
from corpus.numerals import CHINESE, to_int
from ingest.reading import FRAMES, TABLE, Mark

# Where a table cell was flattened into one line, ` |` stands at its end and a blank where the
# line ends of the cell were. A blank is such a place between sentences and before an item number;
# elsewhere only where Chinese stands on both sides: not in `2025 年`, `100 Mbps`.
_CELL_END = "|｜"
_CELL_BREAK = re.compile(
    r"(?<=[。；;：:！？])[ \t　]+(?=\S)"
    r"|(?<=[一-龥”’）)。：:；;])[ \t　]+(?=[（(][一二三四五六七八九十0-9]{1,3}[)）])"
    r"|(?<=[一-龥”’）)])[ \t　]+(?=[一-龥“《])"
)


_HEADING = re.compile(rf"第[{CHINESE}]{{1,4}}[编章节][\s　]")
_INNER = re.compile(rf"(?<=\S)[\s　]+(?=第[{CHINESE}]{{1,7}}条[\s　])")
_ARTICLE = re.compile(rf"第([{CHINESE}]{{1,7}})条[\s　]")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text without line ends and without blanks at its ends.

    `gap` is the number of blank lines before it. `cell` says that it is part of a table cell that
    was flattened to one line; of such lines `last` says that the cell ends with it. `frame` numbers
    the box or table of the layout that it stands in, from 1, 0 for none; `row` says that it is a
    row of several cells; `mark` is any other kind of mark that the layout gives it.
    """

    text: str
    start: int
    end: int
    gap: int = 0
    cell: bool = False
    last: bool = True
    frame: int = 0
    row: bool = False
    mark: str = ""


def split_lines(text: str) -> tuple[list[Line], list[Residue]]:
    """Return the non-blank lines of `text` in order, and the marks of flattened table cells."""
    lines: list[Line] = []
    marks: list[Residue] = []
    gap = offset = 0
    for raw in text.split("\n"):
        start = offset
        offset += len(raw) + 1
        content = raw.strip()
        if not content:
            gap += 1
            continue
        start += len(raw) - len(raw.lstrip())
        if content[-1] in _CELL_END:
            bar = start + len(content) - 1
            marks.append(Residue("mark", bar, bar + 1))
            lines += _cell_lines(content[:-1].rstrip(), start, gap)
        else:
            row = "\t" in raw.strip(" \u3000")
            lines.append(Line(content, start, start + len(content), gap, row=row))
        gap = 0
    return lines, marks


def _cell_lines(content: str, start: int, gap: int) -> list[Line]:
    bounds = [0, *(m.end() for m in _CELL_BREAK.finditer(content)), len(content)]
    pieces = [(a + start, content[a:b].rstrip()) for a, b in itertools.pairwise(bounds) if a < b]
    return [
        Line(piece, at, at + len(piece), 0 if i else gap, True, i == len(pieces) - 1)
        for i, (at, piece) in enumerate(pieces)
        if piece
    ]


def marked(lines: Sequence[Line], marks: Iterable[Mark]) -> list[Line]:
    """Return the lines with what the layout says of them; offsets of both are of the same text."""
    result = [replace(line, row=False) if line.row else line for line in lines]
    starts = [line.start for line in lines]
    frame = 0
    for kind, start, end in marks:
        frame += kind in FRAMES
        for at in range(bisect_left(starts, start), bisect_left(starts, end)):
            line = result[at]
            if kind in FRAMES:
                row = kind == TABLE and lines[at].row
                result[at] = replace(line, frame=frame, row=row)
            else:
                result[at] = replace(line, mark=kind)
    return result


def split_articles(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, parted before each article that stands inside of one.

    Where line ends were lost, 第四条 follows the last sentence of 第三条. It is parted only after
    the end of a sentence, with blanks on both sides, where its number is the one that comes next;
    after a heading (第七章 法律责任 第四十二条 …) blanks alone are enough.
    """
    result: list[Line] = []
    last = 0
    for line in lines:
        rest = line
        last = _article(line.text) or last
        while last and (inner := _next_article(rest.text, last + 1)):
            head, at = rest.text[: inner.start()].rstrip(), rest.start + inner.end()
            result.append(replace(rest, text=head, end=rest.start + len(head)))
            rest = replace(rest, text=rest.text[inner.end() :], start=at, gap=0)
            last += 1
        result.append(rest)
    return result


def _article(text: str) -> int:
    """Return the number of the article that a line begins, 0 for none."""
    begins = _ARTICLE.match(text)
    try:
        return to_int(begins[1]) if begins else 0
    except ValueError:
        return 0


def _next_article(text: str, number: int) -> re.Match[str] | None:
    """Return the blanks before an article of that number inside a line, None where there are none.

    They follow the end of a sentence, or anything in the line of a heading.
    """
    heading = _HEADING.match(text) is not None
    for blanks in _INNER.finditer(text):
        if (heading or text[blanks.start() - 1] in "。；：") and _article(
            text[blanks.end() :]
        ) == number:
            return blanks
    return None


def usual_gap(lines: list[Line]) -> int:
    """Return the number of blank lines that most often parts two lines, 0 for no lines."""
    counts: dict[int, int] = {}
    for line in lines[1:]:
        counts[line.gap] = counts.get(line.gap, 0) + 1
    return max(counts, key=lambda gap: (counts[gap], -gap), default=0)
