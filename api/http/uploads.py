"""Files that come with a request: one at a time, onto disk, within the limit."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Scope

from api.http.dependencies import Base
from corpus.errors import InputError

FIELD = "file"
_MIB = 2**20
_AROUND = 2**16  # bytes of a body around the file: boundaries, headers
_ROUTES = re.compile(r"POST /v1/documents|PUT /v1/documents/[^/]+/file")
_REMEDY = f"请用 multipart/form-data 上传，文件放在 {FIELD} 里，一次一个"


class TooLarge(InputError):
    """A file over the limit."""

    def __init__(self, limit_mb: int) -> None:
        super().__init__(
            f"文件超过 {limit_mb} MB",
            "请压缩其中的图片，或按章拆成几个文件；管理员可用 upload_mb 设上限",
        )


def largest_body(limit_mb: int) -> Callable[[Scope], int | None]:
    """Return what says how many bytes the body of an upload may have, None for no upload."""

    def largest(scope: Scope) -> int | None:
        upload = _ROUTES.fullmatch(f"{scope['method']} {scope['path']}")
        return limit_mb * _MIB + _AROUND if upload else None

    return largest


async def _received(request: Request, base: Base) -> AsyncIterator[UploadFile]:
    """Give the file of a request, which lies on disk where it is large; it is gone afterwards.

    TooLarge for one over the limit, which is refused unread where the request says its length.
    """
    limit = base.settings.upload_mb
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit * _MIB + _AROUND:
        raise TooLarge(limit)
    try:
        form = await request.form(max_files=1, max_fields=8)
    except ClientDisconnect as error:
        raise InputError("上传中断了", "请再传一次") from error
    except HTTPException as error:
        if error.status_code == 413:
            raise TooLarge(limit) from error
        if error.status_code == 408:
            raise
        raise InputError("读不懂上传的内容", _REMEDY) from error
    try:
        file = form.get(FIELD)
        if not isinstance(file, UploadFile) or not file.filename:
            raise InputError("没有收到文件", _REMEDY)
        if (file.size or 0) > limit * _MIB:
            raise TooLarge(limit)
        yield file
    finally:
        await form.close()


Upload = Annotated[UploadFile, Depends(_received)]
"""The file of a request."""

DESCRIBED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {
                        FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "文件；格式由文件名的后缀定",
                        }
                    },
                }
            }
        },
    }
}
"""What OpenAPI says of the body of an upload."""
