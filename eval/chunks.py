"""Text cut into chunks of equal length, whatever its structure: what the peer indexes."""

from __future__ import annotations

from collections.abc import Iterator

SIZE = 500  # characters
OVERLAP = 50


def cut(text: str, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[str]:
    """Yield chunks of at most `size` characters, blanks at their ends left out, none empty.

    A chunk ends at the last line end that its length allows, else in the middle of a line, as
    with LangChain's RecursiveCharacterTextSplitter. The next one repeats the last `overlap`
    characters where a line was cut, else the last whole lines that are no longer than that.

    >>> list(cut("一二三四五六七八", 5, 2)), list(cut("一二\\n三四\\n五六七八", 7, 3))
    (['一二三四五', '四五六七八'], ['一二\\n三四', '三四\\n五六七八'])
    """
    start = 0
    while text[start:].strip():
        start += len(text[start:]) - len(text[start:].lstrip())
        end = min(start + size, len(text))
        if end < len(text):
            end = _line_end(text, start + overlap, end) or end
        if chunk := text[start:end].strip():
            yield chunk
        if end == len(text):
            return
        start = _next(text, max(end - overlap, start + 1), end)


def _line_end(text: str, least: int, most: int) -> int:
    """Return the offset after the last line feed in text[least:most], 0 where there is none."""
    return text.rfind("\n", least, most) + 1


def _next(text: str, least: int, end: int) -> int:
    """Return where the chunk after one that ends at `end` begins, at `least` or later."""
    if text[end - 1] != "\n":
        return least
    found = text.find("\n", least - 1, end - 1) + 1
    return found if found else end
