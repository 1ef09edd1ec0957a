"""The systems of the ablation: which signals, with or without titles and scope, which encoder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from eval import variants
from index.bm25 import BM25Index
from index.encoded import EncodedTexts
from index.fusion import Fused, learnt_weights
from index.hybrid import HYBRID, HybridIndex

SIGNALS = ("words", "dense", "late", "thesaurus")
NAMES = {
    "words": "词",
    "heads": "标题（计入 BM25）",
    "dense": "句向量",
    "late": "逐词比较",
    "thesaurus": "词表",
    "scope": "地址与范围",
}
"""The components by their Chinese names, in the order of the tables."""
TUNED = "tuned"
ALL = "全部"


class System(NamedTuple):
    """A row: what takes part in the search. `encoder` is `TUNED` or a name of `eval.variants`."""

    name: str
    signals: tuple[str, ...] = SIGNALS
    heads: bool = True
    scope: bool = True
    encoder: str = TUNED


ADDED = (
    System("词，标题不计", ("words",), heads=False, scope=False),
    System("词", ("words",), scope=False),
    System("句向量", ("dense",), scope=False),
    System("逐词比较（排前三者各自的候选）", ("late",), scope=False),
    System("词 + 句向量", ("words", "dense"), scope=False),
    System("词 + 句向量 + 逐词比较", ("words", "dense", "late"), scope=False),
    System("词 + 句向量 + 逐词比较 + 词表", SIGNALS, scope=False),
    System(ALL),
)
"""Row after row one component more."""
REMOVED = {
    **{key: System("", tuple(one for one in SIGNALS if one != key)) for key in SIGNALS},
    "heads": System("", heads=False),
    "scope": System("", scope=False),
}
"""Everything but one component, by that component; the other weights stay as they were learnt."""
ENCODERS = (
    System("全部，编码器不微调（逐词 384 维）", encoder=variants.UNTUNED),
    System("全部，逐词不降维（384 维）", encoder=variants.UNPROJECTED),
)


def systems(encoders: bool) -> list[System]:
    """Return all rows in order; `encoders` adds those that need an index of their own."""
    removed = [REMOVED[key]._replace(name=f"{ALL} − {name}") for key, name in NAMES.items()]
    return [*ADDED, *removed, *(ENCODERS if encoders else ())]


class Weighted(HybridIndex):
    """An index that fuses by weights of its own where it is given none."""

    def __init__(
        self, bm25: BM25Index, texts: EncodedTexts | None, weights: Mapping[str, float]
    ) -> None:
        super().__init__(bm25, texts)
        self._weights = dict(weights)

    def search(
        self,
        query: str,
        top_k: int,
        within: Collection[str] | None = None,
        ranking: str = HYBRID,
        weights: Mapping[str, float] | None = None,
    ) -> list[Fused]:
        """Search as `HybridIndex.search` does, by the weights of this index."""
        return super().search(query, top_k, within, ranking, weights or self._weights)


def weights(signals: Iterable[str]) -> dict[str, float]:
    """Return the learnt weights of some signals; one alone counts 1."""
    learnt = learnt_weights()
    chosen = {name: learnt[name] for name in signals}
    return dict.fromkeys(chosen, 1.0) if len(chosen) == 1 else chosen
