"""Search, answers, clauses and citations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from api.examples import SHIPPED, questions
from api.http import present, streaming
from api.http.dependencies import Base, ReadyBase
from api.http.fields import ClauseIdInPath
from api.http.question_schemas import (
    Answered,
    Ask,
    ClauseDetail,
    Examples,
    Found,
    Resolved,
    Search,
)
from api.http.status_schemas import EVENTS, refusals
from api.http.turns import InTurn
from api.knowledge_base import Finding, KnowledgeBase
from corpus import model

router = APIRouter(tags=["问答"])


@router.get("/search", summary="检索条款", responses=refusals(404, 422, 503))
async def search(base: ReadyBase, turns: InTurn, search: Annotated[Search, Query()]) -> Found:
    """按内容找条款，最相关的在前，每条带出处。"""

    def found() -> Found:
        hits = [present.hit(base, each) for each in base.search(_query(base, search))]
        return Found(query=search.q, hits=hits, notes=list(base.notes))

    return await turns.run(found)


@router.post(
    "/ask",
    summary="提问",
    response_model=Answered,
    responses={200: EVENTS, **refusals(404, 413, 422, 503)},
)
async def ask(
    request: Request, base: ReadyBase, turns: InTurn, ask: Ask
) -> Answered | StreamingResponse:
    """给出回答问题的原句和出处；库中没有依据时不作回答，说明理由并给出最接近的条款。
    请求头写 Accept: text/event-stream 时分两步给：先是事件 clauses（找到的条款），再是事件
    answer（回答，与平常返回的相同）；中途出错时是 problem（问题文档）。"""

    def find() -> Finding:
        within = base.within(ask.doc_ids, ask.filters.chosen())
        return base.find(model.Query(ask.question, ask.top_k, within))

    if streaming.wanted(request):
        return await streaming.respond(turns.steps(lambda: streaming.events(base, find())))
    return await turns.run(lambda: present.answer(base, base.answer(find())))


@router.get("/clauses/{clause_id:path}", summary="读一个条款", responses=refusals(404, 503))
def clause(base: Base, clause_id: ClauseIdInPath) -> ClauseDetail:
    """给出条款的原文、上级标题、出处和前后条款的编号。clause_id 含斜线，原样写在路径里。"""
    return present.clause_detail(base, base.clause(clause_id))


@router.get("/resolve", summary="按出处找原文", responses=refusals(404, 422, 503))
def resolve(
    base: Base,
    citation: Annotated[
        str,
        Query(
            description="出处：文件标题、简称或 doc_id（可不写），加上位置",
            examples=["黔西南意见二（三）"],
        ),
    ],
    doc_id: Annotated[str, Query(description="只在这个文件里找；不给就在全部文件里找")] = "",
) -> Resolved:
    """所指只有一处时给出那里的条款；不止一处时 unclear 为 true，全部列出，不猜。"""
    places = base.resolve(citation, doc_id)
    unclear = len(places) > 1
    return Resolved(
        citation=citation,
        unclear=unclear,
        places=[present.place(base, found, with_clauses=not unclear) for found in places],
    )


@router.get("/examples", summary="可以试的问题")
def examples(base: Base) -> Examples:
    """给出几个库中答得上的问题，供初次使用的人试。"""
    shipped = present.restated(base)
    return Examples(questions=list(SHIPPED) if shipped else questions(base.documents))


def _query(base: KnowledgeBase, search: Search) -> model.Query:
    within = base.within(search.doc_id, search.chosen())
    return model.Query(search.q, search.top_k, within)
