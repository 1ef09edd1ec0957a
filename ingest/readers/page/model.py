"""What stands on a page: glyphs, lines of glyphs, frames. Points from the top left corner.

A point is a 72th of an inch, as in PDF; readers of formats with other units bring them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

PAGE_NUMBER, RUNNING_HEAD, CHROME = "page-number", "running-head", "chrome"  # kinds of marks


class Box(NamedTuple):
    """A rectangle of a page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle, x first."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        """Its area, 0 for one without extent."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.bottom - self.top)

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether `point` lies inside or on the edge."""
        return self.x0 <= point[0] <= self.x1 and self.top <= point[1] <= self.bottom

    def within(self, other: Box) -> Box:
        """Return what of it lies inside `other`."""
        return Box(
            max(self.x0, other.x0),
            max(self.top, other.top),
            min(self.x1, other.x1),
            min(self.bottom, other.bottom),
        )


class Glyph(NamedTuple):
    """A character, or several that were recognised together, such as a whole line of a scan.

    `score` is how sure a recogniser is of it, from 0 to 1, None for text of the file itself.
    """

    text: str
    box: Box
    size: float
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it is set, `size` that of most of its characters.

    `column` is 0 where the page has one column there, else the number of the column from 1. `kind`
    is that of its mark where it is no part of the text, see `ingest.reading.Mark`. `score` is that
    of the least sure of its glyphs.
    """

    text: str
    box: Box
    size: float
    column: int = 0
    kind: str = ""
    score: float | None = None

    @property
    def middle(self) -> float:
        """How far from the top of the page its middle is."""
        return self.box.middle[1]


@dataclass(frozen=True, slots=True)
class Frame:
    """Text in a frame: `rows` hold cells, and those lines.

    `kind` is `box` where no row has more than one cell, else `table`.
    """

    box: Box
    rows: tuple[tuple[tuple[Line, ...], ...], ...]

    @property
    def kind(self) -> str:
        """The kind of mark that the frame gets."""
        return "box" if all(len(row) == 1 for row in self.rows) else "table"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines and frames in reading order, and what else was seen.

    `aside` is what the file itself parts from the text, each line with its kind: a head that it
    has for all pages, what is set across the page, such as a slanting watermark, or outside it.
    `rules` are horizontal lines that are drawn, `pictures` images; `is_picture` says that there is
    an image in place of text. `glyphs` and `garbled` count characters.
    """

    number: int
    box: Box
    flow: tuple[Line | Frame, ...] = ()
    aside: tuple[Line, ...] = ()
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    is_picture: bool = False
    glyphs: int = 0
    garbled: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with what surrounds its text, lines that have a kind, and its notes apart from it."""

    page: Page
    head: tuple[Line, ...]
    flow: tuple[Line | Frame, ...]
    notes: tuple[Line, ...]
    foot: tuple[Line, ...]


def least(scores: Iterable[float | None]) -> float | None:
    """Return the lowest score, None where there is none."""
    return min((score for score in scores if score is not None), default=None)


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest rectangle that holds all of `boxes`, at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
