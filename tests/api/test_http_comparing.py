"""Precedents, answers side by side, figures and exports over HTTP."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as WordDocument
from fastapi.testclient import TestClient

from api.answering import compare
from api.export import Row, as_csv, as_docx
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from corpus.errors import InputError
from corpus.model import Query
from tests import small_corpus
from tests.api.conftest import problem

COPIED = "由县水务局牵头，对蓄水不足的村寨实施水源改造，2024年底前完成30处。"


def test_a_draft_paragraph_finds_its_precedent(client: TestClient) -> None:
    found = client.post("/v1/precedents", json={"text": COPIED}).json()
    assert found["hits"][0]["clause_id"] == "yunhe/ch2/s2/p1"
    assert 0.1 < found["hits"][0]["similarity"] <= 1
    similarities = [hit["similarity"] for hit in found["hits"]]
    assert similarities == sorted(similarities, reverse=True)
    assert found["clause"] is None


def test_what_is_like_nothing_has_no_precedent(client: TestClient) -> None:
    text = {"text": "量子计算机的纠错码采用表面码方案。"}
    assert client.post("/v1/precedents", json=text).json()["hits"] == []


def test_a_clause_is_no_precedent_of_its_own_document(client: TestClient) -> None:
    body = {"clause_id": "yunhe/ch2/s2/p1"}
    found = client.post("/v1/precedents", json=body).json()
    assert found["clause"]["clause_id"] == "yunhe/ch2/s2/p1"
    assert "yunhe" not in {hit["doc_id"] for hit in found["hits"]}
    alone = client.post("/v1/precedents", json=body | {"doc_ids": ["yunhe"]}).json()
    assert alone["hits"] == []


@pytest.mark.parametrize("body", [{}, {"text": "茶", "clause_id": "yunhe/ch2/s2/p1"}])
def test_precedents_want_a_text_or_a_clause(client: TestClient, body: dict[str, str]) -> None:
    problem(client.post("/v1/precedents", json=body), 422)


def test_a_clause_that_is_not_there_has_no_precedents(client: TestClient) -> None:
    problem(client.post("/v1/precedents", json={"clause_id": "yunhe/nowhere"}), 404)


def test_each_document_answers_by_itself(client: TestClient) -> None:
    body = {"question": "老年食堂收费不超过多少元？"}
    compared = client.post("/v1/compare", json=body).json()["documents"]
    assert [side["doc_id"] for side in compared] == ["yunhe", "qingshi", "网页-1"]
    by_id = {side["doc_id"]: side for side in compared}
    assert by_id["yunhe"]["abstained"]
    sentence = by_id["qingshi"]["sentences"][0]
    assert [sentence["text"][a:b] for a, b in sentence["marks"]] == ["5元"]
    assert {hit["doc_id"] for hit in by_id["qingshi"]["hits"]} == {"qingshi"}


def test_a_document_that_is_not_there_cannot_be_compared(client: TestClient) -> None:
    body = {"question": "茶园", "doc_ids": ["yunhe", "nowhere"]}
    problem(client.post("/v1/compare", json=body), 404)


def test_more_documents_than_fit_side_by_side_are_those_of_the_first_hits() -> None:
    ids = [f"d{number}" for number in range(compare.MOST + 5)]
    assert compare.chosen((), ids[:3], ()) == ids[:3]
    assert compare.chosen({"d7", "d2"}, ids, ()) == ["d2", "d7"]
    assert compare.chosen((), ids, ()) == []
    with pytest.raises(InputError, match="21 份"):
        compare.chosen(ids[:21], ids, ())


def test_figures_come_with_their_sentences_and_no_dates(client: TestClient) -> None:
    found = client.get("/v1/figures", params={"q": "新建标准茶园", "top_k": 1}).json()["figures"]
    assert [(one["figure"], one["value"], one["unit"]) for one in found] == [
        ("3万亩", 30000, "万亩"),
        ("50亩", 50, "亩"),
        ("400元", 400, "元"),
    ]
    for one in found:
        (start, end), *_ = one["marks"]
        assert one["text"][start:end] == one["figure"]
        assert one["citation"].startswith("《云河县")


def test_an_export_holds_what_the_search_found(client: TestClient) -> None:
    params = {"q": "新建标准茶园", "top_k": 2}
    hits = client.get("/v1/search", params=params).json()["hits"]
    table = client.get("/v1/search/export", params=params | {"form": "csv"})
    assert table.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row[3:5] for row in rows[1:]] == [[hit["text"], hit["reference"]] for hit in hits]
    word = client.get("/v1/search/export", params=params)
    paragraphs = [each.text for each in WordDocument(io.BytesIO(word.content)).paragraphs]
    assert paragraphs[1:3] == [f"“{hits[0]['text'].strip()}”", f"——{hits[0]['reference']}"]
    problem(client.get("/v1/search/export", params=params | {"form": "exe"}), 422)


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2", " =1", "\t=1", "＝1"]
)
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    table = as_csv("q", [Row(1, text, "一、", text, text, None)]).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(table)))[1]
    assert all(cell == f"'{text}" for cell in (cells[1], cells[3], cells[4]))


def test_characters_that_a_document_cannot_hold_are_replaced() -> None:
    made = as_docx("q\x0b", [Row(1, "t", "一、", "甲\x00乙\ufffe", "《t》一、", 3)])
    paragraphs = [each.text for each in WordDocument(io.BytesIO(made)).paragraphs]
    assert paragraphs[1:] == ["“甲\ufffd乙\ufffd”", "——《t》一、（原件第 3 页）"]


def test_the_number_of_a_document_stands_in_its_reference(tmp_path: Path) -> None:
    folder = small_corpus.write(tmp_path / "文件")
    manifest = folder / "manifest.jsonl"
    lines = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    lines[1]["number"] = "青镇发〔2023〕7号"
    manifest.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    base = KnowledgeBase(Settings(corpus=str(folder), data=str(tmp_path / "var"), model="none"))
    from api.http import present

    hit = base.search(Query("老年食堂选址", 1))[0]
    assert present.hit(base, hit).reference == (
        "《青石镇关于加强老年人照料的实施意见》（青镇发〔2023〕7号）二、（一）1"
    )
    assert base.precedents(replace(Query("x"), top_k=3), hit.clause.clause_id) == []
