"""Take out what is no text at all, and remember where everything stood.

`clean(clean(x).text).text == clean(x).text`, and each raw character is either in the cleaned text
or in one of `dropped`.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass

from corpus.model import Dropped, OffsetMap
from corpus.sentences import TERMINAL
from ingest import newspaper, unwrap

# What Word and the web leave in plain text. Kind, pattern, example.
_NO_TEXT = (
    # `[bookmark: _Toc2247]前言`, also inside a paragraph
    ("bookmark", re.compile(r"\[bookmark:[^\]\n]*\]")),
    # byte order marks, zero-width characters, soft hyphens, what turns the direction of writing
    # around, control characters but \t and \n
    (
        "control",
        re.compile(
            "[\ufeff\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u00ad\x00-\x08\x0b-\x1f\x7f]+"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The cleaned text, the way back to the raw text, and what was taken out."""

    text: str
    offsets: OffsetMap
    dropped: tuple[Dropped, ...]


def clean(raw: str, plain: bool = True) -> Cleaned:
    """Remove what is no text and join what a column or page end cut. Never raises.

    Lines end with LF (readers see to that). Line ends inside a sentence are dropped as `break` only
    in a text that shows itself to be a newspaper page or to be broken at a margin, and page numbers
    only where they count up; `plain` is False for a text whose reader knew its paragraphs.
    """
    cleaned = Cleaned(raw, OffsetMap(((0, 0, len(raw)),) if raw else ()), ())
    while spans := _no_text(cleaned.text) or _cuts(cleaned.text, plain):
        cleaned = _without(cleaned, spans)
    return cleaned


def _cuts(text: str, plain: bool) -> list[tuple[str, int, int]]:
    if newspaper.looks_like_page(text):
        return _column_breaks(text)
    return unwrap.cuts(text) if plain else []


def _no_text(text: str) -> list[tuple[str, int, int]]:
    found = [(kind, m.start(), m.end()) for kind, regex in _NO_TEXT for m in regex.finditer(text)]
    return _disjoint(sorted(found, key=lambda span: span[1:]))


def _disjoint(spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    kept: list[tuple[str, int, int]] = []
    for span in spans:
        if not kept or span[1] >= kept[-1][2]:
            kept.append(span)
    return kept


_STOP = re.compile("[，。]")
_PARAGRAPH = re.compile(r"[^\n]+")
_SHORTEST = 16  # characters; shorter lines may be titles, names or captions


def _column_breaks(text: str) -> list[tuple[str, int, int]]:
    """Return the blank stretches between two halves of a sentence on a newspaper page.

    The first half is prose that ends with no closing punctuation, the second goes on with prose;
    example: `打造东西部协` + `作典范，…`. Trap: a caption or heading between two paragraphs.
    """
    lines = [m for m in _PARAGRAPH.finditer(text) if m[0].strip()]
    breaks = []
    for line, following in itertools.pairwise(lines):
        first, second = line[0].strip(), following[0].strip()
        cut = first[-1] not in TERMINAL and not newspaper.ATTRIBUTION.match(first)
        prose = all(len(half) >= _SHORTEST and _STOP.search(half) for half in (first, second))
        if cut and prose and not any(map(newspaper.is_residue, (first, second))):
            start = line.start() + len(line[0].rstrip())
            breaks.append(("break", start, following.end() - len(following[0].lstrip())))
    return breaks


def _without(cleaned: Cleaned, spans: list[tuple[str, int, int]]) -> Cleaned:
    """Take `spans` (kind, start, end of the cleaned text; ascending, disjoint) out of `cleaned`."""
    dropped = list(cleaned.dropped)
    kept: list[tuple[int, int]] = []
    position = 0
    for kind, start, end in spans:
        dropped += [Dropped(kind, a, b) for a, b in _raw_stretches(cleaned.offsets, start, end)]
        kept.append((position, start))
        position = end
    kept.append((position, len(cleaned.text)))
    pieces: list[tuple[int, int, int]] = []
    length = 0
    for start, end in kept:
        for raw_start, raw_end in _raw_stretches(cleaned.offsets, start, end):
            pieces.append((length, raw_start, raw_end - raw_start))
            length += raw_end - raw_start
    text = "".join(cleaned.text[start:end] for start, end in kept)
    return Cleaned(text, OffsetMap(tuple(pieces)), tuple(sorted(dropped, key=lambda d: d.start)))


def _raw_stretches(offsets: OffsetMap, start: int, end: int) -> list[tuple[int, int]]:
    """Return the raw stretches that a stretch of the cleaned text came from, in order."""
    stretches = []
    first = max(bisect_right(offsets.pieces, (start, float("inf"))) - 1, 0)
    for at in range(first, len(offsets.pieces)):
        clean_start, raw, length = offsets.pieces[at]
        if clean_start >= end:
            break
        left, right = max(start, clean_start), min(end, clean_start + length)
        if left < right:
            stretches.append((raw + left - clean_start, raw + right - clean_start))
    return stretches
