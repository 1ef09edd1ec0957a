from __future__ import annotations

import numpy as np

from eval import fusion
from eval.fusion import SIGNALS, Case


def _cases(telling: int) -> list[Case]:
    """Cases in which one signal tells the gold apart and the others are noise."""
    rng = np.random.default_rng(1)
    cases = []
    for _ in range(40):
        features = rng.random((20, len(SIGNALS)))
        features[7, telling] = 3
        cases.append(Case(features, (np.array([7]),), "any"))
    return cases


def test_the_signal_that_tells_gets_the_weight() -> None:
    for telling in range(len(SIGNALS)):
        weights = fusion.fit(_cases(telling))
        assert weights.argmax() == telling
        assert (weights >= 0).all()


def test_cross_validation_finds_what_can_be_learnt() -> None:
    assert fusion.cross_validated(_cases(1)) == {"hit@1": 1.0, "hit@5": 1.0, "hit@10": 1.0}


def test_each_source_counts_with_as_many_questions() -> None:
    many, few = _cases(0), _cases(1)[:5]
    drawn = fusion.balanced([many, few])
    assert len(drawn) == 10
    assert sum(any(each is one for one in few) for each in drawn) == 5


def test_a_gold_group_counts_by_its_best_clause() -> None:
    features = np.zeros((3, len(SIGNALS)))
    features[:, 0] = [3, 2, 1]
    both = Case(features, (np.array([0]), np.array([1, 2])), "all")
    assert fusion.hits(both, np.array([1.0, 0, 0, 0])) == {1: False, 5: True, 10: True}
