"""By which names the server is reached, and what other origins can do: nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from tests.api.conftest import problem

EVIL = "http://evil.example"


def status(client: TestClient, host: str) -> int:
    return client.get("/healthz", headers={"Host": host}).status_code


def test_the_server_binds_to_this_machine_alone() -> None:
    assert Settings().host == "127.0.0.1"


@pytest.fixture
def closed(served: KnowledgeBase) -> TestClient:
    """A client of a server with the setting `hosts` as it is by default."""
    base = KnowledgeBase(replace(served.settings, hosts=Settings().hosts))
    return TestClient(create_app(base))


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1:8000", "[::1]:8000", "192.168.1.5"],
)
def test_this_machine_and_addresses_are_answered_to(closed: TestClient, host: str) -> None:
    assert status(closed, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "localhost:80:80",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/v1/documents", "/openapi.json", "/static/ask.js"])
def test_a_foreign_name_is_refused_everywhere(closed: TestClient, host: str, path: str) -> None:
    refused = problem(closed.get(path, headers={"Host": host}), 421)
    assert "设置 hosts" in refused["detail"]
    assert "evil" not in refused["detail"]


def test_names_that_the_settings_list_are_answered_to(served: KnowledgeBase) -> None:
    settings = replace(served.settings, host="kb.office", hosts="zhangjie, KB.example,文.例")
    client = TestClient(create_app(KnowledgeBase(settings)))
    for host in ("kb.office", "zhangjie:8000", "kb.example."):
        assert status(client, host) == 200
    assert status(client, "testserver") == 421
    anybody = TestClient(create_app(KnowledgeBase(replace(settings, hosts="*"))))
    assert status(anybody, "evil.example") == 200


def test_no_other_origin_is_let_in(writer: TestClient) -> None:
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "auth"}
    path = "/v1/documents/yunhe/corrections"
    preflight = writer.options(path, headers={"Origin": EVIL, **asked})
    assert preflight.status_code == 405
    for response in (preflight, writer.get(path, headers={"Origin": EVIL})):
        assert not [name for name in response.headers if name.startswith("access-control")]
        assert response.headers["cross-origin-resource-policy"] == "same-origin"
        assert "set-cookie" not in response.headers
