"""From a page of pdfplumber to lines and frames in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.readers.page.characters import is_garbled, ordinary
from ingest.readers.page.columns import in_order
from ingest.readers.page.lines import apart_line
from ingest.readers.page.model import Box, Glyph, Page
from ingest.readers.pdf.frames import drawn, frames_of, is_drawn

if TYPE_CHECKING:
    from pdfplumber.page import Page as Source

Recognise = Callable[["Source"], Sequence[Glyph]]
"""Reads a pdfplumber page that is a picture: characters or whole lines, in points of that page."""

_COVERS = 0.5  # of a page without text: an image as large stands in place of the text
_GROUND = 0.9  # of a page with text: an image as large lies under the text
_LEVEL = 0.05  # rise over run: text as level as this is not set at a slant
_PICTURE = (100.0, 40.0)  # points: width and height from which an image is worth a look


def page_of(source: Source, recognise: Recognise | None) -> Page:
    """Return what stands on a page; a page that is a picture is given to `recognise`."""
    box = Box(*source.bbox)
    upright, aside = _glyphs(source)
    images = [Box(i["x0"], i["top"], i["x1"], i["bottom"]) for i in source.images]
    is_picture = not upright and any(image.area >= _COVERS * box.area for image in images)
    if is_picture and recognise is not None:
        upright = list(recognise(source))
        is_picture = not upright
    frames, rest = frames_of(drawn(source), upright)
    every = [*upright, *aside]
    return Page(
        number=source.page_number,
        box=box,
        flow=tuple(in_order(rest, frames)),
        aside=tuple(apart_line(aside)),
        rules=tuple(_rules(source)),
        pictures=tuple(each for each in images if not is_picture and _is_picture(each, box)),
        is_picture=is_picture,
        glyphs=sum(not glyph.text.isspace() for glyph in every),
        garbled=sum(is_garbled(glyph.text) for glyph in every),
    )


def _glyphs(source: Source) -> tuple[list[Glyph], list[Glyph]]:
    """Return the glyphs of a page: upright ones, and those set at a slant or outside the page.

    Where most are turned by a quarter, the page is, and they count as upright. Characters printed
    twice to look bold are taken once.
    """
    page = Box(*source.bbox)
    upright: list[Glyph] = []
    turned: list[Glyph] = []
    aside: list[Glyph] = []
    for character in source.dedupe_chars(tolerance=1).chars:
        along, across = map(abs, character["matrix"][:2])
        box = Box(character["x0"], character["top"], character["x1"], character["bottom"])
        if not page.holds(box.middle):
            aside.append(_glyph(character["text"], page))
        elif across <= _LEVEL * along:
            upright.append(_glyph(character["text"], box.within(page)))
        elif along <= _LEVEL * across:
            back = _turned(box.within(page), page, upwards=character["matrix"][1] > 0)
            turned.append(_glyph(character["text"], back))
        else:
            aside.append(_glyph(character["text"], box.within(page)))
    if len(turned) > len(upright) + len(aside):
        return turned, upright + aside
    return upright, turned + aside


def _glyph(text: str, box: Box) -> Glyph:
    return Glyph(ordinary(text) or " ", box, box.bottom - box.top)


def _turned(box: Box, page: Box, upwards: bool) -> Box:
    """Return where something stands when a page that was turned by a quarter is turned back."""
    if upwards:
        return Box(page.bottom - box.bottom, box.x0, page.bottom - box.top, box.x1)
    return Box(box.top, page.x1 - box.x1, box.bottom, page.x1 - box.x0)


def _rules(source: Source) -> list[Box]:
    """Return the horizontal lines that are drawn on a page."""
    things = [*source.lines, *(rect for rect in source.rects if is_drawn(rect))]
    boxes = [Box(each["x0"], each["top"], each["x1"], each["bottom"]) for each in things]
    return [box for box in boxes if box.bottom - box.top <= 2 and box.x1 - box.x0 >= 30]


def _is_picture(image: Box, page: Box) -> bool:
    wide, high = image.x1 - image.x0 >= _PICTURE[0], image.bottom - image.top >= _PICTURE[1]
    return wide and high and image.area < _GROUND * page.area
