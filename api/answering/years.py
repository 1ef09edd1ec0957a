"""Years that a question asks for, and the year that a figure in a text holds for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.model import Span

_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年?\s*[-—－～~至到]\s*((?:19|20)\d{2}))?\s*(?=年|[-—～至到])"
)
_PERIOD = re.compile(r"[“\"]?(十[一二三四五六七])五[”\"]?")
_FIRST = {"十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
# A year that tells which document is meant, not of which year the figure is: 2022年那篇报道.
_NAMING = re.compile(
    r"(?<!到)(?<!至)(?<!止)(?<!底)(?:19|20)\d{2}年?[^，。？?、0-9]{0,16}?"
    r"(?:报道|专题|文章|报告|方案|规划(?![建了])|意见|办法|政策|通知)"
)
_COMPARED = re.compile(r"(?:比|较|与|是|由|从|自)$")
_AT_ONCE = 3  # letters between a year of comparison and its own figure: 2010年的21.6%
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "过去一年": -1, "明年": 1}
_NOW = re.compile("|".join(_RELATIVE))


def span_of(match: re.Match[str]) -> range:
    """Return the years of a match of a year, a range of years or a five-year period."""
    if match.re is _PERIOD:
        first = _FIRST.get(match[1])
        return range(first, first + 5) if first else range(0)
    first = int(match[1])
    last = int(match[2] or match[1])
    return range(first, last + 1) if first <= last < first + 50 else range(first, first + 1)


def asked(question: str) -> tuple[range, ...]:
    """Return the years of which a question wants to know, in order; five-year periods not.

    A year that only names the document is none of them.

    >>> asked("2016至2020年派了多少人？"), asked("2022年那篇报道里有多少个？"), asked("今年呢？")
    ((range(2016, 2021),), (), ())
    """
    rest = _NAMING.sub("", question)
    return tuple(span_of(match) for match in _YEARS.finditer(rest))


def without(text: str) -> str:
    """Return a text with its years and five-year periods left out, and what they go on with.

    >>> without("截至2024年12月底，到“十四五”末的目标")
    '，的目标'
    """
    rest = re.sub(
        r"(?:截至|截止|到|至|自)?\s*(?:19|20)\d{2}\s*(?:年?\s*[-—－～~至到]\s*(?:19|20)\d{2})?\s*年"
        r"(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?(?:底|末|初)?(?:之?前)?",
        "",
        text,
    )
    return re.sub(r"(?:到)?[“\"]?十[一二三四五六七]五[”\"]?(?:末|时期|期间|以来)?", "", rest)


def mentioned(text: str, now: int | None = None) -> list[tuple[Span, range]]:
    """Return the years that a text mentions with their spans, in order.

    Five-year periods count as all their years; 今年, 去年 and the like where `now` is known.
    """
    found = [
        (Span(*match.span()), span_of(match))
        for pattern in (_YEARS, _PERIOD)
        for match in pattern.finditer(text)
    ]
    if now is not None:
        for match in _NOW.finditer(text):
            year = now + _RELATIVE[match[0]]
            found.append((Span(*match.span()), range(year, year + 1)))
    return sorted((pair for pair in found if pair[1]), key=lambda pair: pair[0])


def governing(text: str, offset: int, now: int | None = None) -> range | None:
    """Return the years for which what stands at `offset` holds: those mentioned last before it.

    None where none is mentioned before it. A year of comparison holds only for what follows it at
    once: 是2010年的2.4倍, 由2010年的21.6%提高到25.2%.

    >>> governing("2021年底8户，2025年底20户", 9), governing("达到8户", 2)
    (range(2021, 2022), None)
    """
    before = [
        years
        for span, years in mentioned(text, now)
        if span.end <= offset
        and (offset - span.end <= _AT_ONCE or not _COMPARED.search(text[: span.start]))
    ]
    return before[-1] if before else None


def share(wanted: Iterable[range], years: range | None) -> bool:
    """Whether one of the wanted years or stretches of years has a year in common with `years`."""
    return years is not None and any(
        max(one.start, years.start) < min(one.stop, years.stop) for one in wanted
    )
