"""What monitoring reads at /metrics, in the format of Prometheus."""

from __future__ import annotations

from time import perf_counter
from typing import cast

from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.dependencies import Served

router = APIRouter(tags=["状态"])
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Metrics:
    """Requests by route, method and status, their seconds, and how much there is to search.

    Each application counts by itself. Routes are told by their templates, and methods that are
    none are told alike, so that no client can make the counters grow without end.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "zhangjie_requests",
            "Requests by route, method and status",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "zhangjie_request_seconds",
            "Seconds until the response has been sent",
            ("route",),
            buckets=_BOUNDS,
            registry=self.registry,
        )
        self.documents = Gauge("zhangjie_documents", "Documents", registry=self.registry)
        self.ready = Gauge("zhangjie_ready", "1 when questions work", registry=self.registry)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        method = method if method in _METHODS else "other"
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)


class Counted:
    """ASGI middleware: counts every request in the `metrics` of the application's state."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        begun = perf_counter()

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_see)
        finally:
            metrics = cast(Metrics, scope["app"].state.metrics)
            metrics.count(_route(scope), scope["method"], status, perf_counter() - begun)


def _route(scope: Scope) -> str:
    """Return the template of the route that served a request, `none` where none did.

    FastAPI gives it without the prefix of the router that it came with.
    """
    path: str = getattr(scope.get("route"), "path", "")
    if not path:
        return "none"
    prefix = "/v1" if scope["path"].startswith("/v1/") and not path.startswith("/v1/") else ""
    return prefix + path


@router.get(
    "/metrics",
    summary="监控指标",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}},
)
def metrics(request: Request, serving: Served) -> Response:
    """以 Prometheus 的文本格式给出请求数、用时和文件数。"""
    counted = cast(Metrics, request.app.state.metrics)
    counted.documents.set(len(serving.base.documents))
    counted.ready.set(serving.readiness.ready)
    return Response(generate_latest(counted.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)
