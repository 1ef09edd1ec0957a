"""Boxes and tables of a PDF."""

from __future__ import annotations

from ingest.readers.pdf import read
from ingest.reading import Reading
from tests.ingest.readers.pdf_writer import BOTTOM, LEFT, PITCH, PROSE, RIGHT, SIZE, TOP, Sheets


def _marked(reading: Reading, kind: str) -> list[list[str]]:
    return [
        reading.text[mark.start : mark.end].splitlines()
        for mark in reading.marks
        if mark.kind == kind
    ]


def test_a_framed_box_is_read_once_with_its_paragraphs_joined() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    top = sheets.y + SIZE + 4
    sheets.centred("专栏1 饮水安全工程")
    sheets.paragraph("（一）水源。" + PROSE)
    sheets.paragraph("（二）管网。" + PROSE)
    sheets.frame(top, sheets.y + SIZE)
    sheets.y -= PITCH
    sheets.paragraph(PROSE)
    reading = read(sheets.content(), "规划.pdf")
    box = ["专栏1 饮水安全工程", "（一）水源。" + PROSE, "（二）管网。" + PROSE]
    assert _marked(reading, "box") == [box]
    assert reading.text.splitlines() == [PROSE, *box, PROSE]


def test_a_box_over_a_page_end_is_one_and_the_page_number_stands_after_it() -> None:
    sheets = Sheets()
    for number in range(1, 3):
        sheets.at(290, 50, f"- {number} -", 10)
        if number == 1:
            sheets.y = BOTTOM + 4 * PITCH
            top = sheets.y + SIZE + 4
            sheets.centred("专栏1 饮水安全工程")
        for at in range(0, 52, 26):
            sheets.line(PROSE[at : at + 26] if number == 1 else PROSE[52 + at : 78 + at])
        sheets.frame(top if number == 1 else TOP + SIZE + 4, sheets.y + SIZE)
        if number == 1:
            sheets.page()
    sheets.y -= PITCH
    sheets.paragraph(PROSE)
    reading = read(sheets.content(), "规划.pdf")
    assert _marked(reading, "box") == [["专栏1 饮水安全工程", PROSE]]
    assert reading.text.splitlines()[2] == "- 1 -"
    assert reading.pages[1] == len("专栏1 饮水安全工程") + 1 + 52


def test_two_boxes_on_neighbouring_pages_stay_two() -> None:
    sheets = Sheets()
    for number in (1, 2):
        sheets.y = BOTTOM if number == 1 else TOP
        top = sheets.y + SIZE + 4
        sheets.line(f"专栏{number} 饮水安全工程")
        sheets.line(PROSE[:20])
        sheets.frame(top, sheets.y + SIZE)
        sheets.page()
    assert len(_marked(read(sheets.content(), "规划.pdf"), "box")) == 2


def test_the_rows_of_a_table_are_lines_and_merged_cells_stand_once() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    top = sheets.y + SIZE
    width = (RIGHT - LEFT + 10) / 3
    left = LEFT - 5
    sheets.frame(top, top - 90, columns=3)
    sheets.canvas.line(left, top - 30, RIGHT + 5, top - 30)
    sheets.canvas.line(left + width, top - 60, RIGHT + 5, top - 60)
    for column, row, text in (
        (0, 0, "类别"),
        (1, 0, "指标"),
        (2, 0, "2025年"),
        (0, 1, "供水"),
        (1, 1, "水厂数量"),
        (2, 1, "28座"),
        (1, 2, "自来水普及率"),
        (2, 2, "96%"),
    ):
        sheets.at(left + column * width + 5, top - 20 - 30 * row, text, 12)
    sheets.y = top - 130
    sheets.paragraph(PROSE)
    reading = read(sheets.content(), "规划.pdf")
    rows = ["类别\t指标\t2025年", "供水\t水厂数量\t28座", "\t自来水普及率\t96%"]
    assert _marked(reading, "table") == [rows]
    assert reading.text.splitlines() == [PROSE, *rows, PROSE]


def test_a_coloured_ground_is_no_frame() -> None:
    sheets = Sheets()
    sheets.canvas.setFillGray(0.9)
    sheets.canvas.rect(LEFT - 5, 300, 430, 480, stroke=0, fill=1)
    sheets.canvas.setFillGray(0)
    sheets.paragraph(PROSE)
    assert read(sheets.content(), "规划.pdf").marks == ()


def test_a_border_around_the_page_is_no_frame() -> None:
    sheets = Sheets()
    sheets.canvas.rect(20, 20, 555, 802)
    sheets.paragraph(PROSE)
    assert read(sheets.content(), "规划.pdf").marks == ()
