"""Whether the clauses that were found have any basis for an answer.

The scores of the indexes do not tell (design, section 4: AUROC .50-.53). What is looked at here is
whether the best clauses hold enough of the question's words, or at least say something alike. It
keeps questions of other subjects away, not those of the right subject that go unanswered, and its
confidence is not calibrated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from api.answering.question import ASKING
from api.answering.weights import shares
from corpus.model import Hit
from index.bm25 import BM25Index
from index.tokenize import words

_LOOKED_AT = 5  # clauses
# Chosen on the dev part of the question set: of its answerable questions 3.4 % fall below both.
_LEAST_COVERED = 0.4  # of the question's information
_LEAST_ALIKE = 0.865  # cosine of e5-small, which hardly ever gives less than .8
_LEAST_COVERED_ALONE = 0.15  # where there are no vectors


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
    information = shares(words(ASKING.sub(" ", question)), bm25)
    covered = max(_coverage(information, hit) for hit in hits[:_LOOKED_AT])
    cosines = [hit.sources["dense"] for hit in hits if "dense" in hit.sources]
    likeness = min(max((max(cosines, default=0.0) - 0.8) / 0.15, 0.0), 1.0)
    confidence = round(0.7 * covered + 0.3 * likeness, 4)
    if cosines:
        unfounded = covered < _LEAST_COVERED and max(cosines) < _LEAST_ALIKE
    else:
        unfounded = covered < _LEAST_COVERED_ALONE
    if not unfounded:
        return Verdict(False, "", confidence)
    missing = sorted((w for w in information if not bm25.frequency(w)), key=_longest_first)
    named = f"“{'”“'.join(missing[:3])}”" if missing else "所问内容"
    return Verdict(True, f"库中没有条款讲到{named}，下面是最接近的条款。", confidence)


def _coverage(information: dict[str, float], hit: Hit) -> float:
    text = " ".join((*hit.clause.heads, hit.clause.text))
    return sum(share for word, share in information.items() if word in text)


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word
