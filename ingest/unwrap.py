"""Join what a page cut: lines broken at the margin, and the page numbers between them.

For plain text that was copied or extracted from pages; formats that know their paragraphs need none
of this. Both kinds of cut are believed only where the whole text shows them.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

from corpus.address import Level
from corpus.numerals import ROMAN_DIGITS, roman
from ingest.contents import LEADER
from ingest.headings import BARE, DECIMAL, OWN_LINE, candidate

# A page number alone on its line: `12`, `- 12 -`, `— 12 —`, `第 12 页`, `第12页 共30页`, `IV`.
_PAGE_NUMBER = re.compile(
    rf"[-—–―·\s]*(?:第\s*)?([0-9](?:\s?[0-9]){{0,3}}|(?:[{ROMAN_DIGITS}]\s?){{1,7}}"
    rf"|(?:[{ROMAN_DIGITS.lower()}]\s?){{1,7}})"
    r"\s*(?:页)?(?:\s*[,，/]?\s*共?\s*[0-9]{1,4}\s*页)?[-—–―·\s]*"
)
_LINE = re.compile(r"[^\n]+")
_LONGEST_NUMBER = 20  # characters
_FEWEST_PAGES = 3
_PAGE = 200  # characters that half of the pages have at least
_STRETCH = (
    80  # lines; the margin is looked for in each such stretch, since annexes may have another
)
_SHORTEST = 20  # columns; shorter lines say nothing about the margin
_FEWEST_LINES = 12
_WIDEST = 130  # columns; wider text was not broken at a margin
_INDENT = 4  # columns that the first line of a paragraph lacks where its blanks were lost
_FULL = 4  # columns by which a full line may differ from the margin
_SHARE = 0.4  # of the lines that are full in a text with a margin, at least
_LONGER = 0.1  # of the lines that are longer, at most
_ENDS = "。！？：；…!?:;」』|｜"
_STRONG = frozenset(
    {Level.ANNEX, Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION, Level.ARTICLE}
    | {Level.PREFACE, Level.BOX, Level.HEADING, Level.ITEM, Level.SUBITEM}
)


class _Row(NamedTuple):
    text: str
    start: int
    end: int


def cuts(text: str) -> list[tuple[str, int, int]]:
    """Return what to drop: (kind, start, end), ascending, disjoint.

    Kind `page-number` for a page number with the line end before it, `break` for the line end and
    the blanks between two parts of a line that a margin cut.
    """
    rows = [_row(match) for match in _LINE.finditer(text) if match[0].strip()]
    numbers = _page_numbers(rows)
    body = [row for at, row in enumerate(rows) if at not in numbers]
    found = [("page-number", rows[at].start, rows[at].end) for at in numbers]
    between = [rows[at] for at in numbers]
    cut = False
    for first in range(0, len(body), _STRETCH):
        stretch = body[first : first + _STRETCH + 1]  # with the first row of the next one
        margin = _margin(stretch)
        for row, follows in itertools.pairwise(stretch):
            indent = 0 if cut else _INDENT
            cut = bool(margin) and _is_cut(row, follows, margin - indent)
            if cut:
                found += _breaks(row, follows, between)
    return sorted(found, key=lambda cut: cut[1:])


def _row(match: re.Match[str]) -> _Row:
    content = match[0].strip()
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return _Row(content, start, start + len(content))


def _page_numbers(rows: Sequence[_Row]) -> list[int]:
    """Return the rows that are page numbers, arabic or roman.

    They are the longest chain of at least three that counts up, with text between them: the serial
    numbers of a table stand closer.
    """
    found: list[int] = []
    for kind in (str.isdigit, str.isalpha):
        chain = _longest_chain(rows, kind)
        between = [rows[b].start - rows[a].end for a, b in itertools.pairwise(chain)]
        if len(chain) >= _FEWEST_PAGES and median(between) >= _PAGE:
            found += chain
    return sorted(found)


def _longest_chain(rows: Sequence[_Row], kind: Callable[[str], bool]) -> list[int]:
    """Return the longest list of rows whose numbers grow by 1 to 3 from each to the next."""
    chains: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        match = _PAGE_NUMBER.fullmatch(row.text) if len(row.text) <= _LONGEST_NUMBER else None
        digits = re.sub(r"\s", "", match[1]) if match else ""
        if not kind(digits):
            continue
        number = int(digits) if digits.isdigit() else roman(digits)
        before = max((chains.get(number - step, []) for step in (1, 2, 3)), key=len)
        if len(before) + 1 > len(chains.get(number, [])):
            chains[number] = [*before, at]
    return max(chains.values(), key=len, default=[])


def _width(text: str) -> int:
    """Return the columns that a text takes, two for each Chinese character."""
    return len(text.encode("gb18030", errors="replace"))


def _margin(rows: Sequence[_Row]) -> int:
    """Return the columns of a full line, 0 where the rows show no margin."""
    widths = [
        width
        for row in rows
        if (width := _width(row.text)) >= _SHORTEST and not LEADER.search(row.text)
    ]
    if len(widths) < _FEWEST_LINES:
        return 0
    counts = Counter(widths)
    margin = max(counts, key=lambda width: (counts[width], width))
    full = sum(abs(width - margin) <= _FULL for width in widths)
    longer = sum(width > margin + _FULL for width in widths)
    if margin > _WIDEST or full < _SHARE * len(widths) or longer > _LONGER * len(widths):
        return 0
    return margin


def _is_cut(row: _Row, follows: _Row, margin: int) -> bool:
    """Whether a row of a text with this margin goes on in the next one."""
    if _width(row.text) < margin - _FULL or row.text[-1] in _ENDS or LEADER.search(row.text):
        return False
    return not (_begins(row.text, OWN_LINE) or _begins(follows.text, _STRONG))


def _begins(text: str, levels: frozenset[Level]) -> bool:
    """Whether a row is a heading of one of the levels."""
    found = candidate(text)
    return found is not None and found.level in levels and found.word not in (BARE, DECIMAL)


def _breaks(row: _Row, follows: _Row, numbers: Sequence[_Row]) -> list[tuple[str, int, int]]:
    """Return the stretches between two rows without the page numbers in them.

    Between two words of Latin letters or digits one blank stays.
    """
    edges = [row.end]
    first = bisect_left(numbers, row.end, key=lambda number: number.start)
    for number in numbers[first:]:
        if number.start >= follows.start:
            break
        edges += [number.start, number.end]
    edges.append(follows.start)
    if row.text[-1].isascii() and follows.text[0].isascii():
        edges[0] += 1
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [("break", start, end) for start, end in pairs if start < end]
