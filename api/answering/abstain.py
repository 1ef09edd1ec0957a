"""Whether the clauses that were found hold the answer, how likely that is, and if not, why not.

The scores of the indexes do not tell (design, section 4: AUROC .50-.53). What is looked at is what
the question wants and what the best sentence lacks of it (`lacks.py`). A logistic model over these
few numbers gives the probability that the first five clauses hold the answer; its weights stand in
`abstention.json`, written by `python -m eval.calibrate`, which also chooses the threshold.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from api.answering import refusal
from api.answering.asked import Asked
from api.answering.cover import Cover
from api.answering.evidence import Evidence
from api.answering.lacks import NAMES, lacks
from corpus.model import Document, Hit

WEIGHTS = Path(__file__).with_name("abstention.json")


class Model(NamedTuple):
    """A logistic model: what each lack takes off the log-odds, and when to abstain."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that the first clauses hold the answer.

        >>> Model(0.0, {"place": -2.0}, 0.5).probability({"place": 0.0})
        0.5
        """
        odds = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-odds))


class Verdict(NamedTuple):
    """Whether to abstain, why (in Chinese, empty for an answer), and a confidence in [0, 1]."""

    abstained: bool
    reason: str
    confidence: float


@cache
def shipped() -> Model:
    """Return the model that ships; ValueError where its features are not those of the code."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    if set(stored["weights"]) != set(NAMES):
        raise ValueError(f"{WEIGHTS.name}: run python -m eval.calibrate")
    return Model(stored["bias"], stored["weights"], stored["threshold"])


def judge(
    asked: Asked,
    found: Sequence[Evidence],
    hits: Sequence[Hit],
    cover: Cover,
    documents: Mapping[str, Document],
) -> Verdict:
    """Say whether the first clauses hold what a question asks for.

    `found` is the evidence in them, best first. `confidence` is calibrated on the dev questions:
    the probability that the answer stands in the first five clauses.
    """
    if not found:
        return Verdict(True, "库中没有与问题相关的条款。", 0.0)
    features = lacks(asked, found, hits, cover)
    model = shipped()
    confidence = round(model.probability(features), 4)
    if confidence >= model.threshold:
        return Verdict(False, "", confidence)
    return Verdict(
        True, refusal.reason(asked, found, model.weights, features, documents), confidence
    )
