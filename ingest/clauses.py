"""From an outline to clauses: one for each paragraph, under its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.address import Address, Level, Step, slug, titled
from corpus.model import Clause, Node, Span
from corpus.numerals import LARGEST
from ingest.paragraphs import divide, topic


@dataclass(frozen=True, slots=True)
class _Place:
    """A node on the way down: its address, the id that goes with it, the titles above."""

    address: Address
    path: str
    heads: tuple[str, ...]


def split(
    doc_id: str, text: str, paragraphs: tuple[Span, ...], nodes: tuple[Node, ...]
) -> tuple[Clause, ...]:
    """Return the clauses of a document in text order.

    A clause is a paragraph, or a part of a long one that opens with a topic sentence of its own.
    A heading with nothing under it is a clause itself. The address is that of the node; 第N段 is
    added where the node has several paragraphs, and always at the top of the document.
    """
    place = _Place(Address(), doc_id, ())
    clauses = [*_paragraphs(doc_id, text, paragraphs, place), *_nodes(doc_id, text, nodes, place)]
    return tuple(sorted(clauses, key=lambda clause: clause.start))


def _nodes(doc_id: str, text: str, nodes: tuple[Node, ...], above: _Place) -> Iterator[Clause]:
    seen: Counter[tuple[Level, bool]] = Counter()
    for node in nodes:
        kind = (node.level, node.number is None)
        seen[kind] += 1
        place = _Place(
            above.address + node.step,
            f"{above.path}/{slug(node.step, seen[kind])}",
            (*above.heads, node.title) if node.title else above.heads,
        )
        yield from _paragraphs(doc_id, text, node.paragraphs, place, node.level)
        yield from _nodes(doc_id, text, node.children, place)
        if not node.paragraphs and not node.children:
            start, end = node.start, node.body
            yield Clause(
                f"{place.path}/h", doc_id, place.address, above.heads, start, end, text[start:end]
            )


def _paragraphs(
    doc_id: str,
    text: str,
    paragraphs: tuple[Span, ...],
    place: _Place,
    level: Level | None = None,
) -> Iterator[Clause]:
    in_article = level is Level.ARTICLE and len(paragraphs) <= LARGEST  # 款 have a numeral
    kind = Level.PARAGRAPH if in_article else Level.SEGMENT
    alone = len(paragraphs) == 1 and level is not None
    for number, (start, end) in enumerate(paragraphs, 1):
        parts = divide(text[start:end])
        address = place.address if alone else place.address + Step(kind, number)
        if alone and len(parts) > 1:
            address = place.address + Step(kind, 1)
        for ordinal, part in enumerate(parts, 1):
            quote = text[start + part.start : start + part.end]
            head = topic(quote)
            clause_id, own = f"{place.path}/p{number}", address
            if ordinal > 1:
                step = titled(Level.TOPIC, head)
                clause_id, own = f"{clause_id}/{slug(step, ordinal)}", address + step
            yield Clause(
                clause_id,
                doc_id,
                own,
                (*place.heads, head) if head and head not in place.heads[-1:] else place.heads,
                start + part.start,
                start + part.end,
                quote,
            )
