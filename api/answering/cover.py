"""How much of some words a text holds, rare words counting more than common ones."""

from __future__ import annotations

import re
from functools import lru_cache

from api.answering.weights import information, shares
from index.bm25 import BM25Index
from index.tokenize import tokens

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

    def weights(self, words: str) -> dict[str, float]:
        """Return the tokens of some words with their shares, which sum to one; empty for none."""
        if words not in self._shares:
            self._shares[words] = shares(tokens(words), self._bm25)
        return self._shares[words]

    def of(self, words: str, text: str) -> float:
        """Return the share of `words` that `text` holds, 0 to 1; 1 for no words at all.

        A word counts nearly as much where another for the same thing stands there.
        """
        weights = self.weights(words)
        if not weights:
            return 1.0
        there = plain(text)
        return sum(weight * _held(token, there) for token, weight in weights.items())

    def information(self, words: str) -> float:
        """Return how much some words tell: the sum of the idf of their tokens, in nats."""
        return sum(information(token, self._bm25) for token in dict.fromkeys(tokens(words)))

    def known(self, word: str) -> bool:
        """Whether any clause of the corpus has a word."""
        return self._bm25.frequency(word) > 0


def _held(token: str, text: str) -> float:
    if token in text:
        return 1.0
    return 0.8 if any(other in text for other in _OTHERS.get(token, ())) else 0.0
