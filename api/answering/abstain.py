"""Whether the clauses that were found have any basis for an answer.

The scores of the indexes do not tell (design, section 4: AUROC .50-.53). What is looked at here is
whether the best clauses hold what the question names: its places and years, and enough of its
words. It is a first line of defence; it is not calibrated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from api.answering.question import ASKING
from corpus.model import Hit
from index.bm25 import BM25Index
from index.tokenize import words

_LOOKED_AT = 5  # clauses
_LEAST_COVERED = 0.25  # of the question's information, where the vectors see no likeness either
_UNLIKE = 0.82  # cosine of e5-small under which a clause is about something else
_PLACE = re.compile(r"[一-龥]{2,6}?(?:省|自治区|自治州|市|州|县|区|镇|乡|村)")
_YEAR = re.compile(r"(?:19|20)\d{2}")


class Verdict(NamedTuple):
    """Whether to abstain, why (in Chinese, empty for an answer), and a confidence in [0, 1]."""

    abstained: bool
    reason: str
    confidence: float


def judge(question: str, hits: Sequence[Hit], bm25: BM25Index) -> Verdict:
    """Say whether the first hits hold what a question names.

    `confidence` is the share of the question's information that the best of them covers, raised by
    the cosine of its vector where there is one; it orders answers and is no probability.
    """
    if not hits:
        return Verdict(True, "库中没有与问题相关的条款。", 0.0)
    covered = max(_coverage(question, hit, bm25) for hit in hits[:_LOOKED_AT])
    cosine = max((hit.sources.get("dense", 0.0) for hit in hits[:_LOOKED_AT]), default=0.0)
    likeness = min(max((cosine - 0.75) / 0.2, 0.0), 1.0)
    confidence = round(0.7 * covered + 0.3 * likeness, 4)
    missing = _missing_words(question, bm25)
    if covered < _LEAST_COVERED and cosine < _UNLIKE:
        named = f"“{'”“'.join(missing[:3])}”" if missing else "所问内容"
        return Verdict(True, f"库中没有条款讲到{named}，下面是最接近的条款。", confidence)
    return Verdict(False, "", confidence)


def _information(question: str, bm25: BM25Index) -> dict[str, float]:
    highest = math.log(bm25.size + 1)
    found: dict[str, float] = {}
    for word in words(ASKING.sub(" ", question)):
        idf = bm25.idf(word)
        found[word] = highest if idf is None else max(idf, 0.0)
    return found


def _coverage(question: str, hit: Hit, bm25: BM25Index) -> float:
    information = _information(question, bm25)
    text = " ".join((*hit.clause.heads, hit.clause.text))
    whole = sum(information.values())
    return sum(w for word, w in information.items() if word in text) / whole if whole else 0.0


def _missing_words(question: str, bm25: BM25Index) -> list[str]:
    """Return the words of a question that no clause has, longest first."""
    absent = [w for w in words(ASKING.sub(" ", question)) if bm25.idf(w) is None]
    return sorted(absent, key=lambda w: (-len(w), w))
