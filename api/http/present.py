"""Domain objects as the shapes that the API gives."""

from __future__ import annotations

from typing import Any

from api import filters
from api.answering.certainty import certainty
from api.answering.locate import Place as FoundPlace
from api.http.document_schemas import (
    Counts,
    DocumentDetail,
    DocumentSummary,
    Doubt,
    Facet,
    Facets,
    Origin,
)
from api.http.question_schemas import (
    Answered,
    AnswerSentence,
    CitedClause,
    ClauseDetail,
    FoundClause,
    Place,
)
from api.knowledge_base import KnowledgeBase
from corpus.labels import value_name
from corpus.model import Answer, Citation, Clause, Document, Hit, Meta, Sentence


def restated(base: KnowledgeBase) -> bool:
    """Whether any document is restated (摘编), not original, as those that ship are."""
    return any(entry.restated for entry in base.entries.values())


def clause(base: KnowledgeBase, one: Clause) -> CitedClause:
    """Return a clause with its citation, which the façade has checked against the document."""
    return CitedClause(**_cited(base, one))


def clause_detail(base: KnowledgeBase, one: Clause) -> ClauseDetail:
    """Return a clause with the clause_ids before and after it in its document."""
    ids = [each.clause_id for each in base.document(one.doc_id).clauses]
    at = ids.index(one.clause_id)
    return ClauseDetail(
        **_cited(base, one),
        previous=ids[at - 1] if at else None,
        next=ids[at + 1] if at + 1 < len(ids) else None,
    )


def hit(base: KnowledgeBase, found: Hit) -> FoundClause:
    """Return a hit with its citation."""
    return FoundClause(
        **_cited(base, found.clause),
        rank=found.rank,
        score=found.score,
        sources=found.sources,
    )


def answer(base: KnowledgeBase, given: Answer) -> Answered:
    """Return an answer, every sentence and hit with its citation."""
    sure = certainty(given)
    return Answered(
        question=given.question,
        abstained=given.abstained,
        reason=given.reason,
        confidence=given.confidence,
        certainty=sure.name,
        certainty_words=sure.words,
        answer="\n".join(sentence.citation.quote for sentence in given.sentences),
        sentences=[sentence(base, one) for one in given.sentences],
        hits=[hit(base, found) for found in given.hits],
        notes=list(given.notes),
    )


def sentence(base: KnowledgeBase, one: Sentence) -> AnswerSentence:
    """Return a sentence that answers, with its citation and marks."""
    citation = one.citation
    return AnswerSentence(
        text=citation.quote,
        citation=str(citation),
        reference=_reference(base, citation),
        clause_id=citation.clause_id,
        doc_id=citation.doc_id,
        title=citation.title,
        address=str(citation.address),
        start=citation.start,
        end=citation.end,
        page=citation.page,
        marks=[(mark.start, mark.end) for mark in one.marks],
    )


def place(base: KnowledgeBase, found: FoundPlace, *, with_clauses: bool) -> Place:
    """Return a place that a citation may mean, the texts of its clauses only where asked for."""
    title, address = found.document.meta.title, str(found.address)
    return Place(
        doc_id=found.document.doc_id,
        title=title,
        address=address,
        citation=f"《{title}》{address}",
        clause_ids=[one.clause_id for one in found.clauses],
        clauses=[clause(base, one) for one in found.clauses] if with_clauses else [],
    )


def summary(base: KnowledgeBase, document: Document) -> DocumentSummary:
    """Return what a list of documents says of one."""
    return DocumentSummary(**_summary(base, document))


def detail(base: KnowledgeBase, document: Document) -> DocumentDetail:
    """Return what is known of a document and from where, its doubts included."""
    origins = [Origin(field=name, origin=where) for name, where in document.origins]
    return DocumentDetail(**_summary(base, document), origins=origins, problems=doubts(document))


def doubts(document: Document) -> list[Doubt]:
    """Return what was doubtful when a document was parsed."""
    return [
        Doubt(code=each.code, message=each.message, start=each.start, end=each.end)
        for each in document.problems
    ]


def facets(base: KnowledgeBase) -> Facets:
    """Return the values that filters can have over all documents."""
    found = filters.facets(base.documents.values())
    return Facets(
        **{
            field: [Facet(value=one.value, name=one.name, count=one.documents) for one in values]
            for field, values in found.items()
        }
    )


def _reference(base: KnowledgeBase, citation: Citation) -> str:
    return f"{_titled(base.document(citation.doc_id).meta)}{citation.address}"


def _titled(meta: Meta) -> str:
    return f"《{meta.title}》（{meta.number}）" if meta.number else f"《{meta.title}》"


def _cited(base: KnowledgeBase, one: Clause) -> dict[str, Any]:
    citation = base.cite(one)
    return {
        "clause_id": one.clause_id,
        "doc_id": one.doc_id,
        "title": citation.title,
        "address": str(one.address),
        "citation": str(citation),
        "reference": _reference(base, citation),
        "heads": list(one.heads),
        "start": one.start,
        "end": one.end,
        "page": citation.page,
        "text": citation.quote,
    }


def _summary(base: KnowledgeBase, document: Document) -> dict[str, Any]:
    meta = document.meta
    return {
        "doc_id": document.doc_id,
        "title": meta.title,
        "kind": meta.kind,
        "kind_name": value_name("kind", meta.kind) if meta.kind else None,
        "region": meta.region,
        "level": meta.level,
        "level_name": value_name("level", meta.level) if meta.level else None,
        "issuer": meta.issuer,
        "number": meta.number,
        "issued": meta.issued,
        "year": filters.year(meta),
        "reference": _titled(meta),
        "format": base.entries[document.doc_id].path.suffix.lstrip(".").lower(),
        "verdict": base.checkup(document.doc_id).verdict.value,
        "restated": base.entries[document.doc_id].restated,
        "counts": Counts(
            characters=len(document.text),
            nodes=sum(1 for _ in document.walk()),
            clauses=len(document.clauses),
            problems=len(document.problems),
            pages=len(document.pages),
        ),
    }
