"""Marks that show only in the finished text: tables of contents, headings that a file lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.headings import candidate
from ingest.readers.page.paragraphs import LEADER
from ingest.reading import HEADING, Mark

_LABEL = re.compile(r"目\s*[录次]")
_FEWEST = 3  # entries: fewer lines with dots and a number are no table of contents


class _Line(NamedTuple):
    text: str
    start: int
    end: int


def shown_marks(text: str, marks: Sequence[Mark], titles: frozenset[str]) -> list[Mark]:
    """Return all marks in text order: `marks` and those that the finished text shows.

    `titles` are what the file itself lists as headings, without blanks.
    """
    found = [*marks, *_contents_marks(text, marks)]
    found += _heading_marks(text, found, titles)
    return sorted(found, key=lambda mark: mark.start)


def _contents_marks(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield a mark `toc` for each stretch of entries that lead by dots to a page number.

    The line 目录 before them is marked with them; page numbers between keep their own mark.
    """
    run: list[_Line] = []
    label: _Line | None = None
    for line in [*_unmarked(text, marks), _Line("", -1, -1)]:
        if LEADER.search(line.text):
            run.append(line)
            continue
        if len(run) >= _FEWEST:
            yield from _stretches([label, *run] if label else run)
        if run or line.text.strip():
            label = line if _LABEL.fullmatch(line.text) else None
        run = []


def _heading_marks(text: str, marks: Sequence[Mark], titles: frozenset[str]) -> Iterator[Mark]:
    """Yield a mark `heading` for each line that equals one of `titles` and has no number."""
    for line in _unmarked(text, marks) if titles else ():
        if "".join(line.text.split()) in titles and candidate(line.text) is None:
            yield Mark(HEADING, line.start, line.end)


def _unmarked(text: str, marks: Sequence[Mark]) -> list[_Line]:
    """Return the lines of `text` on which there is no mark yet."""
    spans = iter(sorted((mark.start, mark.end) for mark in marks))
    span = next(spans, None)
    lines: list[_Line] = []
    start = 0
    for line in text.splitlines(keepends=True):
        while span and span[1] <= start:
            span = next(spans, None)
        if span is None or start < span[0]:
            lines.append(_Line(line.strip(), start, start + len(line)))
        start += len(line)
    return lines


def _stretches(run: Sequence[_Line]) -> list[Mark]:
    marks: list[Mark] = []
    for line in run:
        if marks and marks[-1].end == line.start:
            marks[-1] = Mark("toc", marks[-1].start, line.end)
        else:
            marks.append(Mark("toc", line.start, line.end))
    return marks
