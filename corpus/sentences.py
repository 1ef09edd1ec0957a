"""Cut Chinese prose into sentences, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from corpus.model import Span

# A sentence ends with one of these and the closing marks after it; a semicolon ends none, since
# what stands between two of them cannot be quoted alone.
_END = re.compile(r"[。！？!?]+[”’」』）)】》]*|\n+")
TERMINAL = "。！？!?；;：:…”’」』）)】》"


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`, in order, blanks at both ends left out.

    Every non-blank character is in exactly one span. Closing quotes and brackets belong to the
    sentence that they end; a line break ends a sentence too.

    >>> [ "甲。乙！”丙"[a:b] for a, b in sentences("甲。乙！”丙") ]
    ['甲。', '乙！”', '丙']
    """
    return list(each_sentence(text))


def each_sentence(text: str) -> Iterator[Span]:
    """Yield what `sentences` returns, one by one, for those who need only the first."""
    start = 0
    for end in chain((match.end() for match in _END.finditer(text)), (len(text),)):
        piece = text[start:end].rstrip()
        content = piece.lstrip()
        if content:
            yield Span(start + len(piece) - len(content), start + len(piece))
        start = end
