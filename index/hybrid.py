"""The index that people search: words, vectors, token vectors and the thesaurus together.

BM25, the dense index and the thesaurus each propose clauses; all signals of all proposed clauses
are then added up by `fusion.linear_fusion`. Late interaction proposes none: it orders.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StoreError
from index import storage, tokenize
from index.base import Passage
from index.bm25 import BM25Index
from index.dense import DenseIndex
from index.encoded import EncodedTexts
from index.encoder import Encoded, Encoder
from index.fusion import Fused, learnt_weights, linear_fusion
from index.late import LateIndex
from index.thesaurus import Thesaurus, open_thesaurus

HYBRID = "hybrid"
RANKINGS = (HYBRID, "bm25", "dense", "late")
# Clauses that each signal proposes, at least; 300 find no more on the dev questions.
DEPTH = 100
_ALONE: dict[str, Mapping[str, float]] = {
    "bm25": {"words": 1.0},
    "dense": {"dense": 1.0},
    "late": {"late": 1.0},
}
_ENCODED = "encoded"
_ASKED_AGAIN = 16  # queries whose vectors are kept: one question is looked up more than once
_VERSION = "hybrid 3"  # raise the number when what is indexed changes

Progress = Callable[[int, int], None]
Scores = NDArray[np.floating]


def settings() -> str:
    """Return what an index depends on besides its corpus and its encoder."""
    return f"{_VERSION} {tokenize.fingerprint()}"


class HybridIndex:
    """BM25 and thesaurus alone where there is no encoder, with vectors where there is one."""

    def __init__(
        self, bm25: BM25Index, texts: EncodedTexts | None, thesaurus: Thesaurus | None = None
    ) -> None:
        """Search `bm25` and `texts`; without a thesaurus the one that ships is taken."""
        self.bm25 = bm25
        self.thesaurus = thesaurus or open_thesaurus()
        self.texts = texts
        self.dense = DenseIndex(texts) if texts else None
        self.late = LateIndex(texts) if texts else None
        self._encoded = _remembering(texts.encoder) if texts else None
        # The column of bm25 of each place of texts, and back; -1 for clauses without text.
        self._columns = bm25.columns(texts.clause_ids if texts else ())
        self._places = np.full(bm25.size, -1, np.intp)
        self._places[self._columns] = range(len(self._columns))

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        encoder: Encoder | None,
        reuse: HybridIndex | None = None,
        progress: Progress | None = None,
    ) -> HybridIndex:
        """Index passages; vectors of texts that `reuse` has already are taken from there."""
        texts = None
        if encoder:
            known = reuse.texts if reuse else None
            texts = EncodedTexts.build(passages, encoder, known, progress)
        return cls(BM25Index.build(passages), texts)

    def search(
        self,
        query: str,
        top_k: int,
        within: Collection[str] | None = None,
        ranking: str = HYBRID,
        weights: Mapping[str, float] | None = None,
    ) -> list[Fused]:
        """Return at most `top_k` clauses, best first, ties by clause_id.

        Each carries what each signal gave it: `words` and `thesaurus` (shares of the query's
        information), `dense` and `late` (cosines). `ranking` is one of `RANKINGS`, without vectors
        all are BM25; `weights` replaces those of the ranking.
        """
        if top_k < 1 or not query.strip():
            return []
        wanted = dict(weights if weights is not None else _ALONE.get(ranking) or learnt_weights())
        if not self.texts and not {"words", "thesaurus"} & set(wanted):
            wanted = {"words": 1.0}
        encoded = None
        if self._encoded and {"dense", "late"} & set(wanted):
            encoded = self._encoded(query)
        signals = self._signals(query, encoded, wanted)
        allowed = None if within is None else self.bm25.mask(within)
        columns = self._proposed(signals, wanted, allowed, max(DEPTH, top_k))
        chosen = {name: values[columns] for name, values in signals.items()}
        if self.late and encoded and "late" in wanted:
            chosen["late"] = self._late(encoded, columns)
        scores = linear_fusion(chosen, float(signals["words"].max(initial=0)), wanted)
        order = np.lexsort((self.bm25.id_ranks[columns], -scores))[:top_k]
        return [
            Fused(
                self.bm25.clause_ids[columns[at]],
                float(scores[at]),
                {name: float(values[at]) for name, values in chosen.items()},
            )
            for at in order
        ]

    def save(self, folder: Path, fingerprint: str) -> None:
        """Write the index so that `folder` is at any moment the old one or the new one."""

        def fill(building: Path) -> None:
            parts = {BM25Index.name: self.bm25} | ({_ENCODED: self.texts} if self.texts else {})
            for name, part in parts.items():
                (building / name).mkdir()
                part.save(building / name)

        storage.write_folder(folder, fingerprint, fill)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None) -> HybridIndex | None:
        """Read an index, None where there is none; StoreError where it is damaged.

        Whether it is the right one, the caller finds out by `storage.read_fingerprint`, which also
        checks the files. Without an encoder the vectors are left out.
        """
        if not (folder / BM25Index.name).is_dir():
            return None
        texts = None
        if encoder and (folder / _ENCODED).is_dir():
            texts = EncodedTexts.load(folder / _ENCODED, encoder)
        return cls(BM25Index.load(folder / BM25Index.name), texts)

    # -- signals, one value a column of bm25 ---------------------------------------------------

    def _signals(
        self, query: str, encoded: Encoded | None, wanted: Mapping[str, float]
    ) -> dict[str, Scores]:
        """Return what costs little for all clauses; of clauses without a vector the least."""
        signals: dict[str, Scores] = {"words": self.bm25.shares(tokenize.tokens(query))}
        if "thesaurus" in wanted:
            signals["thesaurus"] = self._thesaurus(query)
        if self.dense and encoded:
            signals["dense"] = np.full(self.bm25.size, -1, np.float32)
            if len(self._columns):
                signals["dense"][self._columns] = self.dense.scores(encoded)
        return signals

    def _thesaurus(self, query: str) -> Scores:
        """Return how well clauses fit the official words for a query, the best of all being 1.

        Of the words for one everyday expression the one that fits a clause best counts, of those
        for an abbreviation all.
        """
        total = np.zeros(self.bm25.size)
        for expansion in self.thesaurus.expand(query):
            words = [dict.fromkeys(tokenize.tokens(word)) for word in expansion.official]
            scores = [self.bm25.token_scores(word) for word in words]
            total += np.sum(scores, axis=0) if expansion.together else np.max(scores, axis=0)
        return total / max(float(total.max(initial=0)), 1e-9)

    def _late(self, encoded: Encoded, columns: NDArray[np.intp]) -> Scores:
        scores = np.full(len(columns), -1, np.float32)
        places = self._places[columns]
        if self.late:
            scores[places >= 0] = self.late.scores(encoded, places[places >= 0])
        return scores

    def _proposed(
        self,
        signals: Mapping[str, Scores],
        wanted: Mapping[str, float],
        allowed: NDArray[np.bool_] | None,
        depth: int,
    ) -> NDArray[np.intp]:
        """Return the columns that are among the best `depth` of any signal, ascending.

        Of all signals where late interaction alone orders. What shares no word is not proposed by
        words.
        """
        names = set(signals) & set(wanted) or set(signals)
        proposed = np.zeros(self.bm25.size, np.bool_)
        for name in names:
            values = signals[name]
            fits = values > (-1 if name == "dense" else 0)
            if allowed is not None:
                fits &= allowed
            columns = np.flatnonzero(fits)
            if len(columns) > depth:
                floor = np.partition(values[columns], -depth)[-depth]
                columns = columns[values[columns] >= floor]
            proposed[columns] = True
        return np.flatnonzero(proposed)


def _remembering(encoder: Encoder) -> Callable[[str], Encoded]:
    """Return what encodes a query and keeps the last of them.

    It holds no index: in a circle with one, a server would keep each index that it ever made until
    Python looks for circles, which is seldom.
    """
    return lru_cache(_ASKED_AGAIN)(lambda query: encoder.encode_queries([query]))


def made_for(folder: Path) -> str | None:
    """Return what the index in `folder` was made for, None where there is none or a damaged one."""
    try:
        return storage.read_fingerprint(folder)
    except StoreError:
        return None
