"""Refusals as problem documents (RFC 9457, https://www.rfc-editor.org/rfc/rfc9457).

`type` is a URN that stays the same, `title` names the kind, `detail` says in Chinese what is
wrong and what to do. No stack trace and nothing of the server's insides gets out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.answering.question import LONGEST
from api.http import turns
from api.http.auth import Unauthorized, WritingOff
from api.http.pages import error_page
from api.http.readiness import RETRY_AFTER, IndexFailed, NotReady
from api.http.uploads import TooLarge
from api.http.validation import explain
from corpus.errors import (
    AddressError,
    AlreadyThere,
    InputError,
    NotFound,
    StoreError,
    ZhangjieError,
)

MEDIA_TYPE = "application/problem+json"
_URN = "urn:zhangjie:problem:"


class Kind(NamedTuple):
    """One kind of problem."""

    name: str
    status: int
    title: str


# The first that fits counts.
_REFUSALS: tuple[tuple[type[ZhangjieError], Kind], ...] = (
    (NotReady, Kind("not-ready", 503, "索引还没有准备好")),
    (IndexFailed, Kind("index-failed", 503, "索引没有建成")),
    (turns.Busy, Kind("busy", 503, "提问的人太多")),
    (WritingOff, Kind("writing-off", 403, "没有开放写入")),
    (Unauthorized, Kind("unauthorized", 401, "令牌不对")),
    (NotFound, Kind("not-found", 404, "没有找到")),
    (TooLarge, Kind("too-large", 413, "文件太大")),
    (AlreadyThere, Kind("already-there", 409, "已经有了")),
    (AddressError, Kind("address", 422, "不是地址")),
    (InputError, Kind("input", 422, "输入不能使用")),
    (StoreError, Kind("store", 503, "数据不能使用")),
    (ZhangjieError, Kind("refused", 500, "不能完成")),
)
TOO_FAST = Kind("too-fast", 429, "请求太快")
FOREIGN_HOST = Kind("foreign-host", 421, "不是本服务的主机名")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_INVALID = Kind("validation", 422, "请求不合要求")
_UNEXPECTED = Kind("unexpected", 500, "服务器出错")
_SORRY = "服务器遇到意外的错误，已记入日志。请稍后重试，或告诉管理员。"
_STATUS = {
    404: Kind("no-route", 404, "没有这个地址"),
    405: Kind("method", 405, "请求方法不对"),
    408: Kind("too-slow", 408, "请求太慢"),
    413: Kind("too-large", 413, "请求太大"),
}


def install(app: FastAPI) -> None:
    """Let `app` answer every refusal with a problem document."""
    app.exception_handler(ZhangjieError)(_refused)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)


def problem(
    kind: Kind, detail: str, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """Return a problem document; `more` are its extension members."""
    content = {**_members(kind, detail), **more}
    # What a request says may hold halves of surrogate pairs, which no UTF-8 can hold.
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, kind.status, headers, MEDIA_TYPE)


def unexpected() -> Response:
    """Return what is said of an error that nobody foresaw; the log has the rest."""
    return problem(_UNEXPECTED, _SORRY)


def described(error: Exception) -> dict[str, object]:
    """Return the members of the problem document of an error, for a response that has begun."""
    if isinstance(error, ZhangjieError):
        return _members(_kind(error), str(error))
    return _members(_UNEXPECTED, _SORRY)


def _members(kind: Kind, detail: str) -> dict[str, object]:
    return {
        "type": _URN + kind.name,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
    }


def _kind(error: ZhangjieError) -> Kind:
    return next(kind for refusal, kind in _REFUSALS if isinstance(error, refusal))


async def _refused(_request: Request, error: ZhangjieError) -> Response:
    kind = _kind(error)
    if isinstance(error, NotReady):
        at = error.progress
        progress = {"what": at.what, "done": at.done, "whole": at.whole}
        headers = {"Retry-After": str(RETRY_AFTER)}
        return problem(kind, str(error), headers, progress=progress)
    if isinstance(error, turns.Busy):
        return problem(kind, str(error), {"Retry-After": str(turns.RETRY_AFTER)})
    if isinstance(error, Unauthorized):
        return problem(kind, str(error), {"WWW-Authenticate": error.challenge})
    if isinstance(error, AlreadyThere):
        return problem(kind, str(error), doc_id=error.doc_id)
    return problem(kind, str(error))


async def _invalid(_request: Request, error: RequestValidationError) -> Response:
    errors = explain(error.errors())
    listed = "；".join(f"{each['field']} {each['message']}" for each in errors)
    return problem(_INVALID, f"{listed}。各参数的要求见 /docs。", errors=errors)


async def _http(request: Request, error: HTTPException) -> Response:
    path = request.url.path[:200]
    headers = dict(error.headers or {})
    if "Allow" in headers:
        headers["Allow"] = _allowed(request) or headers["Allow"]  # a mount knows its own
    kind = _STATUS.get(error.status_code, Kind("http", error.status_code, "请求不能完成"))
    detail = {
        400: "请求体读不懂。请用 UTF-8 编码的 JSON。",
        404: f"没有 {path}。接口说明见 /docs，页面从 / 进入。",
        405: f"{path} 不接受 {request.method}，请改用 {headers.get('Allow', '别的方法')}。",
        408: "请求体传得太慢，已经中断。请检查网络后重试。",
        413: f"请求体太大，最多 1 MB；问题最多 {LONGEST} 个字符。请缩短后重试。",
    }.get(kind.status, f"请求不能完成（{kind.status}），请检查后重试。")
    if "text/html" in request.headers.get("accept", "") and not path.startswith("/v1/"):
        return error_page(request, kind.status, kind.title, detail)
    return problem(kind, detail, headers)


def _allowed(request: Request) -> str:
    """Return the methods of a path; of its routes, the first one names only its own."""
    routes = request.app.routes
    return ", ".join(
        method
        for method in _METHODS
        if any(r.matches({**request.scope, "method": method})[0] is Match.FULL for r in routes)
    )
