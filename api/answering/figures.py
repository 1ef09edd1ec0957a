"""The figures of a sentence: numbers with their units, percentages, ratios and dates."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from corpus.model import Span
from corpus.numerals import to_int

_NUMBER = r"\d+(?:[,，]\d{3})*(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十][一二三四五六七八九十百千]{0,3}"
_SIZE = r"[百千万亿]*"
# Longer units first; a unit of one character must not begin another word (5年期: 年; 3分之1).
_WORDS = (
    "个百分点|个点|个工作日|工作日|个月|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|千瓦时|兆瓦|千瓦|美元"
    "|标准箱|标箱|蒸吨|人次|户次|车次|架次|公顷|公斤|千克|小时|分钟|周岁"
)
_LETTERS = (
    "个家亩元人户名条类项座处所种场次年天日倍张套支份里米吨斤只头期级批株棵羽辆台艘对间件部岁度位字成点口"
    "兆栋幢盏块篇册款例宗笔届轮"
)
_UNIT = rf"(?:{_WORDS}|[{_LETTERS}月])"
ASKED_UNIT = rf"(?:{_WORDS}|[{_LETTERS}])"
"""Units after 多少 and 几, where 几月 asks for a date."""
_DATE = (
    r"(?:19|20)\d{2}\s*(?:[-—－～~至到]\s*(?:19|20)\d{2})?\s*年"
    r"(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?"
)
_PATTERNS = (
    # 2021年底前, 2025年12月, 12月底: a date
    re.compile(_DATE),
    re.compile(r"(?<!\d)\d{1,2}\s*月(?:\s*\d{1,2}\s*日|(?=[底初末份前]))"),
    # “3个100万”: a goal that is known by its figure
    re.compile(rf"(?<=[“\"])\d+个\d+{_SIZE}(?=[”\"])"),
    # 2.75:1
    re.compile(rf"{_NUMBER}\s*[:：∶]\s*\d+(?![\d:：])"),
    # 92%以上, 1至2成, 百分之五
    re.compile(rf"{_NUMBER}\s*(?:[-—～~至到]\s*{_NUMBER}\s*)?[%％‰]"),
    re.compile(r"百分之[零一二三四五六七八九十百点]+"),
    # 30个, 1.71万元, 2-3套, 90多万亩; the number itself where no unit follows: 3.0以下
    re.compile(
        rf"(?<![A-Za-z\d.+]){_NUMBER}(?![A-Za-z+])(?:\s*[-—～~至到]\s*{_NUMBER})?"
        rf"\s*[多余]?\s?(?:{_SIZE}[多余]?{_UNIT}|{_SIZE})"
    ),
    # 三类, 十二条, 五年: Chinese numerals only with a unit
    re.compile(
        rf"(?<![第“一二两三四五六七八九十百])(?!一[块款轮批]){_CHINESE}{_SIZE}{_UNIT}(?!性)"
    ),
)
# 1．, 12、 and 3) before a text count nothing; trap: 3.5万亩.
_NUMBERING = re.compile(r"\s*(?:--)?\d{1,3}\s*(?:[．、)）]|\.(?!\d))")
# Units that count the same kind of thing: one asks for 人, the text says 名.
FAMILIES = {
    "people": ("人次", "户次", "人", "名", "位"),
    "money": ("美元", "元"),
    "area": ("平方公里", "平方千米", "平方米", "公顷", "亩"),
    "length": ("公里", "千米", "厘米", "毫米", "里", "米"),
    "weight": ("公斤", "千克", "吨", "斤"),
    "share": ("个百分点", "个点", "%", "‰", "成"),
    "time": ("个工作日", "工作日", "小时", "分钟", "个月", "天", "日", "期"),
    "age": ("周岁", "岁"),
    "count": tuple(
        "个家户条类项座处所种场次张套支份只头级批株棵羽辆台艘对间件部口栋幢盏块篇册款例宗笔"
    ),
}
_PERCENT = re.compile("百分之([零一二三四五六七八九十百]+)")
_ARABIC = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?:[-—~至到]\d+(?:\.\d+)?)?[多余]?(?P<sizes>(?:[百万亿]|千(?![瓦米克]))*)[多余]?(?P<rest>.*)"
)
_WRITTEN = re.compile(rf"(?P<number>{_CHINESE})(?P<sizes>[万亿]*)(?P<rest>.*)")
# The number of a figure without its sizes, and what makes it vague: 3.6万多处 leaves 万处.
_AMOUNT = re.compile(r"^[\d.,，\s\-—－～~至到多余一二两三四五六七八九十]+|(?<=[万亿千百])[多余]")
_SIZES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


class Figure(NamedTuple):
    """A figure in a text: its span there, the words and the unit (`%` for a percentage).

    The unit of a date is 年 (also of 12月底), that of a ratio `:`.
    """

    span: Span
    text: str
    unit: str

    @property
    def is_date(self) -> bool:
        """Whether it is a date and no length of time (2025年, not 30年)."""
        return bool(re.match(rf"{_DATE}|\d{{1,2}}\s*月(?!.*个)", self.text)) and self.unit == "年"


@lru_cache(8192)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order, none inside another.

    >>> [(f.text, f.unit) for f in figures("2021年启动试点30个，普及率达92%。")]
    [('2021年', '年'), ('30个', '个'), ('92%', '%')]
    """
    found: list[Figure] = []
    number = _NUMBERING.match(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, number.end() if number else 0):
            words = match[0].rstrip()
            span = Span(match.start(), match.start() + len(words))
            if all(span.end <= f.span.start or f.span.end <= span.start for f in found):
                found.append(Figure(span, words, _unit(words)))
    return tuple(sorted(found))


def family(unit: str) -> str:
    """Return the family of a unit, the unit itself where it is of none.

    >>> family("万亩"), family("名"), family("年")
    ('area', 'people', '年')
    """
    for name, units in FAMILIES.items():
        if unit.endswith(units):
            return name
    return unit


def value(text: str) -> tuple[float, str] | None:
    """Return number and unit of a figure's words, sizes multiplied in; None where it has none.

    A range counts by its first number. Units are families where these have one measure only, so
    that 86人 and 86名 are the same and 5公里 and 5米 are not; a number without unit fits `""`.

    >>> value("12.54 万人"), value("百分之八十"), value("1,200元以上")
    ((125400.0, 'people'), (80.0, '%'), (1200.0, '元'))
    """
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    if match := _PERCENT.match(plain):
        return _integer(match[1], "", "%")
    if match := _ARABIC.match(plain):
        number = float(match["number"])
        return _sized(number, match["sizes"], match["rest"])
    match = _WRITTEN.match(plain)
    return _integer(match["number"], match["sizes"], match["rest"]) if match else None


def _integer(numeral: str, sizes: str, rest: str) -> tuple[float, str] | None:
    try:
        return _sized(float(to_int(numeral)), sizes, rest)
    except ValueError:
        return None


def _sized(number: float, sizes: str, rest: str) -> tuple[float, str]:
    """Return a number with its sizes multiplied in, and the unit with which the rest begins."""
    for size in sizes:
        number *= _SIZES[size]
    found = re.match(rf"{_UNIT}|%|‰", rest)
    unit = found[0] if found else ""
    return round(number, 6), "people" if family(unit) == "people" else unit


def _unit(text: str) -> str:
    if re.search(r"[:：∶]", text):
        return ":"
    if text.startswith("百分之"):
        return "%"
    unit = _AMOUNT.sub("", text).replace("％", "%")
    if re.match(r"(?:19|20)\d{2}\s*年|(?:19|20)\d{2}\s*[-—－～~至到]", text) or re.match(
        "月", unit
    ):
        return "年"
    return unit
