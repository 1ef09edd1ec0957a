"""Several signals of how well a clause fits a query, made one score.

`linear_fusion` adds signals with weights learnt on dev halves; they are in
`fusion.json`, which `python -m eval.fusion` writes. `reciprocal_rank_fusion` is what others use and
what the peer in `eval/` is built with.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.base import Scored

K = 60  # the paper's value, found best over TREC collections and not sensitive
LEARNT = Path(__file__).with_name("fusion.json")

Signals = Mapping[str, NDArray[np.floating]]
"""Each signal's values, one a clause, by the signal's name; all of the same shape."""


class Fused(NamedTuple):
    """A clause, its fused score, and what each signal gave it, by the signal's name."""

    clause_id: str
    score: float
    sources: dict[str, float]


def features(signals: Signals, covered: float) -> dict[str, NDArray[np.float64]]:
    """Return what is weighed: words as they are, the others by what words leave open.

    `words` is the share of the query's information that a clause covers, `covered` the largest of
    any clause. Where the words of a query stand nowhere, meaning and the thesaurus decide; where
    they all stand in one clause, they hardly count. A signal that is missing counts nothing.
    """
    return {
        name: np.asarray(values if name == "words" else values * (1 - covered), np.float64)
        for name, values in signals.items()
    }


def linear_fusion(
    signals: Signals, covered: float, weights: Mapping[str, float]
) -> NDArray[np.float64]:
    """Return the weighted sum of the `features` of each clause; those without a weight count none.

    Only differences within one query mean something.
    """
    found = features(signals, covered)
    size = len(next(iter(signals.values())))
    return sum((weights.get(name, 0.0) * found[name] for name in sorted(found)), np.zeros(size))


@cache
def learnt_weights() -> Mapping[str, float]:
    """Return the weights of `LEARNT`, by the name of the signal."""
    weights: dict[str, float] = json.loads(LEARNT.read_text(encoding="utf-8"))["weights"]
    return weights


def reciprocal_rank_fusion(
    rankings: Mapping[str, Sequence[Scored]],
    k: int = K,
    weights: Mapping[str, float] | None = None,
) -> list[Fused]:
    """Fuse rankings by the reciprocal of the ranks; best first, ties by clause_id.

    Cormack, Clarke & Büttcher, “Reciprocal Rank Fusion outperforms Condorcet and individual Rank
    Learning Methods”, SIGIR 2009, https://doi.org/10.1145/1571941.1572114, for a set of documents D
    and of rankings R:

        RRFscore(d ∈ D) = Σ_{r ∈ R} 1 / (k + r(d))

    where r(d) counts from 1 and a ranking without d adds nothing. Here each term is multiplied by
    the ranking's weight, 1 where `weights` has none. `rankings` gives for each index its clauses,
    best first; only their order counts, so scores of different indexes need no common scale.
    The result does not depend on the order of the rankings. Of a clause that stands twice in one
    ranking only the first place counts. No rankings give [].
    """
    parts: dict[str, list[float]] = defaultdict(list)
    sources: dict[str, dict[str, float]] = defaultdict(dict)
    for name, ranking in sorted(rankings.items()):
        weight = 1.0 if weights is None else weights.get(name, 1.0)
        for rank, (clause_id, score) in enumerate(ranking, start=1):
            if name not in sources[clause_id]:
                sources[clause_id][name] = score
                parts[clause_id].append(weight / (k + rank))
    fused = [Fused(found, math.fsum(parts[found]), sources[found]) for found in parts]
    return sorted(fused, key=lambda one: (-one.score, one.clause_id))
