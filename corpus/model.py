"""What a policy document is: the types that every package shares.

All offsets count Unicode code points of `Document.text`, the cleaned text; `start` is the first
and `end` the one after the last, so `document.text[x.start:x.end] == x.text` wherever `x` has a
text. `OffsetMap` leads from there back to the raw file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.address import Address, Level, Step, titled


class Span(NamedTuple):
    """A stretch [start, end) of the cleaned text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a document besides its text; None where nothing is known."""

    title: str
    kind: str | None = None
    region: str | None = None
    level: str | None = None
    issuer: str | None = None
    number: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each stretch of the cleaned text stands in the raw text.

    `pieces` holds (offset in cleaned, offset in raw, length), ascending, covering the whole
    cleaned text; characters within a piece are the same in both.
    """

    pieces: tuple[tuple[int, int, int], ...]

    def raw(self, offset: int) -> int:
        """Return the raw offset of the cleaned character at `offset`; IndexError outside."""
        place = bisect_right(self.pieces, (offset, float("inf"))) - 1
        clean, raw, length = self.pieces[place] if place >= 0 else (0, 0, 0)
        if not 0 <= offset - clean < length:
            raise IndexError(offset)
        return raw + offset - clean

    def cleaned(self, offset: int) -> int:
        """Return the cleaned offset of the first character kept at or after raw `offset`.

        The length of the cleaned text where nothing after it was kept.
        """
        place = bisect_right(self.pieces, offset, key=lambda piece: piece[1]) - 1
        if place >= 0:
            clean, raw, length = self.pieces[place]
            if offset - raw < length:
                return clean + offset - raw
        if place + 1 < len(self.pieces):
            return self.pieces[place + 1][0]
        return sum(self.pieces[-1][::2]) if self.pieces else 0


@dataclass(frozen=True, slots=True)
class Residue:
    """Text that is no part of what the document says, named by kind.

    Kinds: title, number, issuer, date, addressee, history (of a law), byline, toc, page-number,
    running-head, chrome, caption, imprint, mark (cell marks, column labels, remarks on the file).
    Spans are of the cleaned text.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """Raw text that cleaning took out: span of the raw text, and kind.

    Kinds: bookmark, control, break (a line end inside a paragraph), page-number.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about a document, for people to look at: `code` is stable, `message` Chinese."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the outline.

    `start:end` is everything that belongs to the node, `start:body` its heading where that stands
    in lines of its own (`body == start` for a heading that runs into its text). `paragraphs` are
    the stretches of text directly under it, `children` the nodes, both in text order. `repeat`
    counts siblings to which the source gave the same number. `word` is how the source writes the
    level where there are several ways (see `Step`), for an annex its kind.
    """

    level: Level
    number: int | None
    title: str
    start: int
    body: int
    end: int
    paragraphs: tuple[Span, ...] = ()
    children: tuple[Node, ...] = ()
    sub: int = 0
    repeat: int = 1
    word: str = ""

    @property
    def step(self) -> Step:
        """The step that this node adds to an address."""
        if self.level is Level.ANNEX:
            return Step(self.level, self.number, self.word, self.sub, self.repeat)
        if self.number is None:
            return titled(self.level, self.title, self.repeat)
        return Step(self.level, self.number, "", self.sub, self.repeat, self.word)


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest unit that a person would quote.

    `heads` are the titles above it, outermost first, its own topic sentence last. `clause_id` is
    readable and stable across re-parses: `gz-plan/ch5/s3/p2`.
    """

    clause_id: str
    doc_id: str
    address: Address
    heads: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document.

    `paragraphs` are those that stand before the first heading or under none. `pages` are the
    cleaned offsets at which the pages of the original begin, empty where it has none. `origins`
    say in Chinese where each field of `meta` was found, those left out are empty: 清单, 标题, 落款,
    正文第 3 行 (of the lines that are not blank), 网页元数据表“发文字号”. `tables` are the lines
    that the layout sets as tables: one row a line, cells parted by a tab.
    """

    doc_id: str
    meta: Meta
    text: str
    offsets: OffsetMap
    paragraphs: tuple[Span, ...] = ()
    nodes: tuple[Node, ...] = ()
    clauses: tuple[Clause, ...] = ()
    residues: tuple[Residue, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: tuple[int, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    tables: tuple[Span, ...] = ()

    def walk(self) -> Iterator[tuple[Node, Address]]:
        """Yield every node with its address, in text order, parents first."""
        yield from walk(self.nodes, Address())

    def page(self, offset: int) -> int | None:
        """Return the page, counted from 1, on which `offset` stands; None without pages."""
        return bisect_right(self.pages, offset) or None


def walk(nodes: tuple[Node, ...], above: Address) -> Iterator[tuple[Node, Address]]:
    """Yield nodes and all below them with their addresses, parents first."""
    for node in nodes:
        address = above + node.step
        yield node, address
        yield from walk(node.children, address)


@dataclass(frozen=True, slots=True)
class Citation:
    """What we vouch for: a quote that was re-read from the store at its offsets.

    `str()` is what a person writes: 《title》address.
    """

    doc_id: str
    clause_id: str
    title: str
    address: Address
    start: int
    end: int
    quote: str
    page: int | None = None

    def __str__(self) -> str:
        return f"《{self.title}》{self.address}"


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. `filters` are doc_ids to stay within, empty for all."""

    text: str
    top_k: int = 10
    filters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found: score (higher is better), rank from 1, score by each index."""

    clause: Clause
    score: float
    rank: int
    sources: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that answers: its citation, and the spans to mark, relative to the quote."""

    citation: Citation
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An extractive answer.

    `sentences` are verbatim and empty where `abstained`; `reason` says in Chinese why;
    `confidence` is in [0, 1]; `notes` tell what the reader must know, such as a missing encoder.
    `places` are the places that the question names or asks for, one a line with its document and
    title, indented below it what it is divided into.
    """

    question: str
    sentences: tuple[Sentence, ...]
    hits: tuple[Hit, ...]
    abstained: bool
    reason: str
    confidence: float
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
