"""Late interaction: each token of a query looks for its likest token of a clause (MaxSim).

Khattab & Zaharia, “ColBERT: Efficient and Effective Passage Search via Contextualized Late
Interaction over BERT”, SIGIR 2020, https://doi.org/10.1145/3397271.3401075: for the token vectors
E_q of a query and E_d of a passage

    S(q, d) = Σ_{i ∈ E_q} max_{j ∈ E_d} E_q[i] · E_d[j]

here divided by the number of the query's tokens, so that it is a mean cosine.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.base import Passage, Scored
from index.dense import best
from index.encoded import EncodedTexts
from index.encoder import UNIT, Encoded, Encoder, TokenVectors

_CHUNK = 1 << 16  # token vectors that are compared at a time


class LateIndex:
    """Scores clauses by MaxSim; a clause that was encoded in parts by its best part."""

    name = "late"

    def __init__(self, texts: EncodedTexts) -> None:
        self.texts = texts

    @classmethod
    def build(cls, passages: Sequence[Passage], encoder: Encoder) -> Self:
        """Encode and index passages, see `EncodedTexts.build`."""
        return cls(EncodedTexts.build(passages, encoder))

    def search(self, query: str, top_k: int, within: Collection[str] | None = None) -> list[Scored]:
        """Return at most `top_k` clauses, best first, ties by clause_id; scores are mean cosines.

        `within` as in `Index`. It compares every token of the corpus: for a large one let another
        index choose and `scores` order what it has chosen.
        """
        if not query.strip() or not self.texts.clause_ids or top_k < 1:
            return []
        places = self.texts.known(self.texts.clause_ids if within is None else list(within))
        scores = np.full(len(self.texts.clause_ids), -1, np.float32)
        scores[places] = self.scores(self.texts.encoder.encode_queries([query]), places)
        return best(self.texts, scores, top_k, within)

    def scores(self, query: Encoded, places: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the scores of the clauses at `places` of `texts.clause_ids`, shape (places,)."""
        if not len(places):
            return np.empty(0, np.float32)
        texts = self.texts
        spans = [texts.rows[texts.starts[at] : texts.starts[at + 1]] for at in places]
        rows = np.unique(np.concatenate(spans))
        by_row = np.full(len(texts.hashes), -1, np.float32)
        by_row[rows] = self._row_scores(query.tokens, rows)
        bounds = np.cumsum([0, *map(len, spans[:-1])])
        scores: NDArray[np.float32] = np.maximum.reduceat(by_row[np.concatenate(spans)], bounds)
        return scores

    def save(self, folder: Path) -> None:
        """Write the vectors into `folder`."""
        self.texts.save(folder)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Self:
        """Read what `save` wrote; StoreError as `EncodedTexts.load`."""
        return cls(EncodedTexts.load(folder, encoder))

    def _row_scores(self, query: TokenVectors, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the MaxSim of each row, as many rows at a time as `_CHUNK` tokens hold."""
        firsts, found = self.texts.firsts, np.full(len(rows), -1, np.float32)
        wanted = query.astype(np.float32) / UNIT**2
        counts = firsts[rows + 1] - firsts[rows]
        start = 0
        while start < len(rows):
            stop = start + max(1, int(np.searchsorted(np.cumsum(counts[start:]), _CHUNK)))
            taken = [row for row in rows[start:stop] if firsts[row] < firsts[row + 1]]
            if taken and len(wanted):
                parts = [self.texts.tokens[firsts[row] : firsts[row + 1]] for row in taken]
                alike = wanted @ np.concatenate(parts).astype(np.float32).T
                bounds = np.cumsum([0, *(len(part) for part in parts[:-1])])
                best_of = np.maximum.reduceat(alike, bounds, axis=1).mean(axis=0)
                found[start:stop][counts[start:stop] > 0] = best_of
            start = stop
        return found
