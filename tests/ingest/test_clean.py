from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.clean import clean
from tests.strategies import TEXTS

_PAGE_SIGNS = "（作者单位：云河县农校）\n本版责编：王小红\n"
_HALF = "三年里，村里修通了四条支渠，接上了水管的农户越来"
_REST = "越多，山坡上的茶园也用上了滴灌。"
_FRAGMENTS = st.sampled_from(
    [
        _HALF,
        _REST,
        _PAGE_SIGNS,
        "\n",
        "\n\n",
        "[bookmark:",
        " _Toc1]",
        "\u200b",
        "\ufeff",
        "茶。",
        "，",
    ]
)
_CLEANED = st.one_of(TEXTS, st.lists(_FRAGMENTS, max_size=12).map("".join), st.text())
_MANY = settings(max_examples=200, deadline=None)


@_MANY
@given(_CLEANED)
@example(f"{_PAGE_SIGNS}{_HALF}[bookmark: 越\n]{_REST}\n")
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw).text
    assert clean(once).text == once


@_MANY
@given(_CLEANED)
def test_each_raw_character_is_kept_or_dropped_exactly_once(raw: str) -> None:
    cleaned = clean(raw)
    kept = [
        at for _, start, length in cleaned.offsets.pieces for at in range(start, start + length)
    ]
    dropped = [at for each in cleaned.dropped for at in range(each.start, each.end)]
    assert sorted(kept + dropped) == list(range(len(raw)))


@_MANY
@given(_CLEANED)
def test_each_cleaned_character_leads_back_to_an_equal_one(raw: str) -> None:
    cleaned = clean(raw)
    assert "".join(raw[cleaned.offsets.raw(at)] for at in range(len(cleaned.text))) == cleaned.text


def _dropped(raw: str) -> list[tuple[str, str]]:
    return [(each.kind, raw[each.start : each.end]) for each in clean(raw).dropped]


def test_bookmarks_go_before_a_heading_and_inside_a_paragraph() -> None:
    raw = "[bookmark: _Toc8][bookmark: _Toc9]第一章 供水\n修好[bookmark: _Ref1]水渠。"
    assert clean(raw).text == "第一章 供水\n修好水渠。"
    assert _dropped(raw) == [
        ("bookmark", "[bookmark: _Toc8]"),
        ("bookmark", "[bookmark: _Toc9]"),
        ("bookmark", "[bookmark: _Ref1]"),
    ]


def test_a_bracket_that_is_no_bookmark_stays() -> None:
    assert clean("[书签] 修渠 [bookmark: 没有结尾\n]").dropped == ()


def test_a_bookmark_inside_a_bookmark_goes_in_turn() -> None:
    assert clean("修[bookmark: [bookmark: _Toc1]渠").text == "修渠"
    assert clean("修[book\u200bmark: _Toc1]渠").text == "修渠"


def test_characters_that_nobody_sees_go() -> None:
    raw = "\ufeff供\u200b水\u00ad规\x00划\u202e\t\u2066表\n"
    assert clean(raw).text == "供水规划\t表\n"
    assert {kind for kind, _ in _dropped(raw)} == {"control"}


def test_a_text_without_residue_stays_whole() -> None:
    cleaned = clean("修渠。\n")
    assert (cleaned.text, cleaned.offsets.pieces, cleaned.dropped) == ("修渠。\n", ((0, 0, 4),), ())


def test_an_empty_text_has_no_pieces() -> None:
    assert clean("").offsets.pieces == ()


def test_a_column_end_inside_a_sentence_is_joined_on_a_newspaper_page() -> None:
    raw = f"{_HALF}\n\n{_REST}\n{_PAGE_SIGNS}"
    assert _HALF + _REST in clean(raw).text
    assert _dropped(raw) == [("break", "\n\n")]


def test_a_line_end_inside_a_sentence_stays_in_any_other_text() -> None:
    raw = f"{_HALF}\n{_REST}\n本版责编：王小红\n"
    assert clean(raw).text == raw


def test_nothing_is_joined_to_a_caption() -> None:
    caption = "云河县茶园村，采茶时节山坡上一片忙碌。李明 摄"
    raw = f"{_HALF}\n{caption}\n{_REST}\n{_PAGE_SIGNS}"
    assert clean(raw).text == raw


def test_nothing_is_joined_to_a_heading() -> None:
    raw = f"{_HALF}\n水到山顶不容易\n{_REST}\n{_PAGE_SIGNS}"
    assert clean(raw).text == raw


def test_a_finished_sentence_is_not_joined_to_the_next_paragraph() -> None:
    raw = f"{_REST}\n{_HALF}多。\n{_PAGE_SIGNS}"
    assert clean(raw).text == raw


def test_a_sentence_over_three_columns_is_joined_twice() -> None:
    raw = f"{_HALF}\n{_HALF}\n{_REST}\n{_PAGE_SIGNS}"
    assert _HALF + _HALF + _REST in clean(raw).text
