"""Chinese numerals to integers and back, as they number headings (第十二章, （三）, ①).

`to_chinese(to_int(s)) == s` for every canonical numeral from 零 to 九千九百九十九;
`to_int` also reads what people type: 12, １２, 廿, 一二 (digit by digit) and 〇.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

DIGITS = "零一二三四五六七八九"
LARGEST = 9999
LONGEST = 20  # characters of a numeral that is read

# Everything that may stand where a heading has its number; used to build regexes.
CHINESE = "零〇一二两三四五六七八九十百千廿卅"
ARABIC = "0-9０-９"

_VALUES = {c: i for i, c in enumerate(DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}


@lru_cache(4096)
def to_int(text: str) -> int:
    """Return the value of a numeral; ValueError if it is none.

    >>> to_int("十二"), to_int("一百零三"), to_int("２０"), to_int("③")
    (12, 103, 20, 3)
    """
    plain = unicodedata.normalize("NFKC", text.strip())
    if len(plain) > LONGEST:
        raise ValueError(f"数字太长：{text[:20]!r}……")
    if plain.isascii() and plain.isdigit():
        return int(plain)
    for short, long in _TENS.items():
        plain = plain.replace(short, long)
    if not plain or any(c not in _VALUES and c not in _UNITS for c in plain):
        raise ValueError(f"不是数字：{text!r}")
    if not any(c in _UNITS for c in plain):
        return int("".join(str(_VALUES[c]) for c in plain))
    total, digit, least = 0, None, LARGEST
    for char in plain:
        if char in _VALUES:
            if digit:
                raise ValueError(f"不是数字：{text!r}")  # 十四五: two digits without a unit
            digit = _VALUES[char]
        else:
            if _UNITS[char] >= least:
                raise ValueError(f"不是数字：{text!r}")  # 九十十: units stand in falling order
            total += (1 if digit is None else digit) * _UNITS[char]
            digit, least = None, _UNITS[char]
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """Return the numeral that headings use for 0 ≤ number ≤ 9999; ValueError outside.

    >>> to_chinese(10), to_chinese(12), to_chinese(110), to_chinese(103)
    ('十', '十二', '一百一十', '一百零三')
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"序号须在 0 至 {LARGEST} 之间：{number}")
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return "十" + (DIGITS[number - 10] if number > 10 else "")
    written, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            written += ("零" if gap else "") + DIGITS[digit] + unit
        gap = bool(written) and (not digit)
    return written


ROMAN_DIGITS = "IVXLC"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(text: str) -> int:
    """Return the value of a Roman numeral in upper or lower case; ValueError if it is none.

    >>> roman("IV"), roman("xii")
    (4, 12)
    """
    values = [_ROMAN.get(char, 0) for char in text.upper()]
    if not values or 0 in values:
        raise ValueError(f"不是罗马数字：{text[:20]!r}")
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
