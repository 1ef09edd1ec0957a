"""The pace of clients and what monitoring sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.http import pace
from api.http.app import create_app
from api.http.pace import Buckets
from api.knowledge_base import KnowledgeBase
from tests.api.conftest import problem


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_lets_through_what_it_holds_and_then_what_drips_in() -> None:
    clock = Clock()
    buckets = Buckets(6, clock)
    assert [buckets.take("a") for _ in range(6)] == [0.0] * 6
    assert buckets.take("a") == pytest.approx(10.0)
    clock.now += 4
    assert buckets.take("a") == pytest.approx(6.0)
    assert buckets.take("b") == 0.0
    clock.now += 6.001
    assert buckets.take("a") == 0.0
    assert buckets.take("a") > 0


def test_a_rate_of_nought_is_no_limit() -> None:
    buckets = Buckets(0)
    assert not any(buckets.take("a") for _ in range(1000))


def test_the_clients_that_are_remembered_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_MOST", 2)
    buckets = Buckets(1, Clock())
    assert [buckets.take(client) for client in "aabcd"] == [0, pytest.approx(60), 0, 0, 0]
    assert buckets.take("a") == 0.0  # forgotten
    assert buckets.take("d") > 0


@pytest.fixture
def slow(served: KnowledgeBase) -> Iterator[TestClient]:
    base = KnowledgeBase(replace(served.settings, rate=3))
    with TestClient(create_app(base)) as client:
        yield client


def test_who_asks_too_fast_is_told_when_to_go_on(slow: TestClient) -> None:
    for _ in range(3):
        assert slow.get("/v1/documents").is_success
    response = slow.get("/v1/documents")
    assert "20 秒" in problem(response, 429)["detail"]
    assert response.headers["retry-after"] == "20"
    assert response.headers["content-security-policy"]
    assert slow.get("/healthz").is_success
    assert slow.get("/documents").is_success


def test_monitoring_counts_requests_by_route(client: TestClient) -> None:
    client.get("/v1/documents/yunhe")
    client.get("/v1/documents/nowhere")
    client.request("BREW", "/v1/documents/yunhe")
    client.get("/no/such/page")
    lines = client.get("/metrics").text.splitlines()
    route = 'route="/v1/documents/{doc_id}"'
    assert f'zhangjie_requests_total{{method="GET",{route},status="200"}} 1.0' in lines
    assert f'zhangjie_requests_total{{method="GET",{route},status="404"}} 1.0' in lines
    assert any('method="other"' in line for line in lines)
    assert any('route="none",status="404"' in line for line in lines)
    assert "nowhere" not in "".join(lines)
    assert "zhangjie_documents 3.0" in lines
    assert "zhangjie_ready 1.0" in lines
