from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.knowledge_base import KnowledgeBase
from corpus.errors import StoreError
from corpus.model import Hit, Query
from index.hybrid import HybridIndex
from tests.api.conftest import problem, raiser


def test_a_server_that_is_not_ready_says_how_far_it_is(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, begun = Event(), Event()
    search = served.search
    searches: list[Query] = []

    def slow(query: Query) -> list[Hit]:
        searches.append(query)
        served.progress("计算向量", 3, 9)
        begun.set()
        assert go.wait(60)
        return search(query)

    monkeypatch.setattr(served, "search", slow)
    app = create_app(served)
    with TestClient(app) as client:
        assert begun.wait(60)
        assert client.get("/healthz").json() == {"alive": True}
        waiting = client.get("/readyz")
        assert problem(waiting, 503)["progress"] == {"what": "计算向量", "done": 3, "whole": 9}
        assert waiting.headers["retry-after"] == "2"
        assert "计算向量 3/9" in problem(client.get("/v1/search?q=茶园"), 503)["detail"]
        problem(client.post("/v1/ask", json={"question": "茶园"}), 503)
        assert len(searches) == 1
        assert client.get("/v1/documents").status_code == 200
        go.set()
        app.state.serving.readiness.wait(60)
        assert client.get("/readyz").json()["documents"] == 3
        assert client.get("/v1/search?q=茶园").json()["hits"]


def test_many_requests_build_one_index(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = []
    build = HybridIndex.build

    def counted(*args: object) -> HybridIndex:
        built.append(1)
        return build(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(HybridIndex, "build", counted)
    app = create_app(served)
    with TestClient(app) as client, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: client.get("/v1/search?q=茶园").status_code, range(24)))
        app.state.serving.readiness.wait(60)
        assert client.get("/v1/search?q=茶园").status_code == 200
    assert built == [1]


def test_an_index_that_failed_is_tried_again_when_asked(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = served.search
    monkeypatch.setattr(served, "search", raiser(StoreError("磁盘已满", "请腾出空间")))
    app = create_app(served)
    with TestClient(app) as client:
        app.state.serving.readiness.wait(60)
        assert "磁盘已满" in problem(client.get("/readyz"), 503)["detail"]
        monkeypatch.setattr(served, "search", search)
        assert problem(client.get("/v1/search?q=茶园"), 503)["type"].endswith(":index-failed")
        app.state.serving.readiness.wait(60)
        assert client.get("/v1/search?q=茶园").status_code == 200


def test_a_server_that_stops_ends_what_is_under_way(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = Event(), Event()

    def endless(_query: Query) -> list[Hit]:
        try:
            while True:
                served.progress("计算向量", 3, 9)
                begun.set()
        finally:
            ended.set()

    monkeypatch.setattr(served, "search", endless)
    with TestClient(create_app(served)):
        assert begun.wait(60)
    assert ended.is_set()
