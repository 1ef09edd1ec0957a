from __future__ import annotations

import json
from pathlib import Path

from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from corpus.model import Query


def ids(base: KnowledgeBase, question: str, top_k: int = 10) -> list[str]:
    return [hit.clause.clause_id for hit in base.search(Query(question, top_k))]


def test_what_stands_at_an_address_comes_first_in_text_order(base: KnowledgeBase) -> None:
    hits = base.search(Query("云河规划第二章第一节讲什么"))
    there = [c for c in base.document("yunhe").clauses if str(c.address).startswith("第二章第一节")]
    assert [hit.clause for hit in hits[: len(there)]] == there
    assert all("address" in hit.sources for hit in hits[: len(there)])
    assert "address" not in hits[len(there)].sources


def test_scores_fall_and_ranks_rise(base: KnowledgeBase) -> None:
    for question in ("云河规划第二章第一节", "哪一节讲饮水", "云河和白鹿各种多少亩", "采茶节"):
        hits = base.search(Query(question))
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len({hit.clause.clause_id for hit in hits}) == len(hits)


def test_a_detail_at_an_address_is_ranked_by_its_words(base: KnowledgeBase) -> None:
    found = ids(base, "云河规划第二章第一节里，收购站设在哪里")
    assert found[0] == "yunhe/ch2/s1/p3"


def test_an_address_of_several_documents_gives_each_a_share(base: KnowledgeBase) -> None:
    found = ids(base, "第二章讲什么", 4)
    documents = [one.partition("/")[0] for one in found]
    assert set(documents[:3]) == {"yunhe", "bailu", "law"}


def test_documents_that_are_compared_take_turns(base: KnowledgeBase) -> None:
    found = ids(base, "云河规划和白鹿规划到2025年各新建、新栽多少万亩", 2)
    assert {one.partition("/")[0] for one in found} == {"yunhe", "bailu"}


def test_a_section_is_found_by_its_title(base: KnowledgeBase) -> None:
    hits = base.search(Query("哪一节讲金融支持"))
    assert hits[0].clause.clause_id == "bailu/ch2/s2/p1"
    assert hits[0].sources["title"] == 1.0


def test_a_named_document_hides_no_other(base: KnowledgeBase) -> None:
    found = ids(base, "白鹿规划里的老年食堂", 20)
    assert any(one.startswith("qingshi/") for one in found)


def test_a_filter_holds_for_addresses_too(base: KnowledgeBase) -> None:
    hits = base.search(Query("第二章第一节", filters=frozenset({"bailu"})))
    assert {hit.clause.doc_id for hit in hits} == {"bailu"}


def test_what_is_said_word_for_word_twice_comes_once_before_the_rest(tmp_path: Path) -> None:
    cells = "清淤工程\n修理闸门\n" * 3 + "县水务部门负责渠道清淤。\n"
    (tmp_path / "a.txt").write_text(f"云河县水利规划\n第一章 项目\n{cells}", encoding="utf-8")
    entry = {"doc_id": "a", "file": "a.txt", "title": "云河县水利规划"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    made = KnowledgeBase(Settings(corpus=str(tmp_path), data=str(tmp_path / "var"), model="none"))
    texts = [hit.clause.text for hit in made.search(Query("清淤工程"))]
    distinct = list(dict.fromkeys(texts))
    assert len(texts) > len(distinct) > 1
    assert texts[: len(distinct)] == distinct
