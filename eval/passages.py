"""Retrieval on passage collections that others made: corpus.jsonl, queries.jsonl, qrels.tsv.

Measures R@k, the mean share of a query's relevant passages among the first k, for BM25 alone,
vectors alone and both fused.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from corpus.errors import InputError
from index import hybrid
from index.base import Passage
from index.encoder import Encoder, open_encoder
from index.hybrid import HybridIndex

CUTS = (10, 100)
_SEED = 7


def run(
    folder: Path,
    data: Path,
    vectors: bool,
    draw: int,
    progress: Callable[[str, int, int], None],
) -> dict[str, Any]:
    """Return {"passages", "queries", "rankings": {ranking: {"R@10", "R@100"}}} for a collection.

    `draw` keeps that many passages, all relevant ones among them, the others drawn at random with
    a fixed seed; 0 keeps all. The index is kept under `data` and used again.
    """
    passages = [
        Passage(one["id"], (one["title"],), one["text"]) for one in _lines(folder / "corpus.jsonl")
    ]
    queries = {str(one["id"]): one["text"] for one in _lines(folder / "queries.jsonl")}
    relevant = _qrels(folder / "qrels.tsv", queries)
    passages = _drawn(passages, relevant, draw)
    encoder = open_encoder() if vectors else None
    index = _index(passages, encoder, data, folder.name, progress)
    rankings = hybrid.RANKINGS if encoder else ("bm25",)
    found: dict[str, list[dict[int, float]]] = defaultdict(list)
    for done, (query, wanted) in enumerate(relevant.items()):
        progress("检索", done, len(relevant))
        for ranking in rankings:
            hits = index.search(queries[query], max(CUTS), ranking=ranking)
            found[ranking].append(recalls([hit.clause_id for hit in hits], wanted))
    return {
        "passages": len(passages),
        "queries": len(relevant),
        "rankings": {
            ranking: {f"R@{k}": round(mean(row[k] for row in rows), 3) for k in CUTS}
            for ranking, rows in found.items()
        },
    }


def recalls(ranking: Sequence[str], relevant: set[str]) -> dict[int, float]:
    """Return the share of `relevant` among the first k of a ranking, for each k of `CUTS`.

    >>> recalls(["a", "b"], {"b", "c"})
    {10: 0.5, 100: 0.5}
    """
    return {k: len(relevant & set(ranking[:k])) / len(relevant) for k in CUTS}


def table(summary: Mapping[str, Any]) -> str:
    """Return a summary as a Markdown table."""
    lines = [f"{summary['passages']} 段，{summary['queries']} 个问题", ""]
    lines += [f"| 排序 | {' | '.join(f'R@{k}' for k in CUTS)} |", "|---" * (len(CUTS) + 1) + "|"]
    for ranking, row in summary["rankings"].items():
        lines.append(f"| {ranking} | {' | '.join(str(row[f'R@{k}']) for k in CUTS)} |")
    return "\n".join(lines)


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"读不了 {path}", "文件夹里须有 corpus.jsonl 和 queries.jsonl") from error


def _qrels(path: Path, queries: Mapping[str, str]) -> dict[str, set[str]]:
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        query, passage, grade = line.split("\t")
        if query in queries and float(grade) > 0:
            relevant[query].add(passage)
    return dict(relevant)


def _drawn(passages: list[Passage], relevant: Mapping[str, set[str]], draw: int) -> list[Passage]:
    if not 0 < draw < len(passages):
        return passages
    gold = set().union(*relevant.values())
    others = [passage for passage in passages if passage.clause_id not in gold]
    kept = random.Random(_SEED).sample(others, max(draw - len(gold), 0))
    names = gold | {passage.clause_id for passage in kept}
    return [passage for passage in passages if passage.clause_id in names]


def _index(
    passages: Sequence[Passage],
    encoder: Encoder | None,
    data: Path,
    name: str,
    progress: Callable[[str, int, int], None],
) -> HybridIndex:
    parts = [hybrid.settings(), encoder.identity if encoder else "none", *passages]
    fingerprint = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    folder = data / f"eval-{name}-{fingerprint[:8]}"
    if hybrid.made_for(folder) == fingerprint:
        loaded = HybridIndex.load(folder, encoder)
        if loaded:
            return loaded
    index = HybridIndex.build(
        passages, encoder, progress=lambda done, whole: progress("计算向量", done, whole)
    )
    index.save(folder, fingerprint)
    return index
