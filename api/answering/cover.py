"""How much of some words a text holds, rare words counting more than common ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from api.answering.weights import information, shares
from index.bm25 import BM25Index
from index.thesaurus import open_thesaurus
from index.tokenize import tokens

_ALIKE, _OFFICIAL = 0.8, 0.7  # what a word counts where only another for it stands there
# Words for the same attribute, everyday or official; each group is open to either side.
_SAME = (
    "补助 奖补 补贴 资助 奖励 补",
    "比重 占比 比例 占",
    "总产量 产量",
    "加装 安装",
    "培育 培养 发展",
    "人数 人次 人",
    "电话 热线 号码",
    "增长 增速 增幅 增加",
    "负责 牵头 主管",
    "拿 投入 发放 安排",
    "喝水 饮水",
    "遍 次",
    "游客 旅游",
    "农民 农村居民",
    "gdp 生产总值 经济总量",
)
_OTHERS = {
    word: tuple(other for other in group.split() if other != word)
    for group in _SAME
    for word in group.split()
}


@lru_cache(4096)
def plain(text: str) -> str:
    """Return a text without blanks, in lower case: PDF text may part any two letters."""
    return re.sub(r"\s", "", text).lower()


class Cover:
    """Weighs words by what the corpus knows of them."""

    def __init__(self, bm25: BM25Index) -> None:
        self._bm25 = bm25
        self._shares: dict[str, dict[str, float]] = {}
        self._official: dict[str, dict[str, tuple[str, ...]]] = {}

    def weights(self, words: str) -> dict[str, float]:
        """Return the tokens of some words with their shares, which sum to one; empty for none."""
        if words not in self._shares:
            self._shares[words] = shares(tokens(words), self._bm25)
        return self._shares[words]

    def of(self, words: str, text: str) -> float:
        """Return the share of `words` that `text` holds, 0 to 1; 1 for no words at all.

        A word counts nearly as much where another for the same thing stands there, an everyday one
        where one of its official words does.
        """
        weights = self.weights(words)
        if not weights:
            return 1.0
        there, official = plain(text), self._official_words(words)
        return sum(
            weight * _held(token, there, official.get(token, ()))
            for token, weight in weights.items()
        )

    def information(self, words: str) -> float:
        """Return how much some words tell: the sum of the idf of their tokens, in nats."""
        return sum(information(token, self._bm25) for token in dict.fromkeys(tokens(words)))

    def known(self, word: str) -> bool:
        """Whether any clause of the corpus has a word."""
        return self._bm25.frequency(word) > 0

    def _official_words(self, words: str) -> dict[str, tuple[str, ...]]:
        """Return the official words for the tokens that are, or are pieces of, everyday ones."""
        if words not in self._official:
            found = open_thesaurus().expand(words)
            self._official[words] = {
                token: tuple(w for one in found if token in one.everyday for w in one.official)
                for token in self.weights(words)
            }
        return self._official[words]


def _held(token: str, text: str, official: Sequence[str]) -> float:
    if token in text:
        return 1.0
    if any(other in text for other in _OTHERS.get(token, ())):
        return _ALIKE
    return _OFFICIAL if any(word in text for word in official) else 0.0
