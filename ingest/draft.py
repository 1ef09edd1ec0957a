"""A node of the outline while it is being built."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus.address import Level
from corpus.model import Node, Span


@dataclass(slots=True)
class Draft:
    """A node to which paragraphs and children are still being added, in text order.

    `level` is None for the root. `cells` says that its heading was a flattened table cell. The
    other fields are those of `Node`.
    """

    level: Level | None
    number: int | None = None
    title: str = ""
    start: int = 0
    body: int = 0
    sub: int = 0
    repeat: int = 1
    cells: bool = False
    paragraphs: list[Span] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)

    @property
    def siblings(self) -> list[Draft]:
        """The children among which a new one is numbered: in an article those of its last 款."""
        if self.level is not Level.ARTICLE or not self.paragraphs:
            return self.children
        return [child for child in self.children if child.start >= self.paragraphs[-1].start]

    def last(self, level: Level) -> int:
        """Return the number of the last sibling of `level`, 0 for none."""
        numbers = (c.number for c in reversed(self.siblings) if c.level is level and c.number)
        return next(numbers, 0)

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
        )
        divided = self.level is Level.ARTICLE and self.children and len(self.paragraphs) > 1
        return _with_paragraph_nodes(node) if divided else node


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
