"""The sections whose titles answer 哪一节讲金融支持."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from api.answering.locate import Place
from api.answering.question import ASKING
from api.answering.weights import shares
from corpus.address import Level
from corpus.model import Document
from index.bm25 import BM25Index
from index.fusion import Fused
from index.tokenize import words

_ASKING = (
    "讲",
    "说",
    "写",
    "提到",
    "规定",
    "部署",
    "关于",
    "内容",
    "介绍",
    "涉及",
    "文件",
    "规划",
    "意见",
)
_LEAST_FIT = 0.5  # of the information of what is asked, to stand in a title
_MOST, _CLAUSES = 3, 4  # sections, and clauses of each


@dataclass(frozen=True, slots=True)
class Titled:
    """A place and how well its title fits: the share of the question's information in it.

    The clauses of the place are those that the ranking put first, in its order.
    """

    fit: float
    place: Place


def by_title(
    asked: str,
    levels: Sequence[Level],
    documents: Collection[Document],
    ordinary: Sequence[Fused],
    bm25: BM25Index,
) -> list[Titled]:
    """Return the places of a level whose titles hold what is asked, best first.

    Of each document only the first of `levels` that it has counts. Ties go to the place whose best
    clause the ranking has first, then by document and address. None fits: [].
    """
    for word in _ASKING:
        asked = asked.replace(word, " ")
    information = shares(words(ASKING.sub(" ", asked)), bm25)
    ranks = {one.clause_id: rank for rank, one in enumerate(ordinary)}
    found = []
    for document in documents:
        nodes = list(document.walk())
        level = next((one for one in levels if any(n.level is one for n, _ in nodes)), None)
        for node, address in nodes:
            if node.level is not level:
                continue
            fit = sum(share * _held(word, node.title) for word, share in information.items())
            if fit >= _LEAST_FIT:
                inside = [c for c in document.clauses if c.address.within(address)]
                inside.sort(key=lambda c: (ranks.get(c.clause_id, len(ranks)), c.start))
                first = ranks.get(inside[0].clause_id, len(ranks)) if inside else len(ranks)
                one = Titled(fit, Place(document, address, tuple(inside[:_CLAUSES]), node.title))
                found.append((-fit, first, document.doc_id, str(address), one))
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])[:_MOST]]


def _held(word: str, title: str) -> float:
    """Return how much of a word a title holds: 1 for all, else the share of its bigrams.

    >>> _held("金融支持", "强化金融保险支持政策")
    0.6666666666666666
    """
    if word in title or len(word) < 3:
        return float(word in title)
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return sum(pair in title for pair in pairs) / len(pairs)
