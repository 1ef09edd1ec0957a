"""The text of one paragraph as it is shown, and what hangs on it: notes, text boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.word import math, symbols
from ingest.readers.word.context import Context
from ingest.readers.word.drawings import Frame, frames
from ingest.readers.word.notes import END, FOOT, Note
from ingest.readers.word.xml import Element, M, W, child, content, value

_REFERENCES = {f"{W}footnoteReference": FOOT, f"{W}endnoteReference": END}
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_MATH = frozenset({f"{M}oMath", f"{M}oMathPara"})
# Signs for one character each. A line may not look like a row of a table, so a tab is a blank.
_SIGNS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_SPACE = re.compile("[\t\n\r\x85\u2028\u2029]")  # in w:t they are shown as a blank


@dataclass(slots=True)
class Shown:
    """What a paragraph shows: `contents` and `page_number` tell of the fields that it is in."""

    text: str = ""
    contents: bool = False
    page_number: bool = False
    notes: list[Note] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


def read(paragraph: Element, context: Context) -> Shown:
    """Return what a paragraph shows, tracked changes accepted, without its own number."""
    reader = _Inline(paragraph, context)
    reader.walk(paragraph)
    if context.fields.drop_unfinished():
        context.tally.fields += 1
    reader.shown.text = "".join(reader.pieces)
    return reader.shown


class _Inline:
    def __init__(self, paragraph: Element, context: Context) -> None:
        self.paragraph = paragraph
        self.context = context
        self.fields = context.fields
        self.tab = "\t" if context.styles.is_contents(paragraph) else " "
        self.shown = Shown()
        self.pieces: list[str] = []
        self.vanished = False

    def walk(self, parent: Element) -> None:
        """Take in the runs of a paragraph or of what wraps them."""
        for each in content(parent):
            if each.tag == f"{W}r":
                self._run(each)
            elif each.tag == f"{W}fldSimple":
                self.fields.begin(value(each, "instr") or "?")
                self.walk(each)
                self.fields.end()
            elif each.tag in _MATH:
                self._emit(math.linear(each))

    def _run(self, run: Element) -> None:
        outer = self.vanished
        self.vanished = outer or self.context.styles.is_hidden(run, self.paragraph)
        for each in content(run):
            self._piece(each)
        self.vanished = outer

    def _piece(self, each: Element) -> None:
        tag = each.tag
        if tag == f"{W}t":
            self._emit(_SPACE.sub(" ", each.text or ""))
        elif tag == f"{W}tab" and (self.fields.in_contents or self.tab == "\t"):
            self._emit("\t")
        elif tag in _SIGNS:
            self._emit(_SIGNS[tag])
        elif tag == f"{W}sym":
            self._emit(symbols.character(value(each, "font"), value(each, "char")))
        elif tag == f"{W}fldChar":
            self._field(value(each, "fldCharType"))
        elif tag == f"{W}instrText":
            self.fields.code(each.text or "")
        elif tag == f"{W}ruby":
            base = child(each, "rubyBase")
            if base is not None:
                self.walk(base)
        elif tag in _REFERENCES:
            self._note(_REFERENCES[tag], each)
        elif tag in _DRAWINGS and not self.vanished:
            self.shown.frames += frames(each, self.context)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.begin()
        elif kind == "separate":
            self.fields.separate()
        elif kind == "end":
            self._emit(self.fields.end())

    def _note(self, kind: str, reference: Element) -> None:
        note = self.context.notes.refer(kind, reference)
        if note and not self.vanished and not self.fields.hidden:
            self._emit(note.mark)
            self.shown.notes.append(note)

    def _emit(self, text: str) -> None:
        if self.fields.hidden or not text:
            return
        if self.vanished:
            self.context.tally.hidden += len(text.strip())
            return
        if not any(map(str.strip, self.pieces)):  # the first that is to be seen
            self.shown.contents = self.fields.in_contents
        self.shown.page_number |= self.fields.in_page_number
        self.pieces.append(text)
