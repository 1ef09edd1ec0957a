"""The index that people search: BM25 and vectors together, by reciprocal rank fusion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from corpus.errors import StoreError
from index import storage, tokenize
from index.base import Passage
from index.bm25 import BM25Index
from index.dense import DenseIndex
from index.encoder import Encoder
from index.fusion import Fused, reciprocal_rank_fusion

HYBRID = "hybrid"
RANKINGS = (HYBRID, BM25Index.name, DenseIndex.name)
DEPTH = 100  # how far down each ranking is fused
# Of k 10, 30, 60 and dense weights .3 to 1 the best hit@1 on the dev half of the question set.
WEIGHTS = {"bm25": 1.0, "dense": 0.3}
_VERSION = "hybrid 1"  # raise the number when what is indexed changes

Progress = Callable[[int, int], None]


def settings() -> str:
    """Return what an index depends on besides its corpus and its encoder."""
    return f"{_VERSION} {tokenize.fingerprint()}"


class HybridIndex:
    """BM25 alone where there is no encoder, BM25 and vectors where there is one."""

    def __init__(self, bm25: BM25Index, dense: DenseIndex | None) -> None:
        self.bm25 = bm25
        self.dense = dense

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        encoder: Encoder | None,
        reuse: HybridIndex | None = None,
        progress: Progress | None = None,
    ) -> HybridIndex:
        """Index passages; vectors of texts that `reuse` has already are taken from there."""
        dense = None
        if encoder:
            known = reuse.dense if reuse else None
            dense = DenseIndex.build(passages, encoder, reuse=known, progress=progress)
        return cls(BM25Index.build(passages), dense)

    def search(
        self, query: str, top_k: int, within: Collection[str] | None = None, ranking: str = HYBRID
    ) -> list[Fused]:
        """Return at most `top_k` clauses, best first, ties by clause_id.

        Each carries the score that either index gave it, where it was among that index's first
        max(`DEPTH`, `top_k`). `ranking` is one of `RANKINGS`; without vectors all are BM25.
        """
        depth = max(DEPTH, top_k)
        rankings = {}
        if ranking != DenseIndex.name or not self.dense:
            rankings["bm25"] = self.bm25.search(query, depth, within)
        if self.dense and ranking != BM25Index.name:
            rankings["dense"] = self.dense.search(query, depth, within)
        return reciprocal_rank_fusion(rankings, weights=WEIGHTS)[:top_k]

    def save(self, folder: Path, fingerprint: str) -> None:
        """Write the index so that `folder` is at any moment the old one or the new one."""

        def fill(building: Path) -> None:
            for index in (self.bm25, self.dense):
                if index:
                    (building / index.name).mkdir()
                    index.save(building / index.name)

        storage.write_folder(folder, fingerprint, fill)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None) -> HybridIndex | None:
        """Read an index, None where there is none; StoreError where it is damaged.

        Whether it is the right one, the caller finds out by `storage.read_fingerprint`, which also
        checks the files. Without an encoder the vectors are left out.
        """
        if not (folder / BM25Index.name).is_dir():
            return None
        dense = None
        if encoder and (folder / DenseIndex.name).is_dir():
            dense = DenseIndex.load(folder / DenseIndex.name, encoder)
        return cls(BM25Index.load(folder / BM25Index.name), dense)


def made_for(folder: Path) -> str | None:
    """Return what the index in `folder` was made for, None where there is none or a damaged one."""
    try:
        return storage.read_fingerprint(folder)
    except StoreError:
        return None
