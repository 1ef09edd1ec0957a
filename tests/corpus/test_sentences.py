from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentences

_TEXTS = st.one_of(st.text(), st.text(st.sampled_from("水电。！？!?”’」）)》；\n 　")))


@given(_TEXTS)
def test_each_character_that_is_no_blank_is_in_exactly_one_sentence(text: str) -> None:
    covered = [at for start, end in sentences(text) for at in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {at for at, char in enumerate(text) if not char.isspace()} <= set(covered)


@given(_TEXTS)
def test_sentences_come_in_order_and_without_blanks_at_their_ends(text: str) -> None:
    found = sentences(text)
    assert found == sorted(found)
    assert all(text[a:b] and text[a:b] == text[a:b].strip() for a, b in found)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("修好水渠。管好水库！", ["修好水渠。", "管好水库！"]),
        ("他说：“渠通了。”大家点头。", ["他说：“渠通了。”", "大家点头。"]),
        ("通水了（含支渠。）村里用上了。", ["通水了（含支渠。）", "村里用上了。"]),
        ("修渠；建库；打井。", ["修渠；建库；打井。"]),
        ("修渠\n建库", ["修渠", "建库"]),
        ("增长3.5倍。  下一句", ["增长3.5倍。", "下一句"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_prose_is_cut_after_its_closing_marks(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == parts
