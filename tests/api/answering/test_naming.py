from __future__ import annotations

import pytest

from api.answering.naming import mentions
from api.knowledge_base import KnowledgeBase


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云河规划里怎么说", {"yunhe"}),
        ("云河县的规划", {"yunhe"}),
        ("县里的规划", {"yunhe", "bailu"}),
        ("《白鹿县“十四五”乡村发展规划》", {"bailu"}),
        ("青石镇那个意见", {"qingshi"}),
        ("镇里那份意见", {"qingshi"}),
        ("青岚市垂钓条例", {"law"}),
        ("关于加强老年人照料的实施意见", {"qingshi"}),
        ("2022年那篇报道", {"news"}),
        ("bailu 第一章", {"bailu"}),
    ],
)
def test_a_document_is_known_by_its_names(
    base: KnowledgeBase, question: str, expected: set[str]
) -> None:
    [mention] = mentions(question, base.documents.values())
    assert {document.doc_id for document in mention.documents} == expected
    assert mention.clear


@pytest.mark.parametrize("question", ["云河有多少茶园", "县里的老人"])
def test_a_mere_place_is_no_clear_name(base: KnowledgeBase, question: str) -> None:
    [mention] = mentions(question, base.documents.values())
    assert mention.documents
    assert not mention.clear


@pytest.mark.parametrize("question", ["遵义规划怎么说", "《民法典》", "红石县规划"])
def test_a_document_that_is_not_there_is_named_all_the_same(
    base: KnowledgeBase, question: str
) -> None:
    [mention] = mentions(question, base.documents.values())
    assert mention.clear
    assert not mention.documents


@pytest.mark.parametrize(
    "question",
    ["老年食堂收多少钱", "我是跑新闻的", "征求群众意见", "县级以上", "大家打算怎么规划生活"],
)
def test_other_words_name_nothing(base: KnowledgeBase, question: str) -> None:
    assert mentions(question, base.documents.values()) == []


def test_a_plan_that_plans_is_no_document(base: KnowledgeBase) -> None:
    [mention] = mentions("云河规划建设几个加工点", base.documents.values())
    assert not mention.clear
