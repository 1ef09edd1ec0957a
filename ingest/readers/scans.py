"""PDF whose pages may be pictures: their text is recognised where a recogniser is installed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.readers import ocr, ocr_engine, pdf
from ingest.readers.layout import Laid, Piece
from ingest.readers.page.model import Box, Glyph
from ingest.readers.placed import Line
from ingest.reading import Reading

if TYPE_CHECKING:
    from pdfplumber.page import Page


def read(content: bytes, name: str) -> Reading:
    """Read a PDF; without a recogniser (extra `ocr`) pages that are pictures are a problem each.

    FileRefused as of `pdf.read`. Problems as of `ocr.problems`, without a place in the text.
    """
    if not ocr_engine.available():
        return pdf.read(content, name)
    recognised: list[Line] = []

    def recognise(page: Page) -> list[Glyph]:
        lines = [
            line
            for _, found in ocr.pdf_lines(content, [page.page_number - 1], name)
            for line in found
        ]
        recognised.extend(lines)
        return [
            Glyph(line.text, Box(line.x0, line.top, line.x1, line.bottom), line.size)
            for line in lines
        ]

    reading = pdf.read(content, name, recognise)
    laid = Laid(reading.text, reading.pages, (), tuple(Piece(line, 0) for line in recognised))
    doubts = tuple(replace(each, start=None, end=None) for each in ocr.problems(laid))
    return replace(reading, problems=reading.problems + doubts)
