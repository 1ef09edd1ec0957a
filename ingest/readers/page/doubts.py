"""What is doubtful in text that was recognised in pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Problem
from ingest.readers.page.writing import Piece

# Lines that the recogniser is less sure of are reported. On pages made noisy, 80 % of those had a
# wrong character, and 83 % of the lines with one were among them; on clean pages it is one a page.
DOUBT = 0.97


def doubts(pieces: Sequence[Piece]) -> Iterator[Problem]:
    """Yield what is doubtful in the recognised lines of a text, with its place there.

    `ocr` says that there are such lines, `ocr-doubt` gives each of the text whose score is under
    `DOUBT`.
    """
    found = [(piece, score) for piece in pieces if (score := piece.line.score) is not None]
    if not found:
        return
    mean = sum(score for _, score in found) / len(found)
    yield Problem(
        "ocr", f"{len(found)} 行文字由 OCR 从图片识别（平均把握 {mean:.0%}），引用前请核对原件"
    )
    for piece, score in found:
        if score < DOUBT and not piece.line.kind:
            text = piece.line.text
            message = f"第 {piece.page} 页有一行识别把握只有 {score:.0%}：{text}"
            yield Problem("ocr-doubt", message, piece.start, piece.end)
