from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from index.hybrid import HybridIndex
from ingest.apart import Apart
from tests.api.changing import NOTICE, ORIGINAL
from tests.api.conftest import TOKEN, problem, settled

if TYPE_CHECKING:
    from httpx2 import Response

DOCUMENTS = "/v1/documents"
HEADER = {"Authorization": f"Bearer {TOKEN}".encode()}
WRITES = [
    ("POST", DOCUMENTS),
    ("PUT", f"{DOCUMENTS}/yunhe/file"),
    ("PATCH", f"{DOCUMENTS}/yunhe"),
    ("DELETE", f"{DOCUMENTS}/yunhe"),
    ("GET", "/v1/deleted"),
    ("POST", "/v1/deleted/20260101T000000000000-abcdef/restore"),
]


def post(client: TestClient, name: str, content: str | bytes = NOTICE) -> Response:
    return client.post(DOCUMENTS, files={"file": (name, content)})


def put(client: TestClient, name: str, content: str | bytes, doc_id: str = "yunhe") -> Response:
    return client.put(f"{DOCUMENTS}/{doc_id}/file", files={"file": (name, content)})


def ids(client: TestClient) -> list[str]:
    return [each["doc_id"] for each in client.get(DOCUMENTS).json()["documents"]]


def names(served: KnowledgeBase) -> list[str]:
    return sorted(path.name for path in served.corpus.iterdir())


def test_an_uploaded_file_is_a_document_at_once(writer: TestClient) -> None:
    response = post(writer, "供水 办法.txt")
    assert response.status_code == 201
    answer = response.json()
    assert answer["document"] == {
        key: value
        for key, value in writer.get(f"{DOCUMENTS}/供水-办法").json().items()
        if key not in ("origins", "problems")
    }
    assert answer["document"]["number"] == "云府发〔2021〕3号"
    report = writer.get(f"{DOCUMENTS}/供水-办法/checkup").json()
    assert answer["checkup"] == {
        "verdict": report["verdict"],
        "words": report["words"],
        "reason": report["reason"],
        "doubts": len(report["doubts"]),
    }
    settled(writer.app.state.serving)  # type: ignore[attr-defined]
    hits = writer.get("/v1/search?q=检修管网").json()["hits"]
    assert hits[0]["doc_id"] == "供水-办法"


def test_a_file_is_parsed_in_a_process_of_its_own(served: KnowledgeBase) -> None:
    base = KnowledgeBase(replace(served.settings, admin_token=TOKEN))
    with TestClient(create_app(base), headers=HEADER) as client:
        assert post(client, "办法.txt").status_code == 201
        refused = problem(post(client, "坏.txt", b"a\0b"), 422)
        assert "坏.txt" in refused["detail"]
        assert "UTF-8" in refused["detail"]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_whoever_has_no_token_does_nothing(
    client: TestClient, writer: TestClient, method: str, path: str
) -> None:
    assert "ZHANGJIE_ADMIN_TOKEN" in problem(client.request(method, path), 403)["detail"]
    for header in (b"", b"Bearer falsch"):
        headers = {"Authorization": header}
        body = b"x" * (10 if method == "PATCH" else 2_000_000)  # refused unread where it is a file
        response = writer.request(method, path, headers=headers, content=body)
        problem(response, 401)
        assert response.headers["www-authenticate"].startswith("Bearer")
    assert len(ids(writer)) == 3


def test_an_original_replaces_what_was_restated(writer: TestClient, served: KnowledgeBase) -> None:
    line = {"restated": True}
    manifest = served.corpus / "manifest.jsonl"
    manifest.write_text(
        manifest.read_text("utf-8").replace('"yunhe.txt",', '"yunhe.txt", "restated": true,'),
        encoding="utf-8",
    )
    assert writer.patch(f"{DOCUMENTS}/yunhe", json={"kind": "plan"}).json().items() >= line.items()
    listed = {d["doc_id"]: d["restated"] for d in writer.get(DOCUMENTS).json()["documents"]}
    assert listed == {"yunhe": True, "qingshi": False, "网页-1": False}
    assert "摘编" in writer.get("/").text
    answer = put(writer, "规划原文.md", ORIGINAL)
    assert answer.status_code == 200
    document = answer.json()["document"]
    assert (document["doc_id"], document["restated"], document["format"]) == ("yunhe", False, "md")
    assert document["region"] == "云河县"
    assert "摘编" not in writer.get("/").text
    [deleted] = writer.get("/v1/deleted").json()["deleted"]
    assert (deleted["doc_id"], deleted["replaced"]) == ("yunhe", True)
    back = writer.post(f"/v1/deleted/{deleted['key']}/restore").json()
    assert (back["doc_id"], back["restated"], back["format"]) == ("yunhe", True, "txt")


def test_what_is_deleted_comes_back(writer: TestClient) -> None:
    before = writer.get(f"{DOCUMENTS}/yunhe").json()
    removed = writer.delete(f"{DOCUMENTS}/yunhe").json()
    assert removed["restore"] == f"/v1/deleted/{removed['key']}/restore"
    assert (removed["doc_id"], removed["title"]) == ("yunhe", before["title"])
    problem(writer.get(f"{DOCUMENTS}/yunhe"), 404)
    problem(writer.delete(f"{DOCUMENTS}/yunhe"), 404)
    [listed] = writer.get("/v1/deleted").json()["deleted"]
    assert listed["key"] == removed["key"]
    assert listed["deleted"].endswith("+00:00")
    assert writer.post(removed["restore"]).json()["title"] == before["title"]
    assert writer.get(f"{DOCUMENTS}/yunhe").json() == before
    assert writer.get("/v1/deleted").json() == {"deleted": []}
    problem(writer.post(removed["restore"]), 404)


def test_the_last_document_cannot_be_deleted(writer: TestClient) -> None:
    for doc_id in ("yunhe", "qingshi"):
        assert writer.delete(f"{DOCUMENTS}/{doc_id}").status_code == 200
    assert "最后一个" in problem(writer.delete(f"{DOCUMENTS}/网页-1"), 422)["detail"]
    assert ids(writer) == ["网页-1"]


def test_metadata_is_set_and_taken_back(writer: TestClient) -> None:
    path = f"{DOCUMENTS}/qingshi"
    before = writer.get(path).json()
    said = {"title": "青石意见", "issued": "2021年3月", "number": "青府〔2021〕2号"}
    after = writer.patch(path, json=said).json()
    assert (after["title"], after["issued"], after["year"]) == ("青石意见", "2021-03", 2021)
    assert after["reference"] == "《青石意见》（青府〔2021〕2号）"
    assert {"field": "issued", "origin": "清单"} in after["origins"]
    again = writer.patch(path, json=dict.fromkeys(said)).json()
    assert (again["title"], again["issued"]) == (before["title"], None)
    assert {"field": "title", "origin": "清单"} not in again["origins"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "没有给出要改的项"),
        ({"colour": "red"}, "colour 不认识"),
        ({"title": 3}, "title 须是文字"),
        ({"issued": "去年"}, "2021-12-03"),
        ({"kind": "x"}, "plan（规划"),
        ([], "须是 JSON 对象"),
    ],
)
def test_metadata_that_is_none_is_refused(writer: TestClient, body: object, says: str) -> None:
    assert says in problem(writer.patch(f"{DOCUMENTS}/yunhe", json=body), 422)["detail"]


def test_what_is_there_is_named(writer: TestClient) -> None:
    by_name = problem(post(writer, "qingshi.txt"), 409)
    assert by_name["doc_id"] == "qingshi"
    assert "同名" in by_name["detail"]
    content = writer.get(f"{DOCUMENTS}/yunhe/file").content
    assert problem(post(writer, "新.txt", content), 409)["doc_id"] == "yunhe"
    assert problem(put(writer, "x.txt", content, "qingshi"), 409)["doc_id"] == "yunhe"


def test_a_step_that_fails_leaves_manifest_and_files_as_they_were(
    writer: TestClient, served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def files() -> dict[str, bytes]:
        paths = (path for path in served.corpus.rglob("*") if path.is_file())
        return {path.name: path.read_bytes() for path in paths}

    before = files()
    monkeypatch.setattr("api.plans.write_manifest", full)
    assert "磁盘有空间" in problem(post(writer, "办法.txt"), 503)["detail"]
    problem(put(writer, "办法.txt", ORIGINAL), 503)
    problem(writer.delete(f"{DOCUMENTS}/yunhe"), 503)
    problem(writer.patch(f"{DOCUMENTS}/yunhe", json={"kind": "law"}), 503)
    assert files() == before
    assert len(ids(writer)) == 3


def test_many_uploads_make_few_indexes_while_questions_go_on(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = Event()
    built: list[int] = []
    build = HybridIndex.build

    def slow(passages: list[object], *arguments: object) -> HybridIndex:
        built.append(len(passages))
        assert go.wait(60)
        return build(passages, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(HybridIndex, "build", slow)
    question = {"question": "云河县2025年要新建多少万亩标准茶园？"}
    with ThreadPoolExecutor(4) as pool:
        posts = [
            pool.submit(post, writer, f"办法{n}.txt", NOTICE.replace("2次", f"{n}次"))
            for n in range(6)
        ]
        answers = [writer.post("/v1/ask", json=question) for _ in range(4)]
        assert [each.result().status_code for each in posts] == [201] * 6
    assert {answer.status_code for answer in answers} == {200}
    assert writer.post("/v1/ask", json=question).json()["sentences"][0]["doc_id"] == "yunhe"
    state = writer.get("/v1/status").json()
    assert (state["documents"], state["ready"], state["failure"]) == (9, True, None)
    assert state["indexing"].keys() == {"what", "done", "whole"}
    go.set()
    settled(writer.app.state.serving)  # type: ignore[attr-defined]
    assert len(built) == 2  # that of the first, and that of all
    assert writer.get("/v1/status").json()["indexing"] is None
    assert writer.get("/v1/search?q=检修管网").json()["hits"][0]["doc_id"].startswith("办法")


def test_what_was_answered_from_before_is_not_kept(writer: TestClient) -> None:
    serving = writer.app.state.serving  # type: ignore[attr-defined]
    bases = []
    for number in range(4):
        bases.append(weakref.ref(serving.base))
        post(writer, f"办法{number}.txt", NOTICE.replace("2次", f"{number}次"))
        if number % 2:
            settled(serving)
    settled(serving)
    gc.collect()
    assert [base() for base in bases[1:]] == [None] * 3  # the first is the fixture's


def test_two_that_add_the_same_file_get_one_document(writer: TestClient) -> None:
    with ThreadPoolExecutor(4) as pool:
        codes = sorted(
            response.status_code
            for response in pool.map(lambda _: post(writer, "办法.txt"), range(4))
        )
    assert codes == [201, 409, 409, 409]
    assert ids(writer)[3:] == ["办法"]


def test_a_server_that_stops_does_not_wait_for_a_file(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = KnowledgeBase(replace(served.settings, admin_token=TOKEN))
    app = create_app(base)
    command = ["sleep", "60"]
    with ThreadPoolExecutor(1) as pool, TestClient(app, headers=HEADER) as client:
        serving = app.state.serving
        monkeypatch.setattr(serving, "take_in", Apart(60, command))
        waiting = pool.submit(post, client, "办法.txt")
        while not serving.take_in._running:
            assert not waiting.done()
        serving.take_in.stop()
        problem(waiting.result(30), 422)
    assert not list(served.corpus.glob(".incoming*"))


def test_the_status_counts_what_is_there(client: TestClient) -> None:
    settled(client.app.state.serving)  # type: ignore[attr-defined]
    state = client.get("/v1/status").json()
    clauses = sum(d["counts"]["clauses"] for d in client.get(DOCUMENTS).json()["documents"])
    assert state == {
        "documents": 3,
        "clauses": clauses,
        "ready": True,
        "writable": False,
        "notes": ["已关闭向量检索，只用 BM25"],
        "indexing": None,
        "failure": None,
    }


def test_openapi_says_that_uploads_are_multipart(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for operation in (
        paths["/v1/documents"]["post"],
        paths["/v1/documents/{doc_id}/file"]["put"],
    ):
        [(kind, body)] = operation["requestBody"]["content"].items()
        assert kind == "multipart/form-data"
        assert body["schema"]["required"] == ["file"]
        assert operation["security"]
        assert {"401", "403", "409", "413", "422"} <= operation["responses"].keys()
    listed = client.get("/docs").text
    assert "格式由文件名的后缀定" in listed


def test_the_shipped_manifest_says_of_each_text_that_it_is_restated() -> None:
    folder = Path(Settings().corpus)
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    assert all('"restated": true' in line for line in lines)
