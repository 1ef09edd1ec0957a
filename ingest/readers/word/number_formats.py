"""How Word writes the number of a list: 三, ③, 丙, iii.

Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat). Numbers that a format cannot write are
written in Arabic digits, as Word does.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.numerals import DIGITS, LARGEST, to_chinese

BULLET = "bullet"
DECIMAL = "decimal"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def write(number: int, form: str) -> str:
    """Return a number in a format of Word, in Arabic digits where the format is not known.

    >>> [write(12, form) for form in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman")]
    ['十二', '⑫', 'xii']
    """
    known = _FORMS.get(form)
    return known(number) if known and number >= 0 else str(number)


def _series(characters: str) -> Callable[[int], str]:
    return lambda n: characters[n - 1] if 1 <= n <= len(characters) else str(n)


def _run(first: str, length: int) -> Callable[[int], str]:
    """Return a form whose numbers from 1 are `length` characters that follow each other."""
    return _series("".join(chr(ord(first) + i) for i in range(length)))


def _roman(number: int) -> str:
    if not 1 <= number < 4000:
        return str(number)
    written = ""
    for size, letters in _ROMAN:
        written += letters * (number // size)
        number %= size
    return written


def _letter(number: int) -> str:
    """Return A … Z, AA, BB …: after Z the letter is doubled."""
    if not 1 <= number <= 780:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _thousand(number: int) -> str:
    """Return 一百〇一: Word writes 〇 where the spoken number has 零."""
    return to_chinese(number).replace("零", "〇") if 0 < number <= LARGEST else str(number)


def _by_digit(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number)).replace("零", "〇")


def _counting(number: int) -> str:
    """Return 九十九, then digit by digit: 一〇〇."""
    return _thousand(number) if number < 100 else _by_digit(number)


def _japanese(number: int) -> str:
    """Return 百一: one hundred and one thousand without 一, nothing for an empty place."""
    if not 0 < number <= LARGEST:
        return str(number)
    written = to_chinese(number).replace("零", "")
    return written.replace("一百", "百").replace("一千", "千")


def _legal(table: dict[int, int]) -> Callable[[int], str]:
    def form(number: int) -> str:
        if not 0 < number <= LARGEST:
            return str(number)
        written = to_chinese(number)
        return (("一" if written.startswith("十") else "") + written).translate(table)

    return form


def _sixty(number: int) -> str:
    if not 1 <= number <= 60:
        return str(number)
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "ideographEnclosedCircle": _run("㊀", 10),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda n: _letter(n).lower(),
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": lambda n: _thousand(n).replace("〇", "零"),
    "taiwaneseDigital": _by_digit,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "japaneseCounting": _japanese,
    "koreanCounting": _japanese,
    "chineseLegalSimplified": _legal(_LEGAL),
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL),
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
}
