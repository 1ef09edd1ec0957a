"""The token: compared in constant time, told to nobody, asked for wherever something changes."""

from __future__ import annotations

import hmac
import logging
import re
import socket
from contextlib import closing
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.http import auth
from api.http.app import create_app
from api.knowledge_base import KnowledgeBase
from tests.api.browsing import serve
from tests.api.conftest import TOKEN, problem, raiser

PATH = "/v1/documents/yunhe/corrections"
BODY = {"corrections": []}
# Neither length nor a right beginning or end is told apart.
WRONG = ["x", TOKEN[:-1], TOKEN + "x", TOKEN[1:], TOKEN * 100, TOKEN[::-1], "\xff", "开门-8"]


def bearer(token: str) -> dict[str, bytes]:
    return {"Authorization": b"Bearer " + token.encode()}


def writing(client: TestClient) -> list[tuple[str, str]]:
    """Return method and path of each operation that the description says needs a token."""
    paths = client.get("/openapi.json").json()["paths"]
    return [
        (method.upper(), re.sub(r"\{\w+\}", "yunhe", path))
        for path, methods in paths.items()
        for method, operation in methods.items()
        if operation.get("security")
    ]


def test_whatever_changes_something_needs_the_token(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    changing = {
        (method.upper(), re.sub(r"\{\w+\}", "yunhe", path))
        for path, methods in described.items()
        for method in methods
        if method != "get" and path not in ("/v1/ask", "/v1/compare", "/v1/precedents")
    }
    assert len(changing) >= 6
    assert changing <= set(writing(client))


def test_without_a_token_in_the_settings_nobody_writes(client: TestClient) -> None:
    for method, path in writing(client):
        body = {"json": BODY} if method in ("PUT", "PATCH") and not path.endswith("/file") else {}
        for headers in ({}, bearer(""), bearer(TOKEN)):
            refused = problem(client.request(method, path, headers=headers, **body), 403)
            assert "ZHANGJIE_ADMIN_TOKEN" in refused["detail"]


def test_a_wrong_token_is_refused_everywhere(writer: TestClient) -> None:
    for method, path in writing(writer):
        body = {"json": BODY} if method in ("PUT", "PATCH") and not path.endswith("/file") else {}
        response = writer.request(method, path, headers=bearer("falsch"), **body)
        problem(response, 401)
        assert response.headers["www-authenticate"].startswith("Bearer")


def test_all_wrong_tokens_are_refused_alike(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []
    whole = hmac.compare_digest

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return whole(one, other)

    monkeypatch.setattr(auth.hmac, "compare_digest", compare)
    refusals = [writer.put(PATH, json=BODY, headers=bearer(token)) for token in WRONG]
    assert {(each.status_code, each.text) for each in refusals} == {(401, refusals[0].text)}
    assert len({tuple(sorted(each.headers.items())) for each in refusals}) == 1
    assert compared == [(token.encode(), TOKEN.encode()) for token in WRONG]
    assert writer.put(PATH, json=BODY, headers=bearer(TOKEN)).is_success


def test_the_token_is_told_to_nobody(
    served: KnowledgeBase, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "tell-nobody-31415"
    base = KnowledgeBase(replace(served.settings, admin_token=secret))
    assert secret not in repr(base.settings)
    assert secret not in str(vars(base))
    caplog.set_level(logging.DEBUG)
    app = create_app(base)
    monkeypatch.setattr(app.state.serving, "change", raiser(RuntimeError("unforeseen")))
    said = []
    with TestClient(app, raise_server_exceptions=False, headers=bearer(secret)) as client:
        app.state.serving.readiness.wait(60)
        said.append(client.put(PATH, json=BODY))
        said.append(client.put(PATH, json={"corrections": [{"do": "?"}]}))
        said.append(client.put(PATH, content=b"{", headers={"Content-Type": "application/json"}))
        said.append(client.post("/v1/documents", files={"file": ("甲.exe", b"x")}))
        said.append(client.put(PATH, json=BODY, headers=bearer(secret[:-1])))
        pages = ("/", "/documents", "/manage", "/documents/yunhe", "/docs", "/nowhere")
        for path in (*pages, "/v1/status", "/v1/deleted", "/metrics", "/openapi.json"):
            said.append(client.get(path, headers={"Accept": "text/html"}))
    assert {response.status_code for response in said} >= {200, 401, 422, 500}
    for response in said:
        assert secret[:-1] not in response.text
        assert secret[:-1] not in str(response.headers)
    assert "unforeseen" in caplog.text
    assert secret[:-1] not in caplog.text


def test_who_may_not_write_is_told_before_the_file_is_sent(served: KnowledgeBase) -> None:
    base = KnowledgeBase(replace(served.settings, admin_token=TOKEN))
    head = (
        "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 40000000\r\n\r\n--b\r\n"
    )
    with serve(base) as address:
        port = int(address.rpartition(":")[2])
        with closing(socket.create_connection(("127.0.0.1", port), 60)) as connection:
            connection.sendall(head.encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 401 ")
