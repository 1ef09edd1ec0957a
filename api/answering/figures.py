"""The figures of a sentence: numbers with their units, percentages and dates."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.model import Span

_NUMBER = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百千]{1,4}"
_SIZE = r"[百千万亿]*"
_UNIT = (
    "(?:个百分点|平方公里|平方米|立方米|公里|万千瓦|千瓦时|人次|公顷"
    "|[个家亩元人户名条类项座处所种场次年月天日倍张套支份里米吨只头期级批株棵羽辆台艘])"
)
_PATTERNS = (
    # 2021年底前, 2025年12月: a date
    re.compile(
        r"(?:19|20)\d{2}\s*(?:[-—～~至到]\s*(?:19|20)\d{2})?\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?"
    ),
    # 92%以上, 1至2成, 百分之五
    re.compile(rf"{_NUMBER}\s*(?:[-—～~至到]\s*{_NUMBER}\s*)?[%％‰]"),
    # 30个, 1.71万元, 2-3套, 90多万亩; the number itself where no unit follows: 3.0以下
    re.compile(rf"{_NUMBER}(?:\s*[-—～~至到]\s*{_NUMBER})?\s*多?{_SIZE}{_UNIT}?"),
    # 三类, 十二条, 五年: Chinese numerals only with a unit
    re.compile(rf"{_CHINESE}{_SIZE}{_UNIT}"),
)


class Figure(NamedTuple):
    """A figure in a text: its span there, the words and the unit (`%` for a percentage)."""

    span: Span
    text: str
    unit: str


def figures(text: str) -> list[Figure]:
    """Return the figures of a text in order, none inside another.

    >>> [(f.text, f.unit) for f in figures("2021年启动试点30个，普及率达92%。")]
    [('2021年', '年'), ('30个', '个'), ('92%', '%')]
    """
    found: list[Figure] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if all(span.end <= f.span.start or f.span.end <= span.start for f in found):
                found.append(Figure(span, match[0], _unit(match[0])))
    return sorted(found)


def _unit(text: str) -> str:
    unit = re.sub(r"^[\d.,，\s\-—～~至到多一二两三四五六七八九十]+", "", text).replace("％", "%")
    return "年" if re.match(r"年|月|日", unit) else unit
