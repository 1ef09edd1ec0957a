"""What is compared across documents, as the shapes that the API gives."""

from __future__ import annotations

from collections.abc import Iterator

from api.answering import figures as reading
from api.answering.precedents import similarity
from api.answering.statements import statements
from api.export import Row
from api.http import present
from api.http.comparing_schemas import Alike, FigureFound, Side
from api.knowledge_base import KnowledgeBase
from corpus.model import Answer, Clause, Hit, Sentence


def alike(base: KnowledgeBase, hit: Hit) -> Alike:
    """Return a precedent with its citation and how alike it is."""
    return Alike(**present.hit(base, hit).model_dump(), similarity=similarity(hit.sources))


def side(base: KnowledgeBase, doc_id: str, given: Answer) -> Side:
    """Return what one document answers."""
    title = base.document(doc_id).meta.title
    return Side(**present.answer(base, given).model_dump(), doc_id=doc_id, title=title)


def figures(base: KnowledgeBase, clause: Clause) -> Iterator[FigureFound]:
    """Yield the figures of a clause that are no dates, in text order, each in its sentence."""
    for span in statements(clause):
        quote = clause.text[span.start : span.end]
        for figure in reading.figures(quote):
            if figure.is_date:
                continue
            sentence = Sentence(base.cite(clause, *span), (figure.span,))
            value = reading.value(figure.text)
            yield FigureFound(
                **present.sentence(base, sentence).model_dump(),
                figure=figure.text,
                value=value[0] if value else None,
                unit=figure.unit,
            )


def row(base: KnowledgeBase, hit: Hit) -> Row:
    """Return a hit as a row of an export."""
    shown = present.hit(base, hit)
    return Row(hit.rank, shown.title, shown.address, shown.text, shown.reference, shown.page)
