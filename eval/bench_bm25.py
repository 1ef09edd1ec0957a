"""How fast our BM25 is beside rank-bm25 and bm25s, on the same tokens, in one run.

    python -m eval.bench_bm25 [--corpus DIR] [--queries 50] [--out FILE]

DIR holds corpus.jsonl (`id`, `title`, `path`, `text`) and queries.jsonl (`text`). Scoring starts
from tokens, search from the text of the question. Each engine goes over all questions by itself,
after a few to warm up, so that none finds the processor's caches full of another's data.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.bm25 import K1, B, BM25Index
from index.tokenize import tokens

TOP_K = 10
TOLERANCE = 1e-4
_WARM_UP = 3


class Engine(NamedTuple):
    """One implementation: its score of every clause, its first clauses, and what it costs."""

    name: str
    scores: Callable[[list[str]], NDArray[np.floating[Any]]]
    search: Callable[[str], object]
    fitted_s: float
    megabytes: float | None


class Timing(NamedTuple):
    """Milliseconds a question, median over all questions."""

    scoring: float
    search: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its table; 1 where our scores are not rank-bm25's, else 0."""
    options = _options(arguments)
    load = os.getloadavg()[0]
    documents, questions, tokenizing_s = _read(options.corpus, options.queries)
    engines = [_rank_bm25(documents), _bm25s(documents), _ours(documents)]
    timings = [_time(engine, questions) for engine in engines]
    difference = _largest_difference(engines[0], engines[-1], questions)
    lines = [
        *_heading(options.corpus.name, len(documents), len(questions), tokenizing_s, load),
        *_table(engines, timings),
        "",
        "bm25s 未装 numba 和 JAX 时，检索时间主要花在对全部得分（多数为零）做 np.argpartition 上，"
        "所以两者的可比数是“计分”。",
        "",
        f"计分与 rank-bm25 的最大差：{difference:.1e}（{len(questions)} 个问题 × 全部条款）。",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    if options.out:
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(not difference <= TOLERANCE)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("eval.bench_bm25", description="BM25 的速度与一致性")
    parser.add_argument(
        "--corpus",
        type=Path,
        default=Path("../shared/data/stard_laws"),
        help="含 corpus.jsonl 和 queries.jsonl 的文件夹",
    )
    parser.add_argument("--queries", type=int, default=50, help="均匀抽取多少个问题")
    parser.add_argument("--out", type=Path, help="把结果也写入这个 Markdown 文件")
    return parser.parse_args(arguments)


def _read(folder: Path, count: int) -> tuple[list[list[str]], list[str], float]:
    """Return the tokens of all clauses, `count` questions spread evenly over the file, seconds."""
    laws = _json_lines(folder / "corpus.jsonl")
    start = time.perf_counter()
    documents = [_document(law) for law in laws]
    seconds = time.perf_counter() - start
    questions = [query["text"] for query in _json_lines(folder / "queries.jsonl")]
    places = np.linspace(0, len(questions) - 1, min(count, len(questions)))
    return documents, [questions[place] for place in places.astype(int)], seconds


def _json_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _document(law: dict[str, Any]) -> list[str]:
    texts = (law["title"], *law["path"], law["text"])
    return [sys.intern(token) for text in texts for token in tokens(text)]


def _rank_bm25(documents: list[list[str]]) -> Engine:
    from rank_bm25 import BM25Okapi

    start = time.perf_counter()
    fitted = BM25Okapi(documents, k1=K1, b=B)
    fitted_s = time.perf_counter() - start
    places = range(len(documents))
    return Engine(
        f"rank-bm25 {metadata.version('rank-bm25')}",
        fitted.get_scores,
        lambda question: fitted.get_top_n(tokens(question), places, TOP_K),
        fitted_s,
        None,
    )


def _bm25s(documents: list[list[str]]) -> Engine:
    """Return bm25s as it is without numba and JAX.

    Most of its search is np.argpartition over all scores, which is slow where most are zero.
    """
    import bm25s

    start = time.perf_counter()
    fitted = bm25s.BM25(k1=K1, b=B, method="atire", backend="numpy")
    fitted.index(documents, show_progress=False)
    fitted_s = time.perf_counter() - start
    parts = (fitted.scores[part] for part in ("data", "indices", "indptr"))
    return Engine(
        f"bm25s {metadata.version('bm25s')}",
        fitted.get_scores,
        lambda question: fitted.retrieve([tokens(question)], k=TOP_K, show_progress=False),
        fitted_s,
        _megabytes(parts),
    )


def _ours(documents: list[list[str]]) -> Engine:
    start = time.perf_counter()
    index = BM25Index.fit([f"{place:06}" for place in range(len(documents))], documents)
    fitted_s = time.perf_counter() - start
    matrix = index.matrix
    return Engine(
        "zhangjie",
        index.token_scores,
        lambda question: index.search(question, TOP_K),
        fitted_s,
        _megabytes((matrix.data, matrix.indices, matrix.indptr)),
    )


def _megabytes(arrays: Iterable[NDArray[Any]]) -> float:
    return sum(array.nbytes for array in arrays) / 1e6


def _time(engine: Engine, questions: list[str]) -> Timing:
    return Timing(
        _median_ms(engine.scores, [tokens(question) for question in questions]),
        _median_ms(engine.search, questions),
    )


def _median_ms(work: Callable[[Any], object], inputs: Sequence[object]) -> float:
    for each in inputs[:_WARM_UP]:
        work(each)
    taken = []
    for each in inputs:
        start = time.perf_counter()
        work(each)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def _largest_difference(one: Engine, other: Engine, questions: list[str]) -> float:
    cut = [tokens(question) for question in questions]
    return max(float(np.abs(one.scores(each) - other.scores(each)).max()) for each in cut)


def _heading(
    corpus: str, clauses: int, questions: int, tokenizing_s: float, load: float
) -> list[str]:
    machine = f"{platform.machine()}，Python {platform.python_version()}，numpy {np.__version__}"
    return [
        "# BM25 计分速度",
        "",
        f"{corpus}：{clauses} 个条款，{questions} 个问题；k1 = {K1}，b = {B}；{machine}。",
        f"各引擎使用相同的词项；全部条款分词用时 {tokenizing_s:.0f} 秒，不计入“建索引”。",
        "表中为每个问题的中位毫秒数：“计分”从词项到全部条款的得分，"
        f"“前 {TOP_K} 条”从问题文本（含分词）到结果；“之比”是该引擎用时 ÷ 本项目用时。",
        f"开始时本机一分钟平均负载 {load:.1f}，{os.cpu_count()} 核："
        "负载高时各列毫秒数都偏大，各引擎先后运行，之比也随之波动。",
        f"重做：`python -m eval.bench_bm25 --queries {questions} --out eval/results/bm25.md`",
        "",
    ]


def _table(engines: Sequence[Engine], timings: Sequence[Timing]) -> list[str]:
    ours = timings[-1]
    rows = [
        f"| 引擎 | 计分 ms | 之比 | 前 {TOP_K} 条 ms | 之比 | 建索引 s | 得分表 MB |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for engine, timing in zip(engines, timings, strict=True):
        size = "—" if engine.megabytes is None else f"{engine.megabytes:.0f}"
        rows.append(
            f"| {engine.name} | {timing.scoring:.3f} | {timing.scoring / ours.scoring:.1f} "
            f"| {timing.search:.3f} | {timing.search / ours.search:.1f} "
            f"| {engine.fitted_s:.1f} | {size} |"
        )
    return rows


if __name__ == "__main__":
    sys.exit(main())
