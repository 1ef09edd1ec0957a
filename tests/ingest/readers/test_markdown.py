"""Markdown; every text here is invented."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import FileRefused
from ingest.readers.markdown import read
from ingest.reading import Reading
from tests.ingest.readers.views import facts, lines, of_kind, plain

_WRAPPED = "本省供水适用本条例，供水单位应当按照规定办理手续并且按照规定的时间向所在地的"


def _read(text: str) -> Reading:
    return read(text.encode(), "条例.md")


def test_marks_of_headings_go_and_are_told() -> None:
    reading = _read("# 供水条例\n\n## 第一章　总则\n\n### 保障措施 ###\n\n第一条 供水。\n")
    assert lines(reading) == [
        ("供水条例", ""),
        ("第一章　总则", "heading"),
        ("保障措施", "heading"),
        ("第一条 供水。", ""),
    ]
    assert facts(reading) == {"标题": "供水条例"}


def test_a_first_heading_with_a_number_is_no_title() -> None:
    reading = _read("# 第一章 总则\n\n第一条 供水。\n\n# 第二章 附则\n")
    assert of_kind(reading, "heading") == ["第一章 总则", "第二章 附则"]
    assert reading.facts == ()


def test_a_paragraph_over_a_rule_is_no_heading() -> None:
    assert plain(_read("为保障供水。\n修渠建库。\n---\n乙\n")) == [
        "为保障供水。",
        "修渠建库。",
        "乙",
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**总则**", "总则"),
        ("**总则：**加强供水。", "总则：加强供水。"),
        ("加强**“一户一表”**建设", "加强“一户一表”建设"),
        ("*供水*、建_库_、`修渠`", "供水、建_库_、修渠"),
        (r"\*供水\*，**\*建库**", "*供水*，*建库"),
        ("长3*4*5米", "长3*4*5米"),
        ("见[《条例》](http://a.b/c)第三条", "见《条例》第三条"),
        ("![工程图](a.png)", "工程图"),
        ("面积<sup>2</sup>&nbsp;&lt;5", "面积2\xa0<5"),
        ("[1]: http://a.b", "[1]: http://a.b"),
        ("　　缩进的一段", "缩进的一段"),
        ("        缩进的一段", "缩进的一段"),
        ("<通知>供水", "<通知>供水"),
    ],
)
def test_marks_go_only_where_they_are_marks(source: str, text: str) -> None:
    assert plain(_read(source)) == [text]


def test_numbers_of_lists_stand_as_written() -> None:
    assert plain(_read("3. 修渠\n5. 建库\n\n1) 甲\n")) == ["3. 修渠", "5. 建库", "1) 甲"]


def test_bullets_are_written_in_one_way_and_not_before_numbers() -> None:
    assert plain(_read("* 甲乡\n* 乙乡\n\n+ （一）丙\n")) == ["- 甲乡", "- 乙乡", "（一）丙"]


def test_a_line_end_ends_a_paragraph_unless_the_line_was_broken_for_its_length() -> None:
    source = f"{_WRAPPED}\n主管部门报告。\n第二条 供水\n第三条 建库  \n修渠<br>植树\n"
    assert plain(_read(source)) == [
        f"{_WRAPPED}主管部门报告。",
        "第二条 供水",
        "第三条 建库",
        "修渠",
        "植树",
    ]


def test_tables_are_marked_row_by_row_and_keep_apart() -> None:
    table = "| 工程 | 座数 |\n|---|---|\n| **水库** | 12 |\n| 水厂 | |\n"
    reading = _read(f"{table}\n{table}")
    assert of_kind(reading, "table") == ["工程\t座数", "水库\t12", "水厂"] * 2
    assert [mark.kind for mark in reading.marks] == ["table", "table"]


@pytest.mark.parametrize(
    "source",
    ["| 专栏1 供水 |\n|---|\n| （一）建库。 |\n", "> 专栏1 供水\n>\n> （一）建库。\n"],
)
def test_a_panel_in_a_table_or_quotation_is_a_box(source: str) -> None:
    assert of_kind(_read(source + "\n乙。\n"), "box") == ["专栏1 供水", "（一）建库。"]


def test_tables_of_html_are_tables() -> None:
    table = "<table><tr><td>年份</td><td>座数</td></tr><tr><td>2023</td><td>3</td></tr></table>"
    assert of_kind(_read(f"甲。\n\n{table}\n\n乙。\n"), "table") == ["年份\t座数", "2023\t3"]


def test_front_matter_becomes_facts_and_chrome() -> None:
    reading = _read(
        "---\ntitle: 供水条例\ntags: [水利, 民生]\ndate: 2021-03-01\n---\n第一条 供水。\n"
    )
    assert facts(reading) == {"title": "供水条例", "tags": "水利、民生", "date": "2021-03-01"}
    assert plain(reading) == ["第一条 供水。"]
    assert len(of_kind(reading, "chrome")) == 3


@pytest.mark.parametrize("source", ["---\n第一条 供水。\n---\n乙\n", "---\na: [\n---\n乙\n"])
def test_a_rule_at_the_beginning_is_no_front_matter(source: str) -> None:
    assert _read(source).facts == ()
    assert "乙" in plain(_read(source))


def test_lines_above_the_end_of_the_information_are_no_text_of_the_law() -> None:
    reading = _read("# 供水条例\n\n2020年1月1日 省人大通过\n\n<!-- INFO END -->\n\n第一条 供水。\n")
    assert of_kind(reading, "date") == ["2020年1月1日 省人大通过"]
    assert of_kind(reading, "chrome") == ["<!-- INFO END -->"]
    assert plain(reading) == ["供水条例", "第一条 供水。"]
    assert facts(reading)["沿革"] == "2020年1月1日 省人大通过"


def test_bold_labels_above_the_text_are_facts() -> None:
    reading = _read(
        "# 供水意见\n\n**发文字号**：青政发〔2021〕3号\n**发布日期：** 3月1日\n\n一、供水。\n"
    )
    assert facts(reading)["发文字号"] == "青政发〔2021〕3号"
    assert plain(reading) == ["供水意见", "一、供水。"]


@pytest.mark.parametrize(
    "source",
    [
        "甲\n\n<!-- 没有结尾\n\n供水。\n",
        ">" * 300 + " 供水。",
        "- " * 300 + "供水。",
        "```\n供水。\n",
        "<div>\n供水。\n",
        "<!--" * 300 + "供水。",
        "<div><textarea><title>供水。</div>",
        "**" * 500 + "供水。",
        "[" * 2000 + "供水。",
    ],
)
def test_strange_markup_loses_nothing(source: str) -> None:
    assert "供水。" in _read(source).text


def test_comments_are_chrome() -> None:
    reading = _read("甲<!-- 注 -->乙\n\n<!-- 又\n一注 -->\n")
    assert of_kind(reading, "chrome") == ["<!-- 注 -->", "<!-- 又 一注 -->"]
    assert plain(reading) == ["甲乙"]


_MARKUP = "# |\n|\n\n|**|*|- |1. |> |---\n|```\n|<!--|-->|<br>|[|](|)|<div>|<table>|\\|&amp;|`"
_PIECES = st.sampled_from([*_MARKUP.split("|"), "|", "|-|-|\n", "供水", "第一条", "专栏1", "。"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=40))
def test_any_markup_is_read_and_no_word_is_lost(pieces: list[str]) -> None:
    source = "".join(pieces)
    text = "".join(line for line, _ in lines(_read(source)))
    if "<" not in source and "[" not in source and "```" not in source:
        assert text.count("供水") >= source.count("供水")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        lines(read(content, "条例.md"))
    except FileRefused:
        return
