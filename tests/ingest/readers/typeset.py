"""A small typesetter of Chinese text for tests: paragraphs to lines at their places on pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PAGE = (210.0, 297.0)  # mm, A4
LEFT, TOP = 28.0, 37.0
EM, PITCH = 5.5, 9.8  # mm
COLUMNS, ROWS = 28, 22  # as GB/T 9704 asks of 公文
NUMBER_Y, HEAD_Y = 272.0, 22.0
_CENTRED = re.compile(r"^第[一二三四五六七八九十]{1,3}[编章节条]?[章节][\s　]?\S{0,24}$")
_NO_START = "，。、；：！？）》”’%」』】…—"
_NO_END = "（《“‘「『【"
_WORD = re.compile(r"[A-Za-z0-9.,%:/_@+-]")


@dataclass(frozen=True, slots=True)
class Set:
    """A line as it is set: place of its left edge and base line, distance of its characters."""

    text: str
    x: float
    y: float
    steps: tuple[float, ...]
    size: float = EM


def em(char: str) -> float:
    """Return how wide a character is set, in em."""
    return 0.5 if unicodedata.east_asian_width(char) in "HNaNa" else 1.0


def pages(paragraphs: Sequence[str], rows: int = ROWS) -> list[list[Set]]:
    """Set paragraphs: first lines stand in by two, full lines are justified, an empty one is space.

    A line of a chapter or section is centred where it fits.
    """
    result: list[list[Set]] = [[]]
    row = 0
    for paragraph in paragraphs:
        text = paragraph.strip()
        for line in _wrapped(text) if text else [None]:
            if row >= rows:
                result.append([])
                row = 0
            if line is not None:
                result[-1].append(_set(*line, TOP + EM + row * PITCH))
            row += 1
    return result


def _set(text: str, indent: float, full: bool, y: float) -> Set:
    steps = [em(char) * EM for char in text[:-1]]
    short = (COLUMNS - indent - sum(map(em, text))) * EM
    if full and steps:
        steps = [step + short / len(steps) for step in steps]
    return Set(text, LEFT + indent * EM, y, tuple(steps))


def _wrapped(text: str) -> Iterator[tuple[str, float, bool]]:
    """Yield the lines of a paragraph: text, indent in em, whether it is full."""
    total = sum(map(em, text))
    if _CENTRED.match(text) and total <= COLUMNS:
        yield text, (COLUMNS - total) / 2, False
        return
    line, used, indent = "", 0.0, 2.0
    for token in _tokens(text):
        need = sum(map(em, token))
        if line and used + need > COLUMNS - indent:
            yield line, indent, True
            line, used, indent = "", 0.0, 0.0
        line, used = line + token, used + need
    yield line, indent, False


def _tokens(text: str) -> Iterator[str]:
    """Yield what is never broken: Latin words, punctuation with its neighbour, round blanks."""
    token = ""
    for char in text:
        joined = token and (
            char in _NO_START
            or token[-1] in _NO_END
            or char.isspace()
            or token[-1].isspace()
            or (_WORD.match(char) and _WORD.match(token[-1]))
        )
        if not joined and token:
            yield token
            token = ""
        token += char
    yield token
