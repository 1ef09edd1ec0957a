"""A node of the outline while it is being built."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from corpus.address import Level, Step, titled
from corpus.model import Node, Span


@dataclass(slots=True)
class Draft:
    """A node to which paragraphs and children are still being added, in text order.

    `level` is None for the root. `cells` says that its heading was a flattened table cell, `frame`
    in which frame of the layout it stands, 0 for none. `depth` counts the numbers before the last
    one of a decimal. The other fields are those of `Node`.
    """

    level: Level | None
    number: int | None = None
    title: str = ""
    start: int = 0
    body: int = 0
    sub: int = 0
    word: str = ""
    repeat: int = 1
    cells: bool = False
    frame: int = 0
    depth: int = 0
    paragraphs: list[Span] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)
    _last: dict[tuple[Level, str], int] = field(default_factory=dict)
    _steps: Counter[Step] = field(default_factory=Counter)

    @property
    def step(self) -> Step:
        """The step of an address that the node has where no sibling shares it."""
        if self.level is None:
            raise ValueError("the root is no node")
        if self.level is Level.ANNEX:
            return Step(self.level, self.number, self.word, self.sub)
        if self.number is None:
            return titled(self.level, self.title)
        return Step(self.level, self.number, "", self.sub, word=self.word)

    def add_child(self, child: Draft) -> None:
        """Add a node, and give it its `repeat` where siblings have the same step."""
        step = child.step
        child.repeat = self._steps[step] = self._steps[step] + 1
        self.children.append(child)
        if child.level and child.number:
            self._last[child.level, _kind(child.level, child.word)] = child.number

    def add_paragraph(self, paragraph: Span) -> None:
        """Add a paragraph; the points of an article are numbered anew under each."""
        self.paragraphs.append(paragraph)
        if self.level is Level.ARTICLE:
            self._last.clear()
            self._steps.clear()

    def last(self, level: Level, word: str = "") -> int:
        """Return the number of the last child of `level`, 0 for none; annexes count by kind."""
        return self._last.get((level, _kind(level, word)), 0)

    @property
    def end(self) -> int:
        """The offset after the last thing that belongs to the node."""
        ends = [self.body, *(p.end for p in self.paragraphs), *(c.end for c in self.children[-1:])]
        return max(ends)

    def freeze(self) -> Node:
        """Return the finished node; ValueError for the root, which is none.

        An article that has both points and several paragraphs has its paragraphs (款) as nodes, and
        the points under theirs.
        """
        if self.level is None:
            raise ValueError("the root is no node")
        node = Node(
            self.level,
            self.number,
            self.title,
            self.start,
            self.body,
            self.end,
            tuple(self.paragraphs),
            tuple(child.freeze() for child in self.children),
            self.sub,
            self.repeat,
            self.word,
        )
        divided = self.level is Level.ARTICLE and self.children and len(self.paragraphs) > 1
        return _with_paragraph_nodes(node) if divided else node


def _kind(level: Level, word: str) -> str:
    return word if level is Level.ANNEX else ""


def _with_paragraph_nodes(article: Node) -> Node:
    starts = [paragraph.start for paragraph in article.paragraphs]
    ends = [*starts[1:], article.end]
    nodes = []
    for number, (paragraph, end) in enumerate(zip(article.paragraphs, ends, strict=True), 1):
        points = tuple(c for c in article.children if paragraph.start <= c.start < end)
        last = max([paragraph.end, *(point.end for point in points)])
        start = paragraph.start
        nodes.append(Node(Level.PARAGRAPH, number, "", start, start, last, (paragraph,), points))
    return replace(article, paragraphs=(), children=tuple(nodes))
