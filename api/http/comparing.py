"""What is compared across documents: precedents, answers side by side, figures, and exports."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from api import export
from api.http import present, present_comparison
from api.http.comparing_schemas import Compared, Figures, Like, Precedents
from api.http.dependencies import ReadyBase
from api.http.question_schemas import Ask, Export, Search
from api.http.status_schemas import refusals
from api.http.turns import InTurn
from api.knowledge_base import KnowledgeBase
from corpus import model
from corpus.errors import InputError

router = APIRouter(tags=["比较与导出"])
_FILES = {"description": "文件", "content": {kind: {} for kind in export.MEDIA_TYPES.values()}}


@router.post("/precedents", summary="找先例", responses=refusals(404, 413, 422, 503))
async def precedents(base: ReadyBase, turns: InTurn, like: Like) -> Precedents:
    """给一段文字或一个条款，找出别的文件里相近的条款；没有相近的就为空，不凑数。"""
    if bool(like.text.strip()) == bool(like.clause_id):
        raise InputError("text 与 clause_id 要给且只给一个", "请给出一段文字，或一个条款的编号")

    def found() -> Precedents:
        within = base.within(like.doc_ids, like.filters.chosen())
        hits = base.precedents(model.Query(like.text, like.top_k, within), like.clause_id)
        clause = base.clause(like.clause_id) if like.clause_id else None
        return Precedents(
            text=clause.text if clause else like.text,
            clause=present.clause(base, clause) if clause else None,
            hits=[present_comparison.alike(base, hit) for hit in hits],
            notes=list(base.notes),
        )

    return await turns.run(found)


@router.post("/compare", summary="各文件对照", responses=refusals(404, 413, 422, 503))
async def compare(base: ReadyBase, turns: InTurn, ask: Ask) -> Compared:
    """把同一个问题分别向各文件提出，逐份给出回答；没有依据的那份照样说明。一次最多 20 份文件。"""

    def compared() -> Compared:
        within = base.within(ask.doc_ids, ask.filters.chosen())
        answers = base.compare(model.Query(ask.question, ask.top_k, within))
        sides = [present_comparison.side(base, doc_id, each) for doc_id, each in answers.items()]
        return Compared(question=ask.question, documents=sides)

    return await turns.run(compared)


@router.get("/figures", summary="列出数字", responses=refusals(404, 422, 503))
async def figures(base: ReadyBase, turns: InTurn, search: Annotated[Search, Query()]) -> Figures:
    """列出所查条款里的数字和单位，各带所在的句子和出处；日期不列。"""

    def listed() -> Figures:
        found = [
            one
            for hit in _hits(base, search)
            for one in present_comparison.figures(base, hit.clause)
        ]
        return Figures(query=search.q, figures=found, notes=list(base.notes))

    return await turns.run(listed)


@router.get(
    "/search/export",
    summary="导出检索结果",
    response_class=Response,
    responses={200: _FILES, **refusals(404, 422, 503)},
)
async def exported(base: ReadyBase, turns: InTurn, search: Annotated[Export, Query()]) -> Response:
    """把检索到的条款连同出处存成表格（csv）或文档（docx）。"""

    def file() -> bytes:
        rows = [present_comparison.row(base, hit) for hit in _hits(base, search)]
        return export.FORMS[search.form](search.q, rows)

    name = f"条款-{search.q[:20]}.{search.form}"
    return Response(
        await turns.run(file),
        media_type=export.MEDIA_TYPES[search.form],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


def _hits(base: KnowledgeBase, search: Search) -> list[model.Hit]:
    within = base.within(search.doc_id, search.chosen())
    return base.search(model.Query(search.q, search.top_k, within))
