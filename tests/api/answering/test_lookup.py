from __future__ import annotations

from api import console
from api.knowledge_base import KnowledgeBase
from corpus.model import Query


def test_a_lookup_is_answered_with_the_first_sentences_of_the_place(base: KnowledgeBase) -> None:
    answer = base.ask(Query("云河规划第二章第一节讲什么"))
    assert not answer.abstained
    assert answer.confidence == 1.0
    assert answer.places[0] == "《云河县“十四五”乡村发展规划》第二章第一节 壮大茶叶产业"
    assert answer.places[1] == "  专栏1 茶叶提质工程"
    assert [str(s.citation.address) for s in answer.sentences][:2] == [
        "第二章第一节第1段",
        "第二章第一节第2段",
    ]
    assert answer.sentences[0].citation.quote.startswith("加强品牌建设。统一使用")


def test_a_clause_that_is_alone_is_given_whole(base: KnowledgeBase) -> None:
    answer = base.ask(Query("云河规划第二章第二节"))
    assert "".join(s.citation.quote for s in answer.sentences) == answer.hits[0].clause.text


def test_a_missing_address_is_refused_with_what_there_is(base: KnowledgeBase) -> None:
    answer = base.ask(Query("云河规划第十章讲什么"))
    assert answer.abstained
    assert answer.reason == "云河规划没有第十章；共二章。"
    assert answer.confidence == 0.0
    assert not answer.sentences


def test_a_detail_is_answered_from_the_place(base: KnowledgeBase) -> None:
    answer = base.ask(Query("云河规划第二章第一节里，采茶节由谁负责？"))
    assert "县农业农村局" in answer.sentences[0].citation.quote


def test_the_command_line_shows_the_place_above_the_sentences(base: KnowledgeBase) -> None:
    shown = console.show_answer(base.ask(Query("青石镇意见第二部分讲什么")), base.cite)
    assert "二、 主要措施\n  （一） 建好老年食堂\n  （二） 定期上门探访\n" in shown


def test_the_place_asked_for_is_named(base: KnowledgeBase) -> None:
    answer = base.ask(Query("哪一节讲改善饮水？"))
    assert answer.places[0].endswith("第二章第二节 改善饮水条件")
    assert "水源改造" in answer.sentences[0].citation.quote
