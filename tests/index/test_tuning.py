from __future__ import annotations

import random

import pytest
import torch

from index import tuning
from index.training_data import Pairs


def _texts(tokens: list[list[list[float]]], mask: list[list[int]]) -> tuning.Texts:
    vectors = torch.tensor(tokens)
    return tuning.Texts(vectors.mean(1), vectors, torch.tensor(mask, dtype=torch.float32))


def test_a_change_begins_at_nothing() -> None:
    base = torch.nn.Linear(6, 4)
    x = torch.randn(3, 6)
    assert torch.equal(tuning.Change(base)(x), base(x))


def test_maxsim_is_the_mean_of_the_best_and_leaves_out_prompt_and_padding() -> None:
    prompt = [[1.0, 0.0]] * 3
    query = _texts([[*prompt, [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]], [[1, 1, 1, 1, 1, 0]])
    passage = _texts([[[0.6, 0.8], [0.0, 1.0], [1.0, 0.0]]], [[1, 1, 0]])
    assert tuning.maxsim(query, passage).item() == pytest.approx((0.6 + 1.0) / 2)


def test_the_loss_falls_where_each_question_is_nearest_to_its_clause() -> None:
    here, there = [[1.0, 0.0]] * 4, [[0.0, 1.0]] * 4
    mask = [[1] * 4] * 2
    right = tuning.loss(_texts([here, there], mask), _texts([here, there], mask))
    wrong = tuning.loss(_texts([here, there], mask), _texts([there, here], mask))
    assert right < 0.01 < wrong


def test_a_batch_holds_no_clause_twice_and_one_field() -> None:
    fields = {
        name: [Pairs(f"{name}{n}", tuple(f"{name}{n}?{k}" for k in range(3))) for n in range(100)]
        for name in "甲乙"
    }
    made = list(tuning.batches(fields, random.Random(0)))
    assert len(made) > 8
    for batch in made:
        clauses = [clause for clause, _ in batch]
        assert len(set(clauses)) == len(clauses) >= tuning.BATCH // 2
        assert len({clause[0] for clause in clauses}) == 1
        assert all(question.startswith(clause) for clause, question in batch)
    assert len({pair for batch in made for pair in batch}) == sum(map(len, made))
