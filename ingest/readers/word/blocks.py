"""Paragraphs and tables of a story (body, cell, text box, note, margin) as lines with marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ingest.headings import LONGEST_TITLE, candidate
from ingest.readers.word import inline
from ingest.readers.word.context import Context
from ingest.readers.word.drawings import Frame
from ingest.readers.word.fields import Fields
from ingest.readers.word.inline import Shown
from ingest.readers.word.notes import Note
from ingest.readers.word.numbering import BULLET
from ingest.readers.word.sheet import Sheet
from ingest.readers.word.tables import Cell, is_column, rows
from ingest.readers.word.xml import DELETED, Element, W, child, content, value
from ingest.reading import HEADING

_SENTENCE = re.compile("[。；;！!？?]")
_BARE_PAGE = re.compile(r"[\s\-—–－·.第]*[0-9０-９]{1,4}[\s\-—–－·.页]*")
_LINE_END = re.compile(r"\s*\n\s*")


@dataclass(slots=True)
class Blocks:
    """Writes the blocks of a story to a sheet.

    In the `margin` every line is a page number or a running head. Notes that `deferred` takes up
    are written by whoever gave it, after the table that they stand in.
    """

    context: Context
    sheet: Sheet
    margin: bool = False
    deferred: list[Note] | None = None
    _begun: Shown = field(default_factory=Shown)  # paragraphs whose end was deleted or hidden

    def read(self, container: Element) -> None:
        """Write all blocks of a body, cell, text box, note, header or footer."""
        for block in content(container):
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == f"{W}tbl":
                self._table(block)
        if self._begun != Shown():
            self._finish("")

    def _paragraph(self, paragraph: Element) -> None:
        styles, begun = self.context.styles, self._begun
        shown = inline.read(paragraph, self.context)
        begun.text += shown.text
        begun.contents |= shown.contents or styles.is_contents(paragraph) or _in_contents(paragraph)
        begun.page_number |= shown.page_number
        begun.notes += shown.notes
        begun.frames += shown.frames
        if _end_deleted(paragraph):
            return
        if styles.hides_end(paragraph):
            if shown.text:
                begun.text = self.context.numbering.label(paragraph) + begun.text
            return
        self._finish(self.context.numbering.label(paragraph), styles.is_heading(paragraph))

    def _finish(self, label: str, heading: bool = False) -> None:
        """Write the paragraph that was begun, and what hangs on it."""
        begun, self._begun = self._begun, Shown()
        text = begun.text.strip()
        if heading and not begun.contents:
            text = _one_line(text)
            label = "" if label == BULLET else label
        self.sheet.add(label + text, self._kind(label + text, heading, begun))
        for frame in begun.frames:
            self._frame(frame)
        for note in begun.notes:
            if self.deferred is None:
                self._note(note)
            else:
                self.deferred.append(note)

    def _kind(self, text: str, heading: bool, begun: Shown) -> str:
        if self.margin:
            paged = begun.page_number or _BARE_PAGE.fullmatch(text)
            return "page-number" if paged else "running-head"
        if begun.contents:
            return "toc"
        short = 0 < len(text) <= LONGEST_TITLE and not _SENTENCE.search(text)
        return HEADING if heading and short and candidate(text.strip()) is None else ""

    def _frame(self, frame: Frame) -> None:
        with self.sheet.frame("" if self.margin else "box"):
            if isinstance(frame, list):
                for line in frame:
                    self.sheet.add(line, self._kind(line, False, Shown()))
            else:
                self._inner(self.sheet).read(frame)

    def _note(self, note: Note) -> None:
        """Write a note as a paragraph of its own, its mark first."""
        lines = self._lines(note.element)
        lines[:1] = [f"{note.mark} {line}".strip() for line in lines[:1] or [""]]
        self.sheet.add("\n".join(lines))

    def _table(self, table: Element) -> None:
        found = rows(table)
        if is_column(found):
            with self.sheet.frame("" if self.margin else "box"):
                for (cell,) in found:
                    if cell.element is not None:
                        self._inner(self.sheet, self.deferred).read(cell.element)
            return
        notes: list[Note] = [] if self.deferred is None else self.deferred
        with self.sheet.frame("" if self.margin else "table"):
            for cells in found:
                self._row(cells, notes)
        if self.deferred is None:
            for note in notes:
                self._note(note)

    def _row(self, cells: list[Cell], notes: list[Note]) -> None:
        """Write a row; one that is a single cell keeps its paragraphs: it is no row to a reader."""
        written = [self._lines(c.element, notes) if c.element is not None else [] for c in cells]
        lines = written[0] if len(written) == 1 else ["\t".join(map(" ".join, written))]
        for line in lines:
            if line.strip():
                self.sheet.add(line, self._kind(line, False, Shown()), row=len(written) > 1)

    def _lines(self, element: Element, notes: list[Note] | None = None) -> list[str]:
        """Return the lines of a cell or note that are not blank, without tabs."""
        sheet = Sheet()
        self._inner(sheet, [] if notes is None else notes).read(element)
        return [line.replace("\t", " ") for line in sheet.lines if line]

    def _inner(self, sheet: Sheet, deferred: list[Note] | None = None) -> Blocks:
        """Return a reader of a story within this one; fields do not reach over its borders."""
        return Blocks(replace(self.context, fields=Fields()), sheet, self.margin, deferred)


def _end_deleted(paragraph: Element) -> bool:
    end = child(paragraph, "pPr", "rPr")
    return end is not None and any(each.tag in DELETED for each in end)


def _in_contents(paragraph: Element) -> bool:
    """Whether Word's own table of contents holds a paragraph, its title included."""
    return any(
        value(child(holder, "sdtPr", "docPartObj", "docPartGallery")) == "Table of Contents"
        for holder in paragraph.iterancestors(f"{W}sdt")
    )


def _one_line(heading: str) -> str:
    """Join the lines of a heading; a blank parts a bare number from its title."""
    first, *rest = _LINE_END.split(heading)
    label = candidate(first)
    return first + (" " if rest and label and not label.title else "") + "".join(rest)
