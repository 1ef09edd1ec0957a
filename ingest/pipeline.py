"""How a file becomes a Document: read, clean, outline, clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.checkup import CheckUp
from corpus.model import Document, Meta, Problem, Span
from ingest import clauses, metadata, residue, structure
from ingest.checkup import examine
from ingest.clean import clean
from ingest.corrections import Correction, corrected, read_corrections
from ingest.headings import candidate
from ingest.lines import marked, split_lines
from ingest.readers import read
from ingest.reading import TABLE, Mark, Reading

# Part of the key under which parsed documents are kept: raise it when parsing changes.
PARSER_VERSION = 5
# Marks of what is in the text and no part of it, so that it tells nothing of the document.
_APART = frozenset({"chrome", "page-number", "running-head", "toc", "caption", "imprint"})
_FRONT = 2000  # characters in which a text shows its title


def parse(
    raw: str | Reading,
    doc_id: str = "document",
    meta: Meta | None = None,
    corrections: Sequence[Correction] = (),
) -> Document:
    """Parse the raw text of a document, or what a reader got. Never raises; see `problems`.

    `meta` is what people know; its values win. What it leaves empty is looked for in the document;
    `origins` says where each value was found. A title that neither has is `doc_id`. `corrections`
    are what people put right.
    """
    reading = Reading(raw) if isinstance(raw, str) else raw
    cleaned = clean(reading.text, plain=not (reading.pages or reading.marks))
    to_clean = cleaned.offsets.cleaned
    marks = [Mark(kind, to_clean(start), to_clean(end)) for kind, start, end in reading.marks]
    said = _without(cleaned.text, marks)
    known = corrected(meta or Meta(""), corrections)
    found = metadata.find(said, reading.facts, _seen(said, marks), known)
    meta = corrected(found.meta, corrections)
    outline = structure.build(cleaned.text, meta.title, marks, corrections)
    return Document(
        doc_id=doc_id,
        meta=meta if meta.title else replace(meta, title=doc_id),
        text=cleaned.text,
        offsets=cleaned.offsets,
        paragraphs=outline.paragraphs,
        nodes=outline.nodes,
        clauses=clauses.split(doc_id, cleaned.text, outline.paragraphs, outline.nodes),
        residues=outline.residues,
        dropped=cleaned.dropped,
        problems=tuple(_placed(each, to_clean) for each in reading.problems) + outline.problems,
        pages=tuple(map(to_clean, reading.pages)),
        origins=tuple(_origins(found.origins, meta, corrections).items()),
        tables=tuple(Span(start, end) for kind, start, end in marks if kind == TABLE),
    )


def _placed(problem: Problem, to_clean: Callable[[int], int]) -> Problem:
    """Return a problem of the reader with offsets of the cleaned text."""
    if problem.start is None or problem.end is None:
        return problem
    return replace(problem, start=to_clean(problem.start), end=to_clean(problem.end))


def take_in(
    path: Path,
    doc_id: str = "",
    meta: Meta | None = None,
    corrections: Sequence[Correction] | None = None,
) -> tuple[Document, CheckUp]:
    """Read and parse a file with corrections, None for those beside it, and check it up.

    FileRefused where no reader can turn it into text, InputError for corrections that are none.
    """
    reading = read(path)
    known = read_corrections(path) if corrections is None else corrections
    document = parse(reading, doc_id or path.stem, meta, known)
    return document, examine(document, reading)


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


def _origins(
    found: Mapping[str, str], meta: Meta, corrections: Sequence[Correction]
) -> dict[str, str]:
    """Return where each value of the metadata comes from, those that people put right included."""
    said = {each.field: "更正" for each in corrections if each.do == "meta"}
    return {field: where for field, where in {**found, **said}.items() if getattr(meta, field)}


def _seen(text: str, marks: Sequence[Mark]) -> str:
    """Return the title that the first lines of a text show, empty for none."""
    lines = marked(split_lines(text[:_FRONT])[0], marks)[: residue.FRONT]
    return residue.find_title(lines, [candidate(line.text) for line in lines])


def parse_file(path: Path, doc_id: str = "", meta: Meta | None = None) -> Document:
    """Return the document of `take_in` alone."""
    return take_in(path, doc_id, meta)[0]
