"""Check-ups and corrections as the shapes that the API gives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from api.http.checkup_schemas import (
    BoxPlace,
    CheckUpReport,
    CorrectionRecord,
    LevelCount,
    MetaValue,
    PlacedDoubt,
    Share,
    Suggested,
    Whereabouts,
)
from api.http.document_schemas import Doubt
from api.knowledge_base import KnowledgeBase
from corpus.address import Level
from corpus.labels import field_name, kind_name, level_name, value_name
from corpus.model import Document, Problem
from ingest.corrections import Correction
from ingest.suggestions import Suggestion, Suggestions


def checkup(base: KnowledgeBase, document: Document) -> CheckUpReport:
    """Return the check-up of a document, each doubt with where it stands."""
    report = base.checkup(document.doc_id)
    return CheckUpReport(
        doc_id=document.doc_id,
        title=document.meta.title,
        verdict=report.verdict.value,
        words=report.verdict.words,
        reason=report.reason,
        pages=report.pages,
        clauses=len(document.clauses),
        tables=report.tables,
        contents=report.contents,
        characters=report.characters,
        whereabouts=Whereabouts(
            clauses=report.clauses,
            headings=report.headings,
            residues=_shares(report.residues),
            dropped=_shares(report.dropped),
            lost=report.lost,
        ),
        levels=_levels(report.levels),
        boxes=_boxes(document),
        metadata=_metadata(document),
        doubts=_doubts(document, report.doubts),
    )


def correction(one: Correction) -> CorrectionRecord:
    """Return a correction; what it leaves empty is None, and left out of what is sent.

    The empty value of a `meta` says something and stays.
    """
    record = {key: value for key, value in asdict(one).items() if value}
    return CorrectionRecord(**({"value": ""} if one.do == "meta" else {}) | record)


def unfit(doubts: Iterable[Problem]) -> list[Doubt]:
    """Return those of the doubts that say of a correction that it fits no line."""
    return [Doubt(**asdict(each)) for each in doubts if each.code == "correction-unfit"]


def _shares(counts: Mapping[str, int]) -> list[Share]:
    return [Share(kind=kind, name=kind_name(kind), characters=n) for kind, n in counts.items()]


def _levels(counts: Mapping[str, int]) -> list[LevelCount]:
    order = [level.value for level in Level]
    return [
        LevelCount(level=level, name=level_name(level), count=counts[level])
        for level in sorted(counts, key=order.index)
    ]


def _boxes(document: Document) -> list[BoxPlace]:
    return [
        BoxPlace(address=str(address), title=node.title, start=node.start)
        for node, address in document.walk()
        if node.level is Level.BOX
    ]


def _metadata(document: Document) -> list[MetaValue]:
    origins = dict(document.origins)
    return [
        MetaValue(
            field=field,
            name=field_name(field),
            value=value,
            shown=value_name(field, value) if value else None,
            origin=origins.get(field),
        )
        for field, value in asdict(document.meta).items()
    ]


def _doubts(document: Document, doubts: Sequence[Problem]) -> list[PlacedDoubt]:
    suggestions = Suggestions(document, doubts)
    starts = [clause.start for clause in document.clauses]
    return [
        _placed(document, starts, doubt, [_suggested(each) for each in suggestions.of(doubt)])
        for doubt in doubts
    ]


def _placed(
    document: Document, starts: Sequence[int], doubt: Problem, suggestions: list[Suggested]
) -> PlacedDoubt:
    at = doubt.start
    clause = heading = None
    if at is not None:
        before = bisect_right(starts, at) - 1
        if before >= 0 and at < document.clauses[before].end:
            clause = document.clauses[before]
        else:
            heading = next((n for n in document.walk() if n[0].start <= at < n[0].body), None)
    place = clause.address if clause else heading[1] if heading else None
    return PlacedDoubt(
        **asdict(doubt),
        page=None if at is None else document.page(at),
        address=str(place) if place else None,
        clause_id=clause.clause_id if clause else None,
        heading=heading[0].start if heading else None,
        suggestions=suggestions,
    )


def _suggested(one: Suggestion) -> Suggested:
    return Suggested(what=one.what, complete=one.complete, correction=correction(one.correction))
