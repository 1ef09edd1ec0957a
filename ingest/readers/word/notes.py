"""Footnotes and endnotes: the mark at the reference, and the note that belongs to it.

Source: ECMA-376 part 1, 17.11.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE

from ingest.readers.word import number_formats
from ingest.readers.word.package import parse_part, related
from ingest.readers.word.xml import Element, W, child, number, value

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

FOOT, END = "footnote", "endnote"
_USUAL = {FOOT: number_formats.DECIMAL, END: "lowerRoman"}
_KINDS = {FOOT: RELATIONSHIP_TYPE.FOOTNOTES, END: RELATIONSHIP_TYPE.ENDNOTES}


@dataclass(frozen=True, slots=True)
class Note:
    """A note that a paragraph refers to: `mark` as in the text, empty where the author wrote it."""

    mark: str
    element: Element


@dataclass(slots=True)
class Notes:
    """The notes of a document, numbered in the order in which they are asked for.

    Restarting on each page is not followed: a .docx does not say where its pages end.
    """

    _elements: dict[tuple[str, str], Element] = field(default_factory=dict)
    _forms: dict[str, str] = field(default_factory=lambda: dict(_USUAL))
    _next: dict[str, int] = field(default_factory=lambda: {FOOT: 1, END: 1})

    def refer(self, kind: str, reference: Element) -> Note | None:
        """Return the note that a reference leads to, None where it leads nowhere."""
        element = self._elements.get((kind, value(reference, "id")))
        if element is None:
            return None
        if value(reference, "customMarkFollows") in {"1", "true", "on"}:
            return Note("", element)
        written = number_formats.write(self._next[kind], self._forms[kind])
        self._next[kind] += 1
        return Note(written if _is_enclosed(written) else f"[{written}]", element)

    def roots(self) -> list[Element]:
        """Return the elements of all notes."""
        return list(self._elements.values())


def load(document: WordDocument, name: str) -> Notes:
    """Return the notes of a document with the format and start of their numbers."""
    notes = Notes()
    body = document.element.find(f"{W}body")
    settings = related(document.part, RELATIONSHIP_TYPE.SETTINGS)
    for kind, relation in _KINDS.items():
        part = related(document.part, relation)
        if part is None:
            continue
        for element in parse_part(part, name).findall(W + kind):
            notes._elements[kind, value(element, "id")] = element
        for holder in (parse_part(settings, name) if settings else None, child(body, "sectPr")):
            properties = child(holder, f"{kind}Pr")
            notes._forms[kind] = value(child(properties, "numFmt")) or notes._forms[kind]
            notes._next[kind] = number(child(properties, "numStart")) or notes._next[kind]
    return notes


def _is_enclosed(written: str) -> bool:
    """Whether a number is one sign, such as ①, that is not taken for part of a figure."""
    return len(written) == 1 and not written.isascii()
