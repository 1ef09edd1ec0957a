"""How a file becomes a Document: read, clean, outline, clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.checkup import CheckUp
from corpus.model import Document, Meta, Problem
from ingest import clauses, structure
from ingest.checkup import examine
from ingest.clean import clean
from ingest.corrections import Correction, corrected, read_corrections
from ingest.readers import read
from ingest.reading import Mark, Reading

# Part of the key under which parsed documents are kept: raise it when parsing changes.
PARSER_VERSION = 2


def parse(
    raw: str | Reading,
    doc_id: str = "document",
    meta: Meta | None = None,
    corrections: Sequence[Correction] = (),
) -> Document:
    """Parse the raw text of a document, or what a reader got. Never raises; see `problems`.

    Without `meta`, or where its title is empty, the title is the one that the text itself shows, or
    `doc_id` where it shows none. `corrections` are what people put right.
    """
    reading = Reading(raw) if isinstance(raw, str) else raw
    cleaned = clean(reading.text, plain=not (reading.pages or reading.marks))
    to_clean = cleaned.offsets.cleaned
    marks = [Mark(kind, to_clean(start), to_clean(end)) for kind, start, end in reading.marks]
    meta = corrected(meta or Meta(""), corrections)
    outline = structure.build(cleaned.text, meta.title, marks, corrections)
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
        problems=tuple(_placed(each, to_clean) for each in reading.problems) + outline.problems,
        pages=tuple(map(to_clean, reading.pages)),
    )


def _placed(problem: Problem, to_clean: Callable[[int], int]) -> Problem:
    """Return a problem of the reader with offsets of the cleaned text."""
    if problem.start is None or problem.end is None:
        return problem
    return replace(problem, start=to_clean(problem.start), end=to_clean(problem.end))


def take_in(path: Path, doc_id: str = "", meta: Meta | None = None) -> tuple[Document, CheckUp]:
    """Read and parse a file with the corrections beside it, and check it up.

    FileRefused where no reader can turn it into text, InputError for corrections that are none.
    """
    reading = read(path)
    document = parse(reading, doc_id or path.stem, meta, read_corrections(path))
    return document, examine(document, reading)


def parse_file(path: Path, doc_id: str = "", meta: Meta | None = None) -> Document:
    """Return the document of `take_in` alone."""
    return take_in(path, doc_id, meta)[0]
