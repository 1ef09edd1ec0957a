"""Sentences that give another value for the same thing: 64万亩 here, 75万亩 there.

The same thing is told by the words that lead to the figure, the document and the year; what differs
only in place (全市, 各区县) or time is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from api.answering import places, years
from api.answering.evidence import Evidence
from api.answering.figures import Figure, family, figures, value
from api.answering.marks import Mark

_ALIKE = 0.8  # of the pairs of letters of two attributes
_SHORTEST = 5  # letters of an attribute that can be compared
# Verbs and adverbs between an attribute and its figure.
_LEADS = re.compile(
    r"(?:总数|总量|规模)?(?:将|要|应|需|须)?(?:达到?|为|是|约|有|至|到|超过|保持在?|提高到|增加到|不低于|实现|累计|力争)+$"
)


class Conflict(NamedTuple):
    """A second sentence with its own mark, which contradicts the first."""

    evidence: Evidence
    mark: Mark
    first: str
    second: str


def contradiction(found: Sequence[Evidence]) -> Conflict | None:
    """Return the first evidence that contradicts the best one, None where none does."""
    best = found[0] if found else None
    if best is None or len(best.marks) != 1:
        return None
    mark = best.marks[0]
    here = _figure_at(best, mark)
    attribute = _attribute(best.text, mark) if here else ""
    if here is None or len(attribute) < _SHORTEST:
        return None
    for other in found[1:]:
        if other.clause.doc_id != best.clause.doc_id or other.clause == best.clause:
            continue
        there = _contrary(attribute, here, _when(best, mark), other)
        if there:
            return Conflict(
                other, there, best.text[slice(*mark.span)], other.text[slice(*there.span)]
            )
    return None


def _when(evidence: Evidence, mark: Mark) -> range | None:
    """Return for which years a figure holds by its sentence, or else by the titles above it."""
    if mark.years is not None:
        return mark.years
    heads = "，".join(evidence.clause.heads)
    return years.governing(heads, len(heads))


def _contrary(attribute: str, here: Figure, when: range | None, other: Evidence) -> Mark | None:
    """Return a mark for the figure of another sentence that has the attribute and another value."""
    for figure in figures(other.text):
        if family(figure.unit) != family(here.unit) or figure.is_date:
            continue
        there = Mark(figure.span, 1.0, 1.0, years.governing(other.text, figure.span.start), 0.0)
        same = _same(attribute, _attribute(other.text, there))
        if same and _when(other, there) == when and value(figure.text) != value(here.text):
            return there
    return None


def _figure_at(evidence: Evidence, mark: Mark) -> Figure | None:
    return next((f for f in figures(evidence.text) if f.span == mark.span and not f.is_date), None)


def _attribute(text: str, mark: Mark) -> str:
    """Return the words that lead to a figure, from the last stop on, without date and verb.

    A place below the document's own stays, so that 全市 and 碧江区 differ.
    """
    before = re.split(r"[，。；;：:、|\n]|,", text[: mark.span.start])[-1]
    before = re.sub(r"\s", "", years.without(before))
    return _LEADS.sub("", before)


def _same(one: str, other: str) -> bool:
    if places.by_form(one) != places.by_form(other) or places.listed(one) != places.listed(other):
        return False
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other)]
    both = len(pairs[0]) + len(pairs[1])
    return bool(both) and 2 * len(pairs[0] & pairs[1]) / both >= _ALIKE
