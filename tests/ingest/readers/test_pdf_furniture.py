"""What stands around the text of a PDF: running heads, page numbers, footnotes."""

from __future__ import annotations

import pytest

from ingest.pipeline import parse
from ingest.readers.pdf import read
from ingest.reading import Reading
from tests.ingest.readers.pdf_writer import BOTTOM, LEFT, PITCH, PROSE, Sheets


def _marked(reading: Reading, kind: str) -> list[str]:
    spans = [mark for mark in reading.marks if mark.kind == kind]
    return [line for m in spans for line in reading.text[m.start : m.end].splitlines()]


def _numbered(form: str, pages: int = 3) -> Reading:
    sheets = Sheets()
    for number in range(1, pages + 1):
        sheets.at(280, 50, form.format(number), 10.5)
        while sheets.y > BOTTOM + 4 * PITCH:
            sheets.paragraph(PROSE)
        sheets.page()
    return read(sheets.content(), "规划.pdf")


@pytest.mark.parametrize("form", ["{}", "- {} -", "— {} —", "第 {} 页", "第{}页 共3页", "{}/3"])
def test_page_numbers_of_any_form_are_marked(form: str) -> None:
    reading = _numbered(form)
    assert len(_marked(reading, "page-number")) == 3
    assert set(reading.text.splitlines()) - set(_marked(reading, "page-number")) == {PROSE}


def test_roman_page_numbers_are_marked() -> None:
    sheets = Sheets()
    for number in ("I", "II", "III"):
        sheets.paragraph(PROSE)
        sheets.at(290, 50, number, 10)
        sheets.page()
    assert _marked(read(sheets.content(), "规划.pdf"), "page-number") == ["I", "II", "III"]


def test_running_heads_of_left_and_right_pages_are_marked() -> None:
    sheets = Sheets()
    for number in range(1, 7):
        sheets.at(200, 800, "云河县饮水规划" if number % 2 else f"第一章 供水  {number}", 10)
        sheets.paragraph(PROSE)
        sheets.page()
    reading = read(sheets.content(), "规划.pdf")
    assert len(_marked(reading, "running-head")) == 6
    assert [clause.text for clause in parse(reading).clauses] == [PROSE] * 6


def test_what_a_browser_prints_around_a_page_is_a_running_head() -> None:
    sheets = Sheets()
    for number in range(1, 4):
        sheets.at(30, 815, "2024/5/6 21:37        云河县人民政府关于饮水安全的意见", 8)
        sheets.paragraph(PROSE)
        sheets.at(30, 20, f"https://www.yunhe.example/art/2024/5/6/12.html      {number}/3", 8)
        sheets.page()
    reading = read(sheets.content(), "规划.pdf")
    assert len(_marked(reading, "running-head")) == 6
    assert [clause.text for clause in parse(reading).clauses] == [PROSE] * 3


def test_headings_that_begin_pages_are_no_running_heads() -> None:
    sheets = Sheets()
    for number in range(1, 4):
        sheets.line(f"附件{number}")
        sheets.paragraph(PROSE)
        sheets.page()
    assert read(sheets.content(), "规划.pdf").marks == ()


def test_a_figure_in_the_last_line_of_the_text_is_no_page_number() -> None:
    sheets = Sheets()
    sheets.y = BOTTOM + 5 * PITCH
    sheets.paragraph(PROSE)
    sheets.line("2025")
    assert read(sheets.content(), "规划.pdf").marks == ()


def test_a_page_number_inside_a_sentence_stands_after_its_paragraph() -> None:
    sheets = Sheets()
    for _ in range(7):
        sheets.paragraph(PROSE)
    sheets.at(290, 50, "2", 10)
    sheets.page()
    sheets.at(290, 50, "3", 10)
    sheets.paragraph(PROSE)
    lines = read(sheets.content(), "规划.pdf").text.splitlines()
    assert lines[:6] == [PROSE] * 6
    assert "2" not in lines[:7]


@pytest.mark.parametrize("sign", ["①", "[1]", "1 "])
def test_a_footnote_stands_after_the_paragraph_that_it_interrupts(sign: str) -> None:
    sheets = Sheets()
    note = f"{sign}水厂指日供水能力在一千吨以上的集中供水设施，不含村级供水点，"
    note += "下文提到的水厂都以此为准。"
    for _ in range(5):
        sheets.paragraph(PROSE)
    for at in range(0, 52, 26):  # two full lines of a paragraph that goes on
        sheets.y = BOTTOM + (3 - at / 26) * PITCH
        sheets.at(LEFT, sheets.y, PROSE[at : at + 26])
    sheets.canvas.line(LEFT, BOTTOM + 1.3 * PITCH, LEFT + 140, BOTTOM + 1.3 * PITCH)
    for at, part in enumerate((note[:40], note[40:])):
        sheets.at(LEFT, BOTTOM + 16 - 14 * at, part, 10)
    sheets.at(290, 50, "1", 10)
    sheets.page()
    sheets.line(PROSE[52:78])
    sheets.line(PROSE[78:])
    sheets.paragraph(PROSE)
    sheets.at(290, 50, "2", 10)
    reading = read(sheets.content(), "规划.pdf")
    lines = reading.text.splitlines()
    at = lines.index(note)
    assert lines[at - 1] == PROSE
    assert lines[at + 1] == "1"
    assert _marked(reading, "page-number") == ["1", "2"]


def test_slanting_text_is_chrome() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    sheets.canvas.rotate(45)
    sheets.at(500, 100, "内部资料", 40)
    reading = read(sheets.content(), "规划.pdf")
    assert reading.text.splitlines() == [PROSE, "内部资料"]
    assert _marked(reading, "chrome") == ["内部资料"]


def test_text_outside_the_page_is_kept_apart() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    sheets.at(90_000_000, 300, "制图员记")
    reading = read(sheets.content(), "规划.pdf")
    assert reading.text.splitlines() == [PROSE, "制图员记"]
    assert _marked(reading, "chrome") == ["制图员记"]
