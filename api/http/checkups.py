"""The check-up of a document, and the corrections that people keep beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter

from api import library
from api.http import present_checkup
from api.http.auth import Writer, writable
from api.http.checkup_schemas import (
    MOST,
    CheckUpReport,
    Corrected,
    Corrections,
    NewCorrections,
)
from api.http.dependencies import Base, Served
from api.http.fields import DocIdInPath
from api.http.status_schemas import refusals
from api.knowledge_base import KnowledgeBase
from corpus.errors import InputError
from ingest.corrections import Correction, file_for, from_record

router = APIRouter(tags=["体检与更正"])


@router.get(
    "/documents/{doc_id}/checkup",
    summary="看一个文件的体检单",
    response_model_exclude_unset=True,
    responses=refusals(404),
)
def checkup(base: Base, doc_id: DocIdInPath) -> CheckUpReport:
    """给出结论、每个字的去处、大纲、各项信息从哪里得来，以及疑点和可用的更正。"""
    return present_checkup.checkup(base, base.document(doc_id))


@router.get(
    "/documents/{doc_id}/corrections",
    summary="看一个文件的更正",
    response_model_exclude_unset=True,
    responses=refusals(404, 422),
)
def corrections(base: Base, doc_id: DocIdInPath) -> Corrections:
    """按应用的次序给出现有的更正。"""
    return Corrections(**_kept(base, doc_id, base.corrections(doc_id)))


@router.put(
    "/documents/{doc_id}/corrections",
    summary="换掉一个文件的更正",
    dependencies=[Writer],
    response_model_exclude_unset=True,
    responses=refusals(401, 403, 404, 413, 422, 503),
)
async def correct(serving: Served, doc_id: DocIdInPath, new: NewCorrections) -> Corrected:
    """以所给的全部更正取代原有的，重新解析，并指出用不上的。问答在新索引建好后换用新的结果。"""
    if len(new.corrections) > MOST:
        raise InputError(f"更正有 {len(new.corrections)} 条", f"一个文件最多 {MOST} 条")
    kept = [from_record(each, f"第 {n} 条更正") for n, each in enumerate(new.corrections, 1)]
    planner = library.correct(doc_id, kept, serving.take_in)
    base, _ = await serving.write(lambda: serving.change(planner))
    unfit = present_checkup.unfit(base.checkup(doc_id).doubts)
    return Corrected(**_kept(base, doc_id, kept), unfit=unfit)


def _kept(base: KnowledgeBase, doc_id: str, corrections: Sequence[Correction]) -> dict[str, Any]:
    return {
        "doc_id": doc_id,
        "file": file_for(base.entries[doc_id].path).name,
        "writable": writable(base),
        "corrections": [present_checkup.correction(each) for each in corrections],
    }
