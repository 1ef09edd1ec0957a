"""The shapes of what changes the documents."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.http.document_schemas import DocumentSummary
from api.http.fields import DocId, Title


class Brief(BaseModel):
    """体检单的结论；全部见 /v1/documents/{doc_id}/checkup。"""

    verdict: Annotated[str, Field(description="结论：good 或 doubts", examples=["good"])]
    words: Annotated[str, Field(description="结论的说法", examples=["可用，但有疑点"])]
    reason: Annotated[str, Field(description="理由")]
    doubts: Annotated[int, Field(description="几个疑点")]


class Imported(BaseModel):
    """加入或替换的文件。"""

    document: DocumentSummary
    checkup: Brief


Known = Annotated[str | None, Field(description="null 表示以文中所写为准")]


class Description(BaseModel):
    """人所知道的信息；只写要改的项。"""

    model_config = ConfigDict(extra="forbid")
    title: Known = None
    kind: Annotated[
        str | None, Field(description="文种，见 corpus/terms.py", examples=["plan"])
    ] = None
    region: Known = None
    level: Annotated[
        str | None,
        Field(description="nation、province、city、county、township", examples=["city"]),
    ] = None
    issuer: Known = None
    number: Known = None
    issued: Annotated[
        str | None, Field(description="发文时间，可只到月或年", examples=["2021-12-03"])
    ] = None


Key = Annotated[str, Field(description="删除记录的编号")]


class Removed(BaseModel):
    """删除了的文件；没有丢，可以恢复。"""

    doc_id: DocId
    title: Title
    key: Key
    restore: Annotated[
        str, Field(description="向这里 POST 即恢复", examples=["/v1/deleted/…/restore"])
    ]


class DeletedDocument(BaseModel):
    """可以恢复的文件。"""

    key: Key
    doc_id: DocId
    title: Title
    deleted: Annotated[str, Field(description="什么时候删除的，ISO 8601")]
    replaced: Annotated[
        bool, Field(description="true 表示是被替换下来的文件，恢复时换回去，文件编号不变")
    ]


class DeletedDocuments(BaseModel):
    """删除或替换下来的，最近的在前。"""

    deleted: list[DeletedDocument]
