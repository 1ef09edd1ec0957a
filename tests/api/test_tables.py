"""Tables in the text API: rows of cells that hold the clauses, nothing lost, nothing twice."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.blocks import text_of
from api.http.document_schemas import Block, Table
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from corpus.model import Document, Meta
from ingest.pipeline import parse
from ingest.readers import read
from ingest.reading import Mark, Reading
from tests import small_corpus
from tests.api import reading_files

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_FILES = [
    path
    for name in ("policy_docx/*.docx", "policy_pdf/*国家*.pdf", "policy_pdf/省*.pdf")
    for path in sorted(_DATA.glob(name))
]
_PAGE = """<html><body><h1>供水分工</h1><p>{prose}</p>
<table><tr><th>单位</th><th>职责</th><th>时间</th></tr>
<tr><td rowspan=2>县水务局</td><td>新建蓄水池二十八座，更换管道</td><td>2023年</td></tr>
<tr><td>建立水质检测制度，每月公布</td><td>2024年</td></tr>
<tr><td colspan=2>合计</td><td>3项</td></tr></table><p>{prose}</p></body></html>"""


class _Cited:
    """Stands for a knowledge base that vouches for every clause."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def cite(self, _clause: object) -> Meta:
        return self._document.meta


def _text(document: Document) -> tuple[list[Block], list[Table]]:
    return text_of(_Cited(document), document, residue=True)  # type: ignore[arg-type]


def _marked(*lines: str, mark: str = "table") -> Document:
    text = "一、供水\n" + "".join(f"{line}\n" for line in lines)
    marks = (Mark(mark, 5, len(text)),)
    return parse(Reading(text + "县里决定对全部老旧管道进行更换。\n", marks=marks))


def _cells(document: Document, table: Table) -> list[list[str]]:
    return [[document.text[a:b] for a, b in row.cells] for row in table.rows]


def _only(document: Document) -> Table:
    [table] = _text(document)[1]
    return table


def _check(document: Document) -> None:
    """Check that each block lies in one row and its characters in cells, each in one."""
    blocks, tables = _text(document)
    for number, table in enumerate(tables):
        inside = [block for block in blocks if block.table == number]
        assert inside
        for block in inside:
            rows = [r for r in table.rows if r.start <= block.start and block.end <= r.end]
            assert len(rows) == 1
        filled = [(a, b) for row in table.rows for a, b in row.cells if a < b]
        assert filled == sorted(filled)
        assert all(first[1] <= second[0] for first, second in pairwise(filled))
        said = re.sub(r"\s", "", document.text[table.start : table.end])
        assert re.sub(r"\s", "", "".join(document.text[a:b] for a, b in filled)) == said
        assert {len(row.cells) for row in table.rows} <= {1, table.columns}


def test_a_table_is_rows_of_cells_with_its_column_labels() -> None:
    document = _marked("指标\t2025年\t属性", "普及率\t96%\t预期性", "\t28座\t约束性")
    table = _only(document)
    assert _cells(document, table) == [
        ["指标", "2025年", "属性"],
        ["普及率", "96%", "预期性"],
        ["", "28座", "约束性"],
    ]
    assert [row.head for row in table.rows] == [True, False, False]
    _check(document)


def test_a_row_of_fewer_cells_is_filled_up_and_one_cell_is_the_whole_row() -> None:
    document = _marked("主要指标", "普及率\t96%\t预期性", "水厂\t3座")
    table = _only(document)
    assert table.columns == 3
    assert _cells(document, table) == [
        ["主要指标"],
        ["普及率", "96%", "预期性"],
        ["水厂", "3座", ""],
    ]
    _check(document)


@pytest.mark.parametrize("first", ["普及率\t96%", "县水务局\t负责修建"])
def test_a_first_row_like_the_others_is_no_head(first: str) -> None:
    assert not _only(_marked(first, "合作社\t兴修沟渠")).rows[0].head


def test_a_table_of_one_column_stays_text() -> None:
    blocks, tables = _text(_marked("甲乡", "乙乡"))
    assert tables == []
    assert all(block.table is None for block in blocks)


def test_tabs_outside_of_a_marked_table_stay_text() -> None:
    assert _text(parse("一、供水\n甲乡\t3座\n乙乡\t4座\n"))[1] == []


def test_a_heading_in_a_table_is_a_row_of_its_own() -> None:
    document = _marked("指标\t2025年", "专栏1 供水工程", "普及率\t96%")
    blocks, [table] = _text(document)
    [heading] = [block for block in blocks if block.kind == "heading" and block.table == 0]
    assert (heading.start, heading.end) in [(row.start, row.end) for row in table.rows]
    _check(document)


_CELL = st.text("供水工程3座（一）专栏1、。；% ", max_size=12)
_ROW = st.lists(_CELL, min_size=1, max_size=5).map("\t".join)


@given(st.lists(_ROW, min_size=1, max_size=8))
def test_no_character_of_a_table_is_lost(rows: list[str]) -> None:
    _check(_marked(*rows))


def test_a_table_of_a_web_page_keeps_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "分工.html"
    path.write_text(_PAGE.format(prose=reading_files.DUTY * 3), encoding="utf-8")
    document = parse(read(path))
    assert _cells(document, _only(document)) == [
        ["单位", "职责", "时间"],
        ["县水务局", "新建蓄水池二十八座，更换管道", "2023年"],
        ["", "建立水质检测制度，每月公布", "2024年"],
        ["合计", "", "3项"],
    ]
    _check(document)


def test_tables_of_word_and_pdf_and_the_pages_reach_the_api(tmp_path: Path) -> None:
    folder = small_corpus.write(tmp_path / "文件")
    reading_files.add(folder, "word", "分工.docx", reading_files.word(), title="分工方案")
    reading_files.add(folder, "pdf", "规划.pdf", reading_files.pdf(), title="供水规划")
    settings = Settings(corpus=str(folder), data=str(tmp_path / "var"), model="none")
    documents = KnowledgeBase(settings).documents
    again = KnowledgeBase(settings).documents  # from the store
    assert again == documents
    table = _only(documents["word"])
    assert _cells(documents["word"], table) == [list(row) for row in reading_files.ROWS]
    pdf = documents["pdf"]
    assert _cells(pdf, _only(pdf)) == [["指标", "2025年"], ["自来水普及率", "96%"]]
    pages = {block.text[:4]: block.page for block in _text(pdf)[0]}
    assert pages["一、总体"] == 1
    assert pages["二、重点"] == 3


@pytest.mark.skipif(not _FILES, reason=f"no files at {_DATA}")
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem[:12])
def test_nothing_of_the_tables_of_a_real_file_is_lost(path: Path) -> None:
    _check(parse(read(path)))
