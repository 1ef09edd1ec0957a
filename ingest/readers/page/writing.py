"""From pages to text: paragraphs one a line, with offsets of pages and marks."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.readers.page.characters import continuing, joined
from ingest.readers.page.footnotes import NOTE
from ingest.readers.page.furniture import body_size, sheets
from ingest.readers.page.margins import MarginTable, Placed
from ingest.readers.page.marking import shown_marks
from ingest.readers.page.model import Box, Frame, Line, Page, Sheet, least
from ingest.readers.page.paragraphs import Joiner
from ingest.reading import Mark


class Piece(NamedTuple):
    """A line at its place [start, end) in the text, on a page with a number."""

    line: Line
    page: int
    start: int
    end: int


@dataclass(slots=True)
class Written:
    """Text with the offsets of pages, the marks and the lines that went in, all in text order."""

    text: str = ""
    pages: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def lay_out(
    pages: Sequence[Page], *, titles: frozenset[str] = frozenset(), blanks: bool = False
) -> Written:
    """Return the text of pages, one paragraph a line, see `ingest.reading.Reading`.

    What interrupts a paragraph or a frame at a page end, furniture and footnotes, stands after it;
    an empty page begins where the next one does. `titles` are what the file itself lists as
    headings, without blanks. With `blanks` white space between paragraphs becomes blank lines.
    """
    events, frames = _events(sheets(pages))
    lines = [event for event in events if isinstance(event, Placed)]
    joiner = Joiner(MarginTable(lines, frames), body_size(pages))
    written = _Writer(joiner, blanks).run(events)
    written.marks = shown_marks(written.text, written.marks, titles)
    return written


# -- what comes in which order -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Turn:
    """A page begins."""


@dataclass(frozen=True, slots=True)
class _Aside:
    """Lines of a page that are no part of the paragraph that they may interrupt."""

    lines: tuple[Line, ...]
    page: int


_Event = _Turn | _Aside | Placed


def _events(found: Sequence[Sheet]) -> tuple[list[_Event], dict[int, Box]]:
    """Return what comes in order, and where each frame stands; one over a page end is one."""
    events: list[_Event] = []
    frames: dict[int, Box] = {}
    last: Frame | None = None  # the frame with which the text of the page before ended
    for sheet in found:
        page = sheet.page
        events.append(_Turn())
        events += [_Aside((line,), page.number) for line in sheet.head]
        for at, item in enumerate(sheet.flow):
            width = page.box.x1 - page.box.x0
            if isinstance(item, Line):
                ruled = at > 0 and _is_ruled(sheet.flow[at - 1].box, item.box, page.rules)
                events.append(Placed(item, page.number, width, ruled=ruled))
                last = None
                continue
            if not (at == 0 and last is not None and _is_rest(last, item)):
                frames[len(frames) + 1] = item.box
            events += _framed(item, page.number, width, len(frames))
            last = item
        asides = [*_notes(sheet.notes), *((line,) for line in sheet.foot)]
        events += [_Aside(lines, page.number) for lines in asides]
    return events, frames


def _is_ruled(above: Box, below: Box, rules: Sequence[Box]) -> bool:
    """Whether a drawn line runs between two lines of text, further off than an underline."""
    apart = 0.25 * (above.bottom - above.top)
    return any(
        above.middle[1] < rule.top < below.middle[1]
        and rule.top >= above.bottom + apart
        and rule.x0 <= below.x0 + 1
        and rule.x1 >= max(above.x1, below.x1) - 1
        for rule in rules
    )


def _is_rest(frame: Frame, following: Frame) -> bool:
    """Whether a frame at the head of a page goes on from one at the foot of the page before."""
    aligned = abs(frame.box.x0 - following.box.x0) < 4 and abs(frame.box.x1 - following.box.x1) < 4
    titled = following.rows[0][0] and following.rows[0][0][0].text.startswith("专栏")
    return aligned and frame.kind == following.kind and not titled


def _framed(frame: Frame, page: int, width: float, number: int) -> Iterator[Placed]:
    for row in frame.rows:
        if frame.kind == "box":
            yield from (Placed(line, page, width, number, "box") for line in row[0])
        else:
            lines = [line for cell in row for line in cell]
            text, score = "\t".join(map(_cell, row)), least(line.score for line in lines)
            line = Line(text, lines[0].box, lines[0].size, score=score)
            yield Placed(line, page, width, number, "table")


def _cell(lines: Iterable[Line]) -> str:
    return functools.reduce(joined, (line.text for line in lines), "")


def _notes(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Return the lines of each footnote."""
    notes: list[tuple[Line, ...]] = []
    for line in lines:
        if notes and not NOTE.match(line.text):
            notes[-1] = (*notes[-1], line)
        else:
            notes.append((line,))
    return notes


# -- writing -----------------------------------------------------------------------------------


class _Writer:
    """Takes the events in order; what interrupts a paragraph waits until it is written."""

    def __init__(self, joiner: Joiner, blanks: bool) -> None:
        self._joiner = joiner
        self._blanks = blanks
        self._out: list[str] = []
        self._length = 0
        self._written = Written()
        self._paragraph = ""
        self._last: Placed | None = None  # the last line of the open paragraph or frame
        self._is_first = True  # whether that is the first line of its paragraph
        self._frame = 0  # the frame of the last line written
        self._held: list[_Turn | _Aside] = []

    def run(self, events: Iterable[_Event]) -> Written:
        """Write everything."""
        for event in events:
            if isinstance(event, Placed):
                self._place(event)
            else:
                self._held.append(event)
        self._close()
        self._release()
        self._written.text = "".join(self._out)
        return self._written

    def _place(self, placed: Placed) -> None:
        last = self._last
        self._is_first = last is None or not self._joiner.goes_on(last, placed, self._is_first)
        if self._is_first:
            self._close()
            if last is not None and placed.frame and last.frame == placed.frame:
                self._turn(self._length)
            else:
                self._release()
                if last is not None and self._blanks:
                    self._put("\n" * self._joiner.blanks(last, placed))
        self._turn(self._add(placed.line, placed.page))
        self._last = placed

    def _add(self, line: Line, page: int) -> int:
        """Put a line behind the open paragraph and return where it begins."""
        text = continuing(line.text) if self._paragraph else line.text
        self._paragraph = joined(self._paragraph, text) if self._paragraph else text
        end = self._length + len(self._paragraph)
        start = end - len(text)
        self._written.pieces.append(Piece(line, page, start, end))
        return start

    def _turn(self, offset: int) -> None:
        """Let the pages that have begun since begin at `offset`; the rest goes on waiting."""
        turned = [event for event in self._held if isinstance(event, _Turn)]
        self._written.pages += [offset] * len(turned)
        self._held = [event for event in self._held if isinstance(event, _Aside)]

    def _close(self) -> None:
        if self._last is not None and self._paragraph:
            self._end(self._last.kind, self._last.frame)

    def _release(self) -> None:
        """Write what was held, in its order."""
        for event in self._held:
            if isinstance(event, _Turn):
                self._written.pages.append(self._length)
                continue
            for line in event.lines:
                self._add(line, event.page)
            self._end(event.lines[0].kind, 0)
        self._held = []

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._length += len(text)

    def _end(self, kind: str, frame: int) -> None:
        """Write the open paragraph as a line, marked where it has a kind."""
        start = self._length
        self._put(self._paragraph + "\n")
        self._paragraph = ""
        marks = self._written.marks
        if kind and frame and self._frame == frame and marks:
            marks[-1] = Mark(kind, marks[-1].start, self._length)
        elif kind:
            marks.append(Mark(kind, start, self._length))
        self._frame = frame if kind else 0
