from __future__ import annotations

import pytest

from eval.metrics import (
    best_sentence,
    character_f1,
    first_ranks,
    hit_at,
    reciprocal_rank,
    same_figure,
)
from eval.run import auroc

HITS = [
    {"rank": 1, "doc_id": "a", "text": "建设老年\n食堂六个"},
    {"rank": 2, "doc_id": "b", "text": "建设老年食堂两个"},
]


def test_a_hit_needs_the_document_and_the_anchor() -> None:
    assert first_ranks(HITS, [{"doc": "b", "anchor": "老年食堂", "group": 0}]) == [2]
    assert first_ranks(HITS, [{"doc": "a", "anchor": "老年食堂", "group": 0}]) == [1]
    assert first_ranks(HITS, [{"doc": "a", "anchor": "两个", "group": 0}]) == [0]


def test_all_needs_one_gold_of_each_group() -> None:
    gold = [
        {"doc": "a", "anchor": "六个", "group": 0},
        {"doc": "b", "anchor": "两个", "group": 1},
    ]
    ranks = first_ranks(HITS, gold)
    assert ranks == [1, 2]
    assert hit_at(ranks, 1, "any")
    assert not hit_at(ranks, 1, "all")
    assert hit_at(ranks, 2, "all")


def test_reciprocal_rank_is_that_of_the_first_gold() -> None:
    assert reciprocal_rank([0, 4, 2]) == pytest.approx(1 / 2)
    assert reciprocal_rank([0]) == 0


@pytest.mark.parametrize(
    ("marked", "answer", "same"),
    [
        (["30个"], "30个", True),
        (["12.5万亩"], "12.5万亩以上", True),
        (["5万亩"], "12.5万亩", False),
        (["0个"], "30个", False),
        ([], "30个", False),
        (["12.54 万人"], "125400人", True),
        (["80%"], "百分之八十", True),
        (["86人"], "挂职干部86名，项目276个", True),
        (["2.75:1"], "2.75:1左右", True),
        (["2025年"], "2025年底", True),
        (["75万亩"], "正文75万亩；专栏8为85万亩", True),
        (["5公里"], "5米", False),
        (["30个", "3个"], "30个", False),
        (["12345"], "12317、12345", True),
    ],
)
def test_a_figure_counts_only_whole(marked: list[str], answer: str, same: bool) -> None:
    assert same_figure(marked, answer) is same


def test_character_f1_counts_each_character_as_often_as_both_have_it() -> None:
    # shared 水 渠 条 = 3; precision 3/5, recall 3/4; 2 * .6 * .75 / 1.35
    assert character_f1("修水渠三条。", "水渠五条") == 0.667
    assert character_f1("茶茶", "茶") == 0.667
    assert character_f1("茶园", "茶园！") == 1
    assert character_f1("", "茶") == character_f1("甲", "乙") == 0


def test_the_best_sentence_of_a_clause_holds_most_of_the_answer() -> None:
    clause = "先修路。由水务局牵头，年底完成。由水务局牵头。"
    assert best_sentence(clause, "水务局") == "由水务局牵头。"
    assert best_sentence("", "水务局") == ""


def test_auroc_counts_pairs_and_halves_ties() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.2, 0.6], [0.4]) == 0.5
