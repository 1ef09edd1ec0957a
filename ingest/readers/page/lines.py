"""From glyphs to lines of text."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Sequence

from ingest.readers.page.characters import blank_between
from ingest.readers.page.model import CHROME, Glyph, Line, around, least

_SAME_LINE = 0.45  # of the type size: how far the middles of one line's glyphs may be apart
# Numbers after which a title follows: `1.1 总则`, `专栏3 重点工程`
_NUMBER = re.compile(r"(专\s?栏\s?|附\s?[件表录]\s?|[图表]\s?)?\d{1,2}(\.\d{1,2})*$")


def lines_of(glyphs: Iterable[Glyph], column: int = 0) -> list[Line]:
    """Return the lines that `glyphs` form in one column, from top to bottom."""
    return [
        line
        for row in _rows(glyphs)
        if (line := _line(sorted(row, key=lambda glyph: glyph.box.x0), column))
    ]


def apart_line(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return what stands apart from the text as a line in the order of the file, if it says any.

    Such are slanting glyphs and those outside the page; blanks are left out.
    """
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return []
    text = "".join(glyph.text for glyph in seen)
    return [Line(text, around([glyph.box for glyph in seen]), seen[0].size, kind=CHROME)]


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by the height at which they stand, raised and lowered ones with their line."""
    rows: list[list[Glyph]] = []
    total = 0.0  # of the middles in the last row
    for glyph in sorted(glyphs, key=lambda glyph: glyph.box.middle[1]):
        middle = glyph.box.middle[1]
        if rows:
            size = max(glyph.size, rows[-1][-1].size)
            if middle - total / len(rows[-1]) < _SAME_LINE * size:
                rows[-1].append(glyph)
                total += middle
                continue
        rows.append([glyph])
        total = middle
    return rows


def _line(row: Sequence[Glyph], column: int) -> Line | None:
    seen = [glyph for glyph in row if not glyph.text.isspace()]
    if not seen:
        return None
    size = statistics.median_high(glyph.size for glyph in seen)
    box, score = around([glyph.box for glyph in seen]), least(glyph.score for glyph in seen)
    return Line(_text(row, size), box, size, column, score=score)


def _text(row: Sequence[Glyph], size: float) -> str:
    """Return the text of a line, with a blank wherever one is meant."""
    pairs: list[tuple[Glyph, bool]] = []
    is_set = False
    for glyph in row:
        if glyph.text.isspace():
            is_set = True
        else:
            pairs.append((glyph, is_set))
            is_set = False
    gaps = [b.box.x0 - a.box.x1 for (a, _), (b, _) in itertools.pairwise(pairs)]
    usual = max(0.0, statistics.median(gaps)) if len(gaps) > 3 else 0.0
    text = pairs[0][0].text
    for gap, (glyph, is_set) in zip(gaps, pairs[1:], strict=True):
        wider = (gap - usual) / size if size else 0.0
        blank = blank_between(text[-1], glyph.text[0], wider, is_set)
        numbered = wider > (0.15 if is_set else 0.5) and _NUMBER.match(text) is not None
        text += " " * (blank or numbered) + glyph.text
    return text.strip()
