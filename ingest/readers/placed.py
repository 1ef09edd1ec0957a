"""A line of text at its place on a page, and the joining of pieces that stand in one row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

_ENDS = re.compile(r"[。；;：:！!？?…][”’）)》]?$")
_SAME_ROW = 0.5  # of the lower height: middles that are closer stand in one row
_BLANK = 0.45  # em of white space that is a blank


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a piece of one, on a page (`page` counts from 0, y grows downwards).

    `size` is the height of its type in the unit of the places. `kind` is a mark that the format
    itself gives the line, as of `ingest.reading.Mark`, empty for none. `column` numbers the columns
    of a page from 0. `score` is how sure a recogniser is of the text, from 0 to 1, None for text of
    the file itself.
    """

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str
    kind: str = ""
    column: int = 0
    score: float | None = None

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return (self.top + self.bottom) / 2


def width(text: str) -> float:
    """Return about how wide a text is set, in em: 1 for Chinese, a half for Latin.

    >>> width("供水96%")
    3.5
    """
    return sum(0.5 if unicodedata.east_asian_width(char) in "HNaNa" else 1.0 for char in text)


def ends(text: str) -> bool:
    """Whether a line ends with a stop: of a sentence, a part of a list, or before one."""
    return _ENDS.search(text.rstrip()) is not None


def rows(pieces: Iterable[Line]) -> list[Line]:
    """Return the lines of one page, top down, with the pieces of each row joined left to right.

    White space between two pieces becomes one blank where a character would fit.
    """
    joined: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda line: (line.middle, line.x0)):
        if joined and _in_row(joined[-1], piece):
            joined[-1].append(piece)
        else:
            joined.append([piece])
    return [_joined(sorted(row, key=lambda line: line.x0)) for row in joined]


def _in_row(row: list[Line], piece: Line) -> bool:
    last = max(row, key=lambda line: line.bottom - line.top)
    height = min(last.bottom - last.top, piece.bottom - piece.top)
    return last.kind == piece.kind and abs(last.middle - piece.middle) < _SAME_ROW * height


def _joined(row: list[Line]) -> Line:
    line = row[0]
    for piece in row[1:]:
        apart = piece.x0 - line.x1 > _BLANK * min(line.size, piece.size)
        blank = " " if apart and not line.text.endswith(" ") else ""
        line = replace(
            line,
            x1=max(line.x1, piece.x1),
            top=min(line.top, piece.top),
            bottom=max(line.bottom, piece.bottom),
            size=max(line.size, piece.size),
            text=line.text + blank + piece.text,
            score=min((s for s in (line.score, piece.score) if s is not None), default=None),
        )
    return line
