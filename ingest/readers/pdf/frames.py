"""Tables and boxes: what the lines drawn on a page enclose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ingest.readers.page.lines import lines_of
from ingest.readers.page.model import Box, Frame, Glyph, Line, around

if TYPE_CHECKING:
    from pdfplumber.page import Page as Source

_THIN = 3.0  # points: a filled rectangle as thin as this is a drawn line
_BORDER = (0.88, 0.85)  # of width and height of the page: a frame as large adorns the page
_SLACK = 1.5  # points between the corners of cells that touch


def is_drawn(thing: dict[str, Any]) -> bool:
    """Whether an object of pdfplumber shows as lines; a filled ground without outline does not."""
    if thing["object_type"] == "rect":
        thin = min(thing["width"], thing["height"]) <= _THIN
        return _is_dark(thing) if thin and not thing.get("stroke") else bool(thing.get("stroke"))
    return bool(thing["object_type"] != "curve")


def _is_dark(thing: dict[str, Any]) -> bool:
    """Whether a filled rectangle can be seen on white paper."""
    color = thing.get("non_stroking_color")
    values = color if isinstance(color, (tuple, list)) else (color,)
    shown = [value for value in values if isinstance(value, (int, float))]
    return not (len(shown) in (1, 3) and all(value > 0.95 for value in shown))


def drawn(page: Source) -> Source:
    """Return a pdfplumber page with the drawn lines only; nothing is read anew."""
    return page.filter(lambda thing: thing["object_type"] != "char" and is_drawn(thing))


def frames_of(page: Source, glyphs: Sequence[Glyph]) -> tuple[list[Frame], list[Glyph]]:
    """Return the frames of a page that hold text, and the glyphs that stand in none.

    `page` is what `drawn` gives. Of frames one within another the outermost counts.
    """
    if not page.edges:
        return [], list(glyphs)
    cells = [Box(*cell) for cell in page.debug_tablefinder({}).cells]
    frames: list[Frame] = []
    rest = list(glyphs)
    groups = sorted(_groups(cells), key=lambda group: -around(group).area)
    for group in groups:
        outer = around(group)
        if _adorns(outer, Box(*page.bbox)):
            continue
        inside = [glyph for glyph in rest if outer.holds(glyph.box.middle)]
        if any(not glyph.text.isspace() for glyph in inside):
            frames.append(_frame(outer, group, inside))
            rest = [glyph for glyph in rest if not outer.holds(glyph.box.middle)]
    return frames, rest


def _adorns(frame: Box, page: Box) -> bool:
    width, height = page.x1 - page.x0, page.bottom - page.top
    return (
        frame.x1 - frame.x0 > _BORDER[0] * width and frame.bottom - frame.top > _BORDER[1] * height
    )


def _groups(cells: Sequence[Box]) -> list[list[Box]]:
    """Group cells that share a corner; a single cell is a group."""
    groups: list[list[Box]] = []
    for cell in cells:
        touching = [group for group in groups if any(_touch(cell, other) for other in group)]
        merged = [cell, *(each for group in touching for each in group)]
        groups = [group for group in groups if group not in touching] + [merged]
    return groups


def _touch(a: Box, b: Box) -> bool:
    corners = [(x, y) for x in (a.x0, a.x1) for y in (a.top, a.bottom)]
    return any(
        abs(x - u) <= _SLACK and abs(y - v) <= _SLACK
        for x, y in corners
        for u in (b.x0, b.x1)
        for v in (b.top, b.bottom)
    )


def _frame(outer: Box, cells: Sequence[Box], glyphs: Sequence[Glyph]) -> Frame:
    """Put the glyphs of a frame into its cells; a row is the cells that begin at one height.

    A row of several cells has one a column, empty where a cell above or before takes its place.
    """
    contents: list[list[Glyph]] = [[] for _ in cells]
    for glyph in glyphs:
        x, y = glyph.box.middle
        at = min(range(len(cells)), key=lambda at: _distance(cells[at], x, y))
        contents[at].append(glyph)
    rows: list[tuple[float, list[tuple[float, list[Glyph]]]]] = []
    for cell, content in sorted(
        zip(cells, contents, strict=True), key=lambda pair: (pair[0].top, pair[0].x0)
    ):
        if not rows or cell.top - rows[-1][0] > _SLACK:
            rows.append((cell.top, []))
        rows[-1][1].append((cell.x0, content))
    lefts = _lefts(cells)
    filled = [_in_columns(sorted(row, key=lambda cell: cell[0]), lefts) for _, row in rows]
    return Frame(outer, tuple(row for row in filled if any(row)))


def _lefts(cells: Sequence[Box]) -> list[float]:
    """Return where the columns of a table begin, from left to right."""
    lefts: list[float] = []
    for left in sorted(cell.x0 for cell in cells):
        if not lefts or left - lefts[-1] > 2 * _SLACK:
            lefts.append(left)
    return lefts


def _in_columns(
    row: Sequence[tuple[float, list[Glyph]]], lefts: Sequence[float]
) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each cell of a row, each cell in its column; a cell alone as it is."""
    if len(row) == 1:
        return (tuple(lines_of(row[0][1])),)
    placed: dict[int, tuple[Line, ...]] = {}
    for left, content in row:
        column = bisect_right(lefts, left) - 1
        placed[column] = (*placed.get(column, ()), *lines_of(content))
    return tuple(placed.get(at, ()) for at in range(max(placed) + 1))


def _distance(cell: Box, x: float, y: float) -> float:
    """Return how far a point lies outside a cell, 0 inside."""
    return max(cell.x0 - x, 0, x - cell.x1) + max(cell.top - y, 0, y - cell.bottom)
