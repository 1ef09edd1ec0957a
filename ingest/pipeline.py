"""How a file becomes a Document: read, clean, outline, clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.model import Document, Meta
from ingest import clauses, metadata, residue, structure
from ingest.clean import clean
from ingest.headings import candidate
from ingest.lines import split_lines
from ingest.readers import read
from ingest.reading import Mark, Reading

# Part of the key under which parsed documents are kept: raise it when parsing changes.
PARSER_VERSION = 2
# Marks of what is in the text and no part of it, so that it tells nothing of the document.
_APART = frozenset({"chrome", "page-number", "running-head", "toc", "caption", "imprint"})
_FRONT = 2000  # characters in which a text shows its title


def parse(raw: str | Reading, doc_id: str = "document", meta: Meta | None = None) -> Document:
    """Parse the raw text of a document, or what a reader got. Never raises; see `problems`.

    `meta` is what people know; its values win. What it leaves empty is looked for in the document;
    `origins` says where each value was found. A title that neither has is `doc_id`.
    """
    reading = Reading(raw) if isinstance(raw, str) else raw
    cleaned = clean(reading.text)
    to_clean = cleaned.offsets.cleaned
    marks = [Mark(kind, to_clean(start), to_clean(end)) for kind, start, end in reading.marks]
    said = _without(cleaned.text, marks)
    found = metadata.find(said, reading.facts, _seen(said), meta or Meta(""))
    outline = structure.build(cleaned.text, found.meta.title, marks)
    return Document(
        doc_id=doc_id,
        meta=found.meta if found.meta.title else replace(found.meta, title=doc_id),
        text=cleaned.text,
        offsets=cleaned.offsets,
        paragraphs=outline.paragraphs,
        nodes=outline.nodes,
        clauses=clauses.split(doc_id, cleaned.text, outline.paragraphs, outline.nodes),
        residues=outline.residues,
        dropped=cleaned.dropped,
        problems=reading.problems + outline.problems,
        pages=tuple(map(to_clean, reading.pages)),
        origins=tuple(found.origins.items()),
    )


def _without(text: str, marks: Sequence[Mark]) -> str:
    """Return a text of the same length with blanks where marks say that it is no part of it."""
    pieces: list[str] = []
    position = 0
    for kind, start, end in marks:
        if kind in _APART and end > position:
            first = max(start, position)
            pieces += [text[position:first], re.sub("[^\n]", " ", text[first:end])]
            position = end
    return "".join([*pieces, text[position:]])


def _seen(text: str) -> str:
    """Return the title that the first lines of a text show, empty for none."""
    lines, _ = split_lines(text[:_FRONT])
    return residue.find_title(lines, [candidate(line.text) for line in lines])


def parse_file(path: Path, doc_id: str = "", meta: Meta | None = None) -> Document:
    """Read and parse a file; FileRefused where no reader can turn it into text."""
    return parse(read(path), doc_id or path.stem, meta)
