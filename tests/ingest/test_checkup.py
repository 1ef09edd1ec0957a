from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Document, OffsetMap, Residue
from ingest.checkup import check
from ingest.pipeline import parse

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
