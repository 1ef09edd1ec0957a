from __future__ import annotations

import pytest

from ingest.pipeline import parse
from tests.ingest.views import PROSE, outline, parsed, problems, quotes, residues, titles

_ENTRIES = """第一章 总体要求
第一节 工作基础
第二节 主要目标
第二章 重点任务
第三章 保障措施
"""
_BODY = f"""第一章 总体要求
第一节 工作基础
全县已建成水厂3座。{PROSE}
第二节 主要目标
到2025年自来水普及率达到96%。{PROSE}
第二章 重点任务
新建支渠12公里。{PROSE}
第三章 保障措施
县财政安排专项资金。{PROSE}
"""
_OUTLINE = ["第一章", "第一章第一节", "第一章第二节", "第二章", "第三章"]


def _toc(raw: str) -> str:
    return "".join(text for kind, text in residues(raw) if kind == "toc")


@pytest.mark.parametrize("label", ["目录\n", "目　录\n\n", "目次\n", ""])
def test_contents_are_found_with_and_without_their_label(label: str) -> None:
    raw = label + _ENTRIES + "\n" + _BODY
    assert outline(raw) == _OUTLINE
    assert _toc(raw) == (label + _ENTRIES).replace("\n", "")
    assert problems(raw) == []


@pytest.mark.parametrize("page", ["……{}", "\t{}", "....... {}", " - {} -", "·········{}", "  {}"])
def test_page_numbers_of_contents_are_no_part_of_a_title(page: str) -> None:
    entries = "".join(
        line + page.format(n) + "\n" for n, line in enumerate(_ENTRIES.split("\n"), 9)
    )
    assert problems("目录\n" + entries + _BODY) == []
    assert outline("目录\n" + entries + _BODY) == _OUTLINE


def test_page_numbers_in_lines_of_their_own_belong_to_the_contents() -> None:
    raw = "目录\n" + _ENTRIES.replace("\n", "\n- 3 -\n") + _BODY
    assert outline(raw) == _OUTLINE
    assert problems(raw) == []


def test_an_entry_over_two_lines_is_one_entry() -> None:
    long = "第三章 保障措施和监督检查以及\n"
    body = _BODY.replace("保障措施", "保障措施和监督检查以及考核评价")
    raw = "目录\n" + _ENTRIES.replace("第三章 保障措施\n", long + "考核评价\n第四章 附则\n") + body
    assert "toc-differs" not in problems(raw + "第四章 附则\n" + PROSE)


def test_no_clause_comes_from_the_contents() -> None:
    document = parsed("目录\n" + _ENTRIES + _BODY)
    assert min(clause.start for clause in document.clauses) > document.text.rindex("总体要求") - 5


def test_contents_that_differ_from_the_body_are_reported_and_the_body_counts() -> None:
    raw = "目录\n" + _ENTRIES.replace("重点任务", "主要任务") + _BODY
    assert problems(raw) == ["toc-differs"]
    assert titles(raw)["第二章"] == "重点任务"
    message = parse(raw).problems[0].message
    assert "第二章" in message
    assert "“主要任务”" in message
    assert "“重点任务”" in message


def test_a_comma_of_the_other_width_is_no_difference() -> None:
    entries = _ENTRIES.replace("重点任务", "重点任务，责任分工")
    assert problems("目录\n" + entries + _BODY.replace("重点任务", "重点任务,责任分工")) == []


def test_a_heading_that_the_body_has_lost_is_reported_and_not_made_up() -> None:
    raw = "目录\n" + _ENTRIES + _BODY.replace("第一节 工作基础\n", "")
    assert "toc-missing-in-body" in problems(raw)
    assert "第一章第一节" not in outline(raw)


def test_a_heading_that_the_contents_leave_out_is_reported() -> None:
    raw = "目录\n" + _ENTRIES + _BODY + f"第四章 附则\n{PROSE}\n"
    assert problems(raw) == ["toc-missing-entry"]


def test_a_contents_label_without_entries_is_residue_alone() -> None:
    assert residues("目录\n" + PROSE) == [("toc", "目录")]


def test_headings_that_come_once_are_no_contents() -> None:
    assert outline(_ENTRIES) == _OUTLINE
    assert residues(_ENTRIES) == []


def test_a_preface_that_the_contents_leave_out_is_a_preface() -> None:
    raw = "目录\n" + _ENTRIES + f"前言\n{PROSE * 2}\n" + _BODY
    assert outline(raw) == ["前言", *_OUTLINE]
    assert quotes(raw)["前言"] == PROSE * 2


def test_a_title_between_contents_and_body_is_no_part_of_the_contents() -> None:
    raw = "云河县供水规划\n目录\n" + _ENTRIES + "云河县供水规划\n" + _BODY
    assert problems(raw) == []
    assert residues(raw)[-1] == ("title", "云河县供水规划")
