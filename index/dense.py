"""Finds clauses by meaning: one vector a clause, or several for a long one; exact inner product.

The only module that imports faiss.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StoreError
from corpus.sentences import sentences
from index.base import Passage, Scored
from index.encoder import Encoder, Progress, Vectors

SHORT = 40
"""Characters below which a text is read together with its innermost heading."""
LONG = 400
"""Characters above which a text is encoded in parts; a vector blurs what a longer one says."""

_VECTORS = "vectors.faiss"
_ENTRIES = "entries.json"
_FORMAT = 1
_REBUILD = "请运行 zhangjie index 重建"
_DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, MemoryError)
_BELOW_ALL = -2.0  # below any inner product of two vectors of unit length


class DenseIndex:
    """Ranks all clauses by the cosine of query and clause; a long clause by its best part.

    Each different text is encoded and kept once, under its SHA-256, so that equal clauses score
    equally and a rebuilt index takes what has not changed from the old one.
    """

    name = "dense"

    def __init__(
        self,
        encoder: Encoder,
        entries: Sequence[tuple[str, Sequence[int]]],
        hashes: Sequence[str],
        vectors: Vectors,
    ) -> None:
        """Index `vectors`, float32 of shape (rows, dimensions), rows of unit length.

        `entries` names the rows of each clause, at least one, as (clause_id, rows), ascending by
        clause_id; `hashes` holds the SHA-256 of the text of each row.
        """
        self.encoder = encoder
        self._clause_ids = [clause_id for clause_id, _ in entries]
        self._places = {clause_id: place for place, clause_id in enumerate(self._clause_ids)}
        self._rows = [list(rows) for _, rows in entries]
        self._hashes = list(hashes)
        lengths = [len(rows) for rows in self._rows]
        self._flat_rows = np.array([row for rows in self._rows for row in rows], np.intp)
        self._starts = np.cumsum([0, *lengths[:-1]], dtype=np.intp)[: len(lengths)]
        self._faiss: Any = _faiss().IndexFlatIP(encoder.dimensions)
        self._faiss.add(vectors)

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        encoder: Encoder,
        reuse: DenseIndex | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Encode the passages; vectors of texts that `reuse` has already are taken from there.

        `reuse` counts only where it was made with the same encoder. `progress` gets (texts
        encoded, texts to encode). Clauses without text are left out. Errors: ValueError for a
        clause_id that occurs twice.
        """
        rows: dict[str, int] = {}
        entries = [
            (passage.clause_id, [rows.setdefault(text, len(rows)) for text in texts(passage)])
            for passage in sorted(passages, key=lambda passage: passage.clause_id)
            if passage.text.strip()
        ]
        if len({clause_id for clause_id, _ in entries}) < len(entries):
            raise ValueError("a clause_id occurs twice")
        hashes = [hashlib.sha256(text.encode(errors="replace")).hexdigest() for text in rows]
        known = reuse._known() if reuse and reuse.encoder.identity == encoder.identity else {}
        vectors = np.empty((len(rows), encoder.dimensions), np.float32)
        missing = [row for row, digest in enumerate(hashes) if digest not in known]
        for row, digest in enumerate(hashes):
            if digest in known:
                vectors[row] = known[digest]
        if missing:
            every = list(rows)
            vectors[missing] = encoder.encode_passages([every[row] for row in missing], progress)
        return cls(encoder, entries, hashes, vectors)

    def search(self, query: str, top_k: int, within: Collection[str] | None = None) -> list[Scored]:
        """Return at most `top_k` clauses, best first, ties by clause_id; scores are cosines.

        `within` keeps to these clause_ids (unknown ones are passed over), None to all. Every
        clause fits a little, so only an empty query or an empty index gives an empty list.
        """
        if not query.strip() or not self._clause_ids or top_k < 1:
            return []
        scores = self._scores(query)
        places = np.arange(len(scores))
        if within is not None:
            known = {self._places[each] for each in within if each in self._places}
            places = np.array(sorted(known), np.intp)
        best = places[np.argsort(-scores[places], kind="stable")[:top_k]]
        return [Scored(self._clause_ids[place], float(scores[place])) for place in best]

    def save(self, folder: Path) -> None:
        """Write the vectors and the entries into `folder`."""
        _faiss().write_index(self._faiss, str(folder / _VECTORS))
        content = {
            "format": _FORMAT,
            "encoder": self.encoder.identity,
            "hashes": self._hashes,
            "entries": list(zip(self._clause_ids, self._rows, strict=True)),
        }
        (folder / _ENTRIES).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Self:
        """Read what `save` wrote.

        StoreError where a file is missing or damaged, or another encoder made the vectors. What
        only a checksum shows, the seal around the folder shows (`storage.read_fingerprint`).
        """
        try:
            content = json.loads((folder / _ENTRIES).read_text(encoding="utf-8"))
            if content["format"] != _FORMAT or content["encoder"] != encoder.identity:
                raise StoreError(f"向量索引 {folder} 是另一个版本或另一个模型建的", _REBUILD)
            stored = _faiss().read_index(str(folder / _VECTORS))
            vectors = stored.reconstruct_n(0, stored.ntotal)
            hashes, entries = content["hashes"], content["entries"]
            if vectors.shape != (len(hashes), encoder.dimensions):
                raise ValueError(f"{vectors.shape} vectors for {len(hashes)} texts")
            if not all(rows and 0 <= min(rows) <= max(rows) < len(hashes) for _, rows in entries):
                raise ValueError("entries name vectors that are not there")
            return cls(encoder, entries, hashes, vectors)
        except _DAMAGE as error:
            raise StoreError(f"向量索引 {folder} 读不出来或已损坏", _REBUILD) from error

    def _scores(self, query: str) -> NDArray[np.float32]:
        """Return the score of each clause, in the order of clause_id."""
        vector = self.encoder.encode_queries([query])
        _, distances, rows = self._faiss.range_search(vector, _BELOW_ALL)
        by_row = np.empty(len(self._hashes), np.float32)
        by_row[rows] = distances
        scores: NDArray[np.float32] = np.maximum.reduceat(by_row[self._flat_rows], self._starts)
        return scores

    def _known(self) -> dict[str, Vectors]:
        """Return the vector of each text by its SHA-256."""
        vectors = self._faiss.reconstruct_n(0, self._faiss.ntotal)
        return dict(zip(self._hashes, vectors, strict=True))


def texts(passage: Passage) -> list[str]:
    """Return the texts that are encoded for a clause: its own, in parts where it is long.

    The titles above it are left out, because with them everything under one title looks alike;
    but a text of fewer than `SHORT` characters, which says little by itself, is read together
    with its innermost heading (never the document's title): 农村公路：新建三百公里。
    """
    text = passage.text.strip()
    if len(text) < SHORT and len(passage.heads) > 1 and not text.startswith(passage.heads[-1]):
        return [f"{passage.heads[-1]}：{text}"]
    return list(_parts(text))


def _parts(text: str) -> Iterator[str]:
    """Cut a text longer than `LONG` in two, and these again, at the sentence end nearest to the
    middle; in the middle itself where no sentence ends in the middle half.
    """
    if len(text) <= LONG:
        yield text
        return
    middle = len(text) // 2
    ends = [end for _, end in sentences(text) if abs(end - middle) <= middle // 2]
    cut = min(ends, key=lambda end: abs(end - middle), default=middle)
    yield from _parts(text[:cut].strip())
    yield from _parts(text[cut:].strip())


def _faiss() -> ModuleType:
    try:
        return importlib.import_module("faiss")
    except (ImportError, OSError) as error:
        raise StoreError(
            f"没有装好 faiss，不能按语义检索（{error}）", "请运行 pip install faiss-cpu"
        ) from error
