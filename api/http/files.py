"""The file of a document as it came, in a way that is safe to open."""

from __future__ import annotations

from typing import Any

from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool

from api.library import original_name
from corpus.errors import NotFound
from corpus.manifest import Entry
from ingest.readers.txt import encoding

_PDF, _TEXT, _OTHER = "application/pdf", "text/plain", "application/octet-stream"
_SHOWN = {".pdf": _PDF, ".txt": _TEXT}
# The viewer of a browser is a page of its own around the file and would be held to `default-src`.
# A PDF runs nothing of ours; that nobody may frame it is all there is to say.
_FOR_PDF = {"Content-Security-Policy": "frame-ancestors 'none'"}

DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "原件；除 PDF 和纯文本外都作为附件",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in (_PDF, _TEXT, _OTHER)
        },
    }
}
"""What OpenAPI says of the response."""


async def response(entry: Entry) -> FileResponse:
    """Return the file of a document, inline only where browsers show it and run nothing of it.

    NotFound where somebody took it away.
    """
    kind = _SHOWN.get(entry.path.suffix.lower(), _OTHER)
    if not entry.path.is_file():
        raise NotFound(f"{entry.doc_id} 的文件不在了", "请管理员查看文件夹")
    if kind == _TEXT:
        code = await run_in_threadpool(lambda: encoding(entry.path.read_bytes()))
        kind = f"{_TEXT}; charset={code or 'utf-8'}"
    return FileResponse(
        entry.path,
        headers=_FOR_PDF if kind == _PDF else None,
        media_type=kind,
        filename=original_name(entry),
        content_disposition_type="attachment" if kind == _OTHER else "inline",
    )
