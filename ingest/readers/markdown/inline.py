"""The text of a paragraph of Markdown without its marks, and where its lines end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from corpus.sentences import TERMINAL
from ingest.readers.html.numbering import numbered

# `**总则：**加强` is no emphasis to CommonMark, since a letter follows the mark; to people it is.
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*\n]*[^\s*])\*\*")
_ESCAPED = "\ufdd0"  # stands for a star that a backslash keeps; no character of any text
_HARD = "\x0b"
_BREAK = re.compile(r"<br\s*/?>", re.I)
_ASCII = re.compile(r"[0-9A-Za-z]")
_FULL = 0.8  # of the longest line: a line that was broken for its length is nearly as long
_WRAPPED = 24  # characters; shorter lines were not broken for their length


class Inline(NamedTuple):
    """The lines of a paragraph, the comments in it, and what its marks hold besides the text."""

    lines: list[str]
    comments: list[str]
    unseen: str


def read(token: Token) -> Inline:
    """Read the content of a paragraph, heading or cell.

    A line end of the source ends a line where the line before is a sentence or too short to have
    been broken for its length, or a number begins the next; otherwise it is no more than a blank.
    """
    parts: list[str] = []
    comments: list[str] = []
    unseen: list[str] = []
    kept: list[bool] = []  # for each open emphasis, whether its stars are text: 3*4*5
    children = token.children or []
    for at, child in enumerate(children):
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if child.type == "softbreak" else _HARD)
        elif child.type == "html_inline":
            if child.content.startswith("<!--"):
                comments.append(child.content)
            elif _BREAK.fullmatch(child.content):
                parts.append(_HARD)
            else:
                unseen.append(child.content)
        elif child.type == "em_open":
            kept.append(_between_numbers(parts, children[at + 1 :]))
            parts.append(_ESCAPED if kept[-1] else "")
        elif child.type == "em_close":
            parts.append(_ESCAPED if kept and kept.pop() else "")
        elif child.type in ("text_special", "code_inline"):
            parts.append(child.content.replace("*", _ESCAPED))
        else:
            parts.append(child.content)
            unseen += [str(value) for value in child.attrs.values()]
    text = _BOLD.sub(r"\1", "".join(parts)).replace(_ESCAPED, "*")
    lines = [line for piece in text.split(_HARD) for line in _unwrapped(piece.split("\n"))]
    return Inline([line for line in lines if line], comments, "".join(unseen))


def _between_numbers(before: Sequence[str], after: Sequence[Token]) -> bool:
    left = next((part for part in reversed(before) if part), "")
    right = next((token.content for token in after if token.content), "")
    return bool(_ASCII.match(left[-1:]) and _ASCII.match(right))


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Return the lines with those joined that were broken for their length."""
    found: list[str] = []
    width = max(map(len, lines), default=0)
    full = True
    for raw in lines:
        line = raw.strip()
        before = found[-1] if found else ""
        if before and full and before[-1] not in TERMINAL and not numbered(line):
            blank = " " if _ASCII.match(before[-1]) and _ASCII.match(line) else ""
            found[-1] += blank + line
        else:
            found.append(line)
        full = len(line) >= max(_WRAPPED, _FULL * width)
    return found
