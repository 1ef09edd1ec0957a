from __future__ import annotations

import pytest

from corpus.address import parse
from corpus.numerals import LARGEST
from tests.ingest.views import PROSE, parsed


def _ids(raw: str) -> list[str]:
    return [clause.clause_id.removeprefix("document/") for clause in parsed(raw).clauses]


def _places(raw: str) -> list[str]:
    return [str(clause.address) for clause in parsed(raw).clauses]


def test_a_single_paragraph_has_the_address_of_its_heading() -> None:
    raw = f"第一章 任务\n第一节 水源\n{PROSE}"
    assert (_ids(raw), _places(raw)) == (["ch1/s1/p1"], ["第一章第一节"])


def test_several_paragraphs_are_counted() -> None:
    raw = f"第一章 任务\n{PROSE}\n{PROSE}"
    assert (_ids(raw), _places(raw)) == (["ch1/p1", "ch1/p2"], ["第一章第1段", "第一章第2段"])


def test_a_paragraph_under_no_heading_is_always_counted() -> None:
    assert (_ids(PROSE), _places(PROSE)) == (["p1"], ["第1段"])


def test_a_heading_with_nothing_under_it_is_a_clause_itself() -> None:
    raw = f"第一章 任务\n第一节 水源\n第二节 管网\n{PROSE}"
    clause = parsed(raw).clauses[0]
    assert (clause.clause_id, str(clause.address)) == ("document/ch1/s1/h", "第一章第一节")
    assert (clause.text, clause.heads) == ("第一节 水源", ("任务",))


def test_the_heads_of_a_clause_are_the_titles_above_it_and_its_topic() -> None:
    raw = f"第一章 任务\n第一节 水源\n加强水源保护。{PROSE}"
    assert parsed(raw).clauses[0].heads == ("任务", "水源", "加强水源保护")


def test_a_run_in_title_is_no_head_twice() -> None:
    raw = f"一、任务\n（一）水源工程。{PROSE}"
    assert parsed(raw).clauses[0].heads == ("任务", "水源工程")


def test_a_divided_paragraph_keeps_one_number_and_names_its_parts() -> None:
    rest = "各乡镇按照年度计划组织施工，定期公布进展情况，接受村民监督。" * 4
    raw = f"第一章 任务\n水源保护。{rest}管网改造。{rest}水质检测。{rest}"
    assert _ids(raw) == ["ch1/p1", "ch1/p1/t2", "ch1/p1/t3"]
    assert _places(raw) == ["第一章第1段", "第一章第1段“管网改造”", "第一章第1段“水质检测”"]
    assert parsed(raw).clauses[1].heads == ("任务", "管网改造")


def test_clauses_come_in_text_order_also_around_a_box() -> None:
    raw = f"第一节 水源\n{PROSE}\n专栏1 工程 |\n（一）水库。 加固水库2座。 |\n{PROSE}\n"
    starts = [clause.start for clause in parsed(raw).clauses]
    assert starts == sorted(starts)
    assert _ids(raw) == ["s1/p1", "s1/box1/i1/p1", "s1/p2"]


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        (f"前言\n{PROSE}\n引言\n{PROSE}", 2),
        (f"前言\n{PROSE}\n前言\n{PROSE}", 2),
        (f"第一条之零 {PROSE}\n第一条 {PROSE}", 2),
        (f"第一章 任务\n{PROSE}\n第一章 任务\n{PROSE}\n第一章 任务\n{PROSE}", 3),
    ],
    ids=["two kinds of preface", "two prefaces", "an article and its zeroth", "three chapters"],
)
def test_every_clause_has_an_id_of_its_own(raw: str, ids: int) -> None:
    assert len(set(_ids(raw))) == ids


@pytest.mark.parametrize("above", ["", "第一条 供水。\n"])
def test_more_paragraphs_than_numerals_go_are_counted_in_digits(above: str) -> None:
    places = _places(above + "甲乙丙丁。\n" * (LARGEST + 2))
    assert places[-2].endswith(f"第{len(places) - 1}段")
    assert all(str(parse(place)) == place for place in places[-2:])
