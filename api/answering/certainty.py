"""How sure an answer is, in words: what people act on, where a probability says little to them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from corpus.model import Answer

Name = Literal["high", "fair", "low", "none"]


class Certainty(NamedTuple):
    """A degree of certainty and its Chinese words."""

    name: Name
    words: str


# Bounds on the calibrated confidence; of the dev questions above .9 97 % were answered rightly, of
# those between threshold and .75 two in three (eval/results/abstention.md).
_DEGREES = (
    (0.9, Certainty("high", "依据明确")),
    (0.75, Certainty("fair", "依据较充分，引用前请看原文")),
    (0.0, Certainty("low", "依据可能不全，请对照下面的条款核对")),
)
_NONE = Certainty("none", "没有依据")


def certainty(answer: Answer) -> Certainty:
    """Return how sure an answer is, `none` where it abstained."""
    if answer.abstained:
        return _NONE
    return next(degree for bound, degree in _DEGREES if answer.confidence >= bound)
