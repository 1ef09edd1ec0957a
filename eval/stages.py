"""How long each part of a query takes: the methods of an index, wrapped in a stopwatch."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from index.hybrid import HybridIndex

ENCODING, WORDS, DENSE, LATE, THESAURUS = "编码", "词（BM25）", "句向量", "逐词比较", "词表"
REST = "分词、候选与合并"
STAGES = (ENCODING, WORDS, DENSE, LATE, THESAURUS, REST)


class Stopwatch:
    """Adds up, by stage, the milliseconds that wrapped methods take; not safe across threads."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}

    def wrap(self, owner: object, method: str, stage: str) -> None:
        """Put a timed method in the place of `owner`'s, for this one object.

        What a wrapped method does inside another counts for both.
        """
        original: Callable[..., Any] = getattr(owner, method)

        def timed(*values: object, **named: object) -> object:
            start = time.perf_counter()
            try:
                return original(*values, **named)
            finally:
                taken = (time.perf_counter() - start) * 1000
                self.milliseconds[stage] = self.milliseconds.get(stage, 0.0) + taken

        setattr(owner, method, timed)

    def taken(self) -> dict[str, float]:
        """Return the milliseconds by stage since the last call, and begin anew."""
        taken, self.milliseconds = self.milliseconds, {}
        return taken


def watch(index: HybridIndex, stopwatch: Stopwatch) -> None:
    """Let `stopwatch` time the parts of every search of an index."""
    stopwatch.wrap(index.bm25, "shares", WORDS)
    stopwatch.wrap(index, "_thesaurus", THESAURUS)
    if index.texts and index.dense:
        stopwatch.wrap(index.texts.encoder, "encode_queries", ENCODING)
        stopwatch.wrap(index.dense, "scores", DENSE)
        stopwatch.wrap(index, "_late", LATE)


def split(whole: float, taken: Mapping[str, float]) -> dict[str, float]:
    """Return all `STAGES` of one search that took `whole` milliseconds; the rest is `REST`.

    >>> split(10, {"编码": 6, "句向量": 1})["分词、候选与合并"]
    3.0
    """
    parts = {stage: float(taken.get(stage, 0.0)) for stage in STAGES if stage != REST}
    return parts | {REST: whole - sum(parts.values())}
