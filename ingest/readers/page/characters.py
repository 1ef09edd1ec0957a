"""Which characters a file means by its glyphs, and which of its blanks are blanks."""

from __future__ import annotations

import re
import unicodedata

_CHINESE = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Chinese punctuation, full-width forms and the quotes, dashes and dots that Chinese text uses.
_FULL_WIDTH = re.compile("[\u3000-\u3004\u3008-\u303f\uff00-\uffef“”‘’—…·①-⑳]")
_LATIN = re.compile(r"[!-~À-ɏ]")
_GARBLED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd\U000f0000-\U0010fffd]")

# Blocks whose characters fonts give in place of the ordinary ones that they look like.
_COMPATIBILITY = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\ufe30-\ufe4f\ufe50-\ufe6f\U0002f800-\U0002fa1f]"
)
# Radicals that NFKC leaves alone and that are words: the pairs of Unicode's
# https://www.unicode.org/Public/UCD/latest/ucd/EquivalentUnifiedIdeograph.txt
_RADICALS = dict(
    zip(
        "⺒⺓⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "巳幺母民虎西见角贝车长门青韦页风飞马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_SOFT_HYPHEN = "\xad"


def ordinary(text: str) -> str:
    """Return what a glyph means: `⽂` is 文, a soft hyphen that is printed is a hyphen.

    >>> ordinary("⽂"), ordinary("⺠"), ordinary("﹐"), ordinary("０")
    ('文', '民', ',', '０')
    """
    return "".join(_ordinary(each) for each in text)


def _ordinary(character: str) -> str:
    if character in _RADICALS:
        return _RADICALS[character]
    if character == _SOFT_HYPHEN:
        return "-"
    if _COMPATIBILITY.match(character):
        return unicodedata.normalize("NFKC", character)
    if character.isspace() or unicodedata.category(character) == "Cc":
        return " "
    return character


def is_garbled(text: str) -> bool:
    """Whether a glyph has no known meaning: (cid:12), characters of private use."""
    return _GARBLED.search(text) is not None


def is_latin(character: str) -> bool:
    """Whether it is a letter, digit or mark of a script that parts words by blanks."""
    return _LATIN.match(character) is not None


def blank_between(before: str, after: str, gap: float, is_set: bool) -> bool:
    """Whether there is a blank between two characters of a line.

    `gap` is how much further they stand apart than the characters of their line do, in ems;
    `is_set` says that the file has a blank character there. Layout programs put narrow gaps and
    blanks between Chinese and digits; one between two Chinese characters counts where one sees it.
    """
    if is_latin(before) and is_latin(after):
        return is_set or gap > 0.2
    if _FULL_WIDTH.match(before) or _FULL_WIDTH.match(after):
        return gap > (0.15 if is_set else 1.2)
    if before.isdigit() or after.isdigit():
        return gap > 0.8
    return gap > (0.15 if is_set else 0.8)


def width(text: str) -> float:
    """Return about how wide a text is set, in ems: 1 for Chinese, a half for Latin.

    >>> width("供水96%")
    3.5
    """
    return sum(0.5 if unicodedata.east_asian_width(each) in "HNaNa" else 1.0 for each in text)


_ENDS = "。！？；：!?;:…"
_CLOSING = "”’」』）)》"


def is_ended(text: str) -> bool:
    """Whether a line ends with a stop, of a sentence or a part of a list, or a bracket.

    >>> is_ended("修渠建库。”"), is_ended("修渠（两条）"), is_ended("修渠、")
    (True, True, False)
    """
    return text.rstrip(_CLOSING)[-1:] in _ENDS or text[-1:] in "）)"


_NUMBER = re.compile(rf"^(\d{{1,2}}(?:\.\d{{1,2}})*) (?=[{_CHINESE}])")


def continuing(text: str) -> str:
    """Return a line as it stands inside a paragraph: a number at its head parts no title.

    >>> continuing("28 座水厂")
    '28座水厂'
    """
    return _NUMBER.sub(r"\1", text)


def joined(first: str, second: str) -> str:
    """Join two lines of a paragraph: a blank only between Latin words.

    >>> joined("发展", "规划"), joined("Belt", "and Road"), joined("sustain-", "able")
    ('发展规划', 'Belt and Road', 'sustainable')
    """
    second = continuing(second)
    if not first or not second:
        return first + second
    before, after = first[-1], second[0]
    if before == "-" and after.islower() and first[-2:-1].islower():
        return first[:-1] + second
    apart = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    stop = before in ",.;:" and after.isascii() and after.isalpha()
    return (
        first
        + (" " if (apart and not (before.isdigit() and after.isdigit())) or stop else "")
        + second
    )
