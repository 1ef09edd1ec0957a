"""From the clauses found to an answer: analyse, gather, judge, extract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from api.answering import abstain, extract
from api.answering.asked import analyse
from api.answering.conflict import contradiction
from api.answering.cover import Cover
from api.answering.evidence import gather
from corpus.model import Answer, Document, Hit
from index.bm25 import BM25Index


class Sources(NamedTuple):
    """What an answer is made from besides its hits: word statistics, documents, citations.

    `homes` are the stems of the small places that the documents are of.
    """

    bm25: BM25Index
    documents: Mapping[str, Document]
    cite: extract.Cite
    homes: frozenset[str]


def answer(
    question: str, hits: Sequence[Hit], sources: Sources, notes: Sequence[str] = ()
) -> Answer:
    """Return the sentences of the hits that answer, each cited, or why there are none.

    `hits` are best first, from whatever ranking; the documents are all of the corpus; `notes` go
    before those that this answer adds.
    """
    asked = analyse(question, sources.homes)
    cover = Cover(sources.bm25)
    found = gather(asked, hits, cover, sources.documents)
    verdict = abstain.judge(asked, found, hits, cover, sources.documents)
    conflict = None if verdict.abstained else contradiction(found)
    sentences = () if verdict.abstained else extract.sentences(asked, found, conflict, sources.cite)
    if conflict:
        notes = (*notes, extract.warning(found[0], conflict))
    return Answer(
        question=question,
        sentences=sentences,
        hits=tuple(hits),
        abstained=not sentences,
        reason=verdict.reason,
        confidence=verdict.confidence,
        notes=tuple(notes),
    )
