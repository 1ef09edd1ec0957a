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
from index.products import product

# Token vectors that are compared at a time: as float32 they fit into a processor's cache. 900
# clauses take 10 ms with 1,024 to 8,192 at a time, 20 ms with 65,536.
_CHUNK = 1 << 12


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
        """Return the MaxSim of each row, -1 for a row without tokens.

        The inner products are sums of at most 2^24 in whole numbers, which float32 holds exactly,
        so that a row's score does not depend on what stands beside it.
        """
        found = np.full(len(rows), -1, np.float32)
        tokens = np.asarray(self.texts.tokens)  # slicing a memmap takes several times as long
        begins, ends = self.texts.firsts[rows], self.texts.firsts[rows + 1]
        filled = np.flatnonzero(ends > begins)
        wanted = query.T.astype(np.float32)
        for some in _portions(filled, ends - begins) if len(query) else ():
            parts = [tokens[begins[at] : ends[at]] for at in some]
            alike = product(np.concatenate(parts), wanted)
            bounds = np.cumsum([0, *(len(part) for part in parts[:-1])])
            best_of = np.maximum.reduceat(alike, bounds)
            found[some] = best_of.mean(axis=1, dtype=np.float64) / UNIT**2
        return found


def _portions(rows: NDArray[np.intp], counts: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Part rows, in their order, into runs of about `_CHUNK` tokens; `counts` is of all rows."""
    if not len(rows):
        return []
    chunks = np.cumsum(counts[rows]) // _CHUNK
    return np.split(rows, np.flatnonzero(np.diff(chunks)) + 1)
