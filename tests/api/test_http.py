from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import records
from api.http.app import create_app
from api.http.guard import HEADERS
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from api.web import STATIC, TEMPLATES
from tests.api.conftest import CHINESE, TOPICS

PAGES = ["/", "/documents", "/manage", "/documents/yunhe", "/documents/yunhe/checkup", "/docs"]


def test_an_answer_is_cited_and_its_figure_marked(client: TestClient) -> None:
    body = {"question": "云河县2025年要新建多少万亩标准茶园？", "top_k": 3}
    answer = client.post("/v1/ask", json=body).json()
    sentence = answer["sentences"][0]
    assert sentence["citation"] == "《云河县“十四五”乡村发展规划》第二章第一节第2段"
    assert [sentence["text"][a:b] for a, b in sentence["marks"]] == ["3万亩"]
    assert not answer["abstained"]
    assert answer["answer"].startswith(sentence["text"])
    assert len(answer["hits"]) <= 3
    assert answer["notes"] == ["已关闭向量检索，只用 BM25"]


def test_a_question_without_basis_is_abstained_from(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "量子计算机的纠错码怎么设计？"}).json()
    assert answer["abstained"]
    assert answer["sentences"] == []
    assert CHINESE.search(answer["reason"])


def test_every_hit_carries_a_citation_that_leads_back_to_it(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "2025年建设茶园", "top_k": 1000}).json()
    assert [hit["rank"] for hit in found["hits"]] == list(range(1, len(found["hits"]) + 1))
    for hit in found["hits"]:
        resolved = client.get("/v1/resolve", params={"citation": hit["citation"]}).json()
        assert not resolved["unclear"]
        assert hit["clause_id"] in resolved["places"][0]["clause_ids"]


def test_doc_id_can_be_repeated(client: TestClient) -> None:
    params = {"q": "每年 每周 建设", "doc_id": ["qingshi", "网页-1"]}
    hits = client.get("/v1/search", params=params).json()["hits"]
    assert {hit["doc_id"] for hit in hits} == {"qingshi"}


def test_documents_are_listed_with_their_counts(client: TestClient) -> None:
    documents = client.get("/v1/documents").json()["documents"]
    assert [each["doc_id"] for each in documents] == ["yunhe", "qingshi", "网页-1"]
    assert not any(each["restated"] for each in documents)
    detail = client.get("/v1/documents/yunhe").json()
    assert detail["region"] == "云河县"
    assert detail["counts"]["problems"] == len(detail["problems"])
    assert client.get("/v1/documents/网页-1").json()["title"] == "<i>网页</i>管理办法"


def test_the_outline_is_that_of_the_command_line(client: TestClient, served: KnowledgeBase) -> None:
    outline = client.get("/v1/documents/yunhe/outline").json()
    assert outline == records.outline(served.document("yunhe"))
    assert set(outline["nodes"][0]) == {"level", "number", "title", "address", "start", "end"}


@pytest.mark.parametrize("doc_id", ["yunhe", "qingshi", "网页-1"])
def test_blocks_hold_every_character_once(
    client: TestClient, served: KnowledgeBase, doc_id: str
) -> None:
    blocks = client.get(f"/v1/documents/{doc_id}/text?residue=true").json()["blocks"]
    document = served.document(doc_id)
    for block, following in pairwise(blocks):
        assert block["end"] <= following["start"]
    for block in blocks:
        assert block["text"].strip() == document.text[block["start"] : block["end"]].strip()
    shown = "".join("".join(block["text"].split()) for block in blocks)
    assert shown == "".join(document.text.split())


def test_blocks_of_a_box_are_marked_and_text_after_it_is_not(client: TestClient) -> None:
    blocks = client.get("/v1/documents/yunhe/text").json()["blocks"]
    boxed = {block["text"]: block["box"] for block in blocks}
    assert boxed["建设良种繁育基地2个，年出圃茶苗600万株。"] == "第二章第一节专栏1"
    assert boxed["引导企业到产茶村设立收购站。"] is None
    assert {block["kind"] for block in blocks} == {"heading", "clause"}


def test_clauses_of_one_paragraph_are_marked_as_going_on(client: TestClient) -> None:
    blocks = client.get("/v1/documents/网页-1/text").json()["blocks"]
    begins = {b["text"][:7]: b["new_line"] for b in blocks if b["kind"] == "clause"}
    assert [begins[topic] for topic in TOPICS] == [True, False, False]


def test_a_clause_knows_its_neighbours(client: TestClient, served: KnowledgeBase) -> None:
    ids = [clause.clause_id for clause in served.document("yunhe").clauses]
    walked = [ids[0]]
    while following := client.get(f"/v1/clauses/{walked[-1]}").json()["next"]:
        assert client.get(f"/v1/clauses/{following}").json()["previous"] == walked[-1]
        walked.append(following)
    assert walked == ids
    assert all("/" in clause_id for clause_id in ids)


def test_an_unclear_citation_gives_all_places(client: TestClient) -> None:
    clear = client.get("/v1/resolve", params={"citation": "青石意见二（一）"}).json()
    assert (clear["unclear"], len(clear["places"])) == (False, 1)
    assert clear["places"][0]["clauses"][0]["citation"].endswith("二、（一）1")
    unclear = client.get("/v1/resolve", params={"citation": "二、"}).json()
    assert unclear["unclear"]
    assert {place["doc_id"] for place in unclear["places"]} == {"qingshi", "网页-1"}
    assert all(place["clause_ids"] and not place["clauses"] for place in unclear["places"])


def test_markup_in_a_document_stays_text(client: TestClient) -> None:
    response = client.get("/v1/search", params={"q": "<script> 代码"})
    assert response.headers["content-type"] == "application/json"
    assert "<script>document.title" in response.json()["hits"][0]["text"]


@pytest.mark.parametrize(
    "path", [*PAGES, "/static/style.css", "/static/ask.js", "/没有", "/readyz"]
)
def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_inline_script_or_style(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", response.text)


def test_the_page_is_small_and_names_nothing_outside() -> None:
    files = [*TEMPLATES.iterdir(), *STATIC.iterdir()]
    assert sum(file.stat().st_size for file in files) < 300_000
    for file in files:
        code = re.sub(r"(?m)^\s*//.*$", "", file.read_text(encoding="utf-8"))  # without comments
        outside = set(re.findall(r"(?:https?:)?//[\w.]+\.\w+", code))
        assert outside <= {"http://127.0.0.1", "http://www.w3.org"}, file.name


def test_the_shipped_texts_are_called_restated(tmp_path: Path) -> None:
    base = KnowledgeBase(Settings(data=str(tmp_path), model="none"))
    client = TestClient(create_app(base), base_url="http://127.0.0.1")
    assert all(each["restated"] for each in client.get("/v1/documents").json()["documents"])
    assert "摘编，非原文" in client.get("/").text


def test_openapi_describes_every_route_in_chinese(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    listed = client.get("/docs").text
    for path, methods in described["paths"].items():
        assert path in listed
        for operation in methods.values():
            assert CHINESE.search(operation["summary"])
            assert CHINESE.search(operation["description"])
            for parameter in operation.get("parameters", []):
                schema = parameter["schema"]
                assert CHINESE.search(parameter.get("description", schema.get("description", "")))
            for status, response in operation["responses"].items():
                if status.startswith("2"):
                    assert "application/problem+json" not in response["content"]
                else:
                    assert list(response["content"]) == ["application/problem+json"]
    assert "examples" in described["components"]["schemas"]["Ask"]["properties"]["question"]
    assert "Problem" in described["components"]["schemas"]
