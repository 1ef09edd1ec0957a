from __future__ import annotations

import pytest

from tests.ingest.views import PROSE, outline, parsed, problems, quotes, titles


def test_chapters_hold_sections_and_sections_their_text() -> None:
    headings = ["前言", "第一章 总则", "第一节 依据", "第二节 范围", "第二章 附则"]
    raw = "".join(f"{heading}\n{PROSE}\n" for heading in headings)
    assert outline(raw) == ["前言", "第一章", "第一章第一节", "第一章第二节", "第二章"]
    assert list(quotes(raw)) == outline(raw)


def test_a_heading_needs_no_blank_after_its_number() -> None:
    assert titles(f"第一章总体要求\n{PROSE}\n第二章健全供水网络\n{PROSE}") == {
        "第一章": "总体要求",
        "第二章": "健全供水网络",
    }


def test_a_preface_is_known_with_blanks_between_its_characters() -> None:
    assert titles(f"前  言\n{PROSE}") == {"前言": "前言"}


def test_a_bookmark_before_a_heading_does_not_hide_it() -> None:
    assert titles(f"[bookmark: _Toc7]第一章 总体要求\n{PROSE}") == {"第一章": "总体要求"}


def test_a_title_over_two_lines_is_one_title() -> None:
    raw = f"第一章 加快建设城乡一体的供水网络和\n水质检测体系\n{PROSE}\n第二章 保障措施\n{PROSE}"
    assert titles(raw)["第一章"] == "加快建设城乡一体的供水网络和水质检测体系"
    assert quotes(raw)["第一章"] == PROSE


@pytest.mark.parametrize(
    "following",
    [PROSE, "县水务局牵头。", "重点方向：", "第一节 供水网络", "\n\n水质检测体系和责任体系"],
    ids=["prose", "sentence", "label", "heading", "gap"],
)
def test_a_title_does_not_go_on_with_what_is_no_title(following: str) -> None:
    raw = f"第一章 加快建设城乡一体的供水网络和管护\n{following}\n{PROSE}\n{PROSE}\n{PROSE}"
    assert titles(raw)["第一章"] == "加快建设城乡一体的供水网络和管护"


def test_a_short_title_was_not_broken_for_its_length() -> None:
    assert titles(f"第一章 总体要求\n水质检测体系\n{PROSE}")["第一章"] == "总体要求"


_OPINION = f"""一、总体要求
（一）基本思路。{PROSE}
（二）工作原则
1.坚持节水优先。{PROSE}
2.坚持两手发力。{PROSE}
二、主要任务
（一）水源工程。{PROSE}
1.水库。{PROSE}
（二）管网工程。{PROSE}
三、组织领导
{PROSE}
"""


def test_an_opinion_is_numbered_on_three_levels() -> None:
    assert outline(_OPINION) == [
        "一、",
        "一、（一）",
        "一、（二）",
        "一、（二）1",
        "一、（二）2",
        "二、",
        "二、（一）",
        "二、（一）1",
        "二、（二）",
        "三、",
    ]
    assert problems(_OPINION) == []


def test_a_heading_that_runs_into_its_text_is_quoted_with_it() -> None:
    assert quotes(_OPINION)["一、（二）2"] == f"2.坚持两手发力。{PROSE}"
    assert titles(_OPINION)["一、（二）2"] == "坚持两手发力"


def test_a_run_in_heading_of_the_first_level_keeps_its_text() -> None:
    raw = f"一、目标任务。{PROSE}\n二、责任分工。{PROSE}"
    assert quotes(raw) == {"一、": f"一、目标任务。{PROSE}", "二、": f"二、责任分工。{PROSE}"}


def test_half_width_brackets_and_arabic_numbers_of_headings_are_read() -> None:
    raw = f"一、任务\n(一)水源\n1．水库\n{PROSE}\n2、山塘\n{PROSE}\n(二)管网\n{PROSE}"
    assert outline(raw) == ["一、", "一、（一）", "一、（一）1", "一、（一）2", "一、（二）"]


@pytest.mark.parametrize(
    "trap",
    [
        "第二节点位于县城以东，供水半径5公里。",
        "第二章程序修改后另行公布。",
        "11.5.14.2的试验应当在通水前完成。",
        "3.5亿元资金用于水源工程。",
        "一、二、三产业用水实行分类计价。",
        "（三）项所列情形，由乡镇核实后报县水务局。",
        "（5）式中各量按月填报。",
        "七、八月用水高峰期间实行分时供水。",
    ],
)
def test_a_sentence_that_begins_like_a_heading_is_text(trap: str) -> None:
    raw = f"第一章 任务\n第一节 水源\n{PROSE}\n{trap}\n{PROSE}\n第二节 管网\n{PROSE}"
    assert outline(raw) == ["第一章", "第一章第一节", "第一章第二节"]
    assert trap in quotes(raw).values()


def test_an_item_that_fits_nowhere_in_a_list_stays_text() -> None:
    raw = f"一、任务\n（一）水源。{PROSE}\n（九）另有约定的从其约定。{PROSE}\n（二）管网。{PROSE}"
    assert outline(raw) == ["一、", "一、（一）", "一、（二）"]


def test_items_go_on_after_a_number_that_the_source_left_out() -> None:
    raw = f"一、任务\n（一）水源。{PROSE}\n（三）管网。{PROSE}"
    assert outline(raw) == ["一、", "一、（一）", "一、（三）"]
    assert problems(raw) == ["number-gap"]


def test_a_missing_chapter_is_reported_where_the_next_begins() -> None:
    raw = f"第一章 总则\n{PROSE}\n第三章 附则\n{PROSE}"
    problem = parsed(raw).problems[0]
    assert problem.code == "number-gap"
    assert "缺序号 2" in problem.message
    assert problem.start == raw.index("第三章")


def test_a_number_that_goes_back_is_reported() -> None:
    raw = f"第二章 总则\n{PROSE}\n第一章 附则\n{PROSE}"
    assert "倒退" in parsed(raw).problems[-1].message


def test_a_number_that_comes_twice_gets_addresses_that_differ() -> None:
    raw = f"第一章 总则\n{PROSE}\n第二章 水源\n{PROSE}\n第二章 管网\n{PROSE}"
    assert outline(raw) == ["第一章", "第二章", "第二章〔2〕"]
    assert problems(raw) == ["number-repeats"]
    assert parsed(raw).clauses[-1].clause_id == "document/ch2~2/p1"


def test_sections_count_anew_in_every_chapter() -> None:
    raw = f"第一章 总则\n第一节 依据\n{PROSE}\n第二章 任务\n第一节 水源\n{PROSE}"
    assert problems(raw) == []
    assert outline(raw) == ["第一章", "第一章第一节", "第二章", "第二章第一节"]


def test_text_before_the_first_heading_belongs_to_the_document() -> None:
    raw = f"各乡镇人民政府：\n{PROSE}\n一、任务\n{PROSE}"
    document = parsed(raw)
    assert [str(clause.address) for clause in document.clauses] == ["第1段", "一、"]
    assert document.clauses[0].heads == ()


@pytest.mark.parametrize("raw", ["", "\n\n", " \t　", "\ufeff", "|"])
def test_a_text_without_words_has_no_clauses(raw: str) -> None:
    assert parsed(raw).clauses == ()
    assert parsed(raw).nodes == ()


def test_the_span_of_a_node_holds_all_that_belongs_to_it() -> None:
    document = parsed(f"第一章 总则\n{PROSE}\n第一节 依据\n{PROSE}\n第二章 附则\n{PROSE}")
    chapter, section = document.nodes[0], document.nodes[0].children[0]
    assert document.text[chapter.start : chapter.body] == "第一章 总则"
    assert document.text[section.start : section.end] == f"第一节 依据\n{PROSE}"
    assert chapter.end == section.end
