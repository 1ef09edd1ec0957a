"""Rankings of several indexes made one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index.base import Scored

K = 60  # the paper's value, found best over TREC collections and not sensitive


class Fused(NamedTuple):
    """A clause, its fused score, and the score that each index gave it, by the index' name."""

    clause_id: str
    score: float
    sources: dict[str, float]


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
