"""How much each word of a question tells: rare words more than common ones."""

from __future__ import annotations

import math
from collections.abc import Iterable

from index.bm25 import BM25Index


def information(token: str, bm25: BM25Index) -> float:
    """Return how much a token tells, above zero.

    It is Lucene's idf, log(1 + (N - n + .5) / (n + .5)) for n of N clauses that have it; unlike
    Okapi's it is above zero also where most of few clauses have it.
    """
    n = bm25.frequency(token)
    return math.log(1 + (bm25.size - n + 0.5) / (n + 0.5))


def shares(tokens: Iterable[str], bm25: BM25Index) -> dict[str, float]:
    """Return the share of each token in the information of all of them; they sum to one.

    Empty for no tokens.
    """
    weights = {token: information(token, bm25) for token in tokens}
    whole = sum(weights.values())
    return {token: weight / whole for token, weight in weights.items()} if whole else {}
