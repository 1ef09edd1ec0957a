"""The shapes of the server's state and of refusals."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.fields import Notes


class Alive(BaseModel):
    """服务在运行。"""

    alive: Literal[True] = True


class Usable(BaseModel):
    """索引可用。"""

    ready: Literal[True] = True
    documents: Annotated[int, Field(description="文件数")]
    clauses: Annotated[int, Field(description="条款数")]
    notes: Notes


class Indexing(BaseModel):
    """在后台做的事。"""

    what: Annotated[str, Field(description="在做什么", examples=["计算向量"])]
    done: Annotated[int, Field(description="做了多少")]
    whole: Annotated[int, Field(description="共有多少；不知道时为 0")]


class Status(BaseModel):
    """服务现在的情形。"""

    documents: Annotated[int, Field(description="文件数，刚加入的也在内")]
    clauses: Annotated[int, Field(description="条款数，刚加入的也在内")]
    ready: Annotated[bool, Field(description="能否回答问题")]
    writable: Annotated[bool, Field(description="服务是否开放写入")]
    notes: Notes
    indexing: Annotated[
        Indexing | None,
        Field(description="后台在做的事；建新索引时原来的索引照常回答。没有时为 null"),
    ]
    failure: Annotated[
        str | None, Field(description="最新的索引为什么没有建成；再提问时会重新建立")
    ]


class Problem(BaseModel):
    """问题文档（RFC 9457）。"""

    model_config = ConfigDict(extra="allow")
    type: Annotated[str, Field(description="种类", examples=["urn:zhangjie:problem:not-found"])]
    title: Annotated[str, Field(description="种类的名称", examples=["没有找到"])]
    status: Annotated[int, Field(description="HTTP 状态码", examples=[404])]
    detail: Annotated[str, Field(description="哪里不对、怎样改")]


_WHEN = {
    400: "请求体读不懂",
    401: "令牌缺失或不对",
    403: "没有开放写入",
    404: "没有这个文件、条款或地方",
    405: "请求方法不对",
    408: "请求体传得太慢",
    409: "已经有了；doc_id 是哪一个文件",
    413: "请求体太大",
    421: "主机名不是本服务的",
    422: "输入不合要求",
    429: "请求太快，Retry-After 秒后再试",
    500: "服务器出错",
    503: "索引还没有准备好，提问的人太多，或数据不能使用",
}


GENERAL = {status: _WHEN[status] for status in (400, 405, 408, 413, 421, 429, 500)}
"""The refusals that have nothing to do with what a route does, by status."""

EVENTS: dict[str, Any] = {
    "description": "回答；要求分步时为事件流",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
"""What OpenAPI says of a route that also answers in server-sent events."""


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of the problem documents that a route may answer with."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": _WHEN[status],
            "content": {"application/problem+json": {"schema": schema}},
        }
        for status in statuses
    }
