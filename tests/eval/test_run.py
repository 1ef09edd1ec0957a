from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from eval import passages, run
from eval.questions import read_questions
from tests import small_corpus

SET = [
    {
        "id": "q1",
        "question": "云河县2025年要新建多少万亩标准茶园？",
        "type": "figure",
        "gold": [{"doc": "yunhe", "path": "第二章第一节", "anchor": "新建标准茶园3万亩"}],
        "answer": "3万亩",
        "answer_type": "number",
    },
    {"id": "q2", "question": "量子计算机的纠错码怎么设计？", "type": "unanswerable", "gold": []},
]


def test_a_set_is_run_and_summed_up(tmp_path: Path) -> None:
    folder = small_corpus.write(tmp_path / "c")
    base = KnowledgeBase(Settings(corpus=str(folder), data=str(tmp_path / "v"), model="none"))
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(json.dumps(q) for q in SET), encoding="utf-8")
    rows = run.run(base, read_questions(file, base.documents), lambda *_: None)
    assert [row["hit@1"] for row in rows] == [True, False]
    assert rows[0]["figure"]
    assert rows[1]["abstained"]
    summary = run.summary(rows)
    assert summary["figures_right"] == 1
    assert summary["refused_unanswerable"] == 1
    assert summary["refused_answerable"] == 0
    assert summary["sentences"] == 0  # none but the figure has an answer
    assert "数字标对 1" in run.table(summary)


def test_recall_is_the_share_of_the_relevant_that_is_found() -> None:
    ranking = [str(n) for n in range(200)]
    assert passages.recalls(ranking, {"0", "50", "150", "x"}) == {10: 0.25, 100: 0.5}


def test_a_collection_of_passages_is_measured(tmp_path: Path) -> None:
    texts = {"a": "村里修通了水渠。", "b": "学校食堂每月公布菜单。", "c": "卫生室周末也看病。"}
    corpus = [{"id": key, "title": "村务", "text": text} for key, text in texts.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    query = json.dumps({"id": "q", "text": "食堂的菜单多久公布一次"})
    (tmp_path / "queries.jsonl").write_text(query, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("q\tb\t1\n", encoding="utf-8")
    opened = passages.open_collection(tmp_path, tmp_path / "v", None, 0, lambda *_: None)
    summary = passages.measure(opened, "all", lambda *_: None)
    assert summary["passages"] == 3
    assert summary["rankings"] == {"bm25": {"R@10": 1.0, "R@100": 1.0}}


@pytest.mark.parametrize("draw", [1, 2])
def test_a_draw_keeps_what_is_relevant(draw: int) -> None:
    all_passages = [passages.Passage(str(n), (), "") for n in range(10)]
    drawn = passages._drawn(all_passages, {"q": {"7"}}, draw)
    assert "7" in [passage.clause_id for passage in drawn]
    assert len(drawn) == draw
