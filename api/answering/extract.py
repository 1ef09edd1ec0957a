"""Choose the sentences that answer, verbatim, and mark the figure that was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from api.answering.figures import Figure, figures
from api.answering.question import ASKING, asks_for_figure, defined_term, wanted_unit
from api.answering.weights import shares
from corpus.model import Citation, Clause, Hit, Sentence, Span
from corpus.sentences import sentences as split_sentences
from index.bm25 import BM25Index
from index.tokenize import tokens

_CLAUSES = 5  # sentences are looked for in the first clauses only
_MOST = 3  # sentences of one answer
_AS_GOOD = 0.85  # a further sentence must come this close to the best one
_RANK_PRIOR = 0.06  # what each rank further down costs a sentence
_HEADS = 0.35  # what a word in the titles above counts against one in the sentence
_RIGHT_UNIT, _ANY_FIGURE = 0.25, 0.1
_DEFINES = 0.3  # for beginning with the term whose meaning is asked for
_LABEL = 8  # characters of a number and a stop around a topic: （一）…。
_SHORTEST = 12  # characters; a shorter sentence says nothing by itself
_NEAR = 40  # characters around a figure in which the words of the question are looked for
_AFTER = 0.8  # what they count after the figure, against 1 before it


class _Candidate(NamedTuple):
    score: float
    clause: Clause
    span: Span


def sentences(
    question: str,
    hits: Sequence[Hit],
    bm25: BM25Index,
    cite: Callable[[Clause, int, int], Citation],
) -> tuple[Sentence, ...]:
    """Return one to three sentences of the best clauses that answer, best first.

    A sentence counts by the share of the question's information (idf) that it covers, a little by
    that of the titles above it, by the rank of its clause, and for a question about a figure by
    having one of the unit asked for; where a term's meaning is asked for, by beginning with it.
    """
    weights = shares(tokens(ASKING.sub(" ", question)), bm25)
    unit = wanted_unit(question)
    term = defined_term(question)
    wants_figure = asks_for_figure(question)
    candidates = [
        _Candidate(
            _covered(weights, hit.clause, span)
            + (_figure_bonus(hit.clause.text[span.start : span.end], unit) if wants_figure else 0)
            + (_DEFINES if term and _defines(hit.clause, span, term) else 0)
            - _RANK_PRIOR * (hit.rank - 1),
            hit.clause,
            span,
        )
        for hit in hits[:_CLAUSES]
        for span in _statements(hit.clause)
    ]
    candidates.sort(key=lambda c: (-c.score, c.clause.clause_id, c.span))
    best = [c for c in candidates[:_MOST] if c.score >= _AS_GOOD * candidates[0].score]
    return tuple(
        Sentence(
            cite(c.clause, c.span.start, c.span.end),
            _marks(question, c.clause.text[c.span.start : c.span.end], unit)
            if wants_figure
            else (),
        )
        for c in best
    )


def _statements(clause: Clause) -> list[Span]:
    """Return the sentences of a clause; one that only names its topic goes with the next.

    “边缘易致贫户。” answers nothing without what is said of them.
    """
    spans = split_sentences(clause.text)
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and _only_names(clause, before):
            joined[-1] = Span(before.start, span.end)
        else:
            joined.append(span)
    return joined


def _defines(clause: Clause, span: Span, term: str) -> bool:
    beginning = clause.text[span.start : span.start + len(term) + _LABEL]
    return term in beginning and span.end - span.start > len(term) + _LABEL


def _only_names(clause: Clause, span: Span) -> bool:
    sentence = clause.text[span.start : span.end]
    head = clause.heads[-1] if clause.heads else ""
    named = bool(head) and head in sentence and len(sentence) - len(head) <= _LABEL
    return named or len(sentence) < _SHORTEST


def _covered(weights: dict[str, float], clause: Clause, span: Span) -> float:
    here = set(tokens(clause.text[span.start : span.end]))
    above = set(tokens(" ".join(clause.heads))) - here
    return sum(
        weight * (1.0 if token in here else _HEADS)
        for token, weight in weights.items()
        if token in here or token in above
    )


def _figure_bonus(sentence: str, unit: str) -> float:
    units = [figure.unit for figure in figures(sentence)]
    if unit and any(u.endswith(unit) for u in units):
        return _RIGHT_UNIT
    return _ANY_FIGURE if units and not unit else 0.0


def _marks(question: str, sentence: str, unit: str) -> tuple[Span, ...]:
    """Return the span of the figure that the question asks for, relative to the sentence.

    It is the one of the unit asked for whose surroundings share most with the question; the first
    of equal ones; none where no figure has that unit.
    """
    found = figures(sentence)
    fitting = [f for f in found if (f.unit.endswith(unit) if unit else f.unit != "年")]
    if not fitting:
        return ()
    asked = _bigrams(ASKING.sub(" ", question))
    return (max(fitting, key=lambda f: (_likeness(f, found, sentence, asked), -f.span.start)).span,)


def _likeness(
    figure: Figure, others: Sequence[Figure], sentence: str, asked: frozenset[str]
) -> float:
    """Weigh the question's bigrams between a figure and its neighbours, those before it more.

    A date parts only dates, since it tells of which year the figures after it are.
    """
    apart = [f.span for f in others if f.unit != "年" or figure.unit == "年"]
    start, end = figure.span
    left = max([other.end for other in apart if other.end <= start], default=0)
    right = min([other.start for other in apart if other.start >= end], default=len(sentence))
    before = sentence[max(left, start - _NEAR) : start]
    after = sentence[end : min(right, end + _NEAR)]
    return len(asked & _bigrams(before)) + _AFTER * len(asked & _bigrams(after))


def _bigrams(text: str) -> frozenset[str]:
    pairs = (text[at : at + 2] for at in range(len(text) - 1))
    return frozenset(pair for pair in pairs if not re.search(r"[\s，。；、,;]", pair))
