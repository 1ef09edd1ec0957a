"""The texts of clauses as vectors, which the dense and the late index share.

Each different text is encoded and kept once, under its SHA-256, so that equal clauses score
equally and a rebuilt index takes what has not changed from the old one. The token vectors stay on
disk and are mapped into memory: only those of clauses that are looked at are read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StoreError
from corpus.sentences import sentences
from index.base import Passage
from index.encoder import Encoded, Encoder, Progress, TokenVectors, Vectors

SHORT = 40
"""Characters below which a text is read together with its innermost heading."""
LONG = 250
"""Characters above which a text is encoded in parts: a vector blurs what a longer one says, and the
best part of 400 characters finds less than that of 250 (dev: hit@5 .894 and .911, of colloquial
questions .712 and .808)."""

_VECTORS = "vectors.npy"
_TOKENS = "tokens.npy"
_ENTRIES = "entries.json"
_FORMAT = 2
_REBUILD = "请运行 zhangjie index 重建"
_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    MemoryError,
)


class EncodedTexts:
    """Clauses by the rows of their texts, and what each row is encoded as.

    `clause_ids` ascend; clause `n` has the rows `rows[starts[n] : starts[n + 1]]`, at least one;
    row `r` has `vectors[r]` and the token vectors `tokens[firsts[r] : firsts[r + 1]]`.
    """

    def __init__(
        self,
        encoder: Encoder,
        entries: Sequence[tuple[str, Sequence[int]]],
        hashes: Sequence[str],
        encoded: Encoded,
    ) -> None:
        """Keep `encoded`, whose texts have the SHA-256s `hashes`.

        `entries` names the rows of each clause as (clause_id, rows), ascending by clause_id.
        """
        self.encoder = encoder
        self.hashes = list(hashes)
        self.clause_ids = [clause_id for clause_id, _ in entries]
        self.places = {clause_id: place for place, clause_id in enumerate(self.clause_ids)}
        self.rows = np.array([row for _, rows in entries for row in rows], np.intp)
        self.starts = np.cumsum([0, *(len(rows) for _, rows in entries)], dtype=np.intp)
        self.vectors: Vectors = encoded.vectors
        self.tokens: TokenVectors = encoded.tokens
        self.firsts = np.cumsum([0, *encoded.counts], dtype=np.intp)

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        encoder: Encoder,
        reuse: EncodedTexts | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Encode the passages; texts that `reuse` has already are taken from there.

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
        if reuse is None or reuse.encoder.identity != encoder.identity:
            return cls(encoder, entries, hashes, encoder.encode_passages(list(rows), progress))
        known = {digest: row for row, digest in enumerate(reuse.hashes)}
        every = list(rows)
        missing = [row for row, digest in enumerate(hashes) if digest not in known]
        fresh = encoder.encode_passages([every[row] for row in missing], progress)
        return cls(encoder, entries, hashes, reuse._merged(fresh, hashes, known, missing))

    def save(self, folder: Path) -> None:
        """Write vectors, token vectors and entries into `folder`."""
        np.save(folder / _VECTORS, self.vectors)
        np.save(folder / _TOKENS, self.tokens)
        content = {
            "format": _FORMAT,
            "encoder": self.encoder.identity,
            "hashes": self.hashes,
            "counts": np.diff(self.firsts).tolist(),
            "entries": [
                (name, self.rows[self.starts[place] : self.starts[place + 1]].tolist())
                for place, name in enumerate(self.clause_ids)
            ],
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
            hashes, entries = content["hashes"], content["entries"]
            encoded = Encoded(
                np.load(folder / _VECTORS, mmap_mode="r"),  # faiss keeps a copy of its own
                np.load(folder / _TOKENS, mmap_mode="r"),
                np.array(content["counts"], np.intp),
            )
            _check(encoded, (len(hashes), encoder.dimensions), encoder.token_dimensions)
            if not all(rows and 0 <= min(rows) <= max(rows) < len(hashes) for _, rows in entries):
                raise ValueError("entries name vectors that are not there")
            return cls(encoder, entries, hashes, encoded)
        except _DAMAGE as error:
            raise StoreError(f"向量索引 {folder} 读不出来或已损坏", _REBUILD) from error

    def known(self, clause_ids: Iterable[str]) -> NDArray[np.intp]:
        """Return the places of the clauses that are there, ascending, each once."""
        return np.array(sorted({self.places[n] for n in clause_ids if n in self.places}), np.intp)

    def _merged(
        self, fresh: Encoded, hashes: Sequence[str], known: dict[str, int], missing: Sequence[int]
    ) -> Encoded:
        """Return what the texts of `hashes` are encoded as, from here and from `fresh`."""
        vectors = np.empty((len(hashes), self.encoder.dimensions), np.float32)
        vectors[list(missing)] = fresh.vectors
        firsts = np.cumsum([0, *fresh.counts])
        new = {row: fresh.tokens[firsts[n] : firsts[n + 1]] for n, row in enumerate(missing)}
        tokens = []
        for row, digest in enumerate(hashes):
            if row in new:
                tokens.append(new[row])
            else:
                old = known[digest]
                vectors[row] = self.vectors[old]
                tokens.append(self.tokens[self.firsts[old] : self.firsts[old + 1]])
        counts = np.array([len(each) for each in tokens], np.intp)
        return Encoded(vectors, np.concatenate([fresh.tokens[:0], *tokens]), counts)


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


def _check(encoded: Encoded, shape: tuple[int, int], token_dimensions: int) -> None:
    """ValueError where vectors and token vectors do not fit each other or the encoder."""
    expected = (int(encoded.counts.sum()), token_dimensions)
    if encoded.vectors.shape != shape or len(encoded.counts) != shape[0]:
        raise ValueError(f"{encoded.vectors.shape} vectors for {shape[0]} texts")
    if encoded.tokens.shape != expected or encoded.tokens.dtype != np.int8:
        raise ValueError(f"{encoded.tokens.shape} token vectors, not {expected}")
