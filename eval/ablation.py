"""What each component of the search is worth, and what it costs.

    python -m eval.ablation [--half tune|report|both] [--index FOLDER] [--no-encoders] [--out FILE]

FOLDER is the index of all of stard_laws that `zhangjie eval passages` has left under --data; it is
for costs alone. The other encoders need indexes of their own, which are built where they are not
there yet and take some minutes. Weights are learnt on the dev half; the only one chosen here, that
of the vectors where late interaction is missing, is chosen on it too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import NamedTuple

from api import console
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from corpus.model import Query
from eval import ablation_costs, columns, machine, passages, variants
from eval.ablation_costs import Measured
from eval.ablation_systems import ALL, NAMES, TUNED, System, Weighted, systems, weights
from eval.columns import Found, Progress, Row
from eval.passages import Opened
from eval.peer import COLLECTIONS, SETS, options_parser, publish
from eval.questions import Question, read_questions
from index.base import Passage
from index.bm25 import BM25Index
from index.encoder import Encoder, open_encoder
from index.hybrid import HybridIndex

_FACTORS = (0.25, 0.5, 1, 2, 4)  # vectors against words, where late interaction is missing


class Options(NamedTuple):
    """What is measured, and where things lie."""

    draw: int
    seeds: Path
    shared: Path
    data: Path
    laws_index: Path | None
    encoders: bool


class Bodies(NamedTuple):
    """A searchable corpus with and without the titles in BM25."""

    whole: HybridIndex
    bare: BM25Index

    def searched(self, system: System, weights: Mapping[str, float]) -> Weighted:
        """Return what a row searches."""
        return Weighted(self.whole.bm25 if system.heads else self.bare, self.whole.texts, weights)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, write them where --out says so."""
    parser = options_parser("eval.ablation", "各组件的作用和代价", halves=(*SETS, "both"))
    parser.add_argument("--index", type=Path, help="stard_laws 全集的索引所在的文件夹，用来量代价")
    parser.add_argument("--no-encoders", action="store_true", help="不与别的编码器比")
    given = parser.parse_args(arguments)
    options = Options(
        given.draw, given.seeds, given.shared, given.data, given.index, not given.no_encoders
    )
    heading = machine.described()
    with console.progress() as progress:
        bench = Bench(options, progress)
        places = bench.places()
        costs = ablation_costs.measure(places, progress)
        halves = list(SETS) if given.half == "both" else [given.half]
        tables = {half: bench.rows(half) for half in halves}
    digits = ablation_costs.digits(places)
    publish(_report(options, heading, costs, digits, tables), given.out)
    return 0


class Bench:
    """The corpora of all rows, opened as they are needed and kept."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self._options = options
        self._progress = progress
        self._bases: dict[str, tuple[KnowledgeBase, Bodies]] = {}
        self._opened: dict[tuple[str, str], tuple[Opened, Bodies]] = {}
        self._vectors_weights: dict[tuple[str, ...], float] = {}

    def rows(self, half: str) -> dict[str, Row]:
        """Return one row a system: the columns of the question set and of the collections."""
        found: dict[str, Row] = {}
        for system in systems(self._options.encoders):
            self._progress(system.name, len(found), len(systems(self._options.encoders)))
            row = self._on_set(system, half)
            for name in COLLECTIONS:
                own = self._on_collection(name, system, half)
                row |= {f"{name} {heading}": value for heading, value in own.items()}
            found[system.name] = row
        return found

    def places(self) -> dict[str, Measured]:
        """Return what costs are measured on: the documents, and the largest index there is."""
        base, bodies = self._based(TUNED)
        questions = [one.question for one in _questions("tune", base)]
        documents = Measured(base.index, base.folder / "index", questions, bodies.bare, base)
        opened, _ = self._collection(COLLECTIONS[-1], TUNED)
        ids = passages.asked(opened.collection, "tune")
        questions = [opened.collection.questions[one] for one in ids]
        large = Measured(opened.index, opened.folder, questions)
        if self._options.laws_index:
            index = HybridIndex.load(self._options.laws_index, open_encoder())
            large = Measured(index, self._options.laws_index, questions) if index else large
        return {
            f"{len(base.documents)} 份文件": documents,
            f"{COLLECTIONS[-1]} {large.hybrid.bm25.size} 段": large,
        }

    def _on_set(self, system: System, half: str) -> Row:
        base, bodies = self._based(system.encoder)
        questions = _questions(half, base)
        search = _asking(base, bodies.searched(system, self._weights(system)), system.scope)
        return columns.on_set(search, questions, _silent)

    def _on_collection(self, name: str, system: System, half: str) -> Row:
        opened, bodies = self._collection(name, system.encoder)
        index = bodies.searched(system, self._weights(system))

        def search(query: str, top_k: int) -> list[str]:
            return [hit.clause_id for hit in index.search(query, top_k)]

        return columns.on_collection(search, opened.collection, half, _silent)

    def _weights(self, system: System) -> dict[str, float]:
        """Return the learnt weights; that of vectors is chosen anew where late interaction lacks.

        Beside late interaction vectors may have a weight of 0, since they propose what it orders.
        """
        chosen = weights(system.signals)
        if {"words", "dense"} <= set(chosen) and "late" not in chosen:
            if system.signals not in self._vectors_weights:
                self._vectors_weights[system.signals] = self._choose(system, chosen)
            chosen["dense"] = self._vectors_weights[system.signals]
        return chosen

    def _choose(self, system: System, learnt: Mapping[str, float]) -> float:
        base, bodies = self._based(TUNED)
        questions = _questions("tune", base)

        def worth(weight: float) -> float:
            index = bodies.searched(system, {**learnt, "dense": weight})
            row = columns.on_set(_asking(base, index, scope=False), questions, _silent)
            return row["hit@1"] + row["hit@5"]

        return max((factor * learnt["words"] for factor in _FACTORS), key=worth)

    def _based(self, encoder: str) -> tuple[KnowledgeBase, Bodies]:
        if encoder not in self._bases:
            data, model = self._options.data, ""
            if encoder != TUNED:
                variants.open_variant(encoder, data, self._progress)
                model = str(variants.folder_of(encoder, data))
                data = data / encoder
            settings = Settings(str(self._options.seeds), str(data), model)
            base = KnowledgeBase(settings, self._progress)
            clauses = [c for document in base.documents.values() for c in document.clauses]
            bare = BM25Index.build([Passage(c.clause_id, (), c.text) for c in clauses])
            self._bases[encoder] = base, _remembering(base.index, bare)
        return self._bases[encoder]

    def _collection(self, name: str, encoder: str) -> tuple[Opened, Bodies]:
        if (name, encoder) not in self._opened:
            options = self._options
            draw = options.draw if name == COLLECTIONS[-1] else 0
            made = self._encoder(encoder)
            folder = options.shared / name
            opened = passages.open_collection(folder, options.data, made, draw, self._progress)
            all_passages = passages.read_passages(folder, draw)[1]
            bare = BM25Index.build([one._replace(heads=()) for one in all_passages])
            self._opened[name, encoder] = opened, _remembering(opened.index, bare)
        return self._opened[name, encoder]

    def _encoder(self, name: str) -> Encoder:
        if name == TUNED:
            return open_encoder()
        return variants.open_variant(name, self._options.data, self._progress)


def _questions(half: str, base: KnowledgeBase) -> list[Question]:
    return read_questions(Path("eval/sets") / SETS[half], base.documents)


def _remembering(index: HybridIndex, bare: BM25Index) -> Bodies:
    """Return an index that encodes each question once, however many rows ask it."""
    texts = copy(index.texts)
    if texts:
        texts.encoder = variants.Remembering(texts.encoder)
    return Bodies(HybridIndex(index.bm25, texts), bare)


def _asking(base: KnowledgeBase, index: HybridIndex, scope: bool) -> Callable[[str], list[Found]]:
    """Return a search of a base's documents by an index, with or without reading addresses."""

    def whole(question: str) -> list[Found]:
        base.index = index
        hits = base.search(Query(question, columns.DEPTH))
        return [Found(hit.clause.doc_id, hit.clause.text) for hit in hits]

    def plain(question: str) -> list[Found]:
        clauses = [base.clause(one.clause_id) for one in index.search(question, columns.DEPTH)]
        return [Found(clause.doc_id, clause.text) for clause in clauses]

    return whole if scope else plain


def _silent(_what: str, _done: int, _whole: int) -> None:
    """Report nothing: the rows are reported."""


def _report(
    options: Options,
    heading: str,
    costs: Mapping[str, Row],
    digits: Mapping[str, int],
    tables: Mapping[str, Mapping[str, Row]],
) -> list[str]:
    last = list(tables)[-1]
    lines = [
        "# 各组件的作用和代价",
        "",
        heading,
        f"问题集的语料是 {options.seeds} 的五份文件；"
        f"stard_laws 抽 {options.draw} 段（0 为全部），含全部标准答案。"
        "“逐词比较”即 late interaction（MaxSim）。"
        "上半截各行不读问题里的地址和文件名，逐项加上去；“全部 −”各行只去掉一项，其余权重不变。"
        "没有逐词比较的各行里，句向量的权重在 dev 上另选：与逐词比较同用时它主要是提出候选，"
        "学来的权重可以是 0。",
        "重做：`python -m eval.ablation --half both --index var/eval-stard_laws-… "
        "--out eval/results/ablation.md`",
        "",
        "## 每项的代价和收益",
        "",
        "毫秒是每个问题增加的 p50，MB 是硬盘上增加的；“增”是“全部”减“全部 − 该项”，"
        f"{SETS[last]} 和各段落集的同一半。",
        "",
    ]
    lines += columns.markdown(*_components(costs, tables[last]), digits=digits)
    for half, rows in tables.items():
        headings = [key for key in next(iter(rows.values())) if key != columns.CHARACTERS]
        name = "调参的一半" if half == "tune" else "报告的一半"
        lines += ["", f"## {SETS[half]}，段落集{name}", ""]
        lines += columns.markdown(headings, rows)
    return lines


def _components(
    costs: Mapping[str, Row], rows: Mapping[str, Row]
) -> tuple[list[str], dict[str, Row], str]:
    """Return headings, rows by component, and the heading of the first column."""
    gains = ("hit@1", "hit@5", "口语 hit@5", f"{COLLECTIONS[-1]} R@10")
    found: dict[str, Row] = {}
    for key, name in NAMES.items():
        own, without = rows[ALL], rows[f"{ALL} − {name}"]
        gained = {f"{one} 增": own[one] - without[one] for one in gains if one in own}
        found[name] = costs.get(key, {}) | gained
    for key, row in costs.items():
        if key not in NAMES:
            found[key] = row
    headings = list(dict.fromkeys(key for row in found.values() for key in row))
    return headings, found, "组件"


if __name__ == "__main__":
    sys.exit(main())
