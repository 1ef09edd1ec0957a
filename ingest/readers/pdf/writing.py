"""From pages to text: paragraphs one a line, with offsets of pages and marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.characters import joined
from ingest.readers.pdf.furniture import NOTE, Sheet
from ingest.readers.pdf.layout import Box, Frame, Line
from ingest.readers.pdf.margins import MarginTable, Placed
from ingest.readers.pdf.paragraphs import Joiner
from ingest.reading import Mark


@dataclass(frozen=True, slots=True)
class _Turn:
    """A page begins."""

    page: int


@dataclass(frozen=True, slots=True)
class _Aside:
    """Text that is no part of the paragraph that it may interrupt; `kind` of its mark or empty."""

    text: str
    kind: str


_Event = _Turn | _Aside | Placed


@dataclass(slots=True)
class Written:
    """Text with the offsets of pages and the marks, in text order."""

    text: str = ""
    pages: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def write(sheets: Sequence[Sheet], size: float) -> Written:
    """Write all pages; `size` is the usual type size.

    What interrupts a paragraph or a frame at a page end, furniture and footnotes, stands after it.
    """
    events, frames = _events(sheets)
    lines = [event for event in events if isinstance(event, Placed)]
    return _Writer(Joiner(MarginTable(lines, frames), size)).run(events)


# -- what comes in which order -----------------------------------------------------------------


def _events(sheets: Sequence[Sheet]) -> tuple[list[_Event], dict[int, Box]]:
    """Return what comes in order, and where each frame stands; one over a page end is one."""
    events: list[_Event] = []
    frames: dict[int, Box] = {}
    last: Frame | None = None  # the frame with which the text of the page before ended
    for sheet in sheets:
        page = sheet.page
        events.append(_Turn(page.number))
        events += [_Aside(line.text, kind) for line, kind in sheet.head]
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
        events += [_Aside(text, "") for text in _notes(sheet.notes)]
        events += [_Aside(line.text, kind) for line, kind in sheet.foot]
        events += [_Aside(line.text, "chrome") for line in page.aside]
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
            text = "\t".join(_cell(cell) for cell in row)
            first = next(line for cell in row for line in cell)
            line = Line(text, first.box, first.size)
            yield Placed(line, page, width, number, "table")


def _cell(lines: Iterable[Line]) -> str:
    text = ""
    for line in lines:
        text = joined(text, line.text)
    return text


def _notes(lines: Sequence[Line]) -> list[str]:
    """Join the lines of each footnote."""
    notes: list[str] = []
    for line in lines:
        if notes and not NOTE.match(line.text):
            notes[-1] = joined(notes[-1], line.text)
        else:
            notes.append(line.text)
    return notes


# -- writing -----------------------------------------------------------------------------------


class _Writer:
    """Takes the events in order; what interrupts a paragraph waits until it is written."""

    def __init__(self, joiner: Joiner) -> None:
        self._joiner = joiner
        self._out: list[str] = []
        self._length = 0
        self._written = Written()
        self._paragraph = ""
        self._last: Placed | None = None  # the last line of the open paragraph or frame
        self._is_first = True  # whether that is the first line of its paragraph
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
        if last is not None and self._joiner.goes_on(last, placed, self._is_first):
            text = joined(self._paragraph, placed.text)
            self._turn(self._length + max(0, len(text) - len(placed.text)))
            self._paragraph, self._is_first = text, False
        else:
            self._close()
            if last is not None and placed.frame and last.frame == placed.frame:
                self._turn(self._length)
            else:
                self._release()
            self._paragraph, self._is_first = placed.text, True
        self._last = placed

    def _turn(self, offset: int) -> None:
        """Let the pages that have begun since begin at `offset`; the rest goes on waiting."""
        turned = [event for event in self._held if isinstance(event, _Turn)]
        self._written.pages += [offset] * len(turned)
        self._held = [event for event in self._held if isinstance(event, _Aside)]

    def _close(self) -> None:
        if self._last is not None and self._paragraph:
            self._line(self._paragraph, self._last.kind, self._last.frame)
        self._paragraph = ""

    def _release(self) -> None:
        """Write what was held, in its order."""
        for event in self._held:
            if isinstance(event, _Turn):
                self._written.pages.append(self._length)
            else:
                self._line(event.text, event.kind, 0)
        self._held = []

    def _line(self, text: str, kind: str, frame: int) -> None:
        start = self._length
        self._out.append(text + "\n")
        self._length += len(text) + 1
        if not kind:
            self._frame = 0
            return
        marks = self._written.marks
        if frame and self._frame == frame and marks:
            marks[-1] = Mark(kind, marks[-1].start, self._length)
        else:
            marks.append(Mark(kind, start, self._length))
        self._frame = frame

    _frame = 0  # the frame of the last line written
