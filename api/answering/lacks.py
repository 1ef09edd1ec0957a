"""What is missing from the best evidence, as numbers from which the confidence is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.answering.asked import Asked, Kind
from api.answering.cover import Cover
from api.answering.evidence import Evidence
from api.answering.steering import ADDRESS, TITLE
from corpus.model import Hit

_LOOKED_AT = 5  # clauses, as in hit@5
_ASTRAY, _BARE = (0.5, 0.9), (0.8, 1.0)  # what is common in questions with an answer, and what not
_ALIKE = (0.35, 0.8)  # MaxSim of a clause of another subject, and of one in the same words
_STRANGE = (0.3, 0.5)  # the cosine of the nearest clause, of other subjects and of answers

NAMES = (
    "lay",
    "place",
    "year",
    "document",
    "value",
    "astray",
    "members",
    "bare",
    "strange",
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
    words of the question are far from those of the clause with the best sentence. Of either
    `strange`: its vector is far from that of the nearest clause, as those of other subjects are.
    What was found by its address or title is neither bare nor apart nor strange.
    """
    best = found[0]
    precise, formal = float(asked.precise), float(not asked.lay)
    valued = precise * (asked.kind is not Kind.MEMBERS or not asked.terms)
    missing = {name: 1.0 - held for name, held in best.parts.items()}
    searched = not {ADDRESS, TITLE} & set(hits[0].sources)
    sought = formal * searched
    return {
        "lay": 1.0 - formal,
        "place": formal * missing["place"],
        "year": precise * missing["year"],
        "document": formal * missing["document"],
        "value": valued * missing["value"],
        "astray": valued * _beyond(min(missing["attribute"], missing["near"]), *_ASTRAY),
        "members": precise * (asked.kind is Kind.MEMBERS) * missing["members"],
        "bare": sought * _beyond(_uncovered(asked, hits, cover), *_BARE),
        "strange": float(searched) * _strange(hits),
        "apart": sought * _apart(best),
    }


def _uncovered(asked: Asked, hits: Sequence[Hit], cover: Cover) -> float:
    texts = ("，".join((*hit.clause.heads, hit.clause.text)) for hit in hits[:_LOOKED_AT])
    return 1.0 - max((cover.of(asked.subject, text) for text in texts), default=0.0)


def _beyond(value: float, low: float, high: float) -> float:
    """Return 0 up to `low`, 1 from `high` on, and what lies between on a straight line."""
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _strange(hits: Sequence[Hit]) -> float:
    """Return how far the question is from the nearest clause, 0 without vectors."""
    cosines = [hit.sources["dense"] for hit in hits if "dense" in hit.sources]
    return 1.0 - _beyond(max(cosines), *_STRANGE) if cosines else 0.0


def _apart(best: Evidence) -> float:
    """Return how far the words of the question are from those of the clause, 0 without vectors."""
    return 1.0 - _beyond(best.hit.sources.get("late", _ALIKE[1]), *_ALIKE)


def vector(features: Mapping[str, float]) -> list[float]:
    """Return features in the order of `NAMES`."""
    return [features[name] for name in NAMES]
