"""Automatic numbering is written out as Word shows it."""

from __future__ import annotations

import pytest
from docx import Document

from ingest.readers.word.number_formats import write
from tests.ingest.readers.word_files import (
    append,
    element,
    in_list,
    level,
    lines,
    marked,
    numbered,
    p,
)

LAW = (
    level("chineseCountingThousand", "第%1章", '<w:suff w:val="space"/>'),
    level("chineseCounting", "%2、"),
    level("chineseCounting", "（%3）"),
    level("decimal", "%4."),
)


def _lines(levels: tuple[str, ...], *places: int) -> list[str]:
    document = Document()
    numbered(document, *levels)
    for at in places:
        append(document, p("供水", properties=in_list(at)))
    return [line.removesuffix("供水") for line in lines(document)]


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedCircleChinese", 10, "⑩"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("ideographEnclosedCircle", 1, "㊀"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 2, "b"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 100, "一〇〇"),
        ("chineseCountingThousand", 101, "一百〇一"),
        ("chineseCountingThousand", 12, "十二"),
        ("taiwaneseCountingThousand", 101, "一百零一"),
        ("japaneseCounting", 20, "二十"),
        ("japaneseCounting", 101, "百一"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 11, "甲戌"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographLegalTraditional", 23, "貳拾參"),
        ("none", 3, ""),
        ("hebrew1", 3, "3"),
    ],
)
def test_a_number_is_written_in_the_format_of_the_list(
    form: str, number: int, written: str
) -> None:
    assert write(number, form) == written


@pytest.mark.parametrize("form", ["upperRoman", "chineseCounting", "japaneseCounting", "decimal"])
@pytest.mark.parametrize("number", [0, 12345])
def test_a_number_out_of_reach_is_written_in_digits(form: str, number: int) -> None:
    assert write(number, form)


def test_levels_count_and_deeper_ones_begin_again() -> None:
    assert _lines(LAW, 0, 1, 2, 2, 3, 3, 2, 3, 1, 2, 0, 1) == [
        "第一章 ",
        "一、",
        "（一）",
        "（二）",
        "1. ",
        "2. ",
        "（三）",
        "1. ",
        "二、",
        "（一）",
        "第二章 ",
        "一、",
    ]


def test_a_level_shows_the_numbers_above_it() -> None:
    levels = (level("decimal", "%1"), level("decimal", "%1.%2"), level("decimal", "%1.%2.%3"))
    assert _lines(levels, 0, 1, 1, 2, 0, 1) == ["1 ", "1.1 ", "1.2 ", "1.2.1 ", "2 ", "2.1 "]


def test_a_legal_level_shows_all_numbers_in_digits() -> None:
    levels = (level("chineseCounting", "第%1章"), level("decimal", "%1.%2", "<w:isLgl/>"))
    assert _lines(levels, 0, 0, 1) == ["第一章 ", "第二章 ", "2.1 "]


def test_a_level_that_is_used_before_the_one_above_it_shows_its_start() -> None:
    levels = (level("decimal", "%1", start=3), level("decimal", "%1.%2"))
    assert _lines(levels, 1, 0) == ["3.1 ", "3 "]


def test_articles_count_on_through_the_chapters() -> None:
    levels = (
        level("chineseCounting", "第%1章"),
        level("chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    )
    assert _lines(levels, 0, 1, 1, 0, 1) == ["第一章 ", "第一条 ", "第二条 ", "第二章 ", "第三条 "]


def test_a_level_may_begin_again_only_after_a_certain_one() -> None:
    levels = (
        level("decimal", "%1"),
        level("decimal", "%2"),
        level("decimal", "%3", '<w:lvlRestart w:val="1"/>'),
    )
    assert _lines(levels, 0, 1, 2, 1, 2, 0, 2) == ["1 ", "1 ", "1 ", "2 ", "2 ", "2 ", "1 "]


def test_a_list_begins_where_it_says_and_may_have_no_distance() -> None:
    levels = (level("decimal", "%1)", '<w:suff w:val="nothing"/>', start=5),)
    assert _lines(levels, 0, 0) == ["5)", "6)"]


def test_every_bullet_is_the_same() -> None:
    levels = (level("bullet", "\uf06c"), level("bullet", "●"), level("bullet", "注："))
    assert _lines(levels, 0, 1, 2) == ["-- ", "-- ", "注："]


def test_a_hidden_number_is_not_shown_and_counts() -> None:
    levels = (level("decimal", "%1", "") + "<w:rPr><w:vanish/></w:rPr>", level("decimal", "%1.%2"))
    assert _lines(levels, 0, 0, 1) == ["", "", "2.1 "]


def _with_second_list(override: str) -> list[str]:
    document = Document()
    numbered(document, level("chineseCounting", "%1、"))
    use = '<w:num w:numId="91"><w:abstractNumId w:val="90"/>' + override + "</w:num>"
    document.part.numbering_part.element.append(element(use))
    for list_id in (90, 90, 91, 91, 90):
        append(document, p("供水", properties=in_list(0, list_id)))
    return [line.removesuffix("供水") for line in lines(document)]


def test_lists_of_one_definition_count_on_together() -> None:
    assert _with_second_list("") == ["一、", "二、", "三、", "四、", "五、"]


def test_a_list_begins_again_where_it_overrides_the_start() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert _with_second_list(override) == ["一、", "二、", "一、", "二、", "三、"]


def test_a_list_may_override_a_level() -> None:
    inner = level("upperLetter", "%1.")
    override = f'<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">{inner}</w:lvl></w:lvlOverride>'
    assert _with_second_list(override) == ["一、", "二、", "C. ", "D. ", "五、"]


def test_a_style_numbers_its_paragraphs_at_the_level_that_is_linked_to_it() -> None:
    document = Document()
    numbered(
        document,
        level("chineseCounting", "第%1章", '<w:pStyle w:val="Heading1"/>'),
        level("chineseCounting", "第%2节", '<w:pStyle w:val="Heading2"/>'),
    )
    for name in ("Heading 1", "Heading 2"):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(element('<w:numPr><w:numId w:val="90"/></w:numPr>'))
    document.add_heading("总则", 1)
    document.add_heading("目标", 2)
    document.add_heading("任务", 2)
    assert lines(document) == ["第一章 总则", "第一节 目标", "第二节 任务"]


def test_a_paragraph_may_take_itself_out_of_the_list_of_its_style() -> None:
    document = Document()
    numbered(document, LAW[0])
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.append(element('<w:numPr><w:numId w:val="90"/></w:numPr>'))
    style = '<w:pStyle w:val="Heading1"/>'
    append(document, p("前言", properties=style + '<w:numPr><w:numId w:val="0"/></w:numPr>'))
    append(document, p("总则", properties=style))
    assert lines(document) == ["前言", "第一章 总则"]


def test_a_list_may_take_its_levels_from_a_numbering_style() -> None:
    document = Document()
    numbered(document, LAW[0])
    style = (
        '<w:style w:type="numbering" w:styleId="Law"><w:name w:val="Law"/>'
        '<w:pPr><w:numPr><w:numId w:val="90"/></w:numPr></w:pPr></w:style>'
    )
    document.styles.element.append(element(style))
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        element(
            '<w:abstractNum w:abstractNumId="95"><w:numStyleLink w:val="Law"/></w:abstractNum>'
        ),
    )
    use = '<w:num w:numId="95"><w:abstractNumId w:val="95"/></w:num>'
    numbering.append(element(use))
    append(document, p("总则", properties=in_list(0, 95)))
    assert lines(document) == ["第一章 总则"]


def test_a_custom_format_keeps_its_leading_zeros() -> None:
    custom = (
        '<w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1"/>'
    )
    assert _lines((custom,), 0) == ["007 "]


@pytest.mark.parametrize("properties", [in_list(0, 4711), in_list(12), "<w:numPr/>"])
def test_a_list_that_is_not_defined_numbers_nothing(properties: str) -> None:
    document = Document()
    numbered(document, *LAW)
    append(document, p("供水", properties=properties))
    assert lines(document) == ["供水"]


def test_a_numbered_heading_needs_no_mark_and_a_bullet_on_a_heading_is_no_text() -> None:
    document = Document()
    numbered(document, LAW[0], level("bullet", "●"))
    style = '<w:pStyle w:val="Heading1"/>'
    append(document, p("总则", properties=style + in_list(0)))
    append(document, p("水源保护", properties=style + in_list(1)))
    assert marked(document) == [("heading", "水源保护")]
    assert lines(document) == ["第一章 总则", "水源保护"]
