"""Clauses elsewhere that are like a given text: how much, and whether enough to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.fusion import Fused

# Of 60 clauses of the seeds the nearest clause of another document had a late score of .54 to .91,
# the lowest of them hardly alike; of 40 articles of laws on other subjects .40 to .56 (one .60, on
# pensions, which the seeds treat). Words alone tell less: .04 to .48 against .00 to .14.
_LEAST = {"late": 0.6, "words": 0.1}


def similarity(sources: Mapping[str, float]) -> float:
    """Return how alike query and clause are, in [0, 1]; by words where there are no vectors."""
    return round(min(max(sources[_signal(sources)], 0.0), 1.0), 4)


def alike(found: Iterable[Fused]) -> list[Fused]:
    """Return what is like enough to the query, the most alike first, ties by clause_id."""
    kept = [each for each in found if similarity(each.sources) >= _LEAST[_signal(each.sources)]]
    return sorted(kept, key=lambda each: (-similarity(each.sources), each.clause_id))


def _signal(sources: Mapping[str, float]) -> str:
    return "late" if "late" in sources else "words"
