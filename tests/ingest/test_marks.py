"""What the layout of a file tells `structure` beyond its text."""

from __future__ import annotations

from corpus.model import Document
from ingest.checkup import check
from ingest.pipeline import parse
from ingest.reading import Mark, Reading
from tests.ingest.views import PROSE


def _parsed(*lines: tuple[str, str]) -> Document:
    """Parse lines of (text, mark kind); neighbours of the same kind share a mark."""
    text, marks = "", []
    for content, kind in lines:
        start, text = len(text), text + content + "\n"
        if kind and marks and marks[-1].kind == kind and marks[-1].end == start:
            marks[-1] = Mark(kind, marks[-1].start, len(text))
        elif kind:
            marks.append(Mark(kind, start, len(text)))
    document = parse(Reading(text, marks=tuple(marks)))
    assert check(document, text) == []
    return document


def _places(document: Document) -> dict[str, str]:
    return {clause.text: str(clause.address) for clause in document.clauses}


def test_a_framed_box_ends_with_its_frame() -> None:
    places = _places(
        _parsed(
            ("第一章 供水", ""),
            ("专栏1 重点工程", "box"),
            ("（一）新建水库。", "box"),
            ("甲乡一座。", "box"),
            (PROSE, ""),
        )
    )
    assert places["甲乡一座。"] == "第一章专栏1（一）"
    assert places[PROSE] == "第一章"


def test_a_box_titled_above_its_frame_holds_the_frame() -> None:
    places = _places(
        _parsed(
            ("第一章 供水", ""),
            ("专栏1 重点工程", ""),
            ("项目\t规模", "table"),
            ("水库\t3座", "table"),
            (PROSE, ""),
        )
    )
    assert places["水库\t3座"] == "第一章专栏1第2段"
    assert places[PROSE] == "第一章"


def test_a_row_of_a_table_is_no_heading() -> None:
    document = _parsed(("一、供水", ""), ("二、水库\t3座\t2025年", "table"), (PROSE, ""))
    assert [str(address) for _, address in document.walk()] == ["一、"]


def test_what_the_layout_calls_residue_is_in_no_clause() -> None:
    document = _parsed((PROSE, ""), ("第 3 页", "page-number"), ("某省规划", "running-head"))
    assert [clause.text for clause in document.clauses] == [PROSE]
    assert [each.kind for each in document.residues] == ["page-number", "running-head"]


def test_a_heading_without_number_counts_where_the_layout_shows_it() -> None:
    places = _places(_parsed(("第一章 供水", ""), ("水源保护", "heading"), (PROSE, "")))
    assert places[PROSE] == "第一章“水源保护”"


def test_pages_are_those_of_the_cleaned_text() -> None:
    raw = "[bookmark: _Toc1]第一章 供水\n" + PROSE + "\n" + PROSE
    second = len(raw) - len(PROSE)
    document = parse(Reading(raw, pages=(0, second)))
    assert [document.page(clause.start) for clause in document.clauses] == [1, 2]
