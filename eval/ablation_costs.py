"""What each component of the search adds to a query, in milliseconds, and to the disk."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from api.knowledge_base import KnowledgeBase
from corpus.model import Query
from eval import machine
from eval.columns import Progress, Row
from eval.stages import DENSE, ENCODING, LATE, REST, THESAURUS, WORDS, Stopwatch, split, watch
from index import default_model, e5_unpack, thesaurus, tokenize
from index.bm25 import BM25Index
from index.hybrid import HybridIndex

QUESTIONS = 60
_WARM_UP = 3
_TOP_K = 10
_STAGES = {
    "words": WORDS,
    "dense": DENSE,
    "late": LATE,
    "thesaurus": THESAURUS,
    "编码器": ENCODING,
    "其余（分词、候选、合并）": REST,
}


class Measured(NamedTuple):
    """An index with its folder and questions; `bare` is its BM25 without titles.

    `base` is the knowledge base it belongs to, where there is one.
    """

    hybrid: HybridIndex
    folder: Path
    questions: Sequence[str]
    bare: BM25Index | None = None
    base: KnowledgeBase | None = None


def measure(places: Mapping[str, Measured], progress: Progress) -> dict[str, Row]:
    """Return one row a component: milliseconds (p50 of a query) and MB, by the place's name.

    Components are those of `ablation_systems.NAMES`, and by their Chinese names what serves all.
    The encoder is counted with its weights as they lie unpacked.
    """
    found: dict[str, Row] = defaultdict(dict)
    for place, one in places.items():
        for component, value in _milliseconds(one, progress).items():
            found[component][f"{place} 毫秒"] = value
        for component, value in _megabytes(one).items():
            found[component][f"{place} MB"] = value
    return dict(found)


def digits(places: Mapping[str, Measured]) -> dict[str, int]:
    """Return the decimals of the columns of `measure`."""
    return {f"{place} {unit}": 2 for place in places for unit in ("毫秒", "MB")}


def _milliseconds(one: Measured, progress: Progress) -> Row:
    stopwatch = Stopwatch()
    watch(one.hybrid, stopwatch)
    questions = machine.spread(one.questions, _WARM_UP + QUESTIONS)
    times: dict[str, list[float]] = defaultdict(list)
    for done, question in enumerate(questions):  # none twice: its vectors would be at hand
        progress("量代价", done, len(questions))
        stopwatch.taken()
        whole = _timed(partial(one.hybrid.search, question, _TOP_K))
        if done >= _WARM_UP:
            for stage, value in split(whole, stopwatch.taken()).items():
                times[stage].append(value)
    row = {name: machine.percentile(times[stage], 50) for name, stage in _STAGES.items()}
    if one.bare:
        row["heads"] = _difference(one.hybrid.bm25, one.bare, questions)
    if one.base:
        row["scope"] = _scope(one.base, questions)
    return row


def _difference(whole: BM25Index, bare: BM25Index, questions: Sequence[str]) -> float:
    """Return how much longer a query's words take with the titles than without."""
    cut = [tokenize.tokens(question) for question in questions]
    times = [_timed(partial(whole.shares, one)) - _timed(partial(bare.shares, one)) for one in cut]
    return machine.percentile(times, 50)


def _scope(base: KnowledgeBase, questions: Sequence[str]) -> float:
    """Return what reading and following addresses adds, a second search included."""
    times = []
    for question in questions:
        base.index.search(question, _TOP_K)  # now its vectors are at hand for both
        plain = _timed(partial(base.index.search, question, _TOP_K))
        times.append(_timed(partial(base.search, Query(question, _TOP_K))) - plain)
    return machine.percentile(times, 50)


def _megabytes(one: Measured) -> Row:
    encoded = one.folder / "encoded"
    row = {
        "words": machine.megabytes([one.folder / "bm25"]),
        "dense": machine.megabytes([encoded / "vectors.npy", encoded / "entries.json"]),
        "late": machine.megabytes([encoded / "tokens.npy"]),
        "thesaurus": machine.megabytes([thesaurus.SHIPPED]),
        "scope": 0.0,
        "编码器": machine.megabytes([default_model.unpacked(), e5_unpack.TUNING]),
    }
    if one.bare:
        whole, bare = (each.matrix for each in (one.hybrid.bm25, one.bare))
        row["heads"] = (whole.nnz - bare.nnz) * (8 + 4) / 1e6
    return row


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
