"""From the bytes of a Markdown file to its Reading."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

from ingest.readers import txt
from ingest.readers.html import metadata
from ingest.readers.html.chrome import HAN
from ingest.readers.html.flow import Block
from ingest.readers.html.flow import Line as PageLine
from ingest.readers.html.numbering import numbered
from ingest.readers.markdown import blocks, front
from ingest.readers.markdown.blocks import CHROME, Line
from ingest.reading import HEADING, Fact, Mark, Reading

_DATE = "date"


def read(content: bytes, name: str) -> Reading:
    """Read a Markdown file, see `ingest.readers.markdown.read`."""
    source = txt.decode(content, name).lstrip("\ufeff\n")
    matter = front.matter(source)
    source = source[matter.end :]
    found = blocks.read(source)
    if _lost(source, found):
        found = blocks.Blocks([Line(line.strip()) for line in source.split("\n") if line.strip()])
    facts = [*matter.facts, *_title(found.lines), *_labels(found.lines), *_notes(found.lines)]
    text, marks = _written([*(Line(line, CHROME) for line in matter.lines), *found.lines])
    return Reading(text, marks=marks, facts=tuple(facts))


def _lost(source: str, found: blocks.Blocks) -> bool:
    """Whether Chinese characters are missing: the parser drops what is nested beyond its limit."""
    written = "".join([*(line.text for line in found.lines), *map(unquote, found.unseen)])
    return bool(Counter(HAN.findall(source)) - Counter(HAN.findall(written)))


def _title(lines: Sequence[Line]) -> list[Fact]:
    """Take the first heading of level 1 for the title, and its mark from it, unless numbered."""
    for line in lines:
        if line.level == 1:
            if numbered(line.text):
                return []
            line.kind = ""
            return [Fact("标题", line.text, "Markdown 一级标题")]
        if line.kind != CHROME:
            return []
    return []


def _notes(lines: Sequence[Line]) -> list[Fact]:
    """Give the lines between the title and a comment that ends them the mark `date`."""
    end = next((n for n, line in enumerate(lines) if front.INFO_END.match(line.text)), 0)
    notes = [line for line in lines[:end] if not line.level and not line.kind]
    for line in notes:
        line.kind = _DATE
    return [Fact("沿革", line.text, front.NOTES) for line in notes]


def _labels(lines: Sequence[Line]) -> list[Fact]:
    """Take the labels above the first sentence for facts: **发文字号**：…"""
    head = list(itertools.takewhile(lambda line: "。" not in line.text, lines))
    found = metadata.runs(
        [PageLine(line.text, Block("p", "", 0, None), cells=_cells(line)) for line in head]
    )
    for run in found:
        for line in head[run.first : run.end]:
            line.kind = CHROME
    return [Fact(*pair, front.NOTES) for run in found for pair in run.pairs if pair[1]]


def _cells(line: Line) -> tuple[str, ...]:
    return tuple(line.text.removeprefix("- ").split("\t"))


def _written(lines: Sequence[Line]) -> tuple[str, tuple[Mark, ...]]:
    """Return the text and its marks; neighbours of a kind share one, but for headings."""
    offsets = [0, *itertools.accumulate(len(line.text) + 1 for line in lines)]
    marks: list[Mark] = []
    groups = itertools.groupby(range(len(lines)), key=lambda at: (lines[at].kind, lines[at].group))
    for (kind, _), group in groups:
        stretch = list(group)
        if kind == HEADING:
            marks += [Mark(kind, offsets[at], offsets[at + 1]) for at in stretch]
        elif kind:
            marks.append(Mark(kind, offsets[stretch[0]], offsets[stretch[-1] + 1]))
    return "".join(line.text + "\n" for line in lines), tuple(marks)
