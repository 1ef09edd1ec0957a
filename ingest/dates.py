"""Dates as documents write them, as ISO 8601 of what is known: 2021-12-03, 2021-12 or 2021."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from corpus.numerals import to_int

_DIGITS = "[〇○零Oo0一二三四五六七八九]"
_SMALL = "[一二三四五六七八九十廿卅]{1,4}"
# 2021年12月3日, 2021.12.3, 2021-12; trap: 2021-2035 (no month), 12.3 (no year)
_ARABIC = (
    r"(?P<year>[12]\d{3})\s*(?:年|[.\-/])\s*(?P<month>\d{1,2})(?!\d)"
    r"(?:\s*(?:月|[.\-/])\s*(?P<day>\d{1,2})(?!\d)\s*日?|\s*月)?"
)
# 二〇二一年十二月三日, 一九九六年六月
_CHINESE = rf"(?P<nian>{_DIGITS}{{4}})\s*年\s*(?P<yue>{_SMALL})\s*月(?:\s*(?P<ri>{_SMALL})\s*日)?"
_DATE = re.compile(f"{_ARABIC}|{_CHINESE}")
_YEAR = re.compile(rf"(?:(?P<year>[12]\d{{3}})|(?P<nian>{_DIGITS}{{4}}))\s*年?")
_COMPACT = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d\d)(?P<day>\d\d)")
# What may stand after a date that is a value: 10:12, T08:00:00Z, 10时12分
_TIME = re.compile(r"[\sT]*(?:\d{1,2}\s*[:时]\s*\d{1,2}\S*)?$")
_EARLIEST, _LATEST = 1900, 2100

_DIGIT = re.compile(r"\d")
_BEGINS = re.compile(f"[12]|{_DIGITS}")


def whole(text: str) -> str | None:
    """Return the date that a text is, brackets around it and a time after it aside.

    >>> whole("（２０２１年12月3日）"), whole("二〇二一年十二月"), whole("截至2021年12月3日")
    ('2021-12-03', '2021-12', None)
    """
    if "年" not in text and _DIGIT.search(text) is None:  # most lines of a document
        return None
    plain = plainly(text).strip(" \t()")
    found = _DATE.match(plain)
    if found and _TIME.fullmatch(plain, found.end()):
        return _iso(found)
    other = _COMPACT.fullmatch(plain) or _YEAR.fullmatch(plain)
    return _iso(other) if other else None


def within(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the dates in a text with start and end, in order.

    Offsets are of `plainly(text)`.
    """
    for found in _DATE.finditer(plainly(text)):
        iso = _iso(found)
        if iso:
            yield iso, found.start(), found.end()


def may_begin(text: str) -> bool:
    """Whether the first character of a text is one with which a date begins."""
    return _BEGINS.match(plainly(text[:1])) is not None


def plainly(text: str) -> str:
    """Return a text with digits and brackets at their usual width."""
    return unicodedata.normalize("NFKC", text)


def _iso(found: re.Match[str]) -> str | None:
    """Return the date of a match, None where the calendar has no such day."""
    parts = found.groupdict()
    year = parts.get("year") or re.sub("[○Oo零0]", "〇", parts.get("nian") or "")
    written = [parts.get("month") or parts.get("yue"), parts.get("day") or parts.get("ri")]
    try:
        numbers = [to_int(each) for each in [year, *written] if each]
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    if not _EARLIEST <= numbers[0] <= _LATEST:
        return None
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])
