from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.checkup import CheckUp, Verdict
from corpus.model import Document, OffsetMap, Residue
from ingest.checkup import check, examine
from ingest.pipeline import parse
from ingest.reading import Reading
from tests.ingest.views import PROSE

_RAW = "第一章 任务\n修好水渠。\n管好水库。\n"
_DOCUMENT = parse(_RAW)


def _codes(document: Document) -> set[str]:
    return {problem.code for problem in check(document, _RAW)}


def test_a_sound_document_has_nothing_wrong() -> None:
    assert check(_DOCUMENT, _RAW) == []


def test_a_missing_clause_loses_its_characters() -> None:
    assert _codes(replace(_DOCUMENT, clauses=_DOCUMENT.clauses[:1])) == {"character-lost"}


def test_a_missing_heading_loses_its_characters() -> None:
    assert _codes(replace(_DOCUMENT, nodes=())) == {"character-lost"}


def test_text_that_is_clause_and_residue_is_in_two_places() -> None:
    assert _codes(replace(_DOCUMENT, residues=(Residue("mark", 7, 8),))) == {"character-twice"}


def test_a_piece_that_the_offsets_leave_out_is_lost() -> None:
    pieces = OffsetMap(((0, 0, 10),))
    assert _codes(replace(_DOCUMENT, offsets=pieces)) == {"character-lost"}


def test_the_character_that_is_lost_is_named() -> None:
    problem = check(replace(_DOCUMENT, nodes=()), _RAW)[0]
    assert "第 0 个字符“第”" in problem.message


def test_a_clause_whose_text_is_not_at_its_span_is_wrong() -> None:
    first, second = _DOCUMENT.clauses
    assert _codes(replace(_DOCUMENT, clauses=(first, replace(second, text="管好水厂。")))) == {
        "span-wrong"
    }


@pytest.mark.parametrize("name", ["clause_id", "address"])
def test_what_two_clauses_share_is_reported(name: str) -> None:
    first, second = _DOCUMENT.clauses
    same = replace(second, **{name: getattr(first, name)})
    assert _codes(replace(_DOCUMENT, clauses=(first, same))) == {"not-unique"}


def _examined(raw: str) -> CheckUp:
    return examine(parse(raw), Reading(raw))


def test_every_character_of_a_check_up_is_somewhere() -> None:
    raw = f"云河县规划\n目录\n第一章 供水\n第二章 排水\n第一章 供水\n{PROSE}\n第二章 排水\n{PROSE}"
    report = _examined(raw)
    parts = [report.clauses, report.headings, *report.residues.values(), *report.dropped.values()]
    assert (sum(parts), report.lost) == (report.characters, 0)
    assert report.levels == {"chapter": 2}
    assert report.verdict is Verdict.GOOD


def test_a_gap_in_the_outline_is_a_doubt_that_leaves_it_usable() -> None:
    report = _examined(f"第一章 供水\n{PROSE}\n第三章 排水\n{PROSE}")
    assert report.verdict is Verdict.DOUBTS
    assert [doubt.code for doubt in report.doubts] == ["number-gap"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(cid:12)(cid:34)供水管网", "garbled-text"),
        ("锟斤拷供水管网", "garbled-text"),
        ("供水\ue123管网\ufffd", "garbled-text"),
        ("加强管护。第三节 主要任务", "heading-joined"),
        ("2021 年 9 月 前    言", "heading-joined"),
        ("，供水管网覆盖全县", "misplaced-line"),
        ("“保障”改为“巩固”", "editorial-note"),
        ("到20255年全面通水", "odd-year"),
        ("普及率达到9600%", "odd-share"),
        ("投资12.34.5亿元", "odd-number"),
    ],
)
def test_text_that_looks_wrong_is_reported(text: str, code: str) -> None:
    report = _examined(f"第一章 供水\n{PROSE}\n{text}\n{PROSE}")
    assert code in [doubt.code for doubt in report.doubts]


@pytest.mark.parametrize(
    "text",
    ["到2025年普及率达到96.5%。", "见第三章第二节。", "增长120%，投资12.5亿元，2035年建成。"],
)
def test_ordinary_text_is_not_suspected(text: str) -> None:
    assert _examined(f"第一章 供水\n{PROSE}\n{text}\n{PROSE}").doubts == ()


def test_a_text_that_is_mostly_garbage_is_refused() -> None:
    report = _examined("(cid:12)" * 50 + "供水")
    assert report.verdict is Verdict.REFUSED
    assert "乱码" in report.reason


def test_a_text_without_clauses_is_refused() -> None:
    assert _examined("- 3 -").verdict is not Verdict.GOOD


def test_lost_text_is_never_called_usable() -> None:
    raw = f"第一章 供水\n{PROSE}"
    document = parse(raw)
    broken = replace(document, clauses=())
    report = examine(broken, Reading(raw))
    assert report.verdict is Verdict.REFUSED
    assert report.lost == len(PROSE)
