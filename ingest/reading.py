"""What a reader gets out of a file: text, and what its layout says about the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from corpus.model import Problem

TABLE = "table"
FRAMES = frozenset({"box", TABLE})
HEADING = "heading"


class Mark(NamedTuple):
    """What layout shows of a stretch [start, end) of the text, always of whole lines.

    Kinds: `box` (set in a frame of its own, one paragraph a line), `table` (one row a line, cells
    parted by a tab), `heading` (set as a heading, whether it has a number or not), and each kind of
    `Residue`, such as page-number, running-head, chrome, toc: no part of what the document says.
    """

    kind: str
    start: int
    end: int


class Fact(NamedTuple):
    """What a file says of itself outside its text: `name` and `value` as they stand there.

    `where` says in Chinese where that is: 网页元数据表, 文档属性.
    """

    name: str
    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, one paragraph a line, with offsets of that text in everything else.

    Readers join the lines of a paragraph where the format knows them. `pages` are the offsets at
    which the pages begin, empty for a format without; `marks` are in text order and may nest only
    as headings in a frame; `problems` are doubts of the reader.
    """

    text: str
    pages: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
