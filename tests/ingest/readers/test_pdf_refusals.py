"""What the PDF reader refuses, and what it doubts."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfplumber.page import Page
from reportlab.lib.pdfencrypt import StandardEncryption

from corpus.errors import FileRefused
from ingest.readers.page.model import Box, Glyph
from ingest.readers.pdf import read
from tests.ingest.readers.pdf_writer import HEIGHT, LEFT, PROSE, WIDTH, Sheets


def _file(**options: object) -> bytes:
    sheets = Sheets(**options)
    sheets.paragraph(PROSE)
    return sheets.content()


def _scan(pages: int = 1) -> bytes:
    sheets = Sheets()
    for _ in range(pages):
        sheets.picture(0, 0, WIDTH, HEIGHT)
        sheets.page()
    return sheets.content()


def _refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read(content, "规划.pdf")
    assert "规划.pdf" in caught.value.message
    assert caught.value.remedy
    return str(caught.value)


def test_an_empty_file_is_refused() -> None:
    assert "空的" in _refusal(b" \n")


def test_what_is_no_pdf_is_refused() -> None:
    assert "不是 PDF" in _refusal("供水规划".encode())


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_file_is_refused_as_such(share: float) -> None:
    content = _file()
    assert "截断" in _refusal(content[: int(share * len(content))])


def test_a_truncated_file_that_begins_with_a_table_of_its_own_is_refused_as_such() -> None:
    content = _file()
    announced = b"%PDF-1.4\n1 0 obj <</Linearized 1 /L 999999>> endobj\n"
    assert "截断" in _refusal(announced + content[9:])


def test_a_file_with_a_password_is_refused_as_such() -> None:
    assert "密码" in _refusal(_file(encrypt=StandardEncryption("secret")))


def test_a_file_that_opens_without_password_is_read() -> None:
    sheets = Sheets(encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    sheets.canvas.drawString(LEFT, 700, "Water supply")  # reportlab spoils Chinese fonts here
    assert read(sheets.content(), "规划.pdf").text == "Water supply\n"


def test_a_scan_is_refused_with_what_reads_it() -> None:
    assert "pip install 'zhangjie[ocr]'" in _refusal(_scan(3))


def test_a_file_of_blank_pages_is_refused() -> None:
    sheets = Sheets()
    sheets.page()
    assert "没有文字" in _refusal(sheets.content())


def test_a_page_that_is_a_picture_is_a_problem_with_its_number() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    sheets.page()
    sheets.picture(0, 0, WIDTH, HEIGHT)
    sheets.page()
    sheets.paragraph(PROSE)
    reading = read(sheets.content(), "规划.pdf")
    assert [problem.code for problem in reading.problems] == ["page-is-picture"]
    assert "第 2 页" in reading.problems[0].message
    assert len(reading.pages) == 3


def test_a_page_that_is_a_picture_is_given_to_whoever_recognises_it() -> None:
    def recognise(page: Page) -> Sequence[Glyph]:
        top = page.height / 10
        return [
            Glyph(text, Box(LEFT, top + 26 * at, LEFT + 16 * len(text), top + 26 * at + 16), 16)
            for at, text in enumerate(PROSE[at : at + 26] for at in range(0, len(PROSE), 26))
        ]

    reading = read(_scan(2), "规划.pdf", recognise)
    assert reading.text == (PROSE + "\n") * 2
    assert reading.pages == (0, len(PROSE) + 1)
    assert reading.problems == ()


def test_a_doubtful_line_of_a_page_that_is_a_picture_has_its_place() -> None:
    def recognise(page: Page) -> Sequence[Glyph]:
        top, score = page.height / 2, 0.4 if page.page_number == 2 else 0.99
        return [Glyph(PROSE[:20], Box(LEFT, top, LEFT + 320, top + 16), 16, score)]

    reading = read(_scan(2), "规划.pdf", recognise)
    whole, doubt = reading.problems
    assert (whole.code, doubt.code) == ("ocr", "ocr-doubt")
    assert "第 2 页" in doubt.message
    assert (doubt.start, doubt.end) == (reading.pages[1], reading.pages[1] + 20)


def test_a_picture_among_text_is_a_problem() -> None:
    sheets = Sheets()
    sheets.paragraph(PROSE)
    sheets.picture(LEFT, 200, 300, 120)
    problems = read(sheets.content(), "规划.pdf").problems
    assert [problem.code for problem in problems] == ["picture"]
    assert "第 1 页" in problems[0].message


@pytest.mark.parametrize("garbage", ["\ue123", "(cid:12)", "\ufffd"])
def test_text_of_garbage_is_refused_and_a_little_is_a_problem(garbage: str) -> None:
    def page(count: int) -> Sequence[Glyph]:
        texts = [garbage] * count + ["水"] * (20 - count)
        return [
            Glyph(text, Box(LEFT + 16 * at, 100, LEFT + 16 * at + 16, 116), 16)
            for at, text in enumerate(texts)
        ]

    with pytest.raises(FileRefused, match="字体"):
        read(_scan(), "规划.pdf", lambda _: page(11))
    reading = read(_scan(), "规划.pdf", lambda _: page(2))
    assert [problem.code for problem in reading.problems] == ["garbled-text"]
    assert "10.0%" in reading.problems[0].message


_WHOLE = _file()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_damaged_file_is_read_or_refused(seed: int, count: int) -> None:
    chance = random.Random(seed)
    content = bytearray(_WHOLE)
    for _ in range(count):
        content[chance.randrange(len(content))] = chance.randrange(256)
    try:
        reading = read(bytes(content), "规划.pdf")
    except FileRefused:
        return
    assert list(reading.pages) == sorted(reading.pages)
    assert all(reading.text[: mark.start].endswith(("", "\n")) for mark in reading.marks)
