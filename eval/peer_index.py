"""What people build with LangChain: chunks, one vector each, BM25 over jieba's words, RRF.

Chunks of equal length whatever the structure (`eval.chunks`), a SentenceTransformer, bm25s with its
defaults (k1 1.5, b .75), the two rankings fused as in LangChain's EnsembleRetriever (c = 60, equal
weights). Chunks of whole documents have no title in them, since the text has none there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

import numpy as np

from corpus.model import Document
from eval import chunks
from index import storage
from index.base import Passage, Scored
from index.encoder import Encoder, Vectors
from index.fusion import reciprocal_rank_fusion

DEPTH = 100  # chunks that each ranking gives to the fusion, at least
_SLICE = 1000  # chunks encoded at a time: the token vectors, which the peer does not use, are large
_VECTORS, _CHUNKS, _WORDS = "vectors.npy", "chunks.json", "bm25s"


class Chunk(NamedTuple):
    """A piece of a document or passage; `key` tells chunks apart, `source` is where it is from."""

    key: str
    source: str
    text: str


def of_documents(documents: Iterable[Document]) -> list[Chunk]:
    """Cut the cleaned text of documents; `source` is the doc_id."""
    return [
        Chunk(f"{one.doc_id}/{n:05}", one.doc_id, text)
        for one in documents
        for n, text in enumerate(chunks.cut(one.text))
    ]


def of_passages(passages: Iterable[Passage]) -> list[Chunk]:
    """Cut passages, their titles before them; `source` is the passage's id."""
    return [
        Chunk(f"{one.clause_id}/{n:05}", one.clause_id, text)
        for one in passages
        for n, text in enumerate(chunks.cut("\n".join((*one.heads, one.text))))
    ]


class Words(Protocol):
    """What is used of a fitted bm25s.BM25."""

    def retrieve(self, tokens: list[list[str]], k: int, *, show_progress: bool) -> Any:  # noqa: ANN401
        """Return the places and scores of the best k, two arrays of shape (queries, k)."""
        ...

    def save(self, folder: Path, *, show_progress: bool) -> None:
        """Write the index."""
        ...


class PeerIndex:
    """Chunks with their words and, where there is an encoder, their vectors."""

    def __init__(
        self,
        pieces: Sequence[Chunk],
        words: Words,
        vectors: Vectors | None,
        encoder: Encoder | None,
    ) -> None:
        """Take a fitted bm25s.BM25 and vectors of unit length in the order of the pieces."""
        self.pieces = list(pieces)
        self.encoder = encoder
        self.vectors = vectors
        self._words = words
        self._by_key = {piece.key: piece for piece in pieces}

    @classmethod
    def build(
        cls, pieces: Sequence[Chunk], vectors: Vectors | None, encoder: Encoder | None
    ) -> Self:
        """Index the words of pieces; vectors as `encoded` returns them, None for words alone."""
        import bm25s

        words = bm25s.BM25()
        words.index([_cut(piece.text) for piece in pieces], show_progress=False)
        return cls(pieces, words, vectors, encoder)

    def search(self, query: str, top_k: int) -> list[Chunk]:
        """Return the best `top_k` chunks by RRF of both rankings, by words where no vectors are."""
        depth = max(top_k, DEPTH)
        rankings = {"words": self.words(query, depth)}
        if self.vectors is not None and self.encoder:
            rankings["dense"] = self.dense(query, depth)
        fused = reciprocal_rank_fusion(rankings)[:top_k]
        return [self._by_key[one.clause_id] for one in fused]

    def words(self, query: str, top_k: int) -> list[Scored]:
        """Return what bm25s finds: the best chunks that share a word with the query."""
        places, scores = self._words.retrieve(
            [_cut(query)], k=min(top_k, len(self.pieces)), show_progress=False
        )
        return [
            Scored(self.pieces[place].key, float(score))
            for place, score in zip(places[0], scores[0], strict=True)
            if score > 0
        ]

    def dense(self, query: str, top_k: int) -> list[Scored]:
        """Return the chunks with the largest inner product, exact; ValueError without vectors."""
        if self.vectors is None or not self.encoder:
            raise ValueError("this index has no vectors")
        scores = self.vectors @ self.encoder.encode_queries([query]).vectors[0]
        first = np.argpartition(-scores, min(top_k, len(scores)) - 1)[:top_k]
        order = first[np.argsort(-scores[first], kind="stable")]
        return [Scored(self.pieces[place].key, float(scores[place])) for place in order]

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _CHUNKS).write_text(json.dumps(self.pieces), encoding="utf-8")
        self._words.save(folder / _WORDS, show_progress=False)
        if self.vectors is not None:
            np.save(folder / _VECTORS, self.vectors)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None) -> Self:
        """Read what `save` wrote, without an encoder its words alone."""
        import bm25s

        stored = json.loads((folder / _CHUNKS).read_text(encoding="utf-8"))
        words = bm25s.BM25.load(folder / _WORDS, show_progress=False)
        vectors = np.load(folder / _VECTORS) if encoder else None
        return cls([Chunk(*one) for one in stored], words, vectors, encoder)


def encoded(
    pieces: Sequence[Chunk],
    encoder: Encoder,
    data: Path,
    progress: Callable[[str, int, int], None],
) -> Vectors:
    """Return one vector a chunk; they are kept under `data` and used again."""
    texts = [piece.text for piece in pieces]
    digest = hashlib.sha256(json.dumps([encoder.identity, *texts]).encode()).hexdigest()
    path = data / f"peer-{digest[:16]}.npy"
    if path.is_file():
        kept: Vectors = np.load(path)
        return kept
    found = [np.empty((0, encoder.dimensions), np.float32)]
    order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
    for start in range(0, len(order), _SLICE):
        progress("计算块的向量", start, len(order))
        part = [texts[place] for place in order[start : start + _SLICE]]
        found.append(encoder.encode_passages(part).vectors)
    vectors = np.empty((len(texts), encoder.dimensions), np.float32)
    vectors[order] = np.concatenate(found)
    data.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return vectors


def _cut(text: str) -> list[str]:
    return [word for word in _jieba()(text) if word.strip()]


@cache
def _jieba() -> Callable[[str], list[str]]:
    """Return jieba as it is, but for its cache, which goes to the user's own folder."""
    import jieba

    jieba.setLogLevel(60)
    cutter = jieba.Tokenizer()
    folder = storage.cache_folder() / "peer"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    cutter.tmp_dir = str(folder)
    words: Callable[[str], list[str]] = cutter.lcut
    return words
