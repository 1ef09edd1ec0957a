"""Between which margins lines are set, and how far apart: what shows where paragraphs begin."""

from __future__ import annotations

import itertools
import statistics
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.readers.page.characters import is_ended
from ingest.readers.page.model import Box, Line

_SHARE = 0.1  # of the lines: how many must begin or end where the margin is
_FEW = 12  # lines: fewer do not show the margins of left and right pages apart
_FEW_SCANNED = 4  # lines: fewer do not show where the text of a scanned page lies
_NARROW = 0.85  # of the usual width: a page of short lines only does not show its margins


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its page (number and width) and frame, 0 for none.

    `kind` is that of the frame; `ruled` says that a drawn line parts it from the one before.
    """

    line: Line
    page: int
    width: float
    frame: int = 0
    kind: str = ""
    ruled: bool = False

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.line.text

    @property
    def is_scanned(self) -> bool:
        """Whether the line was recognised in a picture."""
        return self.line.score is not None


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right margin and the usual distance of lines, in points; 0 where unknown.

    `indents` says that paragraphs begin with an indent there; `sure` that several lines end at the
    right margin inside a sentence, so that it is no chance.
    """

    left: float
    right: float
    pitch: float
    indents: bool
    sure: bool


class MarginTable:
    """The margins of every column of a document.

    Those of left and right pages may differ, and of scanned pages, which lie askew, all do.
    """

    def __init__(self, lines: Iterable[Placed], frames: dict[int, Box]) -> None:
        groups: defaultdict[Hashable, list[Placed]] = defaultdict(list)
        for placed in lines:
            for key in {_key(placed), _wide_key(placed)}:
                groups[key].append(placed)
        self._margins = {key: _margins(group) for key, group in groups.items()}
        self._few = {key for key, group in groups.items() if _is_few(group)}
        self._frames = frames

    def __getitem__(self, placed: Placed) -> Margins:
        """Return the margins between which a line is set."""
        key = _key(placed)
        found, usual = self._margins[key], self._margins[_wide_key(placed)]
        narrow = found.right - found.left < _NARROW * (usual.right - usual.left)
        if key in self._few or (placed.is_scanned and narrow):
            found = usual
        elif placed.is_scanned:  # a page shows where it lies, all of them how they are set
            found = replace(usual, left=found.left, right=found.right)
        if not placed.frame:
            return found
        frame = self._frames[placed.frame]
        padding = max(0.0, found.left - frame.x0)
        return replace(found, right=max(found.right, frame.x1 - padding - 4), sure=True)


def _key(placed: Placed) -> Hashable:
    page = placed.page if placed.is_scanned else placed.page % 2
    return (*_wide_key(placed), 0 if placed.frame else page)


def _wide_key(placed: Placed) -> tuple[int, int, int]:
    return placed.frame, placed.line.column, 0 if placed.is_scanned else round(placed.width)


def _margins(group: Sequence[Placed]) -> Margins:
    lines = [placed.line for placed in group]
    size = statistics.median(line.size for line in lines)
    left = _edge(sorted(line.box.x0 for line in lines), size)
    right = -_edge(sorted(-line.box.x1 for line in lines), size)
    steps = sorted(
        b.line.middle - a.line.middle
        for a, b in itertools.pairwise(group)
        if a.page == b.page and b.line.middle > a.line.middle
    )
    pitch = steps[len(steps) * 3 // 10] if steps else 0.0
    indented = sum(is_indent(line.box.x0 - left, size) for line in lines)
    full = sum(right - line.box.x1 < size and not is_ended(line.text) for line in lines)
    return Margins(left, right, pitch, indented >= _SHARE * len(lines), full > 1)


def is_indent(indent: float, size: float) -> bool:
    """Whether a line stands in as first lines do, by two characters."""
    return 1.4 * size <= indent <= 2.6 * size


def _is_few(group: Sequence[Placed]) -> bool:
    return len(group) < (_FEW_SCANNED if group[0].is_scanned else _FEW)


def _edge(values: Sequence[float], size: float) -> float:
    """Return the outermost value that enough others come near; `values` ascending."""
    least = max(2, round(_SHARE * len(values)))
    for value in values:
        if sum(value <= other <= value + 0.5 * size for other in values) >= least:
            return value
    return values[0]
