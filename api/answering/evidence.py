"""What the clauses found hold of what a question asks for, sentence by sentence.

For each sentence: how well it fits the place, year and document asked for, whether a value of the
right kind stands in it, and how much of the attribute stands around that. The best of them is what
`extract.py` shows and `abstain.py` judges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from api.answering import marks, whereabouts
from api.answering.asked import Asked, Kind
from api.answering.cover import Cover
from api.answering.marks import Mark, Reading
from api.answering.members import explained, lists
from api.answering.question import defined_term
from api.answering.statements import defines, statements
from corpus.model import Clause, Document, Hit, Span

CLAUSES = 10  # sentences are looked for in the first clauses only
_HEADS = 0.5  # what a word in the titles above counts against one in the sentence
_RANK = 0.03  # what each rank further down costs a sentence
# What each part of the fit counts when sentences are compared; chosen on the dev questions.
_PRECISE = {
    "subject": 0.8,
    "attribute": 0.5,
    "near": 0.5,
    "value": 0.4,
    "place": 0.5,
    "year": 0.7,
    "document": 0.5,
    "mark": 0.25,
}
_OPEN = {"subject": 1.0, "value": 0.25, "place": 0.7, "document": 0.3, "defines": 0.3}
_LISTS = 0.12  # for listing things where the question wants several
_SEVERAL = re.compile("哪几|哪些|哪[两二三四五六七八九十]|分别[是在]|有哪")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit and what it holds: each of `parts` is in [0, 1], 1 for all of it.

    A part that the question does not ask for is 1. `score` orders sentences of one question.
    """

    hit: Hit
    span: Span
    marks: tuple[Mark, ...]
    parts: Mapping[str, float]
    score: float

    @property
    def clause(self) -> Clause:
        """The clause in which the sentence stands."""
        return self.hit.clause

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.clause.text[self.span.start : self.span.end]


def gather(
    asked: Asked, hits: Sequence[Hit], cover: Cover, documents: Mapping[str, Document]
) -> list[Evidence]:
    """Return the sentences of the first clauses, best first, ties by rank and place."""
    search = _Search(asked, cover, documents, whereabouts.meant(asked, documents))
    found = [_weigh(search, hit, span) for hit in hits[:CLAUSES] for span in statements(hit.clause)]
    return sorted(found, key=lambda one: (-one.score, one.hit.rank, one.span))


class _Search(NamedTuple):
    asked: Asked
    cover: Cover
    documents: Mapping[str, Document]
    meant: frozenset[str]


def _weigh(search: _Search, hit: Hit, span: Span) -> Evidence:
    asked, cover, documents, meant = search
    document = documents[hit.clause.doc_id]
    clause = hit.clause
    sentence = clause.text[span.start : span.end]
    now = whereabouts.speaks_in(document.meta.title, document.meta.issued)
    heads = "，".join(clause.heads)
    found = tuple(marks.choose(asked, Reading(sentence, heads, now, cover)))
    parts = {
        "subject": _both(cover, asked.subject, sentence, heads),
        "attribute": _attribute(asked, sentence, heads, cover),
        "near": _near(asked, found),
        "value": _value(asked, found),
        "place": whereabouts.place(asked, clause, sentence, document),
        "year": _year(asked, found, clause, span, document),
        "document": 1.0 if not meant or clause.doc_id in meant else 0.0,
        "members": _members(asked, clause, span),
    }
    score = sum(weight * parts[name] for name, weight in _weights(asked).items() if name in parts)
    if asked.precise:
        score += _PRECISE["mark"] * sum(mark.score for mark in found) / max(len(asked.wanted), 1)
        score += parts["members"] if asked.kind is Kind.MEMBERS else 0.0
    term = defined_term(asked.question)
    if term and defines(clause, span, term):
        score += _OPEN["defines"]
    if _SEVERAL.search(asked.question) and lists(sentence):
        score += _LISTS
    return Evidence(hit, span, found, parts, round(score - _RANK * (hit.rank - 1), 9))


def _weights(asked: Asked) -> Mapping[str, float]:
    return _PRECISE if asked.precise else _OPEN


def _both(cover: Cover, words: str, sentence: str, heads: str) -> float:
    """Return what the sentence holds of some words, and half of what only the titles above do."""
    here = cover.of(words, sentence)
    return here + _HEADS * (cover.of(words, f"{sentence}，{heads}") - here)


def _attribute(asked: Asked, sentence: str, heads: str, cover: Cover) -> float:
    """Return how much of the attributes stands in the sentence; the hardest counts half."""
    if asked.kind is Kind.MEMBERS and asked.terms:
        return 1.0 if any(term in sentence for term in asked.terms) else 0.0
    if asked.kind is Kind.MEMBERS:
        return _both(cover, asked.subject, sentence, heads)
    held = [_both(cover, wanted.attribute, sentence, heads) for wanted in asked.wanted]
    return (max(held) + min(held)) / 2 if held else 1.0


def _near(asked: Asked, found: tuple[Mark, ...]) -> float:
    if asked.kind in (Kind.OPEN, Kind.MEMBERS):
        return 1.0
    return min(max((mark.near for mark in found), default=0.0), 1.0)


def _value(asked: Asked, found: tuple[Mark, ...]) -> float:
    """Return how well a value of the right kind is there, 1 where none is asked for."""
    if asked.kind in (Kind.OPEN, Kind.MEMBERS):
        return 1.0
    if found and not any(wanted.unit for wanted in asked.wanted):
        return 1.0
    return max((mark.unit for mark in found), default=0.0)


def _year(
    asked: Asked, found: tuple[Mark, ...], clause: Clause, span: Span, document: Document
) -> float:
    if not asked.precise or asked.kind is Kind.DATE:
        return 1.0
    if not found:
        return whereabouts.year(asked.years, None, clause, span, document)
    pairs = zip(found, asked.wanted or (None,), strict=False)
    return max(
        whereabouts.year(
            wanted.years if wanted else asked.years, mark.years, clause, span, document
        )
        for mark, wanted in pairs
    )


def _members(asked: Asked, clause: Clause, span: Span) -> float:
    """Return how surely the clause, from the sentence on, tells the members or the meaning."""
    if asked.kind is not Kind.MEMBERS:
        return 1.0
    if not asked.terms:
        return explained((), asked.members, clause.text[span.start : span.end])
    if not any(term in clause.text[span.start : span.end] for term in asked.terms):
        return 0.0
    return explained(asked.terms, asked.members, clause.text[span.start :])
