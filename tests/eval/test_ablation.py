from __future__ import annotations

from pathlib import Path

import pytest

from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from eval import ablation, ablation_costs, ablation_systems, columns, variants
from eval.ablation_costs import Measured
from eval.ablation_systems import ALL, NAMES, SIGNALS, Weighted
from index.bm25 import BM25Index
from index.hybrid import HybridIndex
from tests import small_corpus
from tests.index.letters import PASSAGES, LetterEncoder

QUIET = lambda *_: None  # noqa: E731


@pytest.fixture
def index() -> HybridIndex:
    return HybridIndex.build(PASSAGES, LetterEncoder())


def test_rows_differ_and_each_component_is_left_out_once() -> None:
    rows = ablation_systems.systems(encoders=True)
    assert len({row[1:] for row in rows if not row.name.startswith(f"{ALL} −")}) == 10
    assert len({row.name for row in rows}) == len(rows)
    for key in NAMES:
        row = ablation_systems.REMOVED[key]
        missing = [key] if key in SIGNALS else []
        assert [one for one in SIGNALS if one not in row.signals] == missing
        assert (row.heads, row.scope) == (key != "heads", key != "scope")


def test_an_index_with_weights_of_its_own_searches_by_them(index: HybridIndex) -> None:
    own = Weighted(index.bm25, index.texts, {"late": 1.0})
    assert own.search("卫生院", 4) == index.search("卫生院", 4, weights={"late": 1.0})
    assert own.search("卫生院", 4, weights={"words": 1.0}) == index.search(
        "卫生院", 4, weights={"words": 1.0}
    )


def test_titles_are_left_out_of_bm25_alone(index: HybridIndex) -> None:
    bare = BM25Index.build([one._replace(heads=()) for one in PASSAGES])
    bodies = ablation._remembering(index, bare)
    first, *_ = ablation_systems.ADDED
    assert bodies.searched(first, {"words": 1.0}).search("规划", 4) == []
    whole = bodies.searched(first._replace(heads=True), {"words": 1.0})
    assert len(whole.search("规划", 4)) == 4


def test_questions_are_encoded_once_for_all_rows(index: HybridIndex) -> None:
    bodies = ablation._remembering(index, index.bm25)
    encoder = bodies.whole.texts.encoder if bodies.whole.texts else None
    assert isinstance(encoder, variants.Remembering)
    assert encoder.encode_queries(["甲"]) is encoder.encode_queries(["甲"])
    assert index.texts
    assert isinstance(index.texts.encoder, LetterEncoder)


def test_a_row_is_asked_with_or_without_scope(tmp_path: Path) -> None:
    folder = small_corpus.write(tmp_path / "c")
    base = KnowledgeBase(Settings(corpus=str(folder), data=str(tmp_path / "v"), model="none"))
    own = Weighted(base.index.bm25, None, {"words": 1.0})
    question = "云河县规划第二章第二节讲什么"
    with_scope = ablation._asking(base, own, scope=True)(question)
    without = ablation._asking(base, own, scope=False)(question)
    assert "水源改造" in with_scope[0].text
    assert with_scope != without
    assert len(with_scope) <= columns.DEPTH


def test_costs_are_given_for_every_component(
    index: HybridIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ablation_costs.default_model, "unpacked", lambda: tmp_path)
    index.save(tmp_path / "i", "x")
    questions = ["卫生院", "公路", "幼儿园", "学位", "养护资金"]
    bare = BM25Index.build([one._replace(heads=()) for one in PASSAGES])
    costs = ablation_costs.measure({"甲": Measured(index, tmp_path / "i", questions, bare)}, QUIET)
    assert set(costs) >= {*NAMES} - {"scope"}
    assert costs["late"]["甲 MB"] > 0
    assert costs["dense"]["甲 毫秒"] > 0
    assert costs["heads"]["甲 MB"] == pytest.approx(2 * 4 * 12 / 1e6, rel=1)
