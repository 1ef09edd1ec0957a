"""PDF with text: the glyphs of each page, the frames drawn on it, bookmarks and facts.

`opening` opens a file or refuses it, `pages` and `frames` say what stands on a page, `reader` goes
through all of them; `ingest.readers.page` makes the text.
"""

from __future__ import annotations

from ingest.readers.pdf.pages import Recognise
from ingest.readers.pdf.reader import read

__all__ = ["Recognise", "read"]
