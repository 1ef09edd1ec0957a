"""Text objects of an OFD page (GB/T 33190-2016, 11 文字) to glyphs at their places."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.readers.page.characters import ordinary, width
from ingest.readers.page.model import Box, Glyph
from ingest.readers.safe_xml import Element, number, numbers

_ASCENT, _DESCENT = 0.85, 0.15  # em over and under the base line
_LOOSE = 0.45  # em: a Latin letter may be so much wider than usual
_SLOPE = 0.2  # of a base line: text that leans more is a watermark
_LEVEL = 0.3  # em that characters of a row may stand higher or lower
POINT = 72 / 25.4  # of a millimetre
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text object is set: its matrix onto the page in points, size there, stretch."""

    matrix: tuple[float, ...]
    size: float
    stretch: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    @property
    def height(self) -> float:
        return max(self.size * math.hypot(self.matrix[2], self.matrix[3]), 1e-3)

    @property
    def em(self) -> float:
        """How far a Chinese character goes on the page."""
        return max(self.size * math.hypot(*self.matrix[:2]) * self.stretch, 1e-3)

    @property
    def leans(self) -> bool:
        across, down = self.matrix[:2]
        return across <= 0 or abs(down) > _SLOPE * across


class Run(NamedTuple):
    """Characters that are set together, in the order of the file; `leans` as a watermark does."""

    glyphs: list[Glyph]
    leans: bool

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(glyph.text for glyph in self.glyphs)


def runs(scope: Element) -> Iterator[Run]:
    """Yield the text of all text objects under `scope`, its places in points of the page.

    What is invisible is left out, see `hidden`.
    """
    for element in scope.iter("{*}TextObject"):
        if not hidden(element):
            yield from _object(element)


def hidden(element: Element) -> bool:
    """Whether a text object is set to be invisible."""
    return element.get("Visible", "true").strip().lower() in ("false", "0")


def deltas(value: str | None, count: int) -> list[float]:
    """Return the first `count` distances of DeltaX or DeltaY, where `g 3 5` is three times 5.

    >>> deltas("g 3 3.175 1.5", 9)
    [3.175, 3.175, 3.175, 1.5]
    """
    found: list[float] = []
    tokens = iter((value or "").split())
    for token in tokens:
        if len(found) >= count:
            break
        if token == "g":
            times = min(int(number(next(tokens, None))), count)
            found += [number(next(tokens, None))] * times
        else:
            found.append(number(token))
    return found[:count]


def _object(element: Element) -> Iterator[Run]:
    matrix = numbers(element.get("CTM")) or list(_IDENTITY)
    boundary = numbers(element.get("Boundary"))
    if len(matrix) != 6:
        matrix = list(_IDENTITY)
    if len(boundary) >= 2:
        matrix[4] += boundary[0]
        matrix[5] += boundary[1]
    size = abs(number(element.get("Size"), 3.0)) or 3.0
    stretch = abs(number(element.get("HScale"), 1.0)) or 1.0
    setting = _Setting(tuple(POINT * value for value in matrix), size, stretch)
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        chars = "".join(code.itertext()).replace("\r", "").replace("\n", "")
        if chars:
            yield _run(chars, _origins(code, chars, x, y, setting), setting)


def _origins(
    code: Element, chars: str, x: float, y: float, setting: _Setting
) -> list[tuple[float, float]]:
    """Return where each character stands in the space of its object.

    Without distances characters follow one another by their own widths; where there are fewer than
    needed, the last one goes on.
    """
    count = len(chars) - 1
    across, down = deltas(code.get("DeltaX"), count), deltas(code.get("DeltaY"), count)
    if not across and not down:
        across = [width(char) * setting.size * setting.stretch for char in chars[:-1]]
    origins = [(x, y)]
    for right, below in zip(_filled(across, count), _filled(down, count), strict=True):
        x, y = x + right, y + below
        origins.append((x, y))
    return origins


def _filled(steps: list[float], count: int) -> list[float]:
    return steps + [steps[-1] if steps else 0.0] * (count - len(steps))


def _run(chars: str, origins: Sequence[tuple[float, float]], setting: _Setting) -> Run:
    places = [setting.place(x, y) for x, y in origins]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    if len(chars) > 1 and _is_level(xs, setting.em) and not _is_level(ys, setting.height):
        whole = _glyph(chars, (xs[0], ys[0]), setting)  # from top to bottom
        box = whole.box._replace(top=min(ys) - _ASCENT * setting.height, bottom=max(ys))
        return Run([whole._replace(box=box)], setting.leans)
    glyphs = [_glyph(char, place, setting) for char, place in zip(chars, places, strict=True)]
    return Run(_closed(glyphs, setting.em), setting.leans)


def _is_level(values: Sequence[float], size: float) -> bool:
    return max(values) - min(values) < _LEVEL * size


def _glyph(text: str, place: tuple[float, float], setting: _Setting) -> Glyph:
    (x, y), height = place, setting.height
    end = x + width(text[:1]) * setting.em
    box = Box(x, y - _ASCENT * height, end, y + _DESCENT * height)
    return Glyph(ordinary(text), box, height)


def _closed(glyphs: Sequence[Glyph], em: float) -> list[Glyph]:
    """Let narrow characters end where the next one begins: only the font knows their widths."""
    result = list(glyphs)
    for at, (glyph, after) in enumerate(itertools.pairwise(glyphs)):
        end = after.box.x0
        if width(glyph.text) < 1 and glyph.box.x0 < end < glyph.box.x1 + _LOOSE * em:
            result[at] = glyph._replace(box=glyph.box._replace(x1=end))
    return result
