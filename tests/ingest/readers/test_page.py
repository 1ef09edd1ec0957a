from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.page.characters import width
from ingest.readers.page.columns import in_order
from ingest.readers.page.furniture import is_page_number
from ingest.readers.page.lines import lines_of
from ingest.readers.page.model import Box, Glyph, Line, Page
from ingest.readers.page.writing import Written, lay_out
from tests.ingest.readers import typeset
from tests.ingest.readers.invented import plan

_POINT = 72 / 25.4  # of a millimetre
_SHEET = Box(0, 0, *(side * _POINT for side in typeset.PAGE))
_Placed = tuple[int, Glyph]  # a whole line and its page, from 0


def _line(line: typeset.Set, page: int = 0) -> _Placed:
    end = line.x + sum(line.steps) + typeset.em(line.text[-1]) * line.size
    top, bottom = line.y - 0.85 * line.size, line.y + 0.15 * line.size
    box = Box(*(_POINT * side for side in (line.x, top, end, bottom)))
    return page, Glyph(line.text, box, _POINT * line.size)


def _moved(line: _Placed, right: float, down: float = 0) -> _Placed:
    page, glyph = line
    x0, top, x1, bottom = glyph.box
    right, down = right * _POINT, down * _POINT
    box = Box(x0 + right, top + down, x1 + right, bottom + down)
    return page, glyph._replace(box=box)


def _at(text: str, x: float, y: float, page: int = 0, size: float = typeset.EM) -> _Placed:
    steps = tuple(typeset.em(char) * size for char in text[:-1])
    return _line(typeset.Set(text, x, y, steps, size), page)


def _set(paragraphs: list[str], rows_: int = typeset.ROWS) -> list[_Placed]:
    sheets = typeset.pages(paragraphs, rows_)
    return [_line(line, page) for page, sheet in enumerate(sheets) for line in sheet]


def _pages(lines: list[_Placed], count: int = 0) -> list[Page]:
    count = max(count, 1 + max((page for page, _ in lines), default=-1))
    found: list[list[Glyph]] = [[] for _ in range(count)]
    for page, glyph in lines:
        found[page].append(glyph)
    return [Page(at, _SHEET, tuple(in_order(glyphs))) for at, glyphs in enumerate(found, 1)]


def _laid(lines: list[_Placed]) -> Written:
    return lay_out(_pages(lines), blanks=True)


def _kinds(laid: Written) -> dict[str, str]:
    return {laid.text[mark.start : mark.end].strip(): mark.kind for mark in laid.marks}


_PROSE = "对蓄水不足的村寨逐一安排新水源，由县水务局牵头、各乡镇配合，每半年公布一次进展。"


def test_lines_of_a_paragraph_are_joined_over_lines_and_pages() -> None:
    paragraphs = plan()
    assert _laid(_set(paragraphs)).text.split("\n")[:-1] == paragraphs


@pytest.mark.parametrize("rows_", [5, 9, 22])
def test_paragraphs_do_not_depend_on_where_pages_end(rows_: int) -> None:
    paragraphs = plan()
    assert _laid(_set(paragraphs, rows_)).text.split("\n")[:-1] == paragraphs


def test_margins_may_be_mirrored() -> None:
    lines = [_moved(line, 12 * (line[0] % 2)) for line in _set(plan())]
    assert _laid(lines).text.split("\n")[:-1] == plan()


def test_scanned_pages_may_lie_anywhere() -> None:
    lines = [_moved(line, 3 * (line[0] * 7 % 5)) for line in _set(plan())]
    scanned = [(page, glyph._replace(score=0.99)) for page, glyph in lines]
    assert _laid(scanned).text.split("\n")[:-1] == plan()


def test_a_table_without_lines_is_read_row_by_row() -> None:
    lines = []
    for row in range(15):
        lines.append(_at("供水工程完成数量" * 2, typeset.LEFT, 40 + 10 * row))
        lines.append(_at(f"{row + 10}座", typeset.LEFT + 18 * typeset.EM, 40 + 10 * row))
        lines.append(_at("约束性", typeset.LEFT + 25 * typeset.EM, 40 + 10 * row))
    found = [
        line.text for line in in_order([glyph for _, glyph in lines]) if isinstance(line, Line)
    ]
    assert found == [f"{'供水工程完成数量' * 2} {row + 10}座 约束性" for row in range(15)]


def test_a_short_last_line_ends_a_paragraph_without_indent() -> None:
    flush = typeset.LEFT
    texts = ["供" * 28, "水工程。", "建" * 28, "库工程。"]
    lines = [_at(text, flush, 50 + 10 * row) for row, text in enumerate(texts)]
    assert _laid(lines).text == "供" * 28 + "水工程。\n" + "建" * 28 + "库工程。\n"


def test_a_line_is_full_where_the_next_word_had_no_room() -> None:
    lines = [
        _at("供" * 28, typeset.LEFT, 50),
        _at("供" * 28, typeset.LEFT, 60),
        _at("水" * 22, typeset.LEFT, 70),
        _at("www.example.gov.cn。", typeset.LEFT, 80),
    ]
    assert _laid(lines).text.count("\n") == 1


def test_a_heading_under_a_full_last_line_stands_alone() -> None:
    lines = _set(["供" * 25 + "。", "一、建库", _PROSE])
    assert _laid(lines).text.split("\n")[:-1] == ["供" * 25 + "。", "一、建库", _PROSE]


def test_a_full_heading_is_not_joined_with_the_next_heading() -> None:
    chapter, section = "第一章 " + "供" * 23, "第一节 " + "水" * 23
    lines = _set([chapter, section, _PROSE, _PROSE * 3])
    assert _laid(lines).text.split("\n")[:2] == [chapter, section]


def test_a_title_broken_at_the_width_of_the_page_is_joined() -> None:
    title = ["云河县“十四五”巩固提升山区供水保障能力", "实施规划"]
    left, full = typeset.LEFT, typeset.EM * typeset.COLUMNS
    size = full / width(title[0])
    middle = left + (full - width(title[1]) * size) / 2
    lines = [_at(title[0], left, 45, size=size), _at(title[1], middle, 58, size=size)]
    lines += [_moved(line, 0, 40) for line in _set([_PROSE * 3])]
    assert _laid(lines).text.split("\n")[0] == "".join(title)


def test_an_entry_of_contents_is_a_line_of_its_own() -> None:
    dots = "…" * 20
    entries = [f"第{n}节 水源{dots}{at}" for at, n in enumerate("一二三四五", 3)]
    lines = [_at(text, typeset.LEFT, 50 + 10 * row) for row, text in enumerate(entries)]
    assert _laid(lines).text.split("\n")[:-1] == entries


def test_latin_words_are_parted_and_chinese_is_not() -> None:
    lines = [
        _at("水" * 24 + "drinking", typeset.LEFT, 50),
        _at("water" + "水" * 25 + "。", typeset.LEFT, 60),
        _at("水" * 28, typeset.LEFT, 70),
    ]
    assert "drinking water水" in _laid(lines).text


def test_white_space_is_blank_lines() -> None:
    lines = _set([_PROSE, _PROSE, "", "", _PROSE])
    assert _laid(lines).text == f"{_PROSE}\n{_PROSE}\n\n\n{_PROSE}\n"


def test_page_numbers_and_heads_are_marked_and_leave_paragraphs_whole() -> None:
    paragraphs = plan()
    lines: list[_Placed] = []
    for page, sheet in itertools.groupby(_set(paragraphs), key=lambda line: line[0]):
        lines.append(_at("云河县供水规划", 80, typeset.HEAD_Y, page, 3.7))
        lines += sheet
        lines.append(_at(f"第 {page + 1} 页", 95, typeset.NUMBER_Y, page))
    laid = _laid(lines)
    kinds = _kinds(laid)
    assert kinds.pop("云河县供水规划") == "running-head"
    assert set(kinds.values()) == {"page-number"}
    body = [line for line in laid.text.split("\n") if line and line not in {*_kinds(laid)}]
    assert body == paragraphs
    assert len(laid.pages) == len(kinds)


def test_what_begins_pages_by_chance_is_no_running_head() -> None:
    lines = [
        _at(text, typeset.LEFT, 35 + 10 * row, page)
        for page in range(2)
        for row, text in enumerate(["附件", *["供" * 28] * 5])
    ]
    assert _laid(lines).marks == []


def test_a_number_inside_a_page_is_text() -> None:
    lines = _set([_PROSE, "12", _PROSE, _PROSE])
    assert _laid(lines).marks == []


@pytest.mark.parametrize(
    "text", ["3", "- 3 -", "— 12 —", "·3·", "第3页", "第 3 页 共 20 页", "3/20", "iv", "一3一"]
)
def test_page_numbers_in_all_their_forms(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["2025年", "3.水库", "第3章", "一、", "A1", "12.5", ""])
def test_what_is_no_page_number(text: str) -> None:
    assert not is_page_number(text)


def test_a_page_without_lines_begins_where_the_next_one_does() -> None:
    lines = [_at("修渠。", 40, 50, 0), _at("建库。", 40, 50, 2)]
    laid = lay_out(_pages(lines, 4))
    assert laid.pages == [0, 4, 4, len(laid.text)]


def test_pieces_of_a_row_are_joined_from_left_to_right() -> None:
    pieces = [_at("库", 61, 50.4), _at("修渠", 40, 50), _at("建", 55.5, 50.2), _at("路", 40, 60)]
    lines = lines_of(glyph for _, glyph in pieces)
    assert [line.text for line in lines] == ["修渠 建库", "路"]


_LINES = st.lists(
    st.builds(
        lambda page, x, y, size, text: _at(text, x, y, page, size),
        st.integers(0, 3),
        st.floats(0, 200),
        st.floats(0, 297),
        st.floats(0.1, 20),
        st.text("供水规划。，12— 第一章（）", min_size=1, max_size=30),
    ),
    max_size=30,
)


@given(_LINES)
def test_no_character_is_lost_and_every_line_is_where_it_says(lines: list[_Placed]) -> None:
    laid = lay_out(_pages(lines, 4), blanks=True)
    letters = sorted("".join("".join(glyph.text.split()) for _, glyph in lines))
    assert sorted("".join(laid.text.split())) == letters
    for line, _, start, end in laid.pieces:
        assert "".join(laid.text[start:end].split()) == "".join(line.text.split())
    assert laid.pages == sorted(laid.pages)
    ends = {0, *(at + 1 for at, char in enumerate(laid.text) if char == "\n")}
    assert all(mark.start in ends and mark.end in ends for mark in laid.marks)
