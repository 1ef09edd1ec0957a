"""The order in which a page is read: one column, or two with what stands across both.

A page has two columns where an empty strip runs down most of the height of its text, with text on
both sides for a good part of it, on the left in lines that run up to the strip, on the right in
lines that fill their column, as cells of a table do not. What crosses that strip, like a heading,
divides the page: what stands above it is read before it, left column first.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.page.lines import lines_of
from ingest.readers.page.model import Box, Frame, Glyph, Line, around

_SLICE = 3.0  # points: the page is looked at in slices of this height
_WIDTH = 0.9  # of the type size: the narrowest strip that parts columns
_FREE = 0.6  # of the slices that hold text: in how many nothing may cross the strip
_BESIDE = 0.2  # of the slices that hold text: how many must hold some on both sides of it
_FULL = 0.5  # of those: in how many the text on the left must reach the strip, as on the right
_REACH, _FILLED = 0.85, 0.7  # of the width of the columns: how far the text must reach there
_SHORTEST = 8  # type sizes: how high columns must be at least
_LARGEST = 14_400.0  # points: the largest side of a page that the PDF standard allows
_SIDE = 0.2  # of the width of the text: the narrowest column

Item = Glyph | Frame
_Spans = list[tuple[float, float]]


def in_order(glyphs: Sequence[Glyph], frames: Sequence[Frame] = ()) -> list[Line | Frame]:
    """Return the lines and frames of a page in reading order; `glyphs` are those in no frame."""
    size = statistics.median(glyph.size for glyph in glyphs) if glyphs else 0.0
    items: list[Item] = [*glyphs, *frames]
    gutter = _gutter([item for item in items if _is_seen(item)], size) if size else None
    if gutter is None:
        return _stack(items, 0)
    return [each for part, column in _parts(items, gutter) for each in _stack(part, column)]


def _is_seen(item: Item) -> bool:
    return isinstance(item, Frame) or not item.text.isspace()


def _stack(items: Sequence[Item], column: int) -> list[Line | Frame]:
    """Return what stands in one column, from top to bottom."""
    frames = [item for item in items if isinstance(item, Frame)]
    lines = lines_of((item for item in items if isinstance(item, Glyph)), column)
    flow: list[Line | Frame] = [*lines, *frames]
    return sorted(flow, key=lambda each: each.box.top) if frames else flow


# -- where the columns are ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Gutter:
    x0: float
    x1: float

    def crossed_by(self, x0: float, x1: float) -> bool:
        return x0 < self.x1 - 0.5 and x1 > self.x0 + 0.5


def _gutter(items: Sequence[Item], size: float) -> _Gutter | None:
    """Return the empty strip between two columns, None where there is none."""
    text = around([item.box for item in items]) if items else Box(0, 0, 0, 0)
    if not 0 < text.area <= _LARGEST**2:
        return None
    slices = [spans for spans in _slices([item.box for item in items], text, size) if spans]
    least, side = _WIDTH * size, _SIDE * (text.x1 - text.x0)
    counts: Counter[int] = Counter()  # in how many slices a strip between text begins at a point
    for spans in slices:
        for (_, x0), (x1, _) in itertools.pairwise(spans):
            if x1 - x0 >= least:
                counts.update(range(math.ceil(x0), int(x1 - least) + 1))
    inside = [x for x in counts if text.x0 + side <= x <= text.x1 - side - least]
    best = max(inside, key=lambda x: (counts[x], -x), default=None)
    if best is None:
        return None
    gutter = _Gutter(best, best + least)
    return gutter if _parts_columns(slices, gutter, text, size) else None


def _parts_columns(slices: Sequence[_Spans], gutter: _Gutter, text: Box, size: float) -> bool:
    """Whether a strip between text parts columns of prose, not a list or a signature."""
    free = [spans for spans in slices if not any(gutter.crossed_by(*span) for span in spans)]
    beside = [s for s in free if s[0][1] <= gutter.x0 + 1 and s[-1][0] >= gutter.x1 - 1]
    ends = [max(x1 for _, x1 in spans if x1 <= gutter.x0 + 1) for spans in beside]
    full = sum(end - text.x0 >= _REACH * (gutter.x0 - text.x0) for end in ends)
    filled = sum(_run(spans, gutter) >= _FILLED * (text.x1 - gutter.x1) for spans in beside)
    return (
        len(free) >= _FREE * len(slices)
        and len(beside) >= max(_BESIDE * len(slices), _SHORTEST * size / _SLICE)
        and min(full, filled) >= _FULL * len(beside)
    )


def _run(spans: _Spans, gutter: _Gutter) -> float:
    """Return how far text goes on from the strip to the right; cells of a table soon end."""
    right = [span for span in spans if span[0] >= gutter.x1 - 1]
    end = right[0][1]
    for x0, x1 in right:
        if x0 - end >= gutter.x1 - gutter.x0:
            break
        end = x1
    return end - gutter.x1


def _slices(boxes: Sequence[Box], text: Box, size: float) -> list[_Spans]:
    """Return for each slice of the page what is covered from left to right, joined and sorted.

    The space between two lines counts to both, since lines of two columns need not stand level.
    """
    slices: list[_Spans] = [[] for _ in range(int((text.bottom - text.top) / _SLICE) + 1)]
    for box in boxes:
        first = max(0, int((box.top - 0.4 * size - text.top) / _SLICE))
        last = int((box.bottom + 0.4 * size - text.top) / _SLICE)
        for at in range(first, min(last + 1, len(slices))):
            slices[at].append((box.x0, box.x1))
    return [_merged(spans) for spans in slices]


def _merged(spans: _Spans) -> _Spans:
    merged: _Spans = []
    for x0, x1 in sorted(spans):
        if merged and x0 <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(x1, merged[-1][1])
        else:
            merged.append((x0, x1))
    return merged


# -- the parts of a page with two columns ------------------------------------------------------


def _parts(items: Sequence[Item], gutter: _Gutter) -> list[tuple[list[Item], int]]:
    """Return the parts in reading order, each with its column: 0 for what stands across."""
    across = _merged(
        [
            (i.box.top, i.box.bottom)
            for i in items
            if _is_seen(i) and gutter.crossed_by(i.box.x0, i.box.x1)
        ]
    )
    bounds = [-float("inf"), *itertools.chain.from_iterable(across), float("inf")]
    parts: list[tuple[list[Item], int]] = []
    for at, (top, bottom) in enumerate(itertools.pairwise(bounds)):
        inside = [item for item in items if top < item.box.middle[1] <= bottom]
        if at % 2:
            parts.append((inside, 0))
            continue
        middle = (gutter.x0 + gutter.x1) / 2
        parts.append(([i for i in inside if i.box.middle[0] <= middle], 1))
        parts.append(([i for i in inside if i.box.middle[0] > middle], 2))
    return [part for part in parts if part[0]]
