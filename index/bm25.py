"""BM25: rank-bm25 fits the statistics, a sparse matrix holds its scores.

rank-bm25 walks all clauses for every word of a query. Here the score of every (term, clause) is
worked out once, so that a query only sums the rows of its tokens: the same numbers, see
eval/results/bm25.md for the time. Kept as float64 (12 bytes a posting) since the sums then equal
rank-bm25's to the last bit; float32 would save a third and err by 4e-5.
"""

from __future__ import annotations

import functools
import json
import math
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from corpus.errors import StoreError
from index import tokenize
from index.base import Passage, Scored

K1 = 0.9
B = 0.4
_LEAST = 1e-6  # share of a clause that has a token, however common
_SCORES = "scores.npz"
_TERMS = "terms.json"
_REMEDY = "请运行 zhangjie index 重建索引"

Matrix = sparse.csr_array[np.float64, tuple[int, int]]


class BM25Index:
    """Okapi BM25 over the words and bigrams of heads and text, each head counted once.

    `clause_ids` are in the order in which they were given; `matrix` has shape (terms, clauses);
    `id_ranks` says which place each clause has in the order of clause_id, which breaks ties.
    """

    name = "bm25"

    def __init__(
        self, clause_ids: Sequence[str], idfs: Mapping[str, float], matrix: Matrix
    ) -> None:
        self.clause_ids = tuple(clause_ids)
        self.matrix = matrix
        self._idfs = np.fromiter(idfs.values(), np.float64, len(idfs))
        self._rows = {term: row for row, term in enumerate(idfs)}
        self._columns = {clause_id: column for column, clause_id in enumerate(self.clause_ids)}
        if len(self._columns) != len(self.clause_ids):
            raise ValueError("two passages with the same clause_id")
        self.id_ranks = np.empty(self.size, np.int64)
        self.id_ranks[[self._columns[name] for name in sorted(self._columns)]] = range(self.size)

    @classmethod
    def build(cls, passages: Sequence[Passage], k1: float = K1, b: float = B) -> Self:
        """Index passages by the tokens of their heads and text.

        ValueError where two have the same clause_id.
        """
        return cls.fit([passage.clause_id for passage in passages], _cut(passages), k1, b)

    @classmethod
    def fit(
        cls, clause_ids: Sequence[str], documents: Iterable[list[str]], k1: float = K1, b: float = B
    ) -> Self:
        """Index lists of tokens, one a clause_id.

        k1 and b are the best found for words with bigrams, see design. No documents, or none with
        a token in it, give an index without terms. ValueError where two clause_ids are the same.
        """
        return cls(clause_ids, *_fit(documents, k1, b, len(clause_ids)))

    @property
    def size(self) -> int:
        """How many clauses there are."""
        return len(self.clause_ids)

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Every term with its row of `matrix`, in the order in which they first stood."""
        return MappingProxyType(self._rows)

    def idf(self, term: str) -> float | None:
        """Return rank-bm25's idf of a token, None for one that no clause has.

        For a term of more than half of all clauses that is a quarter of the mean idf, so in a
        corpus of one or two clauses it may be negative. Tokens are those of `tokenize.tokens`.
        """
        row = self._rows.get(term)
        return None if row is None else float(self._idfs[row])

    def frequency(self, term: str) -> int:
        """Return how many clauses have a token, 0 for one that none has."""
        row = self._rows.get(term)
        return 0 if row is None else int(self.matrix.indptr[row + 1] - self.matrix.indptr[row])

    def columns(self, clause_ids: Iterable[str]) -> NDArray[np.intp]:
        """Return the columns of clauses in the order given; KeyError for one that is not there."""
        return np.array([self._columns[name] for name in clause_ids], np.intp)

    def mask(self, clause_ids: Iterable[str]) -> NDArray[np.bool_]:
        """Return which clauses are among these, shape (size,); unknown ones are passed over."""
        mask = np.zeros(self.size, np.bool_)
        mask[[self._columns[name] for name in clause_ids if name in self._columns]] = True
        return mask

    def shares(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Return the share of the tokens' information that each clause covers, shape (size,).

        The BM25 score over what a clause with all the tokens, each very often, would have; a token
        that no clause has counts as one that a single clause has. From 0 to 1; above 0 for every
        clause that has one of the tokens.
        """
        rarest = math.log(self.size + 0.5) - math.log(1.5)
        most = sum(
            max(float(self._idfs[self._rows[token]]), 0.0) if token in self._rows else rarest
            for token in tokens
        )
        scores = self.token_scores(tokens)
        least = self._sharing(tokens, scores) * _LEAST
        return np.clip(scores / max((K1 + 1) * most, _LEAST), least, 1)

    def scores(self, query: str) -> NDArray[np.float64]:
        """Return the score of every clause, shape (size,), in the order of `clause_ids`."""
        return self.token_scores(tokenize.tokens(query))

    def token_scores(self, tokens: Iterable[str]) -> NDArray[np.float64]:
        """Return what rank-bm25's get_scores(tokens) gives, shape (size,).

        A token that stands twice counts twice; unknown ones count nothing.
        """
        total = np.zeros(self.size)
        for row in self._known(tokens):
            postings = self._postings(row)
            np.add.at(total, self.matrix.indices[postings], self.matrix.data[postings])
        return total

    def search(self, query: str, top_k: int, within: Collection[str] | None = None) -> list[Scored]:
        """Return at most `top_k` clauses that share a token with the query, best first.

        Ties by clause_id. `within` keeps to these clause_ids, those not in the index ignored. The
        whole ranking where `top_k` is larger than it, nothing for `top_k` below 1.
        """
        tokens = tokenize.tokens(query)
        scores = self.token_scores(tokens)
        fits = self._sharing(tokens, scores)
        if within is not None:
            fits &= self.mask(within)
        return self._best(scores, np.flatnonzero(fits), max(top_k, 0))

    def save(self, folder: Path) -> None:
        """Write the index into an empty folder: the same index gives the same bytes."""
        sparse.save_npz(folder / _SCORES, self.matrix, compressed=False)
        terms = {
            "tokens": tokenize.fingerprint(),
            "clause_ids": self.clause_ids,
            "terms": list(self._rows),
            "idfs": self._idfs.tolist(),
        }
        (folder / _TERMS).write_text(json.dumps(terms), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, *_: object) -> Self:
        """Read what `save` wrote.

        StoreError where that is damaged, or where texts are cut into other tokens by now.
        """
        try:
            matrix = _read_matrix(folder / _SCORES)
            stored = json.loads((folder / _TERMS).read_text(encoding="utf-8"))
            cut_by, clause_ids = stored["tokens"], stored["clause_ids"]
            idfs = {str(t): float(i) for t, i in zip(stored["terms"], stored["idfs"], strict=True)}
            if matrix.shape != (len(idfs), len(clause_ids)):
                raise ValueError(f"shape {matrix.shape}")
            made = cls(clause_ids, idfs, matrix)
        except Exception as error:  # whatever zipfile, numpy and scipy make of a damaged file
            raise StoreError(f"{folder} 中的 BM25 索引已损坏（{error}）", _REMEDY) from error
        if cut_by != tokenize.fingerprint():
            raise StoreError(f"{folder} 中的 BM25 索引是按旧的分词规则建的", _REMEDY)
        return made

    def _known(self, tokens: Iterable[str]) -> list[int]:
        return [self._rows[token] for token in tokens if token in self._rows]

    def _postings(self, row: int) -> slice:
        return slice(self.matrix.indptr[row], self.matrix.indptr[row + 1])

    def _sharing(self, tokens: Sequence[str], scores: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which clauses share a token: those that score, unless an idf is not positive."""
        rows = self._known(tokens)
        if np.all(self._idfs[rows] > 0):
            return scores > 0
        sharing = np.zeros(self.size, np.bool_)
        for row in rows:
            sharing[self.matrix.indices[self._postings(row)]] = True
        return sharing

    def _best(
        self, scores: NDArray[np.float64], columns: NDArray[np.intp], top_k: int
    ) -> list[Scored]:
        """Return the best `top_k` of `columns`; all that tie with the last one are compared."""
        if 0 < top_k < len(columns):
            floor = np.partition(scores[columns], -top_k)[-top_k]
            columns = columns[scores[columns] >= floor]
        order = np.lexsort((self.id_ranks[columns], -scores[columns]))[:top_k]
        return [Scored(self.clause_ids[column], float(scores[column])) for column in columns[order]]


def _cut(passages: Iterable[Passage]) -> Iterator[list[str]]:
    """Yield the tokens of each passage, interned since rank-bm25 keeps them all."""
    cut_head = functools.lru_cache(4096)(tokenize.tokens)  # many clauses stand under the same
    for passage in passages:
        texts = chain(*map(cut_head, passage.heads), tokenize.tokens(passage.text))
        yield [sys.intern(token) for token in texts]


def _fit(
    documents: Iterable[list[str]], k1: float, b: float, size: int
) -> tuple[dict[str, float], Matrix]:
    """Return rank-bm25's idf of every term and its score in each of `size` documents."""
    from rank_bm25 import BM25Okapi

    try:
        fitted = BM25Okapi(documents, k1=k1, b=b)
    except ZeroDivisionError:  # no document, or no term in any: nothing to take the mean of
        return {}, sparse.csr_array((0, size), dtype=np.float64)
    idfs: dict[str, float] = fitted.idf
    rows = {term: row for row, term in enumerate(idfs)}
    sizes = np.fromiter(map(len, fitted.doc_freqs), np.int64)
    terms = np.fromiter(map(rows.__getitem__, chain.from_iterable(fitted.doc_freqs)), np.int32)
    counts = np.fromiter(chain.from_iterable(d.values() for d in fitted.doc_freqs), np.float64)
    # The same operations in the same order as BM25Okapi.get_scores, so the same bits.
    norms = np.repeat(k1 * (1 - b + b * np.array(fitted.doc_len) / fitted.avgdl), sizes)
    idf_of = np.fromiter(idfs.values(), np.float64)
    scores = idf_of[terms] * (counts * (k1 + 1) / (counts + norms))
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    by_clause = sparse.csr_array((scores, terms, bounds), shape=(size, len(idfs)))
    return idfs, _narrow(by_clause.T.tocsr())


def _narrow(matrix: Matrix) -> Matrix:
    """Return the matrix with 4-byte clause numbers, which is 4 bytes less a posting."""
    if matrix.nnz <= np.iinfo(np.int32).max:
        matrix.indices = matrix.indices.astype(np.int32)
        matrix.indptr = matrix.indptr.astype(np.int32)
    return matrix


def _read_matrix(path: Path) -> Matrix:
    with path.open("rb") as file:  # numpy would leave a damaged one open
        matrix = sparse.load_npz(file)
    if not isinstance(matrix, sparse.csr_array) or matrix.dtype != np.float64:
        raise ValueError(f"{path.name} holds another kind of matrix")
    matrix.check_format(full_check=True)
    return matrix
