"""Numbering families beyond 章, 节 and 一、（一）1., and how a document shows which it uses."""

from __future__ import annotations

from ingest.headings import DECIMAL, candidate
from tests.ingest.views import PROSE, outline, problems, quotes, titles


def _lines(*headings: str) -> str:
    """Return headings with a paragraph under each."""
    return "".join(f"{heading}\n{PROSE}\n" for heading in headings)


def test_pian_and_parts_are_cited_as_the_source_writes_them() -> None:
    assert outline(_lines("第一篇 基础", "第一章 供水", "第二篇 任务", "第一章 排水")) == [
        "第一篇",
        "第一篇第一章",
        "第二篇",
        "第二篇第一章",
    ]
    assert outline(_lines("第一部分 基础", "一、供水", "第二部分 任务", "一、排水")) == [
        "第一部分",
        "第一部分一、",
        "第二部分",
        "第二部分一、",
    ]


def test_four_levels_of_an_opinion_nest() -> None:
    raw = _lines(
        "一、供水", "（一）水源", "1.水库", "（1）除险", "①甲库", "②乙库", "（2）新建", "2.山塘"
    )
    assert outline(raw) == [
        "一、",
        "一、（一）",
        "一、（一）1",
        "一、（一）1（1）",
        "一、（一）1（1）①",
        "一、（一）1（1）②",
        "一、（一）1（2）",
        "一、（一）2",
    ]


def test_decimals_of_an_emergency_plan_nest() -> None:
    raw = _lines(
        "1 总则", "1.1 编制目的", "1.2 适用范围", "2 组织体系", "2.1 领导机构", "2.1.1 职责"
    )
    assert outline(raw) == ["1", "1.1", "1.2", "2", "2.1", "2.1.1"]
    assert titles(raw)["2.1.1"] == "职责"


def test_a_list_under_a_decimal_is_not_taken_for_the_next_chapter() -> None:
    raw = _lines(
        "1 总则", "1.1 编制依据", "1.水法", "2.防洪法", "1.2 适用范围", "2 组织体系", "2.1 机构"
    )
    assert outline(raw) == ["1", "1.1", "1.1第1点", "1.1第2点", "1.2", "2", "2.1"]


def test_decimals_directly_under_a_chapter_stand_under_its_number() -> None:
    raw = _lines("第一章 总则", "1.1 目的", "1.2 范围", "第二章 组织", "2.1 机构", "2.2 职责")
    assert outline(raw) == [
        "第一章",
        "第一章1",
        "第一章1.1",
        "第一章1.2",
        "第二章",
        "第二章2",
        "第二章2.1",
        "第二章2.2",
    ]


def test_figures_at_the_start_of_a_line_are_no_decimals() -> None:
    raw = f"一、供水\n1.5万户农户通水。\n0.5～2公里一处\n3.2亿元用于除险。\n28.03\n{PROSE}\n"
    assert outline(raw) == ["一、"]


def test_a_number_before_a_name_is_a_heading_only_where_decimals_follow() -> None:
    assert candidate("23 锑矿石") is not None
    assert outline(f"第一条 下列矿种：\n23 锑矿石\n24 钼矿石\n{PROSE}\n") == ["第一条"]


def test_single_decimals_are_not_believed() -> None:
    found = candidate("2.3 应急响应")
    assert found is not None
    assert (found.word, found.above, found.number) == (DECIMAL, (2,), 3)
    assert outline(_lines("一、供水", "2.3 应急响应")) == ["一、"]


def test_arabic_brackets_are_items_where_there_are_no_others() -> None:
    assert outline(_lines("一、供水", "（1）水源", "（2）管网")) == [
        "一、",
        "一、（一）",
        "一、（二）",
    ]


def test_a_list_in_arabic_brackets_under_a_heading_with_items_stays_text() -> None:
    raw = _lines("一、供水", "（1）水源", "（2）管网", "（一）排水")
    assert outline(raw) == ["一、", "一、（一）"]


def test_entries_under_a_point_of_a_law_are_mu() -> None:
    raw = "第三条 应当具备：\n（一）条件：\n1.场地；\n2.设备。\n（二）资金。\n第四条 施行。\n"
    assert outline(raw) == [
        "第三条",
        "第三条第（一）项",
        "第三条第（一）项第1目",
        "第三条第（一）项第2目",
        "第三条第（二）项",
        "第四条",
    ]


def test_annexes_begin_a_space_of_their_own() -> None:
    raw = (
        _lines("一、供水", "二、排水")
        + "附件：1.任务分工表\n2.项目表\n\n附件1\n任务分工表\n\n"
        + _lines("一、水源", "二、管网")
        + "附件2 项目表\n"
        + _lines("第一章 水库")
    )
    assert outline(raw) == [
        "一、",
        "二、",
        "附件1",
        "附件1一、",
        "附件1二、",
        "附件2",
        "附件2第一章",
    ]
    assert titles(raw)["附件1"] == "任务分工表"


def test_a_list_of_annexes_begins_none() -> None:
    raw = _lines("一、供水") + "附件1：分工表\n附件2：项目表\n某县人民政府\n2024年5月6日\n"
    assert outline(raw) == ["一、"]


def test_tables_after_the_text_are_annexes_of_their_own_kind() -> None:
    raw = _lines("一、供水", "附表1 水库表", "附表2 管网表", "附件 名词解释")
    assert outline(raw) == ["一、", "附表1", "附表2", "附件"]
    assert problems(raw) == []


def test_boxes_are_known_in_all_spellings() -> None:
    raw = _lines("第一章 供水", "【专栏1】水源工程", "专栏 2：管网工程", "专 栏 三 水质工程")
    assert outline(raw) == ["第一章", "第一章专栏1", "第一章专栏2", "第一章专栏3"]
    raw = _lines("第三章 供水", "专栏3-1 水源工程", "专栏3-2 管网工程", "专栏：水质工程")
    assert outline(raw) == ["第三章", "第三章专栏3-1", "第三章专栏3-2", "第三章专栏“水质工程”"]


def test_the_order_of_levels_is_that_in_which_the_numbers_fit() -> None:
    raw = _lines(
        "1.供水", "（一）水源", "（二）管网", "2.排水", "（一）泵站", "（二）管渠", "3.保障"
    )
    assert outline(raw) == [
        "1",
        "第1点（一）",
        "第1点（二）",
        "2",
        "第2点（一）",
        "第2点（二）",
        "3",
    ]


def test_a_chapter_whose_title_stands_in_the_next_line_has_it() -> None:
    raw = f"第一章\n总则\n{PROSE}\n第二章\n职责\n{PROSE}\n"
    assert titles(raw) == {"第一章": "总则", "第二章": "职责"}
    assert len(quotes(raw)) == 2


def test_a_list_in_an_article_stands_under_it_and_headings_over_articles_do_not() -> None:
    listed = "第一条 下列供水免费：\n一、消防用水\n二、公园用水\n第二条 按户计量。\n"
    assert outline(listed) == ["第一条", "第一条一、", "第一条二、", "第二条"]
    parted = f"一、供水\n第一条 {PROSE}\n二、排水\n第二条 {PROSE}\n"
    assert outline(parted) == ["一、", "一、第一条", "二、", "二、第二条"]
