"""From glyphs at their places on pages to text: what PDF, OFD, scans and pictures share.

Readers bring what they find to `model`; `columns` and `lines` put the glyphs of a page in reading
order, `furniture` and `footnotes` look over all pages for what surrounds the text, `margins` and
`paragraphs` tell where paragraphs begin, `writing` puts the text together, `marking` marks what
only the finished text shows, `doubts` says what was recognised. Which line is a chapter is not decided here; `ingest.structure` does that.
"""

from __future__ import annotations

from ingest.readers.page.columns import in_order
from ingest.readers.page.doubts import doubts
from ingest.readers.page.model import Box, Frame, Glyph, Line, Page
from ingest.readers.page.writing import Piece, Written, lay_out

__all__ = [
    "Box",
    "Frame",
    "Glyph",
    "Line",
    "Page",
    "Piece",
    "Written",
    "doubts",
    "in_order",
    "lay_out",
]
