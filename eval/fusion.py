r"""Learns the weights of `index.fusion` from a question set.

    python -m eval.fusion --set eval/sets/seeds-dev.jsonl --corpus ../shared/seeds \
        --collection ../shared/data/guangan_policy --collection ../shared/data/stard_laws

Of collections (see `index.training_data`) only the tuning half is learnt from; each source counts
with as many questions as the smallest has.

The model is a softmax over the clauses of one question (ListNet, Cao et al. 2007, of the top one)
whose only parameters are one weight a signal, none below zero. It is shown what it would find for
questions it has not seen (cross-validation), then fitted on all and written to `index/fusion.json`.
Never run it on a set that is reported on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from corpus.model import Clause
from eval.metrics import hit_at
from eval.passages import open_collection
from eval.questions import Question, read_questions
from index.encoder import open_encoder
from index.fusion import LEARNT, Fused, features
from index.hybrid import HybridIndex
from index.training_data import halves

SIGNALS = ("words", "late", "dense", "thesaurus")
RIDGE = 1e-3  # of the squared weights, each signal scaled by `_SCALES`
FOLDS = 8
_SCALES = np.array([5.0, 10.0, 10.0, 1.0])  # so that weights of about 1 are reasonable
_CUTS = (1, 5, 10)
_DRAWN = 10_000  # passages of a collection, all that answer among them
_PROPOSED = 600  # passages that are ranked for a question


class Case(NamedTuple):
    """A question: the features of every clause, shape (clauses, signals), and its gold groups."""

    features: NDArray[np.float64]
    gold: tuple[NDArray[np.intp], ...]
    mode: str


def case(base: KnowledgeBase, question: Question) -> Case | None:
    """Return the case of a question, None for one that has no gold."""
    clauses = [clause for document in base.documents.values() for clause in document.clauses]
    found = _found(base.index, question.question, len(clauses))
    by_id = {one.clause_id: row for row, one in enumerate(found)}
    groups = sorted({gold.group for gold in question.gold})
    gold = tuple(
        np.array([by_id[c.clause_id] for c in clauses if _is_gold(question, group, c, by_id)])
        for group in groups
    )
    if not gold or not all(map(len, gold)):
        return None
    return Case(_matrix(found), gold, question.gold_mode)


def collection_cases(folder: Path, data: Path) -> list[Case]:
    """Return the cases of the tuning half of a collection, those with no gold proposed left out."""
    opened = open_collection(folder, data, open_encoder(), _DRAWN, lambda *_: None)
    relevant = opened.collection.relevant
    cases = []
    for question in halves(relevant)[0]:
        found = _found(opened.index, opened.collection.questions[question], _PROPOSED)
        rows = [row for row, one in enumerate(found) if one.clause_id in relevant[question]]
        if rows:
            cases.append(Case(_matrix(found), (np.array(rows),), "any"))
    return cases


def balanced(sources: Sequence[Sequence[Case]]) -> list[Case]:
    """Return as many cases of each source as the smallest has, drawn with a fixed seed."""
    rng, size = np.random.default_rng(0), min(map(len, sources))
    return [cases[at] for cases in sources for at in sorted(rng.permutation(len(cases))[:size])]


def _found(index: HybridIndex, question: str, depth: int) -> list[Fused]:
    return index.search(question, depth, weights=dict.fromkeys(SIGNALS, 1.0))


def _matrix(found: Sequence[Fused]) -> NDArray[np.float64]:
    """Return the scaled features of the clauses found, shape (clauses, signals)."""
    signals = {name: np.array([one.sources[name] for one in found]) for name in SIGNALS}
    weighed = features(signals, float(signals["words"].max(initial=0)))
    return np.asarray(np.stack([weighed[name] for name in SIGNALS], axis=1) * _SCALES, np.float64)


def fit(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Return the weights of the scaled signals that make the gold of all cases likeliest."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for each in cases:
            scores = each.features @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            for rows in each.gold:
                right = chance[rows].sum()
                ours = chance[rows] @ each.features[rows] / right
                total -= np.log(right) / len(each.gold)
                slope -= (ours - chance @ each.features) / len(each.gold)
        penalty = RIDGE * float(weights @ weights)
        return total / len(cases) + penalty, slope / len(cases) + 2 * RIDGE * weights

    start, bounds = np.ones(len(SIGNALS)), [(0, None)] * len(SIGNALS)
    weights: NDArray[np.float64] = minimize(loss, start, jac=True, bounds=bounds).x
    return weights


def hits(each: Case, weights: NDArray[np.float64]) -> dict[int, bool]:
    """Return whether the gold of a case is among the first k, for each k of 1, 5, 10."""
    scores = each.features @ weights
    ranks = [int((scores > scores[rows].max()).sum()) + 1 for rows in each.gold]
    return {k: hit_at(ranks, k, each.mode) for k in _CUTS}


def cross_validated(cases: Sequence[Case]) -> dict[str, float]:
    """Return hit@k of every case by weights fitted on the other folds."""
    order = np.random.default_rng(0).permutation(len(cases))
    rows = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        weights = fit([each for at, each in enumerate(cases) if at not in held])
        rows += [hits(cases[at], weights) for at in sorted(held)]
    return {f"hit@{k}": round(mean(row[k] for row in rows), 3) for k in _CUTS}


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, show and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--collection", type=Path, action="append", default=[])
    parser.add_argument("--data", default="var")
    options = parser.parse_args(arguments)
    base = KnowledgeBase(Settings(corpus=options.corpus, data=options.data))
    made = [case(base, each) for each in read_questions(options.set, base.documents)]
    cases = [each for each in made if each]
    others = [collection_cases(folder, Path(options.data)) for folder in options.collection]
    weights = (fit(balanced([cases, *others])) * _SCALES).round(3)
    record = {
        "weights": dict(zip(SIGNALS, weights.tolist(), strict=True)),
        "learnt_on": [options.set.name, *(folder.name for folder in options.collection)],
        "questions": [len(cases), *map(len, others)],
        "cross_validated_on_the_set_alone": cross_validated(cases),
        "encoder": base.encoder.identity if base.encoder else "none",
    }
    LEARNT.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def _is_gold(question: Question, group: int, clause: Clause, found: dict[str, int]) -> bool:
    squeezed = "".join(clause.text.split())
    return clause.clause_id in found and any(
        gold.group == group
        and gold.doc == clause.doc_id
        and "".join(gold.anchor.split()) in squeezed
        for gold in question.gold
    )


if __name__ == "__main__":
    main()
