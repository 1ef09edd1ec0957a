"""Text objects of an OFD page (GB/T 33190-2016, 11 文字) to pieces of lines at their places."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.readers.placed import Line, width
from ingest.readers.safe_xml import Element, number, numbers

_ASCENT, _DESCENT = 0.85, 0.15  # em over and under the base line
_BLANK = 0.45  # em between two characters that is a blank
_SPREAD = 3  # distances that show how far a run is spaced as a whole
_SLOPE = 0.2  # of a base line: text that leans more is a watermark
_LEVEL = 0.3  # em that characters of a row may stand higher or lower
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text object is set: its matrix onto the page, size there, stretch; page, mark."""

    matrix: tuple[float, ...]
    size: float
    stretch: float
    page: int
    kind: str

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


def pieces(scope: Element, page: int, kind: str = "") -> Iterator[Line]:
    """Yield the text of all text objects under `scope`, a run of characters each.

    Places are in the unit of the page (millimetres), `kind` is the mark of each piece. Text that
    leans is chrome: a watermark. What is invisible is left out, see `hidden`.
    """
    for element in scope.iter("{*}TextObject"):
        if not hidden(element):
            yield from _object(element, page, kind)


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


def _object(element: Element, page: int, kind: str) -> Iterator[Line]:
    matrix = numbers(element.get("CTM")) or list(_IDENTITY)
    boundary = numbers(element.get("Boundary"))
    if len(matrix) != 6:
        matrix = list(_IDENTITY)
    if len(boundary) >= 2:
        matrix[4] += boundary[0]
        matrix[5] += boundary[1]
    size = abs(number(element.get("Size"), 3.0)) or 3.0
    stretch = abs(number(element.get("HScale"), 1.0)) or 1.0
    setting = _Setting(tuple(matrix), size, stretch, page, kind)
    x = y = 0.0
    for code in element.iter("{*}TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        chars = "".join(code.itertext()).replace("\r", "").replace("\n", "")
        if chars.strip():
            yield from _run(chars, _origins(code, chars, x, y, setting), setting)


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


def _run(chars: str, origins: Sequence[tuple[float, float]], setting: _Setting) -> Iterator[Line]:
    places = [setting.place(x, y) for x, y in origins]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    if setting.leans:
        yield replace(_line(chars, xs, ys, setting), kind=setting.kind or "chrome")
    elif max(ys) - min(ys) < _LEVEL * setting.height:
        if all(b >= a - 1e-6 for a, b in itertools.pairwise(xs)):
            yield _line(_spaced(chars, xs, setting.em), xs, ys, setting)
        else:  # written in another order than read
            for char, x, y in zip(chars, xs, ys, strict=True):
                yield _line(char, [x], [y], setting)
    elif max(xs) - min(xs) < _LEVEL * setting.em:  # from top to bottom
        yield _line(chars, xs, ys, setting)
    else:
        for char, x, y in zip(chars, xs, ys, strict=True):
            yield _line(char, [x], [y], setting)


def _spaced(chars: str, xs: Sequence[float], em: float) -> str:
    """Put a blank where the characters leave room for one, more than the whole run is spaced."""
    rooms = [
        right - left - width(char) * em
        for char, left, right in zip(chars, xs, xs[1:], strict=False)
    ]
    spread = max(median(rooms), 0.0) if len(rooms) >= _SPREAD else 0.0
    parts = [chars[0]]
    for before, char, room in zip(chars, chars[1:], rooms, strict=False):
        if room - spread > _BLANK * em and not before.isspace() and not char.isspace():
            parts.append(" ")
        parts.append(char)
    return "".join(parts)


def _line(chars: str, xs: Sequence[float], ys: Sequence[float], setting: _Setting) -> Line:
    height = setting.height
    return Line(
        page=setting.page,
        x0=min(xs),
        x1=max(xs) + width(chars[-1]) * setting.em,
        top=min(ys) - _ASCENT * height,
        bottom=max(ys) + _DESCENT * height,
        size=height,
        text=chars,
        kind=setting.kind,
    )
