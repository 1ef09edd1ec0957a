"""What the server is doing, for those who watch it."""

from __future__ import annotations

from fastapi import APIRouter

from api.http.auth import writable
from api.http.dependencies import Base, Served
from api.http.status_schemas import Indexing, Status

router = APIRouter(tags=["状态"])


@router.get("/status", summary="看服务在做什么")
async def status(serving: Served, base: Base) -> Status:
    """总是返回 200：有多少文件，能否回答，后台在做什么，例如为刚加入的文件建索引。"""
    readiness, at = serving.readiness, serving.indexing
    return Status(
        documents=len(base.documents),
        clauses=sum(len(document.clauses) for document in base.documents.values()),
        ready=readiness.ready,
        writable=writable(base),
        notes=list(readiness.knowledge_base.notes),
        indexing=Indexing(what=at.what, done=at.done, whole=at.whole) if at else None,
        failure=serving.failure or None,
    )
