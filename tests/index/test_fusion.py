from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.base import Scored
from index.fusion import Fused, learnt_weights, linear_fusion, reciprocal_rank_fusion

Rankings = dict[str, list[Scored]]
CLAUSE_IDS = st.sampled_from([f"plan/ch{chapter}/p{place}" for chapter in "123" for place in "12"])
RANKINGS = st.dictionaries(
    st.sampled_from(["bm25", "dense", "late", "thesaurus"]),
    st.lists(st.builds(Scored, CLAUSE_IDS, st.floats(-9, 9)), unique_by=lambda hit: hit.clause_id),
)


def test_the_sum_spelled_out_by_hand() -> None:
    bm25 = [Scored("a", 12.5), Scored("b", 7.0), Scored("c", 1.5)]
    dense = [Scored("c", 0.83), Scored("a", 0.80)]
    assert reciprocal_rank_fusion({"bm25": bm25, "dense": dense}) == [
        Fused("a", pytest.approx(1 / 61 + 1 / 62), {"bm25": 12.5, "dense": 0.80}),
        Fused("c", pytest.approx(1 / 63 + 1 / 61), {"bm25": 1.5, "dense": 0.83}),
        Fused("b", pytest.approx(1 / 62), {"bm25": 7.0}),
    ]


def test_k_and_weights_enter_as_the_docstring_says() -> None:
    rankings = {"bm25": [Scored("a", 2.0), Scored("b", 1.0)], "thesaurus": [Scored("b", 5.0)]}
    fused = reciprocal_rank_fusion(rankings, k=0, weights={"thesaurus": 0.3})
    assert fused == [
        Fused("a", pytest.approx(1 / 1), {"bm25": 2.0}),
        Fused("b", pytest.approx(1 / 2 + 0.3 / 1), {"bm25": 1.0, "thesaurus": 5.0}),
    ]


def test_a_tie_goes_to_the_smaller_clause_id() -> None:
    fused = reciprocal_rank_fusion({"bm25": [Scored("b", 3.0)], "dense": [Scored("a", 0.1)]})
    assert [one.clause_id for one in fused] == ["a", "b"]


def test_of_a_clause_that_stands_twice_the_first_place_counts() -> None:
    fused = reciprocal_rank_fusion({"bm25": [Scored("a", 3.0), Scored("a", 2.0)]})
    assert fused == [Fused("a", pytest.approx(1 / 61), {"bm25": 3.0})]


def test_nothing_fused_is_nothing() -> None:
    assert reciprocal_rank_fusion({}) == []
    assert reciprocal_rank_fusion({"bm25": [], "dense": []}) == []


@given(RANKINGS, st.randoms())
def test_the_order_of_the_lists_does_not_matter(rankings: Rankings, random: Random) -> None:
    shuffled = list(rankings.items())
    random.shuffle(shuffled)
    assert reciprocal_rank_fusion(dict(shuffled)) == reciprocal_rank_fusion(rankings)


@given(RANKINGS)
def test_every_clause_comes_once_with_the_scores_that_it_had(rankings: Rankings) -> None:
    fused = reciprocal_rank_fusion(rankings)
    given_ids = {hit.clause_id for ranking in rankings.values() for hit in ranking}
    assert sorted(one.clause_id for one in fused) == sorted(given_ids)
    for one in fused:
        assert one.sources == {
            name: hit.score
            for name, ranking in rankings.items()
            for hit in ranking
            if hit.clause_id == one.clause_id
        }


@given(RANKINGS)
def test_better_ones_come_first(rankings: Rankings) -> None:
    fused = reciprocal_rank_fusion(rankings)
    assert fused == sorted(fused, key=lambda one: (-one.score, one.clause_id))


def test_meaning_counts_by_what_words_leave_open() -> None:
    signals = {"words": np.array([0.5, 0.0]), "late": np.array([0.2, 0.6])}
    weights = {"words": 2.0, "late": 10.0}
    assert linear_fusion(signals, 0.5, weights).tolist() == pytest.approx([2.0, 3.0])
    assert linear_fusion(signals, 1.0, weights).tolist() == pytest.approx([1.0, 0.0])


def test_a_signal_without_a_weight_counts_nothing() -> None:
    signals = {"words": np.array([0.5]), "other": np.array([9.0])}
    assert linear_fusion(signals, 0.5, {"words": 1.0, "absent": 3.0}).tolist() == [0.5]


def test_the_weights_that_ship_are_of_known_signals() -> None:
    assert set(learnt_weights()) <= {"words", "thesaurus", "dense", "late"}
    assert all(weight >= 0 for weight in learnt_weights().values())
