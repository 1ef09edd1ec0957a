"""How fast one client may ask: a token bucket each (https://en.wikipedia.org/wiki/Token_bucket)."""

from __future__ import annotations

import math
from collections.abc import Callable
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import TOO_FAST, problem

PACED = "/v1/"
"""Where the paths begin that have a pace."""
_MOST = 10_000  # clients that are remembered; the longest quiet ones are forgotten first


class Buckets:
    """Lets each client make `rate` requests a minute, as many at once; 0 for no limit."""

    def __init__(self, rate: int, now: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._now = now
        self._buckets: dict[str, tuple[float, float]] = {}  # tokens left, when that was so

    def take(self, client: str) -> float:
        """Take one token and return 0, or the seconds until there will be one."""
        if self._rate <= 0:
            return 0.0
        now = self._now()
        tokens, before = self._buckets.pop(client, (float(self._rate), now))
        tokens = min(tokens + (now - before) * self._rate / 60, float(self._rate))
        wait = 0.0 if tokens >= 1 else (1 - tokens) * 60 / self._rate
        self._buckets[client] = (tokens if wait else tokens - 1, now)
        if len(self._buckets) > _MOST:
            del self._buckets[next(iter(self._buckets))]
        return wait


class Pace:
    """ASGI middleware: a client that asks the API too fast gets a 429 that says when to go on."""

    def __init__(self, app: ASGIApp, rate: int) -> None:
        self._app = app
        self._buckets = Buckets(rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "http" and scope["path"].startswith(PACED):
            client = scope.get("client") or ("",)
            if wait := self._buckets.take(client[0]):
                seconds = str(math.ceil(wait))
                detail = f"一分钟里请求太多。请 {seconds} 秒后再试，或请管理员调高设置 rate。"
                refusal = problem(TOO_FAST, detail, {"Retry-After": seconds})
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
