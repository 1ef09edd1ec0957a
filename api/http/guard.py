"""What stands between the network and the routes: headers, a limit on bodies, a last catch."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import unexpected

LARGEST = 1 << 20  # bytes of a request body; 2000 characters fit in many times over
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_log = logging.getLogger("zhangjie.http")


class Guard:
    """ASGI middleware: every response gets `HEADERS`, whatever fails unforeseen becomes a 500.

    A route may send a header of these names itself, which counts then. `largest` says how many
    bytes the body of a request may have, None for `LARGEST`.

    It stands outside of the exception handlers, so that their responses get the headers too, and
    inside of Starlette's own catch-all, which would leave them out.
    """

    def __init__(self, app: ASGIApp, largest: Callable[[Scope], int | None]) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            limit = self._largest(scope) or LARGEST
            await self._app(scope, _limited(receive, limit), send_with_headers)
        except Exception:
            _log.exception("unforeseen error at %s", scope["path"])
            if started:
                raise
            await unexpected()(scope, receive, send_with_headers)


def _limited(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413)  # FastAPI lets this one through while it reads a body
        return message

    return receive_limited
