"""Answers to questions that ask what stands at an address: 铜仁规划第六章第二节讲什么."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.answering.extract import Cite
from api.answering.locate import Place
from api.answering.scope import Scope
from api.answering.statements import statements
from api.answering.steering import ADDRESS
from corpus.address import Address
from corpus.model import Answer, Hit, Sentence

_MOST = 10  # sentences of one answer: a section has five clauses in the median


def answer(
    question: str, scope: Scope, hits: Sequence[Hit], cite: Cite, notes: Sequence[str] = ()
) -> Answer | None:
    """Return the answer to a question that its addresses settle, None for any other.

    A place that is there is certain, and so is one that is not.
    """
    if not scope.missing and not (scope.lookup and scope.found):
        return None
    return Answer(
        question=question,
        sentences=() if scope.missing else sentences(hits, cite),
        hits=tuple(hits),
        abstained=bool(scope.missing),
        reason=f"{scope.missing}。" if scope.missing else "",
        confidence=0.0 if scope.missing else 1.0,
        notes=tuple(notes),
    )


def outline(places: Sequence[Place]) -> Iterator[str]:
    """Yield the places of a question as people write them, each with the headings right under it.

    铜仁规划第六章 is answered by its nine sections before any sentence of them.
    """
    for place in places[:_MOST]:
        yield str(place)
        depth = len(place.address.steps)
        for node, address in place.document.walk():
            if depth and len(address.steps) == depth + 1 and address.within(place.address):
                yield f"  {Address(address.steps[depth:])} {node.title}".rstrip()


def sentences(hits: Sequence[Hit], cite: Cite) -> tuple[Sentence, ...]:
    """Return the first sentence of each clause at the addresses, in the order of the hits.

    A clause that is alone is given whole.
    """
    there = [hit.clause for hit in hits if ADDRESS in hit.sources]
    if len(there) == 1:
        return tuple(Sentence(cite(there[0], *span)) for span in statements(there[0]))[:_MOST]
    return tuple(Sentence(cite(clause, *statements(clause)[0])) for clause in there[:_MOST])
