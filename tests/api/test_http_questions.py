"""Filters, certainty and streaming of questions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.knowledge_base import Finding, KnowledgeBase
from corpus.errors import StoreError
from corpus.model import Answer
from tests.api.conftest import problem

QUESTION = "云河县2025年要新建多少万亩标准茶园？"
STREAM = {"Accept": "text/event-stream"}


def events(text: str) -> list[tuple[str, Any]]:
    """Return name and data of each event of a stream."""
    found = []
    for block in text.split("\n\n"):
        if block:
            name, data = block.split("\n")
            found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_a_stream_gives_the_clauses_first_and_then_the_same_answer(client: TestClient) -> None:
    plain = client.post("/v1/ask", json={"question": QUESTION}).json()
    response = client.post("/v1/ask", json={"question": QUESTION}, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    (first, clauses), (second, answer) = events(response.text)
    assert (first, second) == ("clauses", "answer")
    assert clauses == {"question": QUESTION, "hits": plain["hits"]}
    assert answer == plain


def test_a_refusal_before_the_stream_is_a_problem_document(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": " "}, headers=STREAM)
    problem(response, 422)


@pytest.mark.parametrize(
    ("error", "status"), [(StoreError("索引坏了", "请重建"), 503), (RuntimeError("secret"), 500)]
)
def test_what_fails_within_a_stream_is_told_as_an_event(
    client: TestClient,
    served: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
) -> None:
    def fail(_finding: Finding) -> Answer:
        raise error

    monkeypatch.setattr(served, "answer", fail)
    response = client.post("/v1/ask", json={"question": QUESTION}, headers=STREAM)
    name, content = events(response.text)[-1]
    assert (name, content["status"]) == ("problem", status)
    assert "secret" not in response.text


def test_an_answer_says_in_words_how_sure_it_is(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert (answer["certainty"], answer["certainty_words"]) == ("high", "依据明确")
    refused = client.post("/v1/ask", json={"question": "量子计算机的纠错码怎么设计？"}).json()
    assert (refused["certainty"], refused["certainty_words"]) == ("none", "没有依据")


def test_questions_stay_within_the_filters(client: TestClient) -> None:
    body = {"question": "每年 每周 建设", "filters": {"region": ["云河县青石镇"]}}
    assert {hit["doc_id"] for hit in client.post("/v1/ask", json=body).json()["hits"]} == {
        "qingshi"
    }
    params = {"q": "每年 每周 建设", "region": "云河县青石镇"}
    hits = client.get("/v1/search", params=params).json()["hits"]
    assert {hit["doc_id"] for hit in hits} == {"qingshi"}


def test_filters_that_fit_no_document_are_refused_with_their_names(client: TestClient) -> None:
    content = problem(client.get("/v1/search", params={"q": "茶园", "year": 1999}), 404)
    assert "年份 1999" in content["detail"]
    problem(client.get("/v1/search", params={"q": "茶园", "year": "去年"}), 422)


def test_documents_are_listed_by_filter_and_by_words_of_their_titles(client: TestClient) -> None:
    def listed(**params: str) -> list[str]:
        found = client.get("/v1/documents", params=params).json()["documents"]
        return [each["doc_id"] for each in found]

    assert listed(region="云河县") == ["yunhe", "qingshi"]
    assert listed(q="老年人 意见") == ["qingshi"]
    assert listed(q="YUNHE") == ["yunhe"]
    assert listed(kind="law") == []
    facets = client.get("/v1/documents", params={"q": "老年人"}).json()["facets"]
    assert {"value": "云河县", "name": "云河县", "count": 2} in facets["region"]
    document = client.get("/v1/documents/yunhe").json()
    assert (document["kind_name"], document["format"]) == ("规划、纲要、计划", "txt")
    assert document["reference"] == "《云河县“十四五”乡村发展规划》"


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("专栏1", ["第二章第一节专栏1"]),
        ("二章二节", ["第二章第二节"]),
        ("第一节", ["第一章第一节", "第二章第一节"]),
    ],
)
def test_an_address_is_found_within_a_document(
    client: TestClient, typed: str, addresses: list[str]
) -> None:
    params = {"citation": typed, "doc_id": "yunhe"}
    found = client.get("/v1/resolve", params=params).json()
    assert [place["address"] for place in found["places"]] == addresses
    assert found["unclear"] == (len(addresses) > 1)
    problem(client.get("/v1/resolve", params=params | {"doc_id": "qingshi"}), 404)


def test_every_example_is_answered(client: TestClient) -> None:
    examples = client.get("/v1/examples").json()["questions"]
    assert len(examples) >= 3
    for question in examples:
        answer = client.post("/v1/ask", json={"question": question}).json()
        assert not answer["abstained"], question
