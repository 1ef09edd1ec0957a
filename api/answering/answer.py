"""From the clauses found to an answer: analyse, gather, judge, extract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.answering import abstain, extract
from api.answering.asked import analyse
from api.answering.conflict import contradiction
from api.answering.cover import Cover
from api.answering.evidence import gather
from corpus.model import Answer, Document, Hit
from index.bm25 import BM25Index


def answer(
    question: str,
    hits: Sequence[Hit],
    bm25: BM25Index,
    documents: Mapping[str, Document],
    cite: extract.Cite,
    notes: Sequence[str] = (),
) -> Answer:
    """Return the sentences of the hits that answer, each cited, or why there are none.

    `hits` are best first, from whatever ranking; `documents` those of their clauses and all others
    of the corpus; `notes` go before those that this answer adds.
    """
    asked = analyse(question)
    cover = Cover(bm25)
    found = gather(asked, hits, cover, documents)
    verdict = abstain.judge(asked, found, hits, cover, documents)
    conflict = None if verdict.abstained else contradiction(found)
    sentences = () if verdict.abstained else extract.sentences(asked, found, conflict, cite)
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
