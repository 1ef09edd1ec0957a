"""Pictures of pages through the recogniser of `ocr_engine`."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

from corpus.errors import FileRefused
from ingest.readers import ocr_engine, pictures
from ingest.readers.page.characters import width
from ingest.readers.page.columns import in_order
from ingest.readers.page.doubts import doubts
from ingest.readers.page.model import Box, Glyph, Page, around
from ingest.readers.page.writing import lay_out
from ingest.reading import Reading

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_A4 = 842.0  # points: the longer side, taken for that of a page; pictures seldom say their size
_HEIGHT = 0.8  # of a found box is type
_NEAR = 0.25  # of the usual size: what differs less is the same, sizes are known to a fifth


def read(content: bytes, name: str) -> Reading:
    """Read a picture of pages (PNG, JPEG, TIFF with one page or many, BMP).

    FileRefused where no recogniser is installed, and for a picture that is broken, too large or
    without text. Problems: `ocr` and `ocr-doubt` as of `page.doubts`.
    """
    ocr_engine.require(name)
    pages = [_page(each, number) for number, each in enumerate(pictures.frames(content, name), 1)]
    if not any(page.flow for page in pages):
        raise FileRefused(
            f"{name}：图片里没有认出文字", "请确认是文件扫描件，并以 200 dpi 以上重新扫描"
        )
    laid = lay_out(pages, blanks=True)
    problems = tuple(doubts(laid.pieces))
    return Reading(laid.text, tuple(laid.pages), tuple(laid.marks), problems=problems)


def recognise(picture: Picture, scale: float) -> list[Glyph]:
    """Return the pieces of lines in an RGB picture of a page; places are in pixels times `scale`.

    Sizes that are nearly the usual one of the page are that.
    """
    found = ocr_engine.find(picture)
    sizes = [_size(each) for each in found]
    usual = median(sizes) if sizes else 0.0
    return [
        Glyph(
            text=each.text,
            box=Box(*(scale * side for side in (each.x0, each.top, each.x1, each.bottom))),
            size=scale * (usual if abs(size - usual) < _NEAR * usual else size),
            score=each.score,
        )
        for each, size in zip(found, sizes, strict=True)
    ]


def _page(picture: Picture, number: int) -> Page:
    scale = _A4 / max(picture.size)
    glyphs = recognise(picture, scale)
    return Page(number, _sheet(picture, glyphs, scale), tuple(in_order(glyphs)))


def _sheet(picture: Picture, glyphs: Sequence[Glyph], scale: float) -> Box:
    """Return the extent of a page, of which more may be text than before it was turned."""
    box = Box(0.0, 0.0, scale * picture.width, scale * picture.height)
    return around([box, *(glyph.box for glyph in glyphs)])


def _size(found: ocr_engine.Found) -> float:
    """Return the size of type: by the width of a longer line, which is surer, or by the height."""
    height = max(_HEIGHT * (found.bottom - found.top), 1.0)
    wide = width(found.text)
    if wide < 6:
        return height
    return min(max((found.x1 - found.x0) / wide, 0.75 * height), 1.25 * height)
