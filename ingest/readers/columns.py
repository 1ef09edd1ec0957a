"""The column of type that a page's lines are set in: its edges and the pitch of its lines."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from ingest.readers.placed import Line, ends

_ENOUGH = 4  # lines of text that show the column of their page without looking at other pages
_SHARE = 0.1  # of the lines must begin at the left edge
_NARROW = 0.85  # of the usual width: a page of short lines only does not show its column


class Column(NamedTuple):
    """Left and right edge of the type, and the usual distance of one line to the next.

    `sure` says that several lines end at a right edge inside a sentence, so that it is no chance.
    """

    left: float
    right: float
    pitch: float
    sure: bool = True


def columns(lines: Sequence[Line]) -> dict[tuple[int, int], Column]:
    """Return the column for each (page, column) that has text lines.

    A page of few or only short lines takes the usual edges of the pages with its parity (duplex
    print has mirrored margins), then of all pages.
    """
    found: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if not line.kind and line.text.strip():
            found[line.page, line.column].append(line)
    own = {key: _edges(group) for key, group in found.items()}
    usual = {
        (parity, column): _usual(own, found, parity, column)
        for parity in (0, 1)
        for column in {column for _, column in found}
    }
    full = (_is_full(line, own[key][1]) for key, group in found.items() for line in group)
    sure = sum(full) > 1
    result = {}
    for key, group in found.items():
        left, right = own[key]
        other = usual[key[0] % 2, key[1]]
        if other and (len(group) < _ENOUGH or right - left < _NARROW * (other[1] - other[0])):
            left, right = other
        few = len(group) <= _ENOUGH
        result[key] = Column(left, right, _pitch(lines if few else group), sure)
    return result


def _is_full(line: Line, right: float) -> bool:
    return abs(line.x1 - right) < line.size and not ends(line.text)


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the edges: the leftmost start that is common, the rightmost end of full lines."""
    em = median(line.size for line in lines)
    starts = sorted(line.x0 for line in lines)
    least = max(1, round(_SHARE * len(starts)))
    left = starts[0]
    for start in starts:
        if sum(1 for other in starts if abs(other - start) < em / 2) >= least:
            left = start
            break
    ends = sorted((line.x1 for line in lines), reverse=True)
    right = ends[0]
    for end in ends:  # a single line that juts out is no edge
        if sum(1 for other in ends if abs(other - end) < em / 2) >= min(2, least):
            right = end
            break
    return left, right


def _usual(
    own: dict[tuple[int, int], tuple[float, float]],
    found: dict[tuple[int, int], list[Line]],
    parity: int,
    column: int,
) -> tuple[float, float] | None:
    """Return the edges of the well-filled pages of one parity, or of all where it has none."""
    full = [key for key in own if key[1] == column and len(found[key]) >= _ENOUGH]
    full = [key for key in full if key[0] % 2 == parity] or full
    if not full:
        return None
    widest = max(own[key][1] - own[key][0] for key in full)
    wide = [own[key] for key in full if own[key][1] - own[key][0] >= _NARROW * widest]
    return median(left for left, _ in wide), median(right for _, right in wide)


def _pitch(lines: Iterable[Line]) -> float:
    text = [line for line in lines if not line.kind]
    steps = [b.top - a.top for a, b in itertools.pairwise(text) if a.page == b.page]
    down = [step for step in steps if step > 0]
    return median(down) if down else 0.0
