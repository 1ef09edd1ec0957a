"""Writing: documents are added, replaced, described, deleted and restored; and their files read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import FileResponse, Response
from starlette.datastructures import UploadFile

from api import library, trash
from api.http import files, present
from api.http.auth import Writer
from api.http.dependencies import Base, Served
from api.http.document_schemas import DocumentDetail, DocumentSummary
from api.http.fields import DocIdInPath
from api.http.library_schemas import (
    Brief,
    DeletedDocument,
    DeletedDocuments,
    Description,
    Imported,
    Removed,
)
from api.http.serving import Serving
from api.http.status_schemas import refusals
from api.http.uploads import DESCRIBED, Upload
from api.incoming import Incoming, received
from api.knowledge_base import KnowledgeBase
from api.plans import Plan, writing
from corpus.errors import InputError

router = APIRouter(tags=["管理"])
KeyInPath = Annotated[str, Path(description="删除记录的编号，见 GET /v1/deleted")]


@router.post(
    "/documents",
    summary="加入一个文件",
    status_code=201,
    dependencies=[Writer],
    openapi_extra=DESCRIBED,
    responses=refusals(401, 403, 409, 413, 422, 503),
)
async def add(serving: Served, file: Upload) -> Imported:
    """一次一个文件，给出它的信息和体检结论。问答先用原来的索引，新的在后台建好后换上。"""
    return await serving.write(
        lambda: _taken_in(serving, file, lambda one: library.add(one, serving.take_in))
    )


@router.put(
    "/documents/{doc_id}/file",
    summary="替换一个文件",
    dependencies=[Writer],
    openapi_extra=DESCRIBED,
    responses=refusals(401, 403, 404, 409, 413, 422, 503),
)
async def exchange(serving: Served, doc_id: DocIdInPath, file: Upload) -> Imported:
    """以所给的文件取代原有的，例如以原文取代摘编。编号、人填写的信息和更正不变，原有的可以恢复。"""
    serving.base.document(doc_id)
    take = serving.take_in
    return await serving.write(
        lambda: _taken_in(serving, file, lambda one: library.exchange(doc_id, one, take))
    )


@router.get(
    "/documents/{doc_id}/file",
    summary="取一个文件的原件",
    response_class=FileResponse,
    responses={**files.DESCRIBED, **refusals(404)},
)
async def original(base: Base, doc_id: DocIdInPath) -> Response:
    """PDF 和纯文本在浏览器里打开，PDF 可加 #page=12 直达一页；其余下载。"""
    base.document(doc_id)
    return await files.response(base.entries[doc_id])


@router.patch(
    "/documents/{doc_id}",
    summary="改一个文件的信息",
    dependencies=[Writer],
    responses=refusals(401, 403, 404, 413, 422, 503),
)
async def describe(serving: Served, doc_id: DocIdInPath, said: Description) -> DocumentDetail:
    """只改给出的项；null 表示以文中所写为准。同一项原有的更正不再有效。"""
    values = said.model_dump(exclude_unset=True)
    if not values:
        raise InputError("没有给出要改的项", f"可改：{'、'.join(Description.model_fields)}")
    base, plan = await _change(serving, library.describe(doc_id, values, serving.take_in))
    return present.detail(base, base.document(plan.entry.doc_id))


@router.delete(
    "/documents/{doc_id}",
    summary="删除一个文件",
    dependencies=[Writer],
    responses=refusals(401, 403, 404, 422, 503),
)
async def delete(serving: Served, doc_id: DocIdInPath) -> Removed:
    """文件和更正移到一边，可以恢复；最后一个文件不能删除。"""
    title = serving.base.document(doc_id).meta.title
    _, plan = await _change(serving, library.delete(doc_id))
    key = plan.retired.key if plan.retired else ""
    return Removed(doc_id=doc_id, title=title, key=key, restore=f"/v1/deleted/{key}/restore")


@router.get(
    "/deleted",
    summary="列出可以恢复的文件",
    dependencies=[Writer],
    responses=refusals(401, 403),
)
def deleted(base: Base) -> DeletedDocuments:
    """删除的和被替换下来的，最近的在前。"""
    found = trash.all_deleted(base.corpus, list(base.entries.values()))
    return DeletedDocuments(
        deleted=[
            DeletedDocument(
                key=one.key,
                doc_id=one.entry.doc_id,
                title=one.entry.meta.title,
                deleted=one.deleted,
                replaced=one.replaced,
            )
            for one in found
        ]
    )


@router.post(
    "/deleted/{key}/restore",
    summary="恢复一个文件",
    dependencies=[Writer],
    responses=refusals(401, 403, 404, 409, 422, 503),
)
async def restore(serving: Served, key: KeyInPath) -> DocumentSummary:
    """放回原处，更正也在；编号已被别的文件用了时，在后面加上数字。"""
    base, plan = await _change(serving, library.restore(key, serving.take_in))
    return present.summary(base, base.document(plan.entry.doc_id))


async def _change(serving: Serving, planner: library.Planner) -> tuple[KnowledgeBase, Plan]:
    return await serving.write(lambda: serving.change(planner))


def _taken_in(
    serving: Serving, file: UploadFile, planner: Callable[[Incoming], library.Planner]
) -> Imported:
    """Take in the file of a request as `planner` says."""
    corpus = serving.base.corpus
    with writing(corpus), received(corpus, file.file, file.filename or "") as incoming:
        base, plan = serving.change(planner(incoming))
    document = base.document(plan.entry.doc_id)
    report = base.checkup(document.doc_id)
    brief = Brief(
        verdict=report.verdict.value,
        words=report.verdict.words,
        reason=report.reason,
        doubts=len(report.doubts),
    )
    return Imported(document=present.summary(base, document), checkup=brief)
