"""How long a request may take to say what it wants."""

from __future__ import annotations

from time import monotonic

import anyio
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GRACE = 20.0  # seconds that any body may take
LEAST = 4096  # bytes a second that a longer one has to come at


class Patience:
    """ASGI middleware: a body that comes slower than `LEAST` after `GRACE` gets a 408.

    So nobody holds connections and folders open by sending a byte now and then. Bodies are read
    where a route wants them, and there the refusal comes up.
    """

    def __init__(self, app: ASGIApp, grace: float = GRACE) -> None:
        self._app = app
        self._grace = grace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            receive = _hurried(receive, self._grace)
        await self._app(scope, receive, send)


def _hurried(receive: Receive, grace: float) -> Receive:
    begun, taken, more = 0.0, 0, True

    async def receive_in_time() -> Message:
        nonlocal begun, taken, more
        if not more:  # from here on it waits for the client to go away
            return await receive()
        begun = begun or monotonic()
        try:
            with anyio.fail_after(begun + grace + taken / LEAST - monotonic()):
                message = await receive()
        except TimeoutError as error:
            raise HTTPException(408, headers={"Connection": "close"}) from error
        taken += len(message.get("body", b""))
        more = message.get("more_body", False)
        return message

    return receive_in_time
