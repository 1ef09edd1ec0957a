from __future__ import annotations

from eval import columns
from eval.columns import Found
from eval.questions import Gold, Question
from index.training_data import Collection


def question(name: str, kind: str, *anchors: str, mode: str = "any") -> Question:
    gold = tuple(Gold("d", "", anchor, group) for group, anchor in enumerate(anchors))
    return Question(name, name, kind, gold, mode, "", "text", ())


QUESTIONS = [
    question("甲", "colloquial", "一个"),
    question("乙", "compare", "一个", "三个", mode="all"),
    question("丙", "unanswerable"),
]
FOUND = [Found("e", "一个"), Found("d", "有 一\n个"), Found("d", "两个"), Found("d", "三个")]


def test_a_hit_needs_the_document_and_the_anchor_blanks_aside() -> None:
    row = columns.on_set(lambda _: FOUND, QUESTIONS, lambda *_: None)
    assert row["hit@1"] == 0
    assert row["hit@5"] == 1


def test_groups_have_columns_and_absent_ones_have_none() -> None:
    row = columns.on_set(lambda _: FOUND[:3], QUESTIONS, lambda *_: None)
    assert row["口语 hit@5"] == 1
    assert row["比较@10"] == 0
    assert "先例 hit@5" not in row
    assert row[columns.CHARACTERS] == 2 + 5 + 2


def test_collections_are_measured_by_recall() -> None:
    collection = Collection({}, {"q": "问", "r": "题"}, {"q": {"a", "b"}, "r": {"c"}})
    row = columns.on_collection(lambda _q, _n: ["a", "c"], collection, "all", lambda *_: None)
    assert row == {"R@10": 0.75, "R@100": 0.75}


def test_a_table_shows_what_was_not_measured() -> None:
    lines = columns.markdown(["x", "y"], {"甲": {"x": 0.5}, "乙": {"y": 12.4}}, digits={"y": 0})
    assert lines == ["| 做法 | x | y |", "|---|---:|---:|", "| 甲 | 0.500 | — |", "| 乙 | — | 12 |"]
