"""The documents: which there are, and the outline and text of each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api import records
from api.http import present
from api.http.blocks import text_of
from api.http.dependencies import Base
from api.http.document_schemas import DocumentDetail, Documents, DocumentText, Outline
from api.http.fields import DocIdInPath
from api.http.question_schemas import Listing
from api.http.status_schemas import refusals
from corpus.model import Document

router = APIRouter(tags=["文件"])


@router.get("/documents", summary="列出文件", responses=refusals(422))
def documents(base: Base, listing: Annotated[Listing, Query()]) -> Documents:
    """按清单的次序列出符合筛选的文件；facets 是全库可供筛选的值。"""
    chosen = listing.chosen()
    fitting = [one for one in base.documents.values() if chosen.fits(one.meta)]
    return Documents(
        documents=[present.summary(base, one) for one in fitting if _has(one, listing.q)],
        facets=present.facets(base),
    )


def _has(document: Document, words: str) -> bool:
    """Whether title, number or doc_id of a document have each of the words."""
    meta = document.meta
    text = f"{meta.title} {meta.number or ''} {document.doc_id}".lower()
    return all(word in text for word in words.lower().split())


@router.get("/documents/{doc_id}", summary="看一个文件的信息", responses=refusals(404))
def document(base: Base, doc_id: DocIdInPath) -> DocumentDetail:
    """给出文件的标题、机关、时间等，各有多少，以及解析时的疑点。"""
    return present.detail(base, base.document(doc_id))


@router.get(
    "/documents/{doc_id}/outline",
    summary="看一个文件的大纲",
    response_model=Outline,
    responses=refusals(404),
)
def outline(base: Base, doc_id: DocIdInPath) -> Response:
    """平列各编、章、节、专栏和各级标题，与 zhangjie outline --json 相同。"""
    return _written(Outline.model_validate(records.outline(base.document(doc_id))))


@router.get(
    "/documents/{doc_id}/text",
    summary="读一个文件的全文",
    response_model=DocumentText,
    responses=refusals(404, 422, 503),
)
def text(
    base: Base,
    doc_id: DocIdInPath,
    residue: Annotated[bool, Query(description="是否也给出目录、页码等不属正文的文字")] = False,
) -> Response:
    """按文字次序给出标题和条款；专栏里的各块以 box 标出，表格里的以 table 标出。"""
    one = base.document(doc_id)
    found, drawn = text_of(base, one, residue=residue)
    return _written(
        DocumentText(
            doc_id=doc_id, title=one.meta.title, blocks=found, tables=drawn, pages=list(one.pages)
        )
    )


def _written(model: BaseModel) -> Response:
    """Return a model as JSON; FastAPI would check it again first, which takes longest."""
    return Response(model.model_dump_json(), media_type="application/json")
