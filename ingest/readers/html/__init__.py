"""Saved web pages: the document in the page, what the page says of it, and what stands around it.

page       all of it together
encoding   which encoding it has
flow       the lines of the page, and the tree of its blocks
tables     data, boxes and mere layout      numbering  the numbers of lists
metadata   labels and values, <meta> tags
body       which lines are the document     chrome     what is none of it
"""

from __future__ import annotations

from ingest.reading import Reading


def read(content: bytes, name: str) -> Reading:
    """Read a page; FileRefused where no encoding fits or the page has no text but navigation.

    The lines keep the order of the page; those that are no part of the document have the mark
    `chrome`. Facts are <meta>, <title>, <h1>, then the labels and values in the order of the page.
    """
    from ingest.readers.html import page

    return page.read(content, name)
