"""The numbers and bullets that a browser sets before the items of a list."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from corpus.numerals import to_chinese

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.I)
_CHINESE = frozenset({"cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"})
# An item that has its number written out gets no other: 一、 （一） (1) 1. 1、 ① 第一条
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十百0-9]{1,3}[)）、.．]|[①-⑳]|第[一二三四五六七八九十百零0-9]{1,5}[分章节条编篇]"
    r"|专栏|[-—·•●◆■▪]"
)
_LARGEST = 9999


class ListNumbers:
    """Counts the items of nested lists; `label` gives what stands before the next line."""

    def __init__(self) -> None:
        self._lists: list[tuple[str, int]] = []  # style, number of the next item
        self._label = ""

    def enter(self, element: HtmlElement) -> None:
        """Begin an element: a list or an item."""
        if element.tag in ("ol", "ul"):
            self._lists.append((_style(element), _number(element.get("start"), 1)))
        elif element.tag == "li" and self._lists:
            style, following = self._lists[-1]
            number = _number(element.get("value"), following)
            self._lists[-1] = (style, number + 1)
            self._label = _written(number, style)

    def leave(self, element: HtmlElement) -> None:
        """End an element."""
        if element.tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif element.tag == "li":
            self._label = ""

    def label(self, text: str) -> str:
        """Return what stands before a line, empty but for the first of an item."""
        label, self._label = self._label, ""
        return "" if numbered(text) else label


def numbered(text: str) -> bool:
    """Whether a text begins with a number or a bullet of its own."""
    return bool(_NUMBERED.match(text))


def _style(element: HtmlElement) -> str:
    found = _STYLE.search(element.get("style", ""))
    if found:
        return found[1].lower()
    return _TYPES.get(element.get("type", "1"), "decimal") if element.tag == "ol" else "none"


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch("[0-9]{1,4}", value.strip()) else otherwise


def _written(number: int, style: str) -> str:
    """Return a number as the style sets it, with its stop; empty where the style sets none."""
    if style in _CHINESE:
        return f"{to_chinese(number)}、" if 0 < number <= _LARGEST else ""
    if style in ("lower-alpha", "lower-latin") and 0 < number <= 26:
        return f"{chr(96 + number)}. "
    if style in ("upper-alpha", "upper-latin") and 0 < number <= 26:
        return f"{chr(64 + number)}. "
    if style in ("lower-roman", "upper-roman") and number > 0:
        roman = _roman(number)
        return f"{roman.upper() if style[0] == 'u' else roman}. "
    return "" if style in ("none", "disc", "circle", "square") else f"{number}. "


def _roman(number: int) -> str:
    digits = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits += letters * count
    return digits
