from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from api import records
from api.http.app import create_app
from api.http.guard import HEADERS
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from api.web import STATIC, TEMPLATES
from corpus.errors import StoreError
from corpus.model import Hit, Query
from index.hybrid import HybridIndex
from tests.api.conftest import TOPICS

if TYPE_CHECKING:
    from httpx2 import Response

CHINESE = re.compile(r"[一-龥]")
PAGES = ["/", "/documents", "/documents/yunhe", "/docs"]


@pytest.fixture
def client(served: KnowledgeBase) -> Iterator[TestClient]:
    app = create_app(served)
    with TestClient(app, raise_server_exceptions=False) as client:
        app.state.readiness.wait(60)
        yield client


def problem(response: Response, status: int) -> dict[str, Any]:
    """Check that a response is a problem document in Chinese without any inside, and return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    content: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail"} <= content.keys()
    assert content["status"] == status
    assert content["type"].startswith("urn:zhangjie:problem:")
    assert CHINESE.search(content["title"])
    assert CHINESE.search(content["detail"])
    assert "Traceback" not in response.text
    return content


# -- what routes give --------------------------------------------------------------------------


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


# -- refusals ----------------------------------------------------------------------------------


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
    monkeypatch.setattr(served, "search", _raiser(StoreError("引文与原文不符", "请重建")))
    refused = problem(client.get("/v1/search?q=茶园"), 503)
    assert refused["detail"] == "引文与原文不符。请重建"


def test_what_nobody_foresaw_is_500_and_tells_nothing(
    client: TestClient, served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "search", _raiser(RuntimeError("/秘密/路径")))
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


# -- readiness ---------------------------------------------------------------------------------


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
        app.state.readiness.wait(60)
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
        app.state.readiness.wait(60)
        assert client.get("/v1/search?q=茶园").status_code == 200
    assert built == [1]


def test_an_index_that_failed_is_tried_again_when_asked(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = served.search
    monkeypatch.setattr(served, "search", _raiser(StoreError("磁盘已满", "请腾出空间")))
    app = create_app(served)
    with TestClient(app) as client:
        app.state.readiness.wait(60)
        assert "磁盘已满" in problem(client.get("/readyz"), 503)["detail"]
        monkeypatch.setattr(served, "search", search)
        assert problem(client.get("/v1/search?q=茶园"), 503)["type"].endswith(":index-failed")
        app.state.readiness.wait(60)
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


# -- pages and descriptions --------------------------------------------------------------------


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
    assert sum(file.stat().st_size for file in files) < 60_000
    for file in files:
        outside = set(re.findall(r"(?:https?:)?//[\w.]+\.\w+", file.read_text(encoding="utf-8")))
        assert outside <= {"http://127.0.0.1", "http://www.w3.org"}, file.name


def test_the_shipped_texts_are_called_restated(tmp_path: Path) -> None:
    base = KnowledgeBase(Settings(data=str(tmp_path), model="none"))
    client = TestClient(create_app(base))
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
                kind = "application/json" if status == "200" else "application/problem+json"
                assert list(response["content"]) == [kind]
    assert "examples" in described["components"]["schemas"]["Ask"]["properties"]["question"]
    assert "Problem" in described["components"]["schemas"]


def _raiser(error: Exception) -> Callable[[Query], list[Hit]]:
    def fail(_query: Query) -> list[Hit]:
        raise error

    return fail
