"""Markdown: text with marks for headings, lists, tables and emphasis, front matter above it.

page     all of it together
front    what stands before the text: front matter, lines above <!-- INFO END -->
blocks   headings, paragraphs, lists, tables, HTML      inline  emphasis, links, line ends
"""

from __future__ import annotations

from ingest.reading import Reading


def read(content: bytes, name: str) -> Reading:
    """Read Markdown (CommonMark with tables); FileRefused where no encoding fits.

    Front matter and labels above the text become facts and have the mark `chrome`, as comments
    have. The first heading of level 1 is the title where it has no number: a line without a mark.
    """
    from ingest.readers.markdown import page

    return page.read(content, name)
