"""Footnotes: smaller type at the foot of a page or column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.page.model import Frame, Line, Page, Sheet

NOTE = re.compile(
    r"[①-⑳⓪❶-❿]|[\[〔［]\s*\d{1,3}\s*[\]〕］]|\d{1,2}(?![\d.．、%])|[*＊※†]|注\s*[:：\d]"
)
_SMALLER = 0.93  # of the usual type size


def notes_apart(sheet: Sheet, size: float) -> Sheet:
    """Part the footnotes: lines in smaller type at the foot, under a rule or with a number."""
    notes: list[Line] = []
    for column in (0, 1, 2):
        notes += _notes_of([x for x in sheet.flow if _column(x) == column], sheet.page, size)
    if not notes or len(notes) == len(sheet.flow):
        return sheet
    taken = set(map(id, notes))
    flow = tuple(item for item in sheet.flow if id(item) not in taken)
    return replace(sheet, flow=flow, notes=tuple(notes))


def _column(item: Line | Frame) -> int:
    return item.column if isinstance(item, Line) else 0


def _notes_of(flow: Sequence[Line | Frame], page: Page, size: float) -> list[Line]:
    first = len(flow)
    while first and _is_small(flow[first - 1], size):
        first -= 1
    notes = [item for item in flow[first:] if isinstance(item, Line)]
    while notes and not NOTE.match(notes[0].text) and not _under_rule(notes[0], flow, page):
        notes.pop(0)
    return notes if notes and notes[0].middle > 0.4 * page.box.bottom else []


def _is_small(item: Line | Frame, size: float) -> bool:
    return isinstance(item, Line) and item.size < _SMALLER * size


def _under_rule(line: Line, flow: Sequence[Line | Frame], page: Page) -> bool:
    """Whether a drawn line parts a line from what stands above it in its column."""
    above = [x.box.bottom for x in flow if x.box.bottom <= line.box.top and x is not line]
    start = max(above, default=0.0)
    near, longest = 2 * line.size, 0.5 * (page.box.x1 - page.box.x0)
    return any(
        start - 2 <= rule.top <= line.box.top + 2
        and abs(rule.x0 - line.box.x0) < near
        and rule.x1 - rule.x0 <= longest
        for rule in page.rules
    )
