"""Whether the server lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.http.dependencies import Served
from api.http.status_schemas import Alive, Usable, refusals

router = APIRouter(tags=["状态"])


@router.get("/healthz", summary="服务是否在运行")
async def healthz() -> Alive:
    """进程活着就返回 200，与索引无关。"""
    return Alive()


@router.get("/readyz", summary="能否回答问题", responses=refusals(503))
async def readyz(serving: Served) -> Usable:
    """索引可用时返回 200；还在建立时返回 503，progress 是进度，Retry-After 是几秒后再问。"""
    readiness = serving.readiness
    readiness.check()
    base = readiness.knowledge_base
    clauses = sum(len(document.clauses) for document in base.documents.values())
    return Usable(documents=len(base.documents), clauses=clauses, notes=list(base.notes))
