"""Retrieval on passage collections that others made: corpus.jsonl, queries.jsonl, qrels.tsv.

Measures R@k, the mean share of a query's relevant passages among the first k, for each ranking of
`index.hybrid` or for other weights of its signals.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from corpus.errors import StoreError
from index import hybrid
from index.base import Passage
from index.encoder import Encoder
from index.hybrid import HybridIndex
from index.training_data import Collection, halves, read_collection

CUTS = (10, 100)
HALVES = ("tune", "report", "all")
_SEED = 7


@dataclass(frozen=True, slots=True)
class Opened:
    """A collection with its index; `size` is how many passages that has, `folder` where it is."""

    collection: Collection
    index: HybridIndex
    size: int
    folder: Path


Systems = Mapping[str, Mapping[str, float] | None]
"""What is measured: weights of signals by a name, None for the ranking of that name."""


def open_collection(
    folder: Path,
    data: Path,
    encoder: Encoder | None,
    draw: int,
    progress: Callable[[str, int, int], None],
) -> Opened:
    """Read and index a collection; the index is kept under `data` and used again.

    `draw` as in `read_passages`; without an encoder there are no vectors.
    """
    collection, passages = read_passages(folder, draw)
    index, kept = _index(passages, encoder, data, folder.name, progress)
    return Opened(collection, index, len(passages), kept)


def read_passages(folder: Path, draw: int) -> tuple[Collection, list[Passage]]:
    """Read a collection and the passages of it that are to be indexed.

    `draw` keeps that many passages, all relevant ones among them, the others drawn at random with
    a fixed seed; 0 keeps all.
    """
    collection = read_collection(folder)
    passages = [
        Passage(key, (one["title"],), one["text"]) for key, one in collection.passages.items()
    ]
    return collection, _drawn(passages, collection.relevant, draw)


def asked(collection: Collection, half: str) -> list[str]:
    """Return the ids of the questions of one of `HALVES`, see `index.training_data.halves`."""
    parts = (*halves(collection.relevant), sorted(collection.relevant))
    return dict(zip(HALVES, parts, strict=True))[half]


def measure(
    opened: Opened,
    half: str,
    progress: Callable[[str, int, int], None],
    systems: Systems | None = None,
) -> dict[str, Any]:
    """Return {"passages", "queries", "rankings": {system: {"R@10", "R@100"}}} for a collection.

    `half` is one of `HALVES`; without `systems` all rankings of `index.hybrid` are measured that
    the index has.
    """
    collection, index, size = opened.collection, opened.index, opened.size
    queries = asked(collection, half)
    systems = systems or dict.fromkeys(hybrid.RANKINGS if index.texts else ("bm25",))
    found: dict[str, list[dict[int, float]]] = defaultdict(list)
    for done, query in enumerate(queries):
        progress("检索", done, len(queries))
        for name, weights in systems.items():
            ranking = name if weights is None else hybrid.HYBRID
            text = collection.questions[query]
            hits = index.search(text, max(CUTS), ranking=ranking, weights=weights)
            ranked = [hit.clause_id for hit in hits]
            found[name].append(recalls(ranked, collection.relevant[query]))
    return {
        "passages": size,
        "queries": len(queries),
        "rankings": {
            name: {f"R@{k}": round(mean(row[k] for row in rows), 3) for k in CUTS}
            for name, rows in found.items()
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
) -> tuple[HybridIndex, Path]:
    parts = [hybrid.settings(), encoder.identity if encoder else "none", *passages]
    fingerprint = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    folder = data / f"eval-{name}-{fingerprint[:8]}"
    if hybrid.made_for(folder) == fingerprint:
        loaded = HybridIndex.load(folder, encoder)
        if loaded:
            return loaded, folder
    index = HybridIndex.build(
        passages,
        encoder,
        _before(data, name, encoder),
        lambda done, whole: progress("计算向量", done, whole),
    )
    index.save(folder, fingerprint)
    return index, folder


def _before(data: Path, name: str, encoder: Encoder | None) -> HybridIndex | None:
    """Return the last index of a collection whose vectors can be used again, None for none."""
    folders = sorted(data.glob(f"eval-{name}-*"), key=lambda each: each.stat().st_mtime)
    for folder in reversed(folders) if encoder else ():
        with suppress(StoreError):
            if loaded := HybridIndex.load(folder, encoder):
                return loaded
    return None
