"""Search, answers, clauses and citations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.http import present
from api.http.dependencies import Base, ReadyBase
from api.http.fields import ClauseIdInPath
from api.http.question_schemas import Answered, Ask, ClauseDetail, Found, Resolved, Search
from api.http.status_schemas import refusals
from api.knowledge_base import KnowledgeBase
from corpus import model

router = APIRouter(tags=["问答"])


@router.get("/search", summary="检索条款", responses=refusals(404, 422, 503))
def search(base: ReadyBase, search: Annotated[Search, Query()]) -> Found:
    """按内容找条款，最相关的在前，每条带出处。"""
    query = model.Query(search.q, search.top_k, frozenset(search.doc_id))
    hits = [present.hit(base, found) for found in base.search(query)]
    return Found(query=search.q, hits=hits, notes=list(base.notes))


@router.post("/ask", summary="提问", responses=refusals(404, 413, 422, 503))
def ask(base: ReadyBase, ask: Ask) -> Answered:
    """给出回答问题的原句和出处；库中没有依据时不作回答，说明理由并给出最接近的条款。"""
    query = model.Query(ask.question, ask.top_k, frozenset(ask.doc_ids))
    return present.answer(base, base.ask(query))


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
    return _resolved(base, citation, doc_id)


def _resolved(base: KnowledgeBase, citation: str, doc_id: str) -> Resolved:
    places = base.resolve(citation, doc_id)
    unclear = len(places) > 1
    return Resolved(
        citation=citation,
        unclear=unclear,
        places=[present.place(base, found, with_clauses=not unclear) for found in places],
    )
