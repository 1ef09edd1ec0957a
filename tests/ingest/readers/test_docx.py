"""What stands in a .docx becomes text and marks."""

from __future__ import annotations

import datetime

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from ingest.checkup import check
from ingest.pipeline import parse
from tests.ingest.readers.word_files import (
    NS,
    add_notes,
    add_part,
    append,
    body,
    codes,
    element,
    field,
    in_list,
    level,
    lines,
    marked,
    numbered,
    p,
    r,
    reading,
)

TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
    "<w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_paragraphs_and_tables_stand_in_the_order_of_the_document() -> None:
    document = Document()
    document.add_paragraph("修渠。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "水库", "3座"
    document.add_paragraph("")
    document.add_paragraph("建库。")
    assert reading(document).text == "修渠。\n水库\t3座\n\n建库。\n"
    assert marked(document) == [("table", "水库\t3座")]


def test_a_paragraph_is_a_line_with_blanks_for_tabs_and_lines_for_breaks() -> None:
    broken = "<w:r><w:t>水源</w:t><w:tab/><w:t>保护</w:t><w:br/><w:t>二期</w:t></w:r>"
    special = "<w:r><w:t>pre</w:t><w:noBreakHyphen/><w:t>paid</w:t><w:softHyphen/></w:r>"
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert lines(body(p(broken), p(special), p(symbol, "已办"))) == [
        "水源 保护",
        "二期",
        "pre-paid",
        "☑已办",
    ]


@pytest.mark.parametrize(
    "properties",
    ['<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Title"/>', '<w:outlineLvl w:val="3"/>'],
)
def test_a_heading_without_number_is_marked(properties: str) -> None:
    assert marked(body(p("水源保护", properties=properties))) == [("heading", "水源保护")]


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("第一章 总则", '<w:pStyle w:val="Heading1"/>'),
        ("（一）水源", '<w:pStyle w:val="Heading1"/>'),
        ("修渠建库，保障供水。", '<w:pStyle w:val="Heading1"/>'),
        ("水源保护", '<w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/>'),
        ("水源保护", ""),
    ],
)
def test_a_number_a_sentence_and_body_text_are_not_marked(text: str, properties: str) -> None:
    assert marked(body(p(text, properties=properties))) == []


def test_a_style_based_on_a_heading_is_one() -> None:
    document = Document()
    style = document.styles.add_style("本县标题", 1)
    style.base_style = document.styles["Heading 3"]
    document.add_paragraph("水源保护", style="本县标题")
    assert marked(document) == [("heading", "水源保护")]


def test_a_heading_broken_over_lines_is_one_line() -> None:
    document = Document()
    document.add_heading("第一章\n建立健全\n供水机制", 1)
    document.add_heading("云河县乡村\n供水规划", 0)
    assert lines(document) == ["第一章 建立健全供水机制", "云河县乡村供水规划"]


def test_tracked_changes_read_as_accepted() -> None:
    document = body(
        p(
            "修渠",
            '<w:del w:id="1"><w:r><w:delText>五</w:delText></w:r></w:del>',
            '<w:ins w:id="2">' + r("六") + "</w:ins>",
            "条。",
        ),
        p('<w:moveFrom w:id="3">' + r("建库。") + "</w:moveFrom>"),
        p('<w:moveTo w:id="4">' + r("建库。") + "</w:moveTo>"),
    )
    assert lines(document) == ["修渠六条。", "建库。"]
    (problem,) = reading(document).problems
    assert problem.code == "tracked-changes"
    assert "（4 个字）" in problem.message


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    document = Document()
    numbered(document, level("decimal", "%1."))
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    append(document, p("修渠，", properties=in_list(0) + mark))
    append(document, p("建库。", properties=in_list(0)))
    append(document, p("供水。", properties=in_list(0)))
    assert lines(document) == ["1. 修渠，建库。", "2. 供水。"]


def test_the_end_of_the_body_does_not_lose_a_paragraph_whose_end_was_deleted() -> None:
    assert lines(body(p("修渠。", properties='<w:rPr><w:del w:id="1"/></w:rPr>'))) == ["修渠。"]


def test_old_properties_do_not_count() -> None:
    old = '<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange>'
    assert marked(body(p("水源保护", properties=old))) == []


def test_comments_are_counted_and_no_text() -> None:
    document = Document()
    paragraph = document.add_paragraph("修渠。")
    document.add_comment(paragraph.runs, text="请核实", author="甲")
    assert lines(document) == ["修渠。"]
    assert codes(document) == ["comments"]


def test_hidden_text_is_left_out_and_reported() -> None:
    document = body(p("修渠", r("勿印", "<w:vanish/>"), r("。", '<w:vanish w:val="0"/>')))
    assert lines(document) == ["修渠。"]
    assert codes(document) == ["hidden-text"]


def test_a_paragraph_with_a_hidden_end_goes_on_in_the_next() -> None:
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    assert lines(body(p("（一）选址。", properties=hidden), p("用闲置校舍。"))) == [
        "（一）选址。用闲置校舍。"
    ]


def test_of_a_field_only_the_result_is_shown() -> None:
    nested = field("IF " + "1 = 1", r("见") + field("REF a", "第三章"))
    simple = '<w:fldSimple w:instr="DATE">' + r("2024年") + "</w:fldSimple>"
    link = '<w:hyperlink r:id="rId99">' + r("附件") + "</w:hyperlink>"
    assert lines(body(p(nested, "，", simple, link, field("XE 水", None)))) == [
        "见第三章，2024年附件"
    ]


def test_a_field_without_end_loses_nothing_after_its_paragraph() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    document = body(p("修渠。", broken), p("建库。"))
    assert lines(document) == ["修渠。", "建库。"]
    assert codes(document) == ["field"]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"eq \o\ac(○,2)", "②"),
        (r"eq \o\ac(○,一)", "㊀"),
        (r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(xian),县)", "县"),
        (r"eq \f(1,3)", "1/3"),
    ],
)
def test_a_sign_that_is_composed_by_a_field_is_shown(code: str, shown: str) -> None:
    assert lines(body(p("按", field(code, None)))) == ["按" + shown]


def test_a_table_of_contents_is_marked_with_its_tabs() -> None:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    entry = "<w:r><w:t>第一章 总则</w:t><w:tab/></w:r>" + field("PAGEREF _Toc1", "1")
    document = body(
        p(char("begin"), "<w:r><w:instrText>TOC \\o</w:instrText></w:r>", char("separate"), entry),
        p(entry),
        p(char("end")),
        p("第一章 总则"),
    )
    found = marked(document)
    assert found == [("toc", "第一章 总则\t1\n第一章 总则\t1")]
    assert lines(document)[-1] == "第一章 总则"


def test_the_content_of_controls_is_text_and_a_contents_control_is_marked() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent>" + p("目录") + "</w:sdtContent></w:sdt>"
    )
    control = f"<w:sdt><w:sdtContent>{p('修渠。')}</w:sdtContent></w:sdt>"
    inline = "<w:sdt><w:sdtContent>" + r("建") + "</w:sdtContent></w:sdt>"
    smart = '<w:smartTag w:element="x">' + r("库。") + "</w:smartTag>"
    document = body(contents, control, p(inline, smart))
    assert lines(document) == ["目录", "修渠。", "建库。"]
    assert marked(document) == [("toc", "目录")]


def test_of_ruby_the_base_is_text() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('xiàn')}</w:rt><w:rubyBase>{r('县')}</w:rubyBase></w:ruby></w:r>"
    assert lines(body(p("云河", ruby))) == ["云河县"]


def test_a_formula_gives_no_false_figure() -> None:
    run = "<m:r><m:t>{}</m:t></m:r>".format
    power = f"<m:sSup><m:e>{run(10)}</m:e><m:sup>{run(4)}</m:sup></m:sSup>"
    part = f"<m:f><m:num>{run(1)}</m:num><m:den>{run(3)}</m:den></m:f>"
    assert lines(body(p(f"<m:oMath>{part}{run('×')}{power}</m:oMath>", "亩"))) == ["1/3×10^4亩"]


def test_a_text_box_follows_its_paragraph_once() -> None:
    inner = p("专栏1 供水工程") + p("新建水库3座。")
    document = body(p("修渠。", TEXT_BOX.format(inner)), p("建库。"))
    assert lines(document) == ["修渠。", "专栏1 供水工程", "新建水库3座。", "建库。"]
    assert marked(document) == [("box", "专栏1 供水工程\n新建水库3座。")]


def test_a_text_box_without_text_leaves_nothing() -> None:
    document = body(p("修渠。", TEXT_BOX.format(p())))
    assert (lines(document), marked(document)) == (["修渠。"], [])


def test_the_text_of_a_diagram_is_a_box() -> None:
    document = Document()
    dgm = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    item = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>".format
    xml = f"<dgm:dataModel {NS} {dgm}>{item('县水务局')}{item('乡镇')}</dgm:dataModel>"
    kind = RELATIONSHIP_TYPE.DIAGRAM_DATA
    relation = add_part(document, "/word/diagrams/data1.xml", kind, xml)
    drawing = f'<w:r><w:drawing><dgm:relIds {dgm} r:dm="{relation}"/></w:drawing></w:r>'
    append(document, p("分工如下。", drawing))
    assert marked(document) == [("box", "县水务局\n乡镇")]


def test_a_footnote_follows_the_paragraph_that_refers_to_it() -> None:
    document = body(
        p("修渠", '<w:r><w:footnoteReference w:id="1"/></w:r>', "建库。"),
        p("供水", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    )
    own = "<w:r><w:footnoteRef/></w:r>"
    add_notes(document, "footnote", [p(own, " 含支渠。"), p(own, "含消毒。") + p("每日一次。")])
    assert lines(document) == [
        "修渠[1]建库。",
        "[1] 含支渠。",
        "供水[2]",
        "[2] 含消毒。",
        "每日一次。",
    ]


def test_notes_have_the_format_of_the_document_or_the_mark_of_the_author() -> None:
    document = body(
        p("修渠", '<w:r><w:endnoteReference w:id="1"/></w:r>'),
        p(
            "建库",
            '<w:r><w:endnoteReference w:id="2" w:customMarkFollows="1"/><w:t>※</w:t></w:r>',
        ),
    )
    form = '<w:endnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:endnotePr>'
    document.settings.element.append(element(form))
    add_notes(document, "endnote", [p("含支渠。"), p("※含大坝。")])
    assert lines(document) == ["修渠①", "① 含支渠。", "建库※", "※含大坝。"]


def test_headers_and_footers_are_residue_at_the_end_each_once() -> None:
    document = Document()
    document.add_paragraph("修渠。")
    document.add_section()
    for section in document.sections:
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "云河县文件"
        section.footer.is_linked_to_previous = False
        section.footer.paragraphs[0]._p.append(element(r("第 ")))
        section.footer.paragraphs[0]._p.append(
            element('<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>")
        )
    append(document, p("建库。"))
    assert lines(document) == ["修渠。", "建库。", "云河县文件", "第 3"]
    assert marked(document) == [("running-head", "云河县文件"), ("page-number", "第 3")]


def test_what_cannot_be_read_is_reported() -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    assert codes(body(p("如图", picture), '<w:altChunk r:id="rId77"/>')) == [
        "picture",
        "embedded-file",
    ]


def test_properties_are_facts() -> None:
    document = body(p("修渠。"))
    properties = document.core_properties
    properties.title, properties.author = "云河县供水规划", "县水务局"
    properties.created = datetime.datetime(2021, 3, 4, 5, 6)
    assert [tuple(fact) for fact in reading(document).facts] == [
        ("标题", "云河县供水规划", "文档属性"),
        ("作者", "县水务局", "文档属性"),
        ("创建时间", "2021-03-04", "文档属性"),
    ]


def test_what_is_read_parses_without_loss() -> None:
    document = body(
        p("第一章 供水", properties='<w:pStyle w:val="Heading1"/>'),
        p("修渠建库，保障山区供水。", TEXT_BOX.format(p("专栏1 工程") + p("水库3座。"))),
        p("水源保护", properties='<w:pStyle w:val="Heading2"/>'),
        p("划定保护区，逐年监测水质。"),
    )
    found = reading(document)
    parsed = parse(found)
    assert check(parsed, found.text) == []
    assert [str(address) for _, address in parsed.walk()] == [
        "第一章",
        "第一章专栏1",
        "第一章“水源保护”",
    ]
