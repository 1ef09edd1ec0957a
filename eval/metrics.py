"""Measures of one ranking against its gold clauses, by the names of the literature."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any


def first_ranks(hits: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the rank of the first hit of each gold group, 0 where none was found.

    A hit is a gold clause where it is of the same document and holds the anchor, blanks aside.
    """
    groups = sorted({int(one.get("group", 0)) for one in gold})
    ranks = []
    for group in groups:
        members = [one for one in gold if int(one.get("group", 0)) == group]
        found = (
            int(hit["rank"])
            for hit in hits
            if any(
                hit["doc_id"] == one["doc"] and _holds(hit["text"], one["anchor"])
                for one in members
            )
        )
        ranks.append(min(found, default=0))
    return ranks


def hit_at(ranks: Sequence[int], k: int, mode: str = "any") -> bool:
    """Whether one gold group (`any`) or each (`all`) stands among the first `k`.

    >>> hit_at([3, 0], 5), hit_at([3, 0], 5, "all"), hit_at([3, 4], 5, "all")
    (True, False, True)
    """
    found = [0 < rank <= k for rank in ranks]
    return bool(found) and (all(found) if mode == "all" else any(found))


def reciprocal_rank(ranks: Sequence[int]) -> float:
    """Return 1/rank of the first gold clause, 0 where there is none (Voorhees 1999)."""
    found = [rank for rank in ranks if rank]
    return 1 / min(found) if found else 0.0


def same_figure(marked: Sequence[str], answer: str) -> bool:
    """Whether a marked figure is one that the reference answer gives, number and unit.

    >>> same_figure(["30个"], "30个"), same_figure(["92%"], "92%以上"), same_figure(["3个"], "30个")
    (True, True, False)
    """
    wanted = _squeeze(answer)
    return any(re.search(rf"(?<![\d.]){re.escape(_squeeze(one))}", wanted) for one in marked)


def _holds(text: str, anchor: str) -> bool:
    return _squeeze(anchor) in _squeeze(text)


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
