"""Choose the sentences that answer, verbatim, and mark the figure that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from api.answering.asked import Asked, Kind
from api.answering.conflict import Conflict
from api.answering.evidence import Evidence
from api.answering.marks import Mark
from corpus.model import Citation, Clause, Sentence, Span

Cite = Callable[[Clause, int, int], Citation]
_MOST = 3  # sentences of one answer
_AS_GOOD = 0.85  # a further sentence must come this close to the best one


def sentences(
    asked: Asked, found: Sequence[Evidence], conflict: Conflict | None, cite: Cite
) -> tuple[Sentence, ...]:
    """Return one to three sentences that answer, best first, of those that `evidence` gathered.

    A sentence that contradicts the best one comes right after it, its own figure marked.
    """
    if not found:
        return ()
    best = [one for one in found[:_MOST] if one.score >= _AS_GOOD * found[0].score]
    if conflict:
        rest = [one for one in best[1:] if one is not conflict.evidence]
        best = [found[0], conflict.evidence, *rest][:_MOST]
    return tuple(
        Sentence(
            cite(one.clause, one.span.start, one.span.end),
            _marks(asked, [conflict.mark] if conflict and one is conflict.evidence else one.marks),
        )
        for one in best
    )


def warning(best: Evidence, conflict: Conflict) -> str:
    """Return the note that two sentences contradict each other, with their places."""
    here, there = best.clause.address, conflict.evidence.clause.address
    return f"原文前后不一：{here}写{conflict.first}，{there}写{conflict.second}，请核对。"


def _marks(asked: Asked, marks: Sequence[Mark]) -> tuple[Span, ...]:
    return () if asked.kind is Kind.MEMBERS else tuple(sorted(mark.span for mark in marks))
