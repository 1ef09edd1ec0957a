"""What the parts of a Word reader share while one document is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.readers.word.fields import Fields
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.styles import Styles

if TYPE_CHECKING:
    from docx.opc.part import Part

    from ingest.readers.word.notes import Notes


@dataclass(slots=True)
class Tally:
    """What could not be kept, counted while reading."""

    hidden: int = 0  # characters of hidden text
    fields: int = 0  # fields that end nowhere
    unread: int = 0  # drawings that lead to a part that is not there


@dataclass(frozen=True, slots=True)
class Context:
    """The document around a story: `part` is the one whose relationships its elements name."""

    name: str
    part: Part
    styles: Styles
    numbering: Numbering
    notes: Notes
    tally: Tally
    fields: Fields
