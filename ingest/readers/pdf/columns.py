"""The order in which a page is read: one column, or two with what stands across both.

A page has two columns where an empty strip runs between text on both sides over most of the
height of its text. What crosses that strip, such as a heading, divides the page: what stands above
it is read before it, left column first.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.layout import Box, Frame, Glyph, Line, around
from ingest.readers.pdf.lines import lines_of

_SLICE = 3.0  # points: the page is looked at in slices of this height
_WIDTH = 0.9  # of the type size: the narrowest strip that parts columns
_HEIGHT = 0.5  # of the slices that hold text: how many must show the strip
_SHORTEST = 8  # type sizes: how high columns must be at least
_SIDE = 0.2  # of the width of the text: the narrowest column

Item = Glyph | Frame


def in_order(glyphs: Sequence[Glyph], frames: Sequence[Frame], size: float) -> list[Line | Frame]:
    """Return the lines and frames of a page in reading order; `size` is the usual type size."""
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

    def crossed_by(self, box: Box) -> bool:
        return box.x0 < self.x1 - 0.5 and box.x1 > self.x0 + 0.5


def _gutter(items: Sequence[Item], size: float) -> _Gutter | None:
    """Return the empty strip between two columns, None where there is none."""
    if not items:
        return None
    text = around([item.box for item in items])
    filled = [spans for spans in _slices([item.box for item in items], text) if spans]
    least, side = _WIDTH * size, _SIDE * (text.x1 - text.x0)
    counts: Counter[int] = Counter()  # in how many slices a strip may begin at a point
    for spans in filled:
        for (_, x0), (x1, _) in itertools.pairwise(spans):
            if x1 - x0 >= least:
                counts.update(range(math.ceil(x0), int(x1 - least) + 1))
    inside = [x for x in counts if text.x0 + side <= x <= text.x1 - side - least]
    best = max(inside, key=lambda x: (counts[x], -x), default=None)
    if best is None or counts[best] < max(_HEIGHT * len(filled), _SHORTEST * size / _SLICE):
        return None
    return _Gutter(best, best + least)


def _slices(boxes: Sequence[Box], text: Box) -> list[list[tuple[float, float]]]:
    """Return for each slice of the page what is covered from left to right, joined and sorted."""
    slices: list[list[tuple[float, float]]] = [
        [] for _ in range(int((text.bottom - text.top) / _SLICE) + 1)
    ]
    for box in boxes:
        first = int((max(box.top, text.top) - text.top) / _SLICE)
        last = int((box.bottom - text.top) / _SLICE)
        for at in range(first, min(last + 1, len(slices))):
            slices[at].append((box.x0, box.x1))
    return [_merged(spans) for spans in slices]


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
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
        [(i.box.top, i.box.bottom) for i in items if _is_seen(i) and gutter.crossed_by(i.box)]
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
