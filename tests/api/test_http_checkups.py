from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.knowledge_base import KnowledgeBase
from corpus.errors import StoreError
from corpus.model import Hit, Query
from index.hybrid import HybridIndex
from ingest.corrections import file_for
from tests.api.conftest import CHINESE, TOKEN, problem, settled

if TYPE_CHECKING:
    from httpx2 import Response

CORRECTIONS = "/v1/documents/yunhe/corrections"
CHECKUP = "/v1/documents/yunhe/checkup"
LOST = {"do": "insert", "before": "对蓄水不足的村寨", "heading": "第三节 水源改造"}
UNFIT = {"do": "text", "line": "第九章"}
DATE = {"do": "meta", "field": "issued", "value": "2021-12-03"}


def put(
    client: TestClient, *corrections: object, headers: dict[str, str] | None = None
) -> Response:
    return client.put(CORRECTIONS, json={"corrections": corrections}, headers=headers)


def outline(client: TestClient) -> list[str]:
    nodes = client.get("/v1/documents/yunhe/outline").json()["nodes"]
    return [node["address"] for node in nodes]


@pytest.mark.parametrize("doc_id", ["yunhe", "qingshi", "网页-1"])
def test_a_checkup_says_where_every_character_went(client: TestClient, doc_id: str) -> None:
    report = client.get(f"/v1/documents/{doc_id}/checkup").json()
    places = report["whereabouts"]
    parts = [places["clauses"], places["headings"], places["lost"]]
    parts += [each["characters"] for each in (*places["residues"], *places["dropped"])]
    assert sum(parts) == report["characters"] > 0
    assert places["lost"] == 0
    assert report["words"] in ("可用", "可用，但有疑点")
    assert all(CHINESE.search(each["name"]) for each in places["residues"])


def test_a_checkup_counts_the_outline_and_names_the_boxes(client: TestClient) -> None:
    report = client.get(CHECKUP).json()
    assert [(each["name"], each["count"]) for each in report["levels"]] == [
        ("章", 2), ("节", 3), ("专栏", 1), ("（一）", 2),
    ]  # fmt: skip
    assert [box["address"] for box in report["boxes"]] == ["第二章第一节专栏1"]
    assert report["contents"] == 6
    assert report["clauses"] == client.get("/v1/documents/yunhe").json()["counts"]["clauses"]


def test_each_value_of_the_metadata_says_where_it_was_found(client: TestClient) -> None:
    found = {each["field"]: each for each in client.get(CHECKUP).json()["metadata"]}
    assert found["title"]["origin"] == "清单"
    kind = {"name": "文种", "value": "plan", "shown": "规划、纲要、计划", "origin": "标题"}
    assert found["kind"] == {"field": "kind", **kind}
    assert found["number"]["value"] is None
    assert found["number"]["origin"] is None
    origins = client.get("/v1/documents/yunhe").json()["origins"]
    assert {"field": "kind", "origin": "标题"} in origins


@pytest.fixture
def doubtful(writer: TestClient, served: KnowledgeBase) -> TestClient:
    """A server over a plan that lost the heading of its second chapter's first section."""
    path = Path(served.settings.corpus) / "yunhe.txt"
    head, body = path.read_text(encoding="utf-8").rsplit("第一节 壮大茶叶产业\n", 1)
    path.write_text(head + body, encoding="utf-8")
    put(writer)  # reads the corpus again
    return writer


def test_a_doubt_says_where_it_stands_and_how_it_may_be_put_right(doubtful: TestClient) -> None:
    doubts = {each["code"]: each for each in doubtful.get(CHECKUP).json()["doubts"]}
    missing = doubts["toc-missing-in-body"]
    assert (missing["start"], missing["address"], missing["clause_id"]) == (None, None, None)
    gap = doubts["number-gap"]
    assert (gap["address"], gap["heading"]) == ("第二章第二节", gap["start"])
    suggested = gap["suggestions"][0]
    assert suggested["correction"].keys() == {"do", "before", "heading"}
    assert suggested["correction"]["heading"] == "第一节 壮大茶叶产业"
    assert not suggested["complete"]
    correction = {**suggested["correction"], "before": "加强品牌建设"}
    assert put(doubtful, correction).json()["unfit"] == []
    assert doubtful.get(CHECKUP).json()["verdict"] == "good"


def test_a_suggestion_kept_as_it_is_changes_nothing_and_is_reported(doubtful: TestClient) -> None:
    [_, gap] = doubtful.get(CHECKUP).json()["doubts"]
    answer = put(doubtful, gap["suggestions"][0]["correction"]).json()
    assert [each["code"] for each in answer["unfit"]] == ["correction-unfit"]


def test_a_doubt_inside_a_clause_leads_to_it(writer: TestClient, served: KnowledgeBase) -> None:
    path = Path(served.settings.corpus) / "qingshi.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2024年建成", "20244年建成"), encoding="utf-8")
    put(writer)
    [doubt] = writer.get("/v1/documents/qingshi/checkup").json()["doubts"]
    assert (doubt["code"], doubt["address"]) == ("odd-year", "一、")
    clause = writer.get(f"/v1/clauses/{doubt['clause_id']}").json()
    assert clause["start"] <= doubt["start"] < clause["end"]


def test_corrections_are_replaced_whole_and_count_at_once(
    writer: TestClient, served: KnowledgeBase
) -> None:
    assert writer.get(CORRECTIONS).json() == {
        "doc_id": "yunhe",
        "file": "yunhe.txt.corrections.jsonl",
        "writable": True,
        "corrections": [],
    }
    answer = put(writer, LOST, DATE).json()
    assert answer["corrections"] == [LOST, DATE]
    assert answer["unfit"] == []
    assert "第二章第三节" in outline(writer)
    assert writer.get("/v1/documents/yunhe").json()["issued"] == "2021-12-03"
    kept = file_for(served.entries["yunhe"].path)
    assert [json.loads(line) for line in kept.read_text("utf-8").splitlines()] == [LOST, DATE]
    assert put(writer).json()["corrections"] == []
    assert "第二章第三节" not in outline(writer)
    assert not kept.exists()


def test_a_correction_that_fits_no_line_is_kept_and_named(writer: TestClient) -> None:
    answer = put(writer, UNFIT, LOST).json()
    assert answer["corrections"] == [UNFIT, LOST]
    [unfit] = answer["unfit"]
    assert unfit["code"] == "correction-unfit"
    assert "第 1 条更正用不上" in unfit["message"]
    assert "第二章第三节" in outline(writer)


def test_without_a_token_in_the_settings_nobody_may_write(client: TestClient) -> None:
    assert client.get(CORRECTIONS).json()["writable"] is False
    for header in ("", "Bearer ", "Bearer x"):
        refused = problem(put(client, LOST, headers={"Authorization": header}), 403)
        assert "ZHANGJIE_ADMIN_TOKEN" in refused["detail"]


@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        (None, 'Bearer realm="zhangjie"'),
        ("Bearer", 'Bearer realm="zhangjie"'),
        (f"Basic {TOKEN}", 'Bearer realm="zhangjie"'),
        ("Bearer falsch", 'Bearer realm="zhangjie", error="invalid_token"'),
        (f"Bearer {TOKEN}x", 'Bearer realm="zhangjie", error="invalid_token"'),
        ("Bearer \xff\xfe", 'Bearer realm="zhangjie", error="invalid_token"'),
    ],
)
def test_a_missing_or_wrong_token_is_refused_before_anything_is_read(
    writer: TestClient, header: str | None, challenge: str
) -> None:
    del writer.headers["Authorization"]
    headers = {} if header is None else {"Authorization": header.encode("latin-1", "ignore")}
    for doc_id in ("yunhe", "没有"):
        path = f"/v1/documents/{doc_id}/corrections"
        response = writer.put(path, json={"corrections": [7]}, headers=headers)
        problem(response, 401)
        assert response.headers["www-authenticate"] == challenge
    assert writer.get(CORRECTIONS).json()["corrections"] == []


def test_the_scheme_is_written_in_any_case(writer: TestClient) -> None:
    del writer.headers["Authorization"]
    writer.headers.update({b"Authorization": f"bearer  {TOKEN}".encode()})
    assert put(writer, LOST).status_code == 200


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"corrections": [LOST, {"do": "erase"}]}, "第 2 条更正：do"),
        ({"corrections": [{"do": []}]}, "第 1 条更正：do"),
        ({"corrections": [7]}, "第 1 条更正"),
        (
            {"corrections": [{"do": "insert", "before": "甲", "heading": "目标"}]},
            "不是带序号的标题",
        ),
        ({"corrections": [{**UNFIT, "colour": "red"}]}, "colour"),
        ({"corrections": [UNFIT] * 1001}, "最多 1000 条"),
        ({"corrections": "x"}, "corrections 须是列表"),
        ({"correction": []}, "correction 不认识"),
        ([LOST], "须是 JSON 对象"),
    ],
)
def test_what_is_no_correction_is_refused_and_nothing_kept(
    writer: TestClient, body: object, says: str
) -> None:
    put(writer, DATE)
    assert says in problem(writer.put(CORRECTIONS, json=body), 422)["detail"]
    assert writer.get(CORRECTIONS).json()["corrections"] == [DATE]


def test_a_half_of_a_surrogate_pair_in_a_correction_is_refused(writer: TestClient) -> None:
    body = b'{"corrections": [{"do": "text", "line": "\\ud800"}]}'
    headers = {"Content-Type": "application/json"}
    assert (
        "Unicode" in problem(writer.put(CORRECTIONS, content=body, headers=headers), 422)["detail"]
    )


def test_a_list_beyond_the_limit_of_bodies_is_refused(writer: TestClient) -> None:
    problem(put(writer, {**UNFIT, "note": "长" * 500_000}), 413)


def test_a_folder_that_cannot_be_written_to_is_said_to_be(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("api.plans.write_atomically", full)
    assert "写不了" in problem(put(writer, LOST), 503)["detail"]
    assert "第二章第三节" not in outline(writer)


@pytest.mark.parametrize("path", ["checkup", "corrections"])
def test_no_document_has_neither_checkup_nor_corrections(writer: TestClient, path: str) -> None:
    problem(writer.get(f"/v1/documents/没有/{path}"), 404)
    problem(writer.put("/v1/documents/没有/corrections", json={"corrections": []}), 404)


def test_two_writers_at_once_leave_the_list_of_one_of_them(
    writer: TestClient, served: KnowledgeBase
) -> None:
    lists = [[{**UNFIT, "note": str(n)}] * (n + 1) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda each: put(writer, *each), lists))
    assert [answer.json()["corrections"] for answer in answers] == lists
    kept = writer.get(CORRECTIONS).json()["corrections"]
    assert kept in lists
    unfit = [
        each for each in writer.get(CHECKUP).json()["doubts"] if each["code"] == "correction-unfit"
    ]
    assert len(unfit) == len(kept)
    assert len(list(Path(served.settings.corpus).glob("*.jsonl"))) == 2


def test_two_writers_of_two_documents_keep_what_both_wrote(writer: TestClient) -> None:
    paths = [f"/v1/documents/{doc_id}/corrections" for doc_id in ("yunhe", "qingshi", "网页-1")]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda path: writer.put(path, json={"corrections": [DATE]}), paths))
    documents = writer.get("/v1/documents").json()["documents"]
    assert [each["issued"] for each in documents] == [DATE["value"]] * 3


def test_questions_are_answered_from_the_old_until_the_new_index_is_ready(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = Event()
    building: list[int] = []
    build = HybridIndex.build

    def slow(*arguments: object) -> HybridIndex:
        building.append(1)
        assert sum(building) == 1
        try:
            assert go.wait(60)
            return build(*arguments)  # type: ignore[arg-type]
        finally:
            building.append(-1)

    app = create_app(KnowledgeBase(replace(served.settings, admin_token=TOKEN)))
    question = {"question": "对蓄水不足的村寨实施什么改造？"}

    def cited(client: TestClient) -> str:
        response = client.post("/v1/ask", json=question)
        assert response.status_code == 200
        return str(response.json()["sentences"][0]["citation"])

    headers = {"Authorization": f"Bearer {TOKEN}".encode()}
    with TestClient(app, headers=headers) as client:
        serving = app.state.serving
        serving.readiness.wait(60)
        monkeypatch.setattr(HybridIndex, "build", slow)
        assert cited(client).endswith("第二章第二节")
        for title in ("水源改造", "水源"):  # the second while the first is being built
            put(client, {**LOST, "heading": f"第三节 {title}"})
        assert "第二章第三节" in outline(client)
        assert cited(client).endswith("第二章第二节")
        assert client.get("/readyz").status_code == 200
        go.set()
        settled(serving)
        assert cited(client).endswith("第二章第三节")
        assert client.get("/v1/search?q=水源").json()["hits"][0]["heads"][-1] == "水源"


def test_corrections_before_the_first_index_is_ready_count_when_it_is(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, begun = Event(), Event()
    base = KnowledgeBase(replace(served.settings, admin_token=TOKEN))

    def slow(_query: Query) -> list[Hit]:
        begun.set()
        assert go.wait(60)
        raise StoreError("磁盘已满", "请腾出空间")

    monkeypatch.setattr(base, "search", slow)
    app = create_app(base)
    headers = {"Authorization": f"Bearer {TOKEN}".encode()}
    with TestClient(app, headers=headers) as client:
        assert begun.wait(60)
        assert put(client, LOST).status_code == 200
        problem(client.get("/v1/search?q=茶园"), 503)
        go.set()
        settled(app.state.serving)
        hits = client.get("/v1/search?q=水源改造").json()["hits"]
        assert "第二章第三节" in {hit["address"][:6] for hit in hits}


def test_an_index_of_the_new_that_failed_is_made_again_when_asked(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> HybridIndex:
        raise RuntimeError("no")

    serving = writer.app.state.serving  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr(HybridIndex, "build", broken)
        put(writer, LOST)
        settled(serving)
        assert writer.get("/v1/search?q=茶园").json()["hits"]
        settled(serving)
    assert writer.get("/v1/status").json()["failure"]
    writer.get("/v1/search?q=茶园")
    settled(serving)
    assert serving.readiness.knowledge_base is serving.base
    assert writer.get("/v1/status").json()["failure"] is None


def test_the_token_is_not_in_what_is_shown_of_the_settings(served: KnowledgeBase) -> None:
    assert TOKEN not in repr(replace(served.settings, admin_token=TOKEN))
