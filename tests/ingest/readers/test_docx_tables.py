"""Tables of Word: rows, merged cells, frames of one column."""

from __future__ import annotations

from docx import Document

from tests.ingest.readers.word_files import (
    add_notes,
    append,
    body,
    in_list,
    level,
    lines,
    marked,
    numbered,
    p,
)


def _cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks) or p()}</w:tc>"


def _table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_a_row_is_a_line_and_a_line_end_in_a_cell_a_blank() -> None:
    year = p("2025", "<w:r><w:tab/></w:r>", "年")
    row = _cell(p("水库"), p("（新建）")) + _cell(p("3座")) + _cell(year)
    assert lines(body(_table(row))) == ["水库 （新建）\t3座\t2025 年"]


def test_merged_cells_are_written_once() -> None:
    document = Document()
    table = document.add_table(3, 3)
    for at, cell in enumerate(table._cells):
        cell.text = str(at)
    for cell in (
        table.cell(0, 0).merge(table.cell(0, 1)),
        table.cell(1, 0).merge(table.cell(2, 0)),
    ):
        cell.text = "合"
    assert lines(document) == ["合\t\t2", "合\t4\t5", "\t7\t8"]


def test_a_cell_over_several_columns_keeps_the_columns_after_it_in_place() -> None:
    wide = _cell(p("合计"), properties='<w:gridSpan w:val="2"/>')
    indented = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + _cell(p("新建")) + _cell(p("3"))
    rows = (_cell(p("项目")) + _cell(p("性质")) + _cell(p("座")), wide + _cell(p("15")), indented)
    assert lines(body(_table(*rows))) == ["项目\t性质\t座", "合计\t\t15", "\t新建\t3"]


def test_an_empty_row_is_no_line_and_an_empty_cell_keeps_its_place() -> None:
    document = body(_table(_cell() + _cell(), _cell(p("水库")) + _cell() + _cell(p("3座"))))
    assert lines(document) == ["水库\t\t3座"]


def test_a_table_of_one_column_is_a_box_with_a_paragraph_a_line() -> None:
    document = body(_table(_cell(p("专栏1 供水工程")), _cell(p("（一）水库"), p("新建3座。"))))
    assert marked(document) == [("box", "专栏1 供水工程\n（一）水库\n新建3座。")]


def test_a_row_that_is_one_cell_of_a_wider_table_keeps_its_paragraphs() -> None:
    document = body(_table(_cell(p("专栏1"), p("单位：座")), _cell(p("水库")) + _cell(p("3"))))
    assert marked(document) == [("table", "专栏1\n单位：座\n水库\t3")]


def test_a_nested_table_is_text_of_its_cell() -> None:
    inner = _table(_cell(p("干渠")) + _cell(p("5条")))
    assert lines(body(_table(_cell(p("水渠"), inner, p()) + _cell(p("在建"))))) == [
        "水渠 干渠 5条\t在建"
    ]


def test_a_table_in_a_frame_is_part_of_the_frame() -> None:
    inner = _table(_cell(p("水库")) + _cell(p("3座")))
    assert marked(body(_table(_cell(p("专栏1 供水工程"), inner, p())))) == [
        ("box", "专栏1 供水工程\n水库\t3座")
    ]


def test_deleted_rows_and_cells_are_left_out() -> None:
    deleted = '<w:trPr><w:del w:id="1"/></w:trPr>' + _cell(p("旧")) + _cell(p("1"))
    gone = _cell(p("旧"), properties='<w:cellDel w:id="2"/>')
    assert lines(body(_table(deleted, _cell(p("新")) + gone + _cell(p("2"))))) == ["新\t2"]


def test_numbers_in_cells_count_and_cells_merged_downwards_have_none() -> None:
    document = Document()
    numbered(document, level("decimal", "%1"))
    number = p(properties=in_list(0))
    below = _cell(number, properties="<w:vMerge/>")
    append(
        document,
        _table(
            _cell(number) + _cell(p("水库")),
            below + _cell(p("水渠")),
            _cell(number) + _cell(p("泵站")),
        ),
    )
    assert lines(document) == ["1\t水库", "\t水渠", "2\t泵站"]


def test_rows_and_cells_in_controls_are_read() -> None:
    cell = "<w:sdt><w:sdtContent>" + _cell(p("水库")) + "</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell}{_cell(p('3座'))}</w:tr></w:sdtContent></w:sdt>"
    assert lines(body(f"<w:tbl>{row}</w:tbl>")) == ["水库\t3座"]


def test_notes_of_a_table_follow_it() -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    document = body(_table(_cell(p("水库", reference)) + _cell(p("3座"))), p("建库。"))
    add_notes(document, "footnote", [p("含小型。")])
    assert lines(document) == ["水库[1]\t3座", "[1] 含小型。", "建库。"]
    assert marked(document) == [("table", "水库[1]\t3座")]
