from __future__ import annotations

import numpy as np
import pytest

from index import late as module
from index.base import Passage
from index.encoder import UNIT, Encoder
from index.late import LateIndex
from tests.index.letters import PASSAGES, LetterEncoder

QUERY = "乡镇卫生院的全科医生"


@pytest.fixture
def late() -> LateIndex:
    return LateIndex.build(PASSAGES, LetterEncoder())


def _maxsim(query: str, text: str) -> float:
    """MaxSim as the paper writes it, spelt out: the mean over the query's tokens of the largest
    product with any token of the text.
    """
    letters = LetterEncoder()
    ours, theirs = (letters.encode_queries([each]).tokens / UNIT for each in (query, text))
    total = 0.0
    for token in ours:
        total += max(float(token @ other) for other in theirs)
    return total / len(ours)


def test_the_score_is_maxsim(late: LateIndex) -> None:
    texts = {passage.clause_id: passage.text for passage in PASSAGES}
    for hit in late.search(QUERY, 4):
        assert hit.score == pytest.approx(_maxsim(QUERY, texts[hit.clause_id]), abs=1e-6)


def test_a_long_clause_scores_as_its_best_part() -> None:
    parts = [letter * 300 + "。" for letter in "甲乙"]
    late = LateIndex.build([Passage("long", (), "".join(parts))], LetterEncoder())
    [hit] = late.search("乙乙", 1)
    assert hit.score == pytest.approx(_maxsim("乙乙", parts[1]), abs=1e-6)


def test_scores_are_those_of_the_clauses_asked_for(late: LateIndex) -> None:
    query = late.texts.encoder.encode_queries([QUERY])
    everything = late.scores(query, np.arange(4))
    assert late.scores(query, np.array([3, 1])).tolist() == everything[[3, 1]].tolist()
    assert late.scores(query, np.empty(0, np.intp)).shape == (0,)


@pytest.mark.parametrize("chunk", [1, 40, 100])
def test_the_size_of_the_chunks_does_not_matter(
    late: LateIndex, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = late.search(QUERY, 4)
    monkeypatch.setattr(module, "_CHUNK", chunk)
    assert late.search(QUERY, 4) == expected


def test_a_clause_scores_the_same_whatever_stands_beside_it(late: LateIndex) -> None:
    query = late.texts.encoder.encode_queries([QUERY])
    alone = [late.scores(query, np.array([place]))[0] for place in range(4)]
    assert late.scores(query, np.arange(4)).tolist() == alone


def test_a_query_without_tokens_fits_nothing(late: LateIndex) -> None:
    query = late.texts.encoder.encode_queries([QUERY])
    empty = query._replace(tokens=query.tokens[:0])
    assert late.scores(empty, np.arange(4)).tolist() == [-1] * 4


def test_everyday_words_find_the_official_ones(encoder: Encoder) -> None:
    late = LateIndex.build(PASSAGES, encoder)
    assert late.search("娃娃上学前班好不好进", 1)[0].clause_id == "plan/p3"
    assert late.search("去医院方便吗", 1)[0].clause_id == "plan/p1"
