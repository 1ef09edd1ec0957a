from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import split_lines, usual_gap
from tests.strategies import TEXTS


@given(st.one_of(TEXTS, st.text(st.sampled_from("供水（一）。；|｜ 　\t\n2"))))
def test_each_character_that_is_no_blank_is_in_one_line_or_mark(text: str) -> None:
    lines, marks = split_lines(text)
    covered = [at for each in [*lines, *marks] for at in range(each.start, each.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, char in enumerate(text) if not char.isspace()} <= set(covered)


@given(TEXTS)
def test_each_line_holds_the_text_of_its_span_without_blanks_at_its_ends(text: str) -> None:
    for line in split_lines(text)[0]:
        assert line.text == text[line.start : line.end] == line.text.strip() != ""


def _texts(text: str) -> list[str]:
    return [line.text for line in split_lines(text)[0]]


def test_a_flattened_cell_becomes_the_lines_that_it_had() -> None:
    cell = "（一）水库除险。 加固水库2座。 （二）灌区改造：新修支渠 村道硬化 |"
    assert _texts(cell) == [
        "（一）水库除险。",
        "加固水库2座。",
        "（二）灌区改造：新修支渠",
        "村道硬化",
    ]


def test_the_bar_of_a_cell_is_a_mark_and_no_text() -> None:
    lines, marks = split_lines("新修支渠 |\n管好水库")
    assert [(each.kind, each.start, each.end) for each in marks] == [("mark", 5, 6)]
    assert [line.cell for line in lines] == [True, False]


@pytest.mark.parametrize("text", ["2025 年完工 |", "带宽100 Mbps |", "按 GB 标准 |"])
def test_a_blank_beside_figures_or_latin_does_not_part_a_cell(text: str) -> None:
    assert len(_texts(text)) == 1


def test_a_blank_parts_no_line_outside_a_cell() -> None:
    assert _texts("水库除险。 加固水库2座。") == ["水库除险。 加固水库2座。"]


def test_only_the_last_line_of_a_cell_ends_it() -> None:
    lines, _ = split_lines("水库除险。 加固水库。 |")
    assert [line.last for line in lines] == [False, True]


def test_a_line_knows_the_blank_lines_before_it() -> None:
    lines, _ = split_lines("修渠\n建库\n\n \n打井\n")
    assert [line.gap for line in lines] == [0, 0, 2]


@pytest.mark.parametrize(
    ("text", "gap"), [("", 0), ("修渠", 0), ("甲\n\n乙\n\n丙\n丁", 1), ("甲\n乙\n\n丙", 0)]
)
def test_the_usual_gap_is_the_commonest_and_of_two_the_smaller(text: str, gap: int) -> None:
    assert usual_gap(split_lines(text)[0]) == gap
