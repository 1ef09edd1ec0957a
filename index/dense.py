"""Finds clauses by meaning: one vector a clause, or several for a long one; exact inner product.

The only module that imports faiss.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StoreError
from index.base import Passage, Scored
from index.encoded import EncodedTexts
from index.encoder import Encoded, Encoder

_BELOW_ALL = -2.0  # below any inner product of two vectors of unit length


class DenseIndex:
    """Ranks all clauses by the cosine of query and clause; a long clause by its best part."""

    name = "dense"

    def __init__(self, texts: EncodedTexts) -> None:
        self.texts = texts
        self._faiss: Any = _faiss().IndexFlatIP(texts.encoder.dimensions)
        self._faiss.add(np.ascontiguousarray(texts.vectors))

    @classmethod
    def build(cls, passages: Sequence[Passage], encoder: Encoder) -> Self:
        """Encode and index passages, see `EncodedTexts.build`."""
        return cls(EncodedTexts.build(passages, encoder))

    def search(self, query: str, top_k: int, within: Collection[str] | None = None) -> list[Scored]:
        """Return at most `top_k` clauses, best first, ties by clause_id; scores are cosines.

        `within` keeps to these clause_ids (unknown ones are passed over), None to all. Every
        clause fits a little, so only an empty query or an empty index gives an empty list.
        """
        if not query.strip() or not self.texts.clause_ids or top_k < 1:
            return []
        scores = self.scores(self.texts.encoder.encode_queries([query]))
        return best(self.texts, scores, top_k, within)

    def scores(self, query: Encoded) -> NDArray[np.float32]:
        """Return the score of each clause, in the order of `texts.clause_ids`."""
        _, distances, rows = self._faiss.range_search(query.vectors[:1], _BELOW_ALL)
        by_row = np.empty(len(self.texts.hashes), np.float32)
        by_row[rows] = distances
        scores: NDArray[np.float32] = np.maximum.reduceat(
            by_row[self.texts.rows], self.texts.starts[:-1]
        )
        return scores

    def save(self, folder: Path) -> None:
        """Write the vectors into `folder`."""
        self.texts.save(folder)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Self:
        """Read what `save` wrote; StoreError as `EncodedTexts.load`."""
        return cls(EncodedTexts.load(folder, encoder))


def best(
    texts: EncodedTexts,
    scores: NDArray[np.float32],
    top_k: int,
    within: Collection[str] | None = None,
) -> list[Scored]:
    """Return the `top_k` best of scores in the order of `texts.clause_ids`, ties by clause_id."""
    places = np.arange(len(scores)) if within is None else texts.known(within)
    first = places[np.argsort(-scores[places], kind="stable")[:top_k]]
    return [Scored(texts.clause_ids[place], float(scores[place])) for place in first]


def _faiss() -> ModuleType:
    try:
        return importlib.import_module("faiss")
    except (ImportError, OSError) as error:
        raise StoreError(
            f"没有装好 faiss，不能按语义检索（{error}）", "请运行 pip install faiss-cpu"
        ) from error
