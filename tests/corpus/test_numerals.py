from __future__ import annotations

import pytest

from corpus.numerals import LARGEST, to_chinese, to_int


def test_every_number_that_headings_use_reads_back() -> None:
    assert [to_int(to_chinese(n)) for n in range(LARGEST + 1)] == list(range(LARGEST + 1))


def test_no_two_numbers_are_written_alike() -> None:
    assert len({to_chinese(n) for n in range(LARGEST + 1)}) == LARGEST + 1


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (1260, "一千二百六十"),
        (9999, "九千九百九十九"),
    ],
)
def test_numerals_are_written_as_headings_write_them(number: int, written: str) -> None:
    assert to_chinese(number) == written


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        ("007", 7),
        ("１２", 12),
        (" 3 ", 3),
        ("③", 3),
        ("〇", 0),
        ("二〇二一", 2021),
        ("一二", 12),
        ("两百", 200),
        ("廿三", 23),
        ("卅", 30),
        ("一百一", 101),
        ("百二十", 120),
        ("一百〇三", 103),
    ],
)
def test_typed_forms_are_read(typed: str, number: int) -> None:
    assert to_int(typed) == number


@pytest.mark.parametrize("text", ["", " ", "甲", "第三", "三章", "3a", "-1", "1.5", "一,二"])
def test_what_is_no_numeral_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="不是数字") as refusal:
        to_int(text)
    assert repr(text) in str(refusal.value)


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_a_number_that_no_heading_has_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"{number}"):
        to_chinese(number)


@pytest.mark.parametrize("text", ["九十十", "一百千", "十百"])
def test_units_that_do_not_fall_make_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        to_int(text)
