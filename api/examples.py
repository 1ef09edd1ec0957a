"""Questions to try over a corpus, so that an empty page shows what can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from corpus.address import Level
from corpus.model import Document

_MOST = 4
_SHORT = 40  # characters of a question; longer ones come last
_LONGEST = 14  # characters of a title that reads well in a question
# Questions that the documents that ship answer.
SHIPPED = (
    "黔西南州要创建多少个州级集成示范试点？",
    "夯实基础县有哪些？",
    "各县什么时候报告乡村振兴进展？",
    "贵州有多少个农业特色优势产业？",
)


def questions(documents: Mapping[str, Document]) -> list[str]:
    """Return at most four questions that the outlines of documents answer, by turns of documents.

    They ask where something is treated, or what a box or chapter holds: addresses settle both. None
    where no document has headings.
    """
    by_document = [list(_of(each)) for each in documents.values()]
    turns = (question for turn in zip_longest(*by_document) for question in turn if question)
    return sorted(dict.fromkeys(turns), key=lambda question: len(question) > _SHORT)[:_MOST]


def _of(document: Document) -> Iterator[str]:
    """Yield questions on two sections in the middle, then one on the place there."""
    titles = Counter(node.title for node, _ in document.walk())
    sections, places = [], []
    for node, address in document.walk():
        if node.number is None or not (node.children or node.paragraphs):
            continue
        if node.level is Level.SECTION and _is_short(node.title) and titles[node.title] == 1:
            sections.append(f"哪一节讲{node.title}？")
        elif node.level in (Level.BOX, Level.CHAPTER, Level.HEADING, Level.ARTICLE):
            places.append(f"《{document.meta.title}》{address}讲什么？")
    middle = sections[len(sections) // 2 :]
    yield from (*middle[:2], *places[len(places) // 2 :][:1])


def _is_short(title: str) -> bool:
    return 2 < len(title) <= _LONGEST and title.isalpha()
