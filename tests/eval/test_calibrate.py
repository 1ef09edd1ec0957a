from __future__ import annotations

import numpy as np
import pytest

from api.answering import abstain, lacks
from eval import calibrate, reliability


def test_a_logistic_regression_finds_the_odds_of_a_table() -> None:
    # 3 of 4 true with the feature, 1 of 4 without: odds 3 and 1/3
    features = np.array([[1.0]] * 4 + [[0.0]] * 4)
    labels = np.array([1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0])
    bias, weight = calibrate.fit(features, labels, l2=1e-9)
    assert bias == pytest.approx(np.log(1 / 3), abs=1e-4)
    assert weight == pytest.approx(np.log(9), abs=1e-4)


def test_a_penalty_shrinks_the_weights() -> None:
    features, labels = np.array([[1.0], [0.0]] * 20), np.array([1.0, 0.0] * 20)
    loose, tight = (abs(calibrate.fit(features, labels, l2)[1]) for l2 in (0.1, 10.0))
    assert tight < loose


def test_a_row_is_judged_by_a_model_that_has_not_seen_it() -> None:
    features = np.array([[float(at % 2)] for at in range(40)])
    labels = features[:, 0].copy()
    guesses = calibrate.cross_validated(features, labels)
    assert np.all((guesses > 0.5) == (labels > 0.5))
    assert np.array_equal(guesses, calibrate.cross_validated(features, labels))


def test_the_threshold_refuses_at_most_one_answerable_in_twenty() -> None:
    guesses = np.linspace(0.01, 1.0, 100)
    answerable = np.ones(100, np.bool_)
    limit = calibrate.threshold(guesses, answerable)
    assert 0.03 <= (guesses < limit).mean() <= 0.05


def test_what_ships_has_a_weight_for_every_feature_and_none_rewards_a_lack() -> None:
    model = abstain.shipped()
    assert set(model.weights) == set(lacks.NAMES)
    assert all(weight <= 0 for weight in model.weights.values())
    assert 0 < model.threshold < 1


def test_bins_tell_how_far_probabilities_hold() -> None:
    guesses, labels = np.array([0.91, 0.93, 0.11, 0.13]), np.array([1.0, 0.0, 0.0, 0.0])
    assert reliability.bins(guesses, labels) == [(2, 0.12, 0.0), (2, 0.92, 0.5)]
    assert reliability.error(guesses, labels) == pytest.approx((0.12 + 0.42) / 2)
    assert reliability.plot(guesses, labels).count("<circle") == 2
