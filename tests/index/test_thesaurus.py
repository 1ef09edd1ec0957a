from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import StoreError
from index.thesaurus import Thesaurus, open_thesaurus

ENTRIES = {
    "看病": ("就医", "诊疗"),
    "助学贷款": ("资助政策",),
    "贷款": ("信贷",),
    "种地": ("农业",),
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("老人看病难，看病贵", ["看病"]),
        ("助学贷款怎么办", ["助学贷款"]),
        ("贷款和助学贷款", ["贷款", "助学贷款"]),
        ("这种地方", []),
        ("在老家种地", ["种地"]),
        ("", []),
    ],
)
def test_entries_begin_where_words_do_and_none_stands_inside_another(
    query: str, found: list[str]
) -> None:
    assert [each.everyday for each in Thesaurus(ENTRIES).expand(query)] == found


def test_an_empty_thesaurus_expands_nothing() -> None:
    assert Thesaurus({}).expand("看病") == []


def test_the_thesaurus_that_ships_is_large_and_reads() -> None:
    shipped = open_thesaurus()
    assert len(shipped.entries) >= 1500
    everyday, official, together = shipped.expand("两不愁三保障是什么")[0]
    assert everyday == "两不愁三保障"
    assert "义务教育" in official
    assert together
    assert all(key not in words for key, words in shipped.entries.items())


@pytest.mark.parametrize(
    ("text", "message"),
    [("看病 就医\n", "第 1 行不成词条"), ("# 医\n看病\t就医\n看病\t诊疗\n", "第 3 行的“看病”")],
)
def test_a_line_that_is_no_entry_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "thesaurus.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=message):
        open_thesaurus(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="读不了词表"):
        open_thesaurus(tmp_path / "none.txt")
