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


class Problem(BaseModel):
    """问题文档（RFC 9457）。"""

    model_config = ConfigDict(extra="allow")
    type: Annotated[str, Field(description="种类", examples=["urn:zhangjie:problem:not-found"])]
    title: Annotated[str, Field(description="种类的名称", examples=["没有找到"])]
    status: Annotated[int, Field(description="HTTP 状态码", examples=[404])]
    detail: Annotated[str, Field(description="哪里不对、怎样改")]


_WHEN = {
    401: "令牌缺失或不对",
    403: "没有开放写入",
    404: "没有这个文件、条款或地方",
    405: "请求方法不对",
    413: "请求体太大",
    422: "输入不合要求",
    429: "请求太快，Retry-After 秒后再试",
    500: "服务器出错",
    503: "索引还没有准备好，或数据不能使用",
}


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
