"""The application: `create_app(knowledge_base)` is everything that `zhangjie serve` serves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from api.http import (
    checkups,
    comparing,
    documents,
    health,
    library,
    metrics,
    openapi,
    pages,
    problems,
    questions,
    status,
    uploads,
)
from api.http.guard import Guard
from api.http.hosts import Hosts
from api.http.pace import Pace
from api.http.patience import Patience
from api.http.serving import Serving
from api.http.turns import Turns
from api.knowledge_base import KnowledgeBase
from api.web import STATIC

_DESCRIPTION = """\
政策文件知识库：提问、检索、读原文，每个答案和条款都带出处，例如《……规划》第五章第三节。
出错时一律返回 RFC 9457 问题文档（application/problem+json），detail 说明哪里不对、怎样改。
位置（start、end）按 Unicode 字符计，从 0 起，不含 end。
"""


def create_app(knowledge_base: KnowledgeBase) -> FastAPI:
    """Return the application over a knowledge base; its index is made ready once it starts.

    Endpoints that search run in `Turns`; others that work are plain functions, so they run in the
    thread pool and wait for no question. Swagger's page is off, since it loads from a CDN: /docs is
    our own list made from /openapi.json.
    """
    app = FastAPI(
        title="章节 zhangjie",
        summary="中国政策文件知识库",
        description=_DESCRIPTION,
        version=_version(),
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.serving = Serving(knowledge_base)
    app.state.turns = Turns()
    app.state.metrics = metrics.Metrics()
    problems.install(app)
    openapi.install(app)
    app.include_router(questions.router, prefix="/v1")
    app.include_router(comparing.router, prefix="/v1")
    app.include_router(documents.router, prefix="/v1")
    app.include_router(checkups.router, prefix="/v1")
    app.include_router(library.router, prefix="/v1")
    app.include_router(status.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(metrics.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    settings = knowledge_base.settings
    app.add_middleware(Patience)
    app.add_middleware(Pace, rate=settings.rate)
    app.add_middleware(Hosts, bound=settings.host, hosts=settings.hosts)
    app.add_middleware(metrics.Counted)
    # The last is the outermost.
    app.add_middleware(Guard, largest=uploads.largest_body(settings.upload_mb))
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # FastAPI builds its routes when they are first asked for, and changes the warning filters while
    # it does, which no second thread may do meanwhile: build them before there is one.
    app.openapi()
    app.state.serving.start()
    yield
    await run_in_threadpool(app.state.serving.stop)


def _version() -> str:
    try:
        return version("zhangjie")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "0"
