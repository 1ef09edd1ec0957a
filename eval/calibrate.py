"""Fit the model by which answers are refused, and show how far its probabilities hold.

    python -m eval.calibrate --data var

Fitted on dev questions only: seeds-dev and strange-dev (of other subjects) over ../shared/seeds,
abstain-dev and wider-dev-a, -b and -c over documents of ../shared/data (`eval.corpora`); figures
are cross-validated. Writes the weights beside the code, and `abstention.md` and `reliability.svg`
into eval/results/.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api import records
from api.answering.abstain import WEIGHTS
from api.answering.asked import analyse
from api.answering.cover import Cover
from api.answering.evidence import gather
from api.answering.lacks import NAMES, lacks, vector
from api.knowledge_base import KnowledgeBase
from api.settings import load
from corpus.model import Query
from eval import reliability
from eval.corpora import SETS, corpus_of
from eval.metrics import first_ranks, hit_at
from eval.questions import read_questions
from eval.reliability import Row

Vector = NDArray[np.float64]
_OTHERS = ("abstain-dev", "wider-dev-a", "wider-dev-b", "wider-dev-c")
RESULTS = Path(__file__).with_name("results")
_DEPTH = 10
_FOLDS = 10
_SEED = 3
L2 = 0.05  # of .03 to 3 near the best cross-validated log-likelihood, with smaller weights
# Of the answerable questions. On a set that is left out of the fitting a threshold for one in
# twenty refuses 3 to 13 in a hundred, so it is set a little lower.
_MOST_REFUSED = 0.04


def observe(name: str, corpus: Path, data: str) -> list[Row]:
    """Return one row for each question of a set over a corpus."""
    base = KnowledgeBase(load({"corpus": str(corpus), "data": data}))
    cover = Cover(base.index.bm25)
    rows = []
    for question in read_questions(SETS / f"{name}.jsonl", base.documents):
        hits = base.search(Query(question.question, _DEPTH))
        asked = analyse(question.question, base.homes)
        evidence = gather(asked, hits, cover, base.documents)
        features = tuple(vector(lacks(asked, evidence, hits, cover)))
        shown = [records.hit(hit, base.cite) for hit in hits]
        ranks = first_ranks(shown, [asdict(gold) for gold in question.gold])
        held = hit_at(ranks, 5, question.gold_mode)
        rows.append(Row(name, features, bool(question.gold), held, tuple(question.groups)))
    return rows


def fit(features: Vector, labels: Vector, l2: float = L2) -> Vector:
    """Return bias and weights of a logistic regression by Newton's method, shape (1 + features,).

    The penalty is l2 / 2 times the squared weights, the bias left out.
    """
    design = np.column_stack([np.ones(len(features)), features])
    penalty = np.eye(design.shape[1]) * l2
    penalty[0, 0] = 1e-6  # keeps the system solvable
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        guess = _logistic(design @ weights)
        slope = design.T @ (labels - guess) - penalty @ weights
        curve = (design * (guess * (1 - guess))[:, None]).T @ design + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _logistic(odds: Vector) -> Vector:
    return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


def cross_validated(features: Vector, labels: Vector) -> Vector:
    """Return for each row the probability by a model fitted without the row's tenth."""
    folds = np.random.default_rng(_SEED).integers(0, _FOLDS, len(features))
    guesses = np.zeros(len(features))
    for fold in range(_FOLDS):
        out = folds == fold
        weights = fit(features[~out], labels[~out])
        guesses[out] = _logistic(np.column_stack([np.ones(out.sum()), features[out]]) @ weights)
    return guesses


def threshold(guesses: Vector, answerable: NDArray[np.bool_]) -> float:
    """Return the largest threshold, in thousandths, that refuses few enough answerable ones.

    That is at most `_MOST_REFUSED` of them; what lies at the threshold is answered.
    """
    at = np.quantile(guesses[answerable], _MOST_REFUSED, method="lower")
    return float(np.floor(at * 1000) / 1000)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="校准拒答：在 dev 问题上拟合并检验")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="参考资料")
    parser.add_argument("--data", default="var", help="索引所在的文件夹")
    parser.add_argument("--label", choices=("found", "answerable"), default="found")
    options = parser.parse_args()
    rows = [
        row
        for name in ("seeds-dev", "strange-dev")
        for row in observe(name, options.shared / "seeds", options.data)
    ]
    for name in _OTHERS:
        corpus = corpus_of(name, options.shared, Path(options.data))
        rows += observe(name, corpus, options.data)
    features = np.array([row.features for row in rows])
    labels = np.array([getattr(row, options.label) for row in rows], np.float64)
    weights = fit(features, labels)
    guesses = cross_validated(features, labels)
    limit = threshold(guesses, np.array([row.answerable for row in rows]))
    stored = {
        "bias": round(float(weights[0]), 4),
        "weights": {n: round(float(w), 4) for n, w in zip(NAMES, weights[1:], strict=True)},
        "threshold": limit,
    }
    WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    report = reliability.report(rows, guesses, labels, stored)
    (RESULTS / "abstention.md").write_text(report, encoding="utf-8")
    (RESULTS / "reliability.svg").write_text(reliability.plot(guesses, labels), encoding="utf-8")


if __name__ == "__main__":
    main()
