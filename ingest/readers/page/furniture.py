"""What stands around the text of each page: running heads, page numbers.

A line at the head or foot of a page is furniture where all lines outside it are, it stands apart
from the text, and
- it repeats at the same height on another page nearby, its number raised with the pages, or
- it is a page number by its form.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.page.footnotes import notes_apart
from ingest.readers.page.model import PAGE_NUMBER, RUNNING_HEAD, Box, Frame, Line, Page, Sheet

_ZONE = 0.15  # of the height of the page, at its head and foot
# Points by which the same line may stand higher or lower on another page; on scans it is its size.
_HEIGHT = 4.0
_NEARBY = (-2, -1, 1, 2)  # pages: left and right pages may have heads of their own
_DASHES = r"[\-—–－―_·•.．~～\s|一]*"  # 一3一 is what a recogniser makes of dashes
_COUNT = r"(?:\d{1,4}|[IVXLCivxlc]{1,7}|[Ⅰ-ⅿ]{1,4})"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}(?:{_COUNT}|第\s*(?:{_COUNT}|[一二三四五六七八九十百零〇]{{1,6}})\s*页"
    rf"(?:[,，/／]?\s*共\s*\d{{1,4}}\s*页)?|(?:Page|P\.?)\s*\d{{1,4}}(?:\s*of\s*\d{{1,4}})?"
    rf"|\d{{1,4}}\s*[/／]\s*\d{{1,4}}){_DASHES}",
    re.IGNORECASE,
)
_HEADING = re.compile(r"附\s*[件表录图]|专\s*栏|目\s*[录次]$")  # may stand at the head of pages
_DIGITS = re.compile(r"\d{1,9}")


def is_page_number(text: str) -> bool:
    """Whether a line says nothing but a page number.

    >>> is_page_number("— 12 —"), is_page_number("第3页 共20页"), is_page_number("2025年")
    (True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(text) is not None


def body_size(pages: Sequence[Page]) -> float:
    """Return the type size of most characters, 0 where there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for item in page.flow:
            if isinstance(item, Line):
                sizes[round(item.size, 1)] += len(item.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def sheets(pages: Sequence[Page]) -> list[Sheet]:
    """Part the furniture and the footnotes of all pages from their text."""
    seen = _Seen(pages)
    size = body_size(pages)
    return [notes_apart(_sheet(page, seen), size) for page in pages]


class _Seen:
    """Which lines stand in the zones at the head and foot of which pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._places: defaultdict[tuple[str, int], list[Line]] = defaultdict(list)
        for page in pages:
            for line in map(_only_line, page.flow):
                if line is not None and _in_zone(line, page):
                    self._places[_DIGITS.sub("#", line.text), page.number].append(line)

    def repeats(self, line: Line, page: Page) -> bool:
        """Whether a line comes again at its height nearby, as it is or with its numbers raised."""
        if _HEADING.match(line.text):
            return False
        form, high = _DIGITS.sub("#", line.text), _HEIGHT if line.score is None else line.size
        return any(
            abs(other.middle - line.middle) <= high
            and (other.text == line.text or _counts(line, other, away))
            for away in _NEARBY
            for other in self._places.get((form, page.number + away), ())
        )


def _counts(line: Line, other: Line, pages: int) -> bool:
    """Whether exactly one number of a line changes, by as much as the pages do."""
    pairs = zip(_DIGITS.findall(line.text), _DIGITS.findall(other.text), strict=True)
    changes = [int(b) - int(a) for a, b in pairs if a != b]
    return changes == [pages]


def _in_zone(line: Line, page: Page) -> bool:
    height = page.box.bottom - page.box.top
    share = (line.middle - page.box.top) / height if height else 0.5
    return share <= _ZONE or share >= 1 - _ZONE


def _only_line(item: Line | Frame) -> Line | None:
    """Return a line, or the only line of a frame: page numbers may stand in one."""
    if isinstance(item, Line):
        return item
    lines = [line for row in item.rows for cell in row for line in cell]
    return lines[0] if len(lines) == 1 else None


def _sheet(page: Page, seen: _Seen) -> Sheet:
    height = (page.box.bottom + page.box.top) / 2
    found = [(line, item) for item in page.flow if (line := _only_line(item)) is not None]
    lines = [line for line, _ in found if _in_zone(line, page)]
    above = sorted((x for x in lines if x.middle < height), key=lambda line: line.middle)
    below = sorted((x for x in lines if x.middle >= height), key=lambda line: -line.middle)
    head, foot = _peeled(above, page, seen), _peeled(below, page, seen)
    peeled = {id(line) for line in [*head, *foot]}
    taken = {id(item) for line, item in found if id(line) in peeled}
    flow = tuple(item for item in page.flow if id(item) not in taken)
    given = [line for line in page.aside if line.kind == RUNNING_HEAD and line.middle < height]
    rest = [line for line in page.aside if line not in given]
    above_text, below_text = map(_known, head), map(_known, reversed(foot))
    return Sheet(page, (*given, *above_text), flow, (), (*below_text, *rest))


def _known(line: Line) -> Line:
    return replace(line, kind=PAGE_NUMBER if is_page_number(line.text) else RUNNING_HEAD)


def _peeled(lines: Sequence[Line], page: Page, seen: _Seen) -> list[Line]:
    """Return the lines of furniture among those of a zone, given from the outermost inwards.

    The innermost must stand apart from the text: text may repeat on neighbouring pages too.
    """
    peeled: list[Line] = []
    apart = 0  # how many of them end where the text does not follow at once
    for line in lines:
        is_number, repeats = is_page_number(line.text), seen.repeats(line, page)
        if not is_number and not repeats:
            break
        peeled.append(line)
        if _stands_apart(peeled, page, certain=is_number and repeats):
            apart = len(peeled)
    return peeled[:apart]


def _stands_apart(outside: Sequence[Line], page: Page, certain: bool) -> bool:
    """Whether what comes after lines at the edge of a page differs in size or is far away.

    Where they are `certain` to be furniture, it must only be somewhat away; a frame always is.
    """
    line = outside[-1]
    others = [(x, only) for x in page.flow if (only := _only_line(x)) not in outside]
    if not others:
        return True
    item, next_line = min(others, key=lambda other: _gap(line.box, other[0].box))
    gap = _gap(line.box, item.box)
    if isinstance(item, Frame):
        return gap > 0
    if certain or (next_line and abs(next_line.size - line.size) > 0.08 * line.size):
        return gap > 0.2 * line.size
    return gap > max(0.6 * line.size, 1.3 * _usual_gap(page))


def _gap(a: Box, b: Box) -> float:
    return max(a.top - b.bottom, b.top - a.bottom)


def _usual_gap(page: Page) -> float:
    """Return the space that usually stands between two lines of a page, 0 where none shows."""
    lines = [item.box for item in page.flow if isinstance(item, Line)]
    gaps = sorted(b.top - a.bottom for a, b in itertools.pairwise(lines) if b.top > a.bottom)
    return gaps[len(gaps) // 3] if len(gaps) > 2 else 0.0
