"""What one request may cost: length of the question, size and pace of the body."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from functools import partial
from select import select

import pytest
from fastapi.testclient import TestClient

from api.answering.question import LONGEST
from api.http import app as application
from api.http.guard import LARGEST
from api.http.patience import Patience
from api.knowledge_base import KnowledgeBase
from tests.api.browsing import serve, wait_until_ready
from tests.api.conftest import problem

HEAD = "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def test_the_longest_question_is_answered_and_a_longer_one_refused(client: TestClient) -> None:
    for path, field in (("/v1/ask", "question"), ("/v1/compare", "question")):
        assert client.post(path, json={field: "茶" * LONGEST}).is_success
        refused = problem(client.post(path, json={field: "茶" * (LONGEST + 1)}), 422)
        assert str(LONGEST) in refused["detail"]
    for path in ("/v1/search", "/v1/figures", "/v1/search/export"):
        assert client.get(path, params={"q": "茶" * LONGEST}).is_success
        problem(client.get(path, params={"q": "茶" * (LONGEST + 1)}), 422)
    problem(client.post("/v1/precedents", json={"text": "茶" * (LONGEST + 1)}), 422)


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/compare", "/v1/precedents"])
def test_a_body_over_the_limit_is_refused_however_it_comes(client: TestClient, path: str) -> None:
    pieces = (b" " * 65536 for _ in range(LARGEST // 65536 + 1))
    headers = {"Content-Type": "application/json"}
    refused = problem(client.post(path, content=pieces, headers=headers), 413)
    assert "1 MB" in refused["detail"]


def exchange(address: str, *pieces: str, pause: float = 0.0) -> bytes:
    """Send pieces until something comes back, and return all of that."""
    host, port = address.removeprefix("http://").split(":")
    with closing(socket.create_connection((host, int(port)), 60)) as connection:
        for piece in pieces:
            connection.sendall(piece.encode())
            if select([connection], [], [], pause)[0]:
                break
        received = b""
        while more := connection.recv(65536):
            received += more
        return received


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "Patience", partial(Patience, grace=0.5))


@pytest.mark.usefixtures("hurried")
def test_a_body_that_does_not_come_is_not_waited_for(served: KnowledgeBase) -> None:
    with serve(served) as address:
        reply = exchange(address, HEAD + "Content-Length: 100\r\n\r\n", '{"question":')
    head, _, body = reply.decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 408 ")
    assert "application/problem+json" in head
    assert "传得太慢" in body


@pytest.mark.usefixtures("hurried")
def test_a_body_that_drips_is_not_waited_for(served: KnowledgeBase) -> None:
    drips = ["1\r\n \r\n"] * 100
    head = HEAD + "Transfer-Encoding: chunked\r\n\r\n"
    with serve(served) as address:
        reply = exchange(address, head, *drips, pause=0.2)
    assert reply.startswith(b"HTTP/1.1 408 ")


@pytest.mark.usefixtures("hurried")
def test_an_answer_that_takes_long_is_waited_for(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = served.answer
    monkeypatch.setattr(served, "answer", lambda finding: (time.sleep(1), whole(finding))[1])
    with serve(served) as address:
        wait_until_ready(address)
        body = '{"question":"tea"}'
        sent = f"Accept: text/event-stream\r\nConnection: close\r\nContent-Length: {len(body)}"
        reply = exchange(address, HEAD + sent + "\r\n\r\n", body)
    assert reply.startswith(b"HTTP/1.1 200 ")
    assert b"event: answer" in reply
