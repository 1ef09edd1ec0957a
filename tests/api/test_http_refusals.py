from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.http.guard import HEADERS
from api.knowledge_base import KnowledgeBase
from corpus.errors import StoreError
from tests.api.conftest import problem, raiser


@pytest.mark.parametrize("top_k", [0, -1, 1001, 10**9])
def test_top_k_outside_its_limits_is_refused(client: TestClient, top_k: int) -> None:
    for response in (
        client.get("/v1/search", params={"q": "茶园", "top_k": top_k}),
        client.post("/v1/ask", json={"question": "茶园", "top_k": top_k}),
    ):
        assert "1 到 1000" in problem(response, 422)["detail"]


@pytest.mark.parametrize("question", ["", "  \n", "问" * 2001, "问" * 100_000])
def test_a_question_of_no_fit_length_is_refused(client: TestClient, question: str) -> None:
    detail = problem(client.post("/v1/ask", json={"question": question}), 422)["detail"]
    assert "请" in detail
    assert len(detail) < 200


def test_a_body_beyond_the_limit_is_refused(client: TestClient) -> None:
    problem(client.post("/v1/ask", json={"question": "问" * 1_000_000}), 413)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"{}", "question 没有给出"),
        (b'{"question": 3}', "question 须是文字"),
        (b'{"question": "a", "top_k": "x"}', "top_k 须是整数"),
        (b'{"question": "a", "top_k": 1.5}', "top_k 须是整数"),
        (b'{"question": "a", "doc_ids": "b"}', "doc_ids 须是列表"),
        (b'{"question": "a", "topk": 3}', "topk 不认识"),
        (b'{"question": "\\ud800"}', "question 不是有效的 UTF-8 文字"),
        (b'{"question": "a", "\\ud800": 1}', "请求体 不是有效的 UTF-8 文字"),
        (b'{"question": ', "请求体 不是完整的 JSON"),
        (b"[]", "须是 JSON 对象"),
        (b"", "没有给出"),
        (b'{"question": "\xff"}', "UTF-8"),
    ],
)
def test_validation_speaks_chinese(client: TestClient, body: bytes, says: str) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/v1/ask", content=body, headers=headers)
    assert response.status_code in (400, 422)
    assert says in problem(response, response.status_code)["detail"]


def test_a_wrong_query_parameter_is_named(client: TestClient) -> None:
    refused = problem(client.get("/v1/search?topk=3&top_k=x"), 422)
    assert [error["field"] for error in refused["errors"]] == ["参数 q", "参数 top_k", "参数 topk"]
    assert "请补上" in refused["detail"]


def test_a_half_of_a_surrogate_pair_in_a_filter_is_refused(client: TestClient) -> None:
    body = b'{"question": "a", "doc_ids": ["\\ud800"]}'
    problem(client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"}), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/documents/没有",
        "/v1/documents/没有/outline",
        "/v1/documents/没有/text",
        "/v1/clauses/yunhe/ch9/p9",
        "/v1/clauses/../../etc/passwd",
        "/v1/search?q=茶园&doc_id=没有",
        "/v1/resolve?citation=云河规划第九章",
        "/v1/没有",
        "/没有",
        "/static/../app.py",
    ],
)
def test_what_does_not_exist_is_404(client: TestClient, path: str) -> None:
    problem(client.get(path), 404)


def test_text_without_an_address_is_refused(client: TestClient) -> None:
    refused = problem(client.get("/v1/resolve", params={"citation": "随便说说"}), 422)
    assert refused["type"].endswith(":address")


def test_a_wrong_method_names_the_right_one(client: TestClient) -> None:
    response = client.put("/v1/ask")
    assert "POST" in problem(response, 405)["detail"]
    assert response.headers["allow"] == "POST"


def test_a_damaged_store_is_503(
    client: TestClient, served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "search", raiser(StoreError("引文与原文不符", "请重建")))
    refused = problem(client.get("/v1/search?q=茶园"), 503)
    assert refused["detail"] == "引文与原文不符。请重建"


def test_what_nobody_foresaw_is_500_and_tells_nothing(
    client: TestClient, served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "search", raiser(RuntimeError("/秘密/路径")))
    response = client.get("/v1/search?q=茶园")
    problem(response, 500)
    assert "秘密" not in response.text
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_a_browser_gets_a_refusal_as_a_page(client: TestClient) -> None:
    response = client.get("/<script>", headers={"Accept": "text/html,*/*"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "没有这个地址" in response.text
    assert "没有 /&lt;script&gt;" in response.text


def test_all_methods_of_a_path_are_named(client: TestClient) -> None:
    response = client.request("DELETE", "/v1/documents/yunhe/corrections")
    assert "GET, PUT" in problem(response, 405)["detail"]
    assert response.headers["allow"] == "GET, PUT"
    assert "GET" in client.post("/static/ask.js").headers["allow"]
