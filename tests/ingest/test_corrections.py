from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.model import Document
from ingest.checkup import check
from ingest.corrections import (
    Correction,
    file_for,
    from_line,
    read_corrections,
    write_corrections,
)
from ingest.pipeline import parse, parse_file
from tests.ingest.views import PROSE

_PLAN = f"""第一章 供水
第一节 现状
{PROSE}
到2025年，供水普及率达到96%。
第二节点位于县城以东。
保障措施
{PROSE}
"""
_LOST = Correction("insert", before="到2025年", heading="第二节 目标")


def _parsed(*corrections: Correction, raw: str = _PLAN) -> Document:
    document = parse(raw, corrections=corrections)
    assert check(document, raw) == []
    return document


def _outline(document: Document) -> dict[str, str]:
    return {str(address): node.title for node, address in document.walk()}


def _unfit(document: Document) -> list[str]:
    return [each.message for each in document.problems if each.code == "correction-unfit"]


def test_a_heading_that_the_source_lost_is_put_in_without_text() -> None:
    document = _parsed(_LOST)
    assert _outline(document) == {"第一章": "供水", "第一章第一节": "现状", "第一章第二节": "目标"}
    places = {clause.text: str(clause.address) for clause in document.clauses}
    assert places["到2025年，供水普及率达到96%。"] == "第一章第二节第1段"
    assert "第二节 目标" not in document.text


def test_a_line_becomes_the_heading_that_people_say_it_is() -> None:
    document = _parsed(Correction("heading", line="保障措施", heading="第二章 保障措施"))
    assert "第二章" in _outline(document)
    assert {str(clause.address) for clause in document.clauses} >= {"第二章"}


def test_a_line_that_only_looks_like_a_heading_is_text_again() -> None:
    raw = f"一、供水\n{PROSE}\n二、排水\n{PROSE}\n三、四级河道\n{PROSE}"
    assert "三、" in _outline(_parsed(raw=raw))
    assert "三、" not in _outline(_parsed(Correction("text", line="三、四级"), raw=raw))


def test_metadata_that_people_give_counts_most() -> None:
    document = _parsed(Correction("meta", field="issued", value="2021-12-03"))
    assert document.meta.issued == "2021-12-03"


def test_the_title_cannot_be_emptied() -> None:
    assert _parsed(Correction("meta", field="title", value="")).meta.title


def test_a_correction_that_fits_no_line_is_reported_and_changes_nothing() -> None:
    document = _parsed(Correction("text", line="第九章"))
    assert _outline(document) == _outline(_parsed())
    assert "没有行" in _unfit(document)[0]


def test_a_correction_that_fits_several_lines_must_say_which() -> None:
    raw = f"一、供水\n到2025年建成。\n{PROSE}\n到2025年通水。\n{PROSE}"
    several = Correction("insert", before="到2025年", heading="二、目标")
    assert "2 行" in _unfit(_parsed(several, raw=raw))[0]
    second = Correction("insert", before="到2025年", heading="二、目标", nth=2)
    document = _parsed(second, raw=raw)
    assert _unfit(document) == []
    places = {clause.text: str(clause.address) for clause in document.clauses}
    assert places["到2025年通水。"] == "二、第1段"


def test_a_correction_speaks_of_the_body_and_not_of_the_contents() -> None:
    raw = "目录\n第一章 供水\n第二章 排水\n\n第一章 供水\n" + PROSE + "\n第二章 排水\n" + PROSE
    document = _parsed(Correction("heading", line="第二章", heading="第三章 排水"), raw=raw)
    assert list(_outline(document)) == ["第一章", "第三章"]


def test_corrections_beside_a_file_count_at_every_parse(tmp_path: Path) -> None:
    path = tmp_path / "规划.txt"
    path.write_text(_PLAN, encoding="utf-8")
    assert read_corrections(path) == ()
    write_corrections(path, [_LOST])
    assert read_corrections(path) == (_LOST,)
    for _ in range(2):
        assert "第一章第二节" in _outline(parse_file(path))
    write_corrections(path, [])
    assert not file_for(path).exists()


@pytest.mark.parametrize(
    ("record", "what"),
    [
        ([], "do"),
        ({"do": "erase"}, "do"),
        ({"do": "text"}, "line"),
        ({"do": "insert", "before": "到2025年"}, "heading"),
        ({"do": "insert", "before": "到2025年", "heading": "目标"}, "序号"),
        ({"do": "meta", "field": "colour", "value": "red"}, "colour"),
        ({"do": "text", "line": "第一章", "colour": "red"}, "colour"),
        ({"do": "text", "line": 7}, "文字"),
        ({"do": "text", "line": "第一章", "nth": -1}, "nth"),
        ({"do": "text", "line": "长" * 1001}, "1000"),
    ],
)
def test_what_is_no_correction_is_refused_with_its_line(record: object, what: str) -> None:
    with pytest.raises(InputError) as refusal:
        from_line(json.dumps(record, ensure_ascii=False), "规划.corrections 第 3 行")
    assert str(refusal.value).startswith("规划.corrections 第 3 行")
    assert what in str(refusal.value)
    assert refusal.value.remedy


def test_a_broken_line_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "规划.txt"
    file_for(path).write_text('{"do": "text", "line": "甲"}\n{"do": \n', encoding="utf-8")
    with pytest.raises(InputError, match=r"规划\.txt\.corrections\.jsonl 第 2 行"):
        read_corrections(path)
