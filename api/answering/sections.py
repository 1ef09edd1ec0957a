"""The sections whose titles answer 哪一节讲金融支持."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from api.answering.locate import Place
from api.answering.question import ASKING
from api.answering.weights import shares
from corpus.address import Address, Level
from corpus.model import Document
from index.bm25 import BM25Index
from index.fusion import Fused
from index.tokenize import words

_ASKING = re.compile("讲|说|写|提到|规定|部署|关于|内容|介绍|涉及|文件|规划|意见")
_LEAST_FIT = 0.5  # of the information of what is asked, to stand in a title
_BELOW = 0.9  # what a title counts for the places above it: 哪一章 by the title of a section
_MOST, _CLAUSES = 3, 4  # sections, and clauses of each


@dataclass(frozen=True, slots=True)
class Titled:
    """A place and how well its title fits: the share of the question's information in it.

    The clauses of the place are those that the ranking put first, in its order.
    """

    fit: float
    place: Place


def asked_for(
    asked: str,
    levels: Sequence[Level],
    documents: Collection[Document],
    ordinary: Sequence[Fused],
    bm25: BM25Index,
) -> list[Titled]:
    """Return the places of a level that answer 哪一节讲…, best first; [] for no levels.

    Of each document only the first of `levels` that it has counts. A place answers by its title
    and by those of the places in it; where no title fits, by holding one of the clauses that the
    ranking has first, with a fit of 0. Ties go to the place whose best clause the ranking has
    first, then by document and address.
    """
    if not levels:
        return []
    information = shares(words(ASKING.sub(" ", _ASKING.sub(" ", asked))), bm25)
    ranks = {one.clause_id: rank for rank, one in enumerate(ordinary)}
    rows = [row for document in documents for row in _fits(document, levels, information, ranks)]
    rows.sort(key=lambda row: (-row.fit, row.first, row.document.doc_id, str(row.address)))
    fitting = [row for row in rows if row.fit >= _LEAST_FIT][:_MOST]
    if fitting:
        return [Titled(row.fit, row.place(ranks, _CLAUSES)) for row in fitting]
    rows.sort(key=lambda row: row.first)
    return [Titled(0.0, row.place(ranks, 1)) for row in rows[:_MOST] if row.first < len(ranks)]


class _Row(NamedTuple):
    """A place of the level asked for, how well titles fit it, the rank of its best clause."""

    fit: float
    first: int
    document: Document
    address: Address
    title: str

    def place(self, ranks: Mapping[str, int], most: int) -> Place:
        inside = [c for c in self.document.clauses if c.address.within(self.address)]
        inside.sort(key=lambda c: (ranks.get(c.clause_id, len(ranks)), c.start))
        return Place(self.document, self.address, tuple(inside[:most]), self.title)


def _fits(
    document: Document,
    levels: Sequence[Level],
    information: Mapping[str, float],
    ranks: Mapping[str, int],
) -> Iterator[_Row]:
    nodes = list(document.walk())
    level = next((one for one in levels if any(n.level is one for n, _ in nodes)), None)
    fits = [
        (own, sum(share * _held(word, node.title) for word, share in information.items()))
        for node, own in nodes
    ]
    for node, at in nodes:
        if node.level is not level:
            continue
        fit = max(one * (1 if own == at else _BELOW) for own, one in fits if own.within(at))
        inside = (ranks.get(c.clause_id) for c in document.clauses if c.address.within(at))
        first = min((rank for rank in inside if rank is not None), default=len(ranks))
        yield _Row(fit, first, document, at, node.title)


def _held(word: str, title: str) -> float:
    """Return how much of a word a title holds: 1 for all, else the share of its bigrams.

    >>> _held("金融支持", "强化金融保险支持政策")
    0.6666666666666666
    """
    if word in title or len(word) < 3:
        return float(word in title)
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return sum(pair in title for pair in pairs) / len(pairs)
