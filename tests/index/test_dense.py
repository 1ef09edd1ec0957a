from __future__ import annotations

import pytest

from index.base import Passage, Scored
from index.dense import DenseIndex
from index.encoded import LONG
from index.encoder import Encoder
from tests.index.letters import PASSAGES, LetterEncoder

TEXTS = {passage.clause_id: passage.text for passage in PASSAGES}


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def dense(letters: LetterEncoder) -> DenseIndex:
    return DenseIndex.build(PASSAGES, letters)


def ids(hits: list[Scored]) -> list[str]:
    return [hit.clause_id for hit in hits]


def test_scores_are_cosines_and_fall(dense: DenseIndex, letters: LetterEncoder) -> None:
    hits = dense.search("卫生院的医生", 4)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    query = letters.encode_queries(["卫生院的医生"]).vectors
    for hit in hits:
        cosine = query @ letters.encode_queries([TEXTS[hit.clause_id]]).vectors.T
        assert hit.score == pytest.approx(float(cosine[0, 0]), abs=1e-6)


def test_equal_clauses_score_equally_and_stand_by_clause_id(dense: DenseIndex) -> None:
    first, second = dense.search("养护公路", 2)
    assert (first.clause_id, second.clause_id) == ("plan/p2", "plan/p4")
    assert first.score == second.score


def test_an_empty_query_finds_nothing(dense: DenseIndex) -> None:
    assert dense.search(" \n", 4) == []


def test_a_long_clause_scores_as_its_best_part(letters: LetterEncoder) -> None:
    road = "修建通村公路并落实养护责任，" * (LONG // 16) + "如期完工。"
    other = "扩建中心幼儿园并补充专任教师，" * (LONG // 16) + "如期招生。"
    index = DenseIndex.build([Passage("long", (), road + other)], letters)
    query = letters.encode_queries(["幼儿园教师"]).vectors
    best = query @ letters.encode_queries([road, other]).vectors.T
    [hit] = index.search("幼儿园教师", 5)
    assert hit.clause_id == "long"
    assert hit.score == pytest.approx(float(best.max()), abs=1e-6)


def test_everyday_words_find_the_official_ones(encoder: Encoder) -> None:
    index = DenseIndex.build(PASSAGES, encoder)
    assert ids(index.search("娃娃上学前班好不好进", 1)) == ["plan/p3"]
    assert ids(index.search("去医院方便吗", 1)) == ["plan/p1"]
