"""PDF with text: lines in reading order, joined to paragraphs; what surrounds the text is marked.

`opening` opens a file or refuses it, `pages` reads one page after the other (`characters`, `lines`,
`columns`, `frames`), `furniture` looks over all pages for what repeats, `paragraphs` and `margins`
tell where paragraphs begin, `writing` puts the text together.
"""

from __future__ import annotations

from ingest.readers.pdf.pages import Recognise
from ingest.readers.pdf.reader import read

__all__ = ["Recognise", "read"]
