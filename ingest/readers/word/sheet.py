"""The lines of a reading while they are written, and the marks over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate

from ingest.reading import FRAMES, Mark

_BLANKS = " 　\t\u00a0"


@dataclass(slots=True)
class Sheet:
    """Lines in text order. Marks are kept by line number and become offsets at the end."""

    lines: list[str] = field(default_factory=list)
    _marks: list[tuple[str, int, int]] = field(default_factory=list)
    _framed: bool = False

    def add(self, text: str, kind: str = "", *, row: bool = False) -> None:
        """Add a paragraph; its line ends stay, blanks at the ends of its lines go.

        `kind` marks those of its lines that are not blank. A `row` keeps the tabs before its text:
        its first cells are empty.
        """
        for line in text.strip("\n").split("\n"):
            bare = line.rstrip(_BLANKS).lstrip(_BLANKS.replace("\t", "") if row else _BLANKS)
            if kind and bare:
                self._mark(kind, len(self.lines), len(self.lines) + 1)
            self.lines.append(bare)

    @contextmanager
    def frame(self, kind: str) -> Iterator[None]:
        """Mark what is added within as a box or table, no kind for no mark.

        A frame in a frame is part of it; one without text leaves nothing.
        """
        first, place = len(self.lines), len(self._marks)
        outer = self._framed
        self._framed = True
        yield
        self._framed = outer
        if not any(self.lines[first:]):
            del self.lines[first:]
        elif kind and not outer:
            self._marks.insert(place, (kind, first, len(self.lines)))

    def text(self) -> str:
        """Return the text: every line ends with LF."""
        return "".join(line + "\n" for line in self.lines)

    def marks(self) -> tuple[Mark, ...]:
        """Return the marks with offsets of `text`."""
        at = [0, *accumulate(len(line) + 1 for line in self.lines)]
        return tuple(Mark(kind, at[first], at[last]) for kind, first, last in self._marks)

    def kinds(self) -> list[tuple[str, str]]:
        """Return each line with the kind of its innermost mark, empty for none."""
        kinds = [""] * len(self.lines)
        for kind, first, last in self._marks:
            kinds[first:last] = [kind] * (last - first)
        return list(zip(self.lines, kinds, strict=True))

    def _mark(self, kind: str, first: int, last: int) -> None:
        """Add a mark; neighbours of a kind other than headings and frames are one."""
        before = self._marks[-1] if self._marks else None
        joins = before and before[0] == kind and before[2] == first
        if before and joins and kind not in FRAMES | {"heading"}:
            first = before[1]
            self._marks.pop()
        self._marks.append((kind, first, last))
