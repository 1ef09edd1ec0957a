"""What the command line gives as JSON: the formats that others rely upon (design, section 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from corpus.checkup import CheckUp, encode
from corpus.model import Answer, Citation, Clause, Document, Hit
from ingest.corrections import Correction

Cite = Callable[[Clause], Citation]


def outline(document: Document) -> dict[str, Any]:
    """Return the record of `zhangjie outline FILE --json`: nodes flat, in text order."""
    return {
        "doc_id": document.doc_id,
        "title": document.meta.title,
        "nodes": [
            {
                "level": node.level.value,
                "number": node.number,
                "title": node.title,
                "address": str(address),
                "start": node.start,
                "end": node.end,
            }
            for node, address in document.walk()
        ],
        "problems": [
            {"code": p.code, "message": p.message, "start": p.start, "end": p.end}
            for p in document.problems
        ],
    }


def checkup(document: Document, report: CheckUp) -> dict[str, Any]:
    """Return the record of `zhangjie checkup --json`: characters without blanks, by where they are.

    `metadata` says of each field its value and in Chinese where it was found, null for neither;
    `problems` are the messages of the doubts, as `zhangjie ingest --json` always gave them.
    """
    origins = dict(document.origins)
    return {
        "doc_id": document.doc_id,
        "title": document.meta.title,
        "nodes": sum(1 for _ in document.walk()),
        **encode(report),
        "boxes": [{"address": address, "title": title} for address, title in report.boxes],
        "metadata": {
            field: {"value": value, "origin": origins.get(field)}
            for field, value in asdict(document.meta).items()
        },
        "clauses": len(document.clauses),
        "clause_characters": report.clauses,
        "problems": [doubt.message for doubt in report.doubts],
    }


def correction(one: Correction) -> dict[str, Any]:
    """Return a correction as it stands in its file: without what is empty."""
    return {key: value for key, value in asdict(one).items() if value}


def hit(found: Hit, cite: Cite) -> dict[str, Any]:
    """Return the record of one hit."""
    clause = found.clause
    return {
        "rank": found.rank,
        "doc_id": clause.doc_id,
        "clause_id": clause.clause_id,
        "address": str(clause.address),
        "citation": str(cite(clause)),
        "text": clause.text,
        "score": found.score,
    }


def batch_answer(identity: str, answer: Answer, cite: Cite) -> dict[str, Any]:
    """Return one line of `zhangjie ask --batch`; `answer` is empty where it abstained."""
    return {
        "id": identity,
        "abstained": answer.abstained,
        "confidence": answer.confidence,
        "answer": "\n".join(sentence.citation.quote for sentence in answer.sentences),
        "hits": [hit(found, cite) for found in answer.hits],
    }


def answer(answer: Answer, cite: Cite) -> dict[str, Any]:
    """Return the record of `zhangjie ask QUESTION --json`.

    The marks of a sentence are [start, end) offsets of its text.
    """
    record = batch_answer("", answer, cite)
    del record["id"]
    return {
        "question": answer.question,
        **record,
        "reason": answer.reason,
        "notes": list(answer.notes),
        "sentences": [
            {
                "text": sentence.citation.quote,
                "citation": str(sentence.citation),
                "clause_id": sentence.citation.clause_id,
                "marks": [list(mark) for mark in sentence.marks],
            }
            for sentence in answer.sentences
        ],
    }
