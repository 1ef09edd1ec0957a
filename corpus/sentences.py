"""Cut Chinese prose into sentences, each with its span."""

from __future__ import annotations

import re

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
    spans: list[Span] = []
    start = 0
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(left, left + len(piece.strip())))
        start = end
    return spans
