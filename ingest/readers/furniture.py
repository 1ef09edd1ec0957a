"""Page furniture by position and repetition: page numbers and running heads or feet."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.readers.placed import Line

PAGE_NUMBER, RUNNING_HEAD = "page-number", "running-head"
_ZONE = 0.13  # of the height of the page, at its head and foot
_OUTER = 3  # lines of a page, from either end, that may be furniture
# 3, - 3 -, — 12 —, ·3·, 第3页, 第 3 页 共 20 页, 3/20, iv; 一3一 is what OCR makes of dashes
_NUMBER = re.compile(
    r"[-—–－_―·•.\s一]*(第?\s*\d{1,4}\s*页?|[ivxlcIVXLC]{1,6})(\s*[/,，]?\s*共?\s*\d{1,4}\s*页)?"
    r"(\s*/\s*\d{1,4})?[-—–－_―·•.\s一]*"
)
_GAP = 1.3  # times the usual pitch between a head and the text under it
_SMALL = 0.93  # of the usual size: heads are set smaller
_MANY = 5  # pages: a line that stands there so often is furniture whatever its size


def is_page_number(text: str) -> bool:
    """Whether a line says nothing but a page number.

    >>> is_page_number("— 12 —"), is_page_number("第3页 共20页"), is_page_number("2025年")
    (True, True, False)
    """
    return _NUMBER.fullmatch(text.strip()) is not None


def furniture(lines: Sequence[Line], heights: Sequence[float]) -> list[Line]:
    """Return the lines with `kind` set where they are page furniture.

    `heights` are those of the pages. A page number is a line of its own in the outer zone of a page
    with nothing beyond it but other furniture; a running head stands there with the same text at
    the same height on several pages, apart from the text or set smaller.
    """
    result = list(lines)
    pages: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        pages[line.page].append(at)
    size, pitch = _usual(lines)
    heads: dict[tuple[str, int], list[tuple[int, bool]]] = defaultdict(list)
    for page, members in pages.items():
        for at, inner in _outer(lines, members, heights[page]):
            line = result[at]
            if line.kind:
                continue
            if is_page_number(line.text):
                result[at] = replace(line, kind=PAGE_NUMBER)
                continue
            gap = abs(lines[inner].middle - line.middle) if inner != at else 0.0
            set_off = gap > _GAP * pitch or line.size < _SMALL * size
            heads[_key(line, size)].append((at, set_off))
    for places in heads.values():
        there = {lines[at].page for at, _ in places}
        apart = sum(off for _, off in places) * 2 > len(places)
        if (len(there) >= 2 and apart) or len(there) >= max(_MANY, len(pages) / 2):
            for at, _ in places:
                result[at] = replace(result[at], kind=RUNNING_HEAD)
    return result


def _outer(lines: Sequence[Line], members: list[int], height: float) -> list[tuple[int, int]]:
    """Return the lines in the head and foot zone of a page, each with its neighbour inwards."""
    down = sorted(members, key=lambda at: lines[at].middle)
    found = []
    for order in (down, down[::-1]):
        for at, inner in itertools.zip_longest(order[:_OUTER], order[1 : _OUTER + 1]):
            if at is None:
                break
            share = lines[at].middle / max(height, 1e-6)
            if (share if order is down else 1 - share) >= _ZONE:
                break
            found.append((at, at if inner is None else inner))
    return found


def _key(line: Line, size: float) -> tuple[str, int]:
    """What the same running head has in common on its pages: text but its page number, place."""
    text = re.sub(r"^[-—\s\d]+|[-—\s\d]+$", "", line.text)
    return re.sub(r"\s", "", text), round(line.middle / max(2 * size, 1e-6))


def _usual(lines: Sequence[Line]) -> tuple[float, float]:
    text = [line for line in lines if not line.kind]
    if not text:
        return 1.0, 1.0
    steps = [b.top - a.top for a, b in itertools.pairwise(text) if a.page == b.page]
    down = [step for step in steps if step > 0]
    size = median(line.size for line in text)
    return size, median(down) if down else size
