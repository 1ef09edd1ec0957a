from __future__ import annotations

import pytest

from tests.ingest.views import PROSE, outline, problems, quotes, residues, titles

_AFTER = f"县水务局建立项目库。{PROSE}"
_SPREAD = f"""第一章 任务

第一节 水源

{PROSE}

专栏1 水源工程
（一）水库除险
加固水库2座。
（二）新建山塘
新建山塘5口。


{_AFTER}

第二节 管网

{PROSE}
"""
_FLAT = f"""第一章 任务
第一节 水源
{PROSE}
专栏1 水源工程 |
（一）水库除险。 加固水库2座。 （二）新建山塘。 新建山塘5口。 |
{_AFTER}
第二节 管网
{PROSE}
"""
_BOX = "第一章第一节专栏1"


@pytest.mark.parametrize("raw", [_SPREAD, _FLAT], ids=["spread", "flattened"])
def test_a_box_belongs_to_its_section_and_holds_its_items(raw: str) -> None:
    assert outline(raw) == [
        "第一章",
        "第一章第一节",
        _BOX,
        f"{_BOX}（一）",
        f"{_BOX}（二）",
        "第一章第二节",
    ]
    assert titles(raw)[_BOX] == "水源工程"
    assert titles(raw)[f"{_BOX}（二）"] == "新建山塘"
    assert quotes(raw)[f"{_BOX}（二）"] == "新建山塘5口。"
    assert problems(raw) == []


@pytest.mark.parametrize("raw", [_SPREAD, _FLAT], ids=["spread", "flattened"])
def test_text_after_a_box_belongs_to_the_section(raw: str) -> None:
    assert quotes(raw)["第一章第一节第2段"] == _AFTER


def test_the_bars_of_a_flattened_box_are_marks() -> None:
    assert residues(_FLAT) == [("mark", "|"), ("mark", "|")]


def test_a_bar_after_a_semicolon_stays_out_of_the_clause() -> None:
    raw = "第一节 水源\n专栏1 工程 |\n加固水库； |\n新建山塘。 |\n"
    assert residues(raw) == [("mark", "|")] * 3
    assert all("|" not in quote for quote in quotes(raw).values())


def test_a_box_after_an_item_belongs_to_the_section_and_the_items_go_on() -> None:
    raw = f"""第一章 任务
第一节 水源
（一）加强水源保护
{PROSE}
专栏1 水源工程 |
（一）水库除险。 加固水库2座。 |
（二）加强水质检测
{PROSE}
"""
    assert outline(raw) == [
        "第一章",
        "第一章第一节",
        "第一章第一节（一）",
        _BOX,
        f"{_BOX}（一）",
        "第一章第一节（二）",
    ]


def test_a_box_under_a_heading_belongs_to_the_heading() -> None:
    box = "专栏1 水源工程\n（一）水库\n加固水库2座。\n"
    raw = f"一、任务\n（一）水源。{PROSE}\n{box}二、保障\n{PROSE}"
    assert outline(raw) == ["一、", "一、（一）", "一、专栏1", "一、专栏1（一）", "二、"]


def test_a_box_in_a_chapter_without_sections_belongs_to_the_chapter() -> None:
    raw = f"第一章 任务\n{PROSE}\n专栏1 工程\n（一）水库\n加固水库2座。\n第二章 保障\n{PROSE}"
    assert outline(raw) == ["第一章", "第一章专栏1", "第一章专栏1（一）", "第二章"]


def test_the_first_section_after_a_box_belongs_to_the_chapter() -> None:
    raw = f"第一章 任务\n{PROSE}\n专栏1 工程\n（一）水库\n加固水库2座。\n第一节 水源\n{PROSE}"
    assert outline(raw)[-1] == "第一章第一节"


def test_items_in_either_kind_of_brackets_count_together() -> None:
    raw = """第一节 水源
专栏1 水源工程
（一）水库除险
加固水库2座。
(2)新建山塘
新建山塘5口。
（3）机井配套
配套机井8眼。
（四）应急水源
建设应急水源1处。
"""
    assert outline(raw)[2:] == [f"第一节专栏1（{n}）" for n in "一二三四"]
    assert problems(raw) == []


def test_an_item_without_number_is_addressed_by_its_title() -> None:
    text = "加固病险水库2座，完善监测设施，落实管护人员。"
    raw = f"第一节 水源\n专栏1 水源工程\n推进水库除险行动\n{text}\n"
    assert outline(raw)[-1] == "第一节专栏1“推进水库除险行动”"
    assert quotes(raw)["第一节专栏1“推进水库除险行动”"] == text


def test_quoted_labels_in_a_box_are_items() -> None:
    first = "“一建”：建水厂。\n新建水厂2座。\n"
    second = "“二管”：管水源、管水质。\n划定保护区。\n"
    raw = f"第一节 水源\n专栏1 “一建二管”工程\n{first}{second}"
    assert outline(raw)[2:] == [
        "第一节专栏1““一建”：建水厂”",
        "第一节专栏1““二管”：管水源、管水质”",
    ]


def test_short_bullets_in_a_box_are_one_paragraph() -> None:
    raw = "第一节 水源\n专栏1 水源工程\n-- 水库除险\n-- 新建山塘\n-- 机井配套\n"
    assert quotes(raw)["第一节专栏1"] == "-- 水库除险\n-- 新建山塘\n-- 机井配套"


def test_long_bullets_in_a_box_are_paragraphs_of_their_own() -> None:
    raw = f"第一节 水源\n专栏1 水源工程\n-- 水库除险：{PROSE}\n-- 新建山塘：{PROSE}\n"
    assert quotes(raw)["第一节专栏1第2段"] == f"-- 新建山塘：{PROSE}"


@pytest.mark.parametrize("line", ["云河县、青石县", "到2025年：", "-- 水库除险", "加固水库2座。"])
def test_names_times_bullets_and_sentences_are_no_items_of_a_box(line: str) -> None:
    raw = f"第一节 水源\n专栏1 水源工程\n{line}\n{PROSE}\n"
    assert outline(raw) == ["第一节", "第一节专栏1"]


def test_a_list_under_an_item_of_a_box_belongs_to_that_item() -> None:
    raw = """第一节 水源
专栏1 水源工程
（一）水库除险
1.主坝加固
加固主坝。
2.溢洪道改造
改造溢洪道。
（二）新建山塘
1.选址
选定坝址。
"""
    box = "第一节专栏1"
    assert outline(raw)[2:] == [
        f"{box}（一）",
        f"{box}（一）1",
        f"{box}（一）2",
        f"{box}（二）",
        f"{box}（二）1",
    ]


def test_numbers_directly_in_a_box_are_its_points() -> None:
    raw = "第一节 水源\n专栏1 水源工程\n1.水库除险\n加固水库2座。\n2.新建山塘\n新建山塘5口。\n"
    assert outline(raw)[2:] == ["第一节专栏1第1点", "第一节专栏1第2点"]


def test_boxes_count_through_the_whole_document() -> None:
    box = "专栏{} 工程\n（一）水库\n加固水库2座。\n"
    raw = f"第一章 任务\n{PROSE}\n{box.format(1)}第二章 保障\n{PROSE}\n{box.format(2)}"
    assert problems(raw) == []
    assert problems(raw.replace("专栏2", "专栏3")) == ["number-gap"]


def test_a_chapter_closes_the_box_before_it() -> None:
    raw = f"第一章 任务\n专栏1 工程\n（一）水库\n加固水库2座。\n第二章 保障\n（一）资金。{PROSE}"
    assert outline(raw)[-2:] == ["第二章", "第二章（一）"]


def test_a_sentence_about_a_box_is_no_box() -> None:
    raw = f"第一节 水源\n专栏1所列项目由县水务局组织实施\n{PROSE}"
    assert outline(raw) == ["第一节"]


def test_an_unnumbered_item_right_under_the_title_is_no_part_of_it() -> None:
    raw = f"第一节 水源\n{PROSE}\n专栏1 农村集中供水保障提升工程\n建设千人以上供水点\n{PROSE}\n"
    assert titles(raw)["第一节专栏1"] == "农村集中供水保障提升工程"
    assert titles(raw)["第一节专栏1“建设千人以上供水点”"] == "建设千人以上供水点"


def test_what_leads_a_list_in_is_no_item() -> None:
    raw = f"""第一节 水源
专栏1 水源工程
（一）水库除险
包括下列内容：
--加固大坝。{PROSE}
--清理库底。{PROSE}
（二）新建山塘
新建山塘5口。
"""
    assert outline(raw)[2:] == ["第一节专栏1（一）", "第一节专栏1（二）"]
