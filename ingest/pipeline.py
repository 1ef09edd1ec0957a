"""How a file becomes a Document: read, clean, outline, clauses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.model import Document, Meta
from ingest import clauses, structure
from ingest.clean import clean
from ingest.readers import read
from ingest.reading import Mark, Reading

# Part of the key under which parsed documents are kept: raise it when parsing changes.
PARSER_VERSION = 1


def parse(raw: str | Reading, doc_id: str = "document", meta: Meta | None = None) -> Document:
    """Parse the raw text of a document, or what a reader got. Never raises; see `problems`.

    Without `meta`, or where its title is empty, the title is the one that the text itself shows, or
    `doc_id` where it shows none.
    """
    reading = Reading(raw) if isinstance(raw, str) else raw
    cleaned = clean(reading.text, plain=not (reading.pages or reading.marks))
    to_clean = cleaned.offsets.cleaned
    marks = [Mark(kind, to_clean(start), to_clean(end)) for kind, start, end in reading.marks]
    meta = meta or Meta("")
    outline = structure.build(cleaned.text, meta.title, marks)
    return Document(
        doc_id=doc_id,
        meta=meta if meta.title else replace(meta, title=outline.title or doc_id),
        text=cleaned.text,
        offsets=cleaned.offsets,
        paragraphs=outline.paragraphs,
        nodes=outline.nodes,
        clauses=clauses.split(doc_id, cleaned.text, outline.paragraphs, outline.nodes),
        residues=outline.residues,
        dropped=cleaned.dropped,
        problems=reading.problems + outline.problems,
        pages=tuple(map(to_clean, reading.pages)),
    )


def parse_file(path: Path, doc_id: str = "", meta: Meta | None = None) -> Document:
    """Read and parse a file; FileRefused where no reader can turn it into text."""
    return parse(read(path), doc_id or path.stem, meta)
