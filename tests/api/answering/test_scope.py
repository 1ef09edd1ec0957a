from __future__ import annotations

import pytest

from api.answering.scope import read_scope
from api.knowledge_base import KnowledgeBase
from corpus.address import Level


def places(base: KnowledgeBase, question: str) -> list[str]:
    found = read_scope(question, base.documents).found
    return [f"{place.document.doc_id} {place.address}".strip() for place in found]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云河规划第二章第一节讲什么", ["yunhe 第二章第一节"]),
        ("第二章第一节在云河规划里讲什么", ["yunhe 第二章第一节"]),
        ("云河规划专栏1第二项", ["yunhe 第二章第一节专栏1（二）"]),
        ("云河规划2章1节", ["yunhe 第二章第一节"]),
        ("云河规划第二部分", ["yunhe 第二章"]),
        ("云河规划第二章第一节第三段", ["yunhe 第二章第一节第3段"]),
        ("云河规划第二章第一节专栏里的第一项", ["yunhe 第二章第一节专栏1（一）"]),
        ("镇里那个意见第二部分第（一）条第2点", ["qingshi 二、（一）2"]),
        ("青石镇意见二(一)2", ["qingshi 二、（一）2"]),
        ("青石镇意见第二条", ["qingshi 二、（二）"]),
        ("青石镇意见最后一部分", ["qingshi 二、"]),
        ("这份意见的开头", ["qingshi"]),
        ("第四条第二项", ["law 第二章第四条第（二）项"]),
        ("第三条第二款说什么", ["law 第二章第三条第二款"]),
        ("垂钓条例第五条", ["law 第二章第五条"]),
        ("条例最后一条", ["law 第三章第六条"]),
        ("条例的附则", ["law 第三章"]),
        ("第三章第一节", ["bailu 第三章第一节"]),
        ("云河和白鹿的规划第一章第一节", ["yunhe 第一章第一节", "bailu 第一章第一节"]),
        ("云河规划第一章和白鹿规划第三章", ["yunhe 第一章", "bailu 第三章"]),
        ("2022年那篇报道第二段", ["news 第2段"]),
    ],
)
def test_an_address_leads_to_what_the_document_has(
    base: KnowledgeBase, question: str, expected: list[str]
) -> None:
    assert places(base, question) == expected


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("云河规划第十章讲什么", "云河规划没有第十章；共二章"),
        ("云河规划第二章第五节", "云河规划第二章没有第五节；第二章共二节"),
        ("云河规划专栏9", "云河规划没有专栏9；共一个专栏"),
        ("云河规划第二章第二节专栏1", "专栏1在第二章第一节"),
        ("云河规划专栏1第三项", "云河规划专栏1没有第三项；专栏1共二项"),
        ("云河规划第二章第一节第八段", "第二章第一节共三段"),
        ("青石镇意见第三章", "青石镇意见没有第三章；它分为一、二"),
        ("青石镇意见第四部分", "共二部分"),
        ("青岚的条例第九条", "青岚的条例没有第九条；共六条"),
        ("条例第一章第三条", "第三条在第二章"),
        ("那篇报道第一章", "它不分章节"),
        ("第十二章讲什么", "各文件都没有第十二章"),
        ("遵义规划第三章讲什么", "库中没有遵义规划"),
        ("《民法典》第三条", "库中没有《民法典》"),
    ],
)
def test_an_address_that_is_not_there_is_said_to_be_missing(
    base: KnowledgeBase, question: str, reason: str
) -> None:
    scope = read_scope(question, base.documents)
    assert not scope.found
    assert reason in scope.missing


@pytest.mark.parametrize(
    "question",
    [
        "农户补贴的第三条原则是什么",
        "云河有哪三项机制",
        "第一书记住在村里吗",
        "第七次人口普查的结果",
        "一号文件说什么",
        "两节期间怎么慰问老人",
        "第三方评估怎么做",
        "这四章都讲了什么",
        "规划共几章",
        "第二阶段的任务",
        "云河第一产业增加值",
        "第一项任务是什么",
        "第一批试点在哪里",
        "三个食堂在哪里",
        "云河第一段高速公路",
        "分三条线推进",
        "第二点要求是什么",
    ],
)
def test_what_looks_like_an_address_is_none(base: KnowledgeBase, question: str) -> None:
    scope = read_scope(question, base.documents)
    assert not scope.targets
    assert not scope.missing


def test_a_pasted_draft_has_no_addresses(base: KnowledgeBase) -> None:
    draft = "第三章 保障措施。第一节 加强领导。" + "各部门各司其职，抓好落实。" * 12
    assert not read_scope(draft, base.documents).targets


@pytest.mark.parametrize(
    ("question", "lookup"),
    [
        ("云河规划第二章第一节讲什么", True),
        ("请问云河规划第二章第二节主要写了哪几个方面的内容？", True),
        ("云河规划第二章第二节怎样改善饮水条件", True),
        ("云河规划第二章第一节里采茶节由谁负责", False),
        ("采茶节由谁负责", False),
    ],
)
def test_a_lookup_asks_no_more_than_the_address(
    base: KnowledgeBase, question: str, lookup: bool
) -> None:
    assert read_scope(question, base.documents).lookup is lookup


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("哪一节讲金融支持", Level.SECTION),
        ("金融支持在第几章", Level.CHAPTER),
        ("哪个专栏讲加工点", Level.BOX),
        ("哪部分人能免费吃饭", None),
        ("哪节课最受欢迎", None),
    ],
)
def test_a_question_may_want_a_place(
    base: KnowledgeBase, question: str, level: Level | None
) -> None:
    wants = read_scope(question, base.documents).wants
    assert (wants[0] if wants else None) == level


def test_places_are_read(base: KnowledgeBase) -> None:
    scope = read_scope("云河到2025年、“十四五”末和2021年比，遵义呢", base.documents)
    assert scope.places == ("云河", "遵义")
    assert "云河" not in scope.rest
