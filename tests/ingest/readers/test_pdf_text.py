"""What a PDF says, in the order in which people read it: lines, columns, paragraphs."""

from __future__ import annotations

import pytest

from ingest.readers.pdf import read
from tests.ingest.readers.pdf_writer import LEFT, PER_LINE, PITCH, PROSE, SIZE, Sheets


def _lines(sheets: Sheets) -> list[str]:
    return read(sheets.content(), "规划.pdf").text.splitlines()


def test_the_lines_of_a_paragraph_are_one_line() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    sheets.paragraph(PROSE)
    assert _lines(sheets) == [PROSE, PROSE]


def test_a_paragraph_over_a_page_end_is_one_line_and_the_page_begins_inside() -> None:
    sheets = Sheets()
    for _ in range(7):
        sheets.paragraph(PROSE)
    assert sheets.y != PITCH
    reading = read(sheets.content(), "规划.pdf")
    assert reading.text.splitlines() == [PROSE] * 7
    begin = reading.pages[1] - 6 * (len(PROSE) + 1)
    assert len(reading.pages) == 2
    assert (begin + 2) % PER_LINE == 0


def test_a_paragraph_that_begins_a_page_begins_there() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    sheets.page()
    sheets.paragraph(PROSE)
    reading = read(sheets.content(), "规划.pdf")
    assert reading.pages == (0, len(PROSE) + 1)
    assert reading.text.splitlines() == [PROSE, PROSE]


def test_headings_stand_alone() -> None:
    sheets = Sheets()
    sheets.centred("第一章 供水保障")
    sheets.line("一、总体目标", indent=2)
    sheets.paragraph(PROSE)
    sheets.line("（一）建设水源", indent=2)
    sheets.paragraph(PROSE)
    assert _lines(sheets) == ["第一章 供水保障", "一、总体目标", PROSE, "（一）建设水源", PROSE]


def test_a_heading_over_two_centred_lines_is_one_line() -> None:
    sheets = Sheets()
    sheets.centred("云河县人民政府关于印发", 22)
    sheets.centred("饮水安全规划的通知", 22)
    sheets.paragraph(PROSE)
    sheets.centred("第一章 加快改造老旧管网")
    sheets.centred("全面保障饮水安全")
    sheets.paragraph(PROSE)
    assert _lines(sheets) == [
        "云河县人民政府关于印发饮水安全规划的通知",
        PROSE,
        "第一章 加快改造老旧管网全面保障饮水安全",
        PROSE,
    ]


def test_names_and_dates_at_the_foot_stay_apart() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    sheets.line("云河县水务局", indent=18)
    sheets.line("2024年5月6日", indent=19)
    assert _lines(sheets) == [PROSE, "云河县水务局", "2024年5月6日"]


def test_lines_parted_by_a_gap_are_paragraphs() -> None:
    sheets = Sheets()
    for _ in range(3):
        for at in range(0, 78, PER_LINE):
            sheets.line(PROSE[at : at + PER_LINE])
        sheets.y -= PITCH
    assert _lines(sheets) == [PROSE[:78]] * 3


def test_two_columns_are_read_one_after_the_other_under_their_heading() -> None:
    sheets = Sheets()
    sheets.centred("云河县饮水安全年度工作情况通报")
    top = sheets.y
    half = {"left": "甲" + PROSE[1:], "right": "乙" + PROSE[1:]}
    for _ in range(3):
        sheets.paragraph(half["left"], per_line=12)
    sheets.y = top - PITCH / 2  # lines of the columns need not stand level
    for _ in range(3):
        sheets.paragraph(half["right"], left=LEFT + 14 * SIZE, per_line=12)
    assert _lines(sheets) == [
        "云河县饮水安全年度工作情况通报",
        *[half["left"]] * 3,
        *[half["right"]] * 3,
    ]


def test_a_sentence_goes_on_in_the_next_column() -> None:
    sheets = Sheets()
    for at in range(0, 120, 12):
        sheets.line((PROSE * 2)[at : at + 12])
    sheets.y += 10 * PITCH
    for at in range(120, 168, 12):
        sheets.at(LEFT + 14 * SIZE, sheets.y, (PROSE * 2)[at : at + 12])
        sheets.y -= PITCH
    for _ in range(4):
        sheets.paragraph(PROSE, left=LEFT + 14 * SIZE, per_line=12)
    assert _lines(sheets)[0] == (PROSE * 2)[:168]


def test_latin_words_keep_their_blanks_and_chinese_has_none_at_line_ends() -> None:
    sheets = Sheets()
    sheets.line("各地要用好数字平台，接入统一的系统，英文名称是 Rural")
    sheets.line("Water Safety Platform，由县里统一建设和维护，乡镇使用。")
    assert _lines(sheets) == [
        "各地要用好数字平台，接入统一的系统，英文名称是 Rural "
        "Water Safety Platform，由县里统一建设和维护，乡镇使用。"
    ]


def test_blanks_between_chinese_and_digits_are_none() -> None:
    sheets = Sheets()
    sheets.line("到 2025 年建成 28 座水厂。")
    assert _lines(sheets) == ["到2025年建成28座水厂。"]


def test_a_number_before_a_heading_keeps_its_blank() -> None:
    sheets = Sheets()
    sheets.line("1.1  总则")
    assert _lines(sheets) == ["1.1 总则"]


def test_letters_set_twice_to_look_bold_are_read_once() -> None:
    sheets = Sheets()
    sheets.at(LEFT, sheets.y, "一、总体要求")
    sheets.at(LEFT + 0.3, sheets.y, "一、总体要求")
    assert _lines(sheets) == ["一、总体要求"]


def test_entries_of_a_table_of_contents_stay_lines_of_their_own() -> None:
    sheets = Sheets()
    sheets.centred("目  录")
    entries = [
        f"第{n}章 重点任务{'.' * 40} {page}" for n, page in zip("一二三四", "1357", strict=True)
    ]
    for entry in entries:
        sheets.line(entry)
    reading = read(sheets.content(), "规划.pdf")
    assert reading.text.splitlines()[1:] == [
        f"第{n}章 重点任务{'.' * 40} {page}" for n, page in zip("一二三四", "1357", strict=True)
    ]
    assert [mark.kind for mark in reading.marks] == ["toc"]
    assert (reading.marks[0].start, reading.marks[0].end) == (0, len(reading.text))


def test_a_line_that_equals_a_bookmark_is_a_heading() -> None:
    sheets = Sheets()
    for title in ("水源保护", "一、总体要求"):
        sheets.canvas.bookmarkPage(title)
        sheets.canvas.addOutlineEntry(title, title)
        sheets.line(title)
        sheets.paragraph(PROSE)
    reading = read(sheets.content(), "规划.pdf")
    assert [(mark.kind, mark.start) for mark in reading.marks] == [("heading", 0)]


def test_what_the_file_says_of_itself_is_a_fact() -> None:
    sheets = Sheets()
    sheets.canvas.setTitle("无标题1")
    sheets.paragraph(PROSE)
    facts = read(sheets.content(), "规划.pdf").facts
    assert ("Title", "无标题1", "文档属性") in facts


@pytest.mark.parametrize("size", [0.0, 1e-9])
def test_letters_of_no_size_are_read(size: float) -> None:
    sheets = Sheets()
    for row in range(4):
        sheets.at(90, 700 - 30 * row, "按季度通报进展", size)
    text = read(sheets.content(), "规划.pdf").text
    assert "".join(text.split()) == "按季度通报进展" * 4
