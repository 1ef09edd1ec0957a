"""What is missing from the best evidence, as numbers from which the confidence is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.answering.asked import Asked, Kind
from api.answering.cover import Cover
from api.answering.evidence import Evidence
from api.answering.steering import ADDRESS, TITLE
from corpus.model import Hit

_LOOKED_AT = 5  # clauses, as in hit@5
# What the tuned encoder gives, from questions of other subjects to a clause's own words.
_LEAST_ALIKE, _MOST_ALIKE = 0.25, 0.75
_UNTOLD_ALIKE = 0.0  # where there are no vectors nothing is strange
_ASTRAY = (0.5, 0.9)
# Of the dev questions that have an answer one in twenty goes beyond the first number of each pair;
# questions of other subjects come up to the second.
_ALIKE = (0.35, 0.8)  # MaxSim of a clause of another subject, and of one in the same words
_BARE, _STRANGE_LAY = (0.8, 1.0), (0.69, 0.9)

NAMES = (
    "lay",
    "place",
    "year",
    "document",
    "value",
    "astray",
    "members",
    "bare",
    "strange_lay",
    "apart",
)
"""The names of the features in order; see `lacks` for what each is."""


def lacks(
    asked: Asked, found: Sequence[Evidence], hits: Sequence[Hit], cover: Cover
) -> dict[str, float]:
    """Return the features of a question and its best evidence, each in [0, 1], 0 for nothing amiss.

    `lay`: it is asked in everyday words (1 or 0). Of a question that is not: what the best sentence
    lacks of `place`, `year`, `document`; of a figure, date or number also of `value` (kind and
    unit) and `astray` (the words of its attribute are neither around the figure nor in the rest of
    the sentence or the titles: a value of another thing); of a term or list `members`. `bare`: the
    best clause lacks more than most of the question's information. `apart`: by late interaction the
    words of the question are far from those of the clause with the best sentence. Of a question in
    everyday words `strange_lay`: its vector is farther from the nearest clause than those of
    questions that have an answer. What was found by its address or title is neither bare nor apart.
    """
    best = found[0]
    precise, formal = float(asked.precise), float(not asked.lay)
    valued = precise * (asked.kind is not Kind.MEMBERS or not asked.terms)
    missing = {name: 1.0 - held for name, held in best.parts.items()}
    unlike = _unlike(hits)
    sought = formal * (not {ADDRESS, TITLE} & set(hits[0].sources))
    return {
        "lay": 1.0 - formal,
        "place": formal * missing["place"],
        "year": precise * missing["year"],
        "document": formal * missing["document"],
        "value": valued * missing["value"],
        "astray": valued * _beyond(min(missing["attribute"], missing["near"]), *_ASTRAY),
        "members": precise * (asked.kind is Kind.MEMBERS) * missing["members"],
        "bare": sought * _beyond(_uncovered(asked, hits, cover), *_BARE),
        "strange_lay": (1.0 - formal) * _beyond(unlike, *_STRANGE_LAY),
        "apart": sought * _apart(best),
    }


def _uncovered(asked: Asked, hits: Sequence[Hit], cover: Cover) -> float:
    texts = ("，".join((*hit.clause.heads, hit.clause.text)) for hit in hits[:_LOOKED_AT])
    return 1.0 - max((cover.of(asked.subject, text) for text in texts), default=0.0)


def _beyond(value: float, low: float, high: float) -> float:
    """Return 0 up to `low`, 1 from `high` on, and what lies between on a straight line."""
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _unlike(hits: Sequence[Hit]) -> float:
    cosines = [hit.sources["dense"] for hit in hits if "dense" in hit.sources]
    if not cosines:
        return _UNTOLD_ALIKE
    return 1.0 - _beyond(max(cosines), _LEAST_ALIKE, _MOST_ALIKE)


def _apart(best: Evidence) -> float:
    """Return how far the words of the question are from those of the clause, 0 without vectors."""
    return 1.0 - _beyond(best.hit.sources.get("late", _ALIKE[1]), *_ALIKE)


def vector(features: Mapping[str, float]) -> list[float]:
    """Return features in the order of `NAMES`."""
    return [features[name] for name in NAMES]
