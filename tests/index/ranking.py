"""The order of every ranking, spelled out."""

from __future__ import annotations

from collections.abc import Iterable

from index.base import Scored


def best(scores: Iterable[tuple[str, float]], top_k: int) -> list[Scored]:
    """Sort (clause_id, score) pairs by falling score, ties by clause_id, and keep `top_k`."""
    ordered = sorted(scores, key=lambda pair: (-pair[1], pair[0]))
    return [Scored(clause_id, score) for clause_id, score in ordered[:top_k]]
