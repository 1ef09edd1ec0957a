"""Whole questions on invented documents: the marked value, both sides, and refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.knowledge_base import KnowledgeBase
from corpus.model import Answer, Query
from tests.api.answering import invented


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder: Path = tmp_path_factory.mktemp("invented")
    return invented.open_base(folder)


def marked(answer: Answer) -> list[str]:
    return [answer.sentences[0].citation.quote[a:b] for a, b in answer.sentences[0].marks]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("河北水乡卫生厕所普及率到2025年要达到多少？", ["81%"]),
        ("河北的水乡居民收入比要降到多少？", ["2.6"]),
        ("邢台市水乡居民收入到2023年底要达到多少？", ["1.5万元"]),
        ("邢台水面面积要提高到多少万亩？", ["52万亩"]),
        ("河北三星级塘口能拿多少万元奖补？", ["12万元"]),
        ("对口城市每年给邢台选派多少名渔技员，捐建多少口鱼塘？", ["30名", "12口"]),
        ("邢台看塘人发现病鱼拨打什么热线号码，电话是多少？", ["66778"]),
        ("邢台规划依据的文件文号是多少？", ["冀水发〔2021〕9号"]),
        ("邢台的水乡振兴规划自哪一天起施行？", ["2022年3月1日"]),
        ("巨鹿县2025年新增鱼塘多少口？", ["36口"]),
        ("巨鹿县2026年要新增鱼塘多少口？", ["50口"]),
        ("内丘县要建成多少家渔业合作社？", ["120家"]),
    ],
)
def test_the_value_asked_for_is_marked(
    base: KnowledgeBase, question: str, value: list[str]
) -> None:
    assert marked(base.ask(Query(question))) == value


def test_both_sides_of_a_contradiction_are_shown_and_said(base: KnowledgeBase) -> None:
    answer = base.ask(Query("河北到2025年放养鱼苗水面要达到多少万亩？"))
    shown = [one.citation.quote for one in answer.sentences[:2]]
    assert any("64万亩" in quote for quote in shown)
    assert any("75万亩" in quote for quote in shown)
    assert any("前后不一" in note and "64万亩" in note for note in answer.notes)
    assert all(sentence.marks for sentence in answer.sentences[:2])


def test_what_differs_by_year_or_place_is_no_contradiction(base: KnowledgeBase) -> None:
    for question in ("巨鹿县2026年要新增鱼塘多少口？", "邢台市水乡居民收入到2023年底要达到多少？"):
        assert not any("前后不一" in note for note in base.ask(Query(question)).notes)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("保定市到2025年水乡卫生厕所普及率要达到多少？", "没有找到保定市的"),
        ("威县到2025年要建成多少家渔业合作社？", "没有找到威县的"),
        ("河北到2030年水乡卫生厕所普及率要达到多少？", "没有2030年的"),
        ("河北莲池物流港项目总投资多少亿元？", "没有写明“莲池物流港项目总投资”"),
        ("河北的“三养”办法是哪三养？", "没有写明是哪三个"),
    ],
)
def test_a_refusal_says_what_was_not_found(base: KnowledgeBase, question: str, said: str) -> None:
    answer = base.ask(Query(question))
    assert answer.abstained
    assert not answer.sentences
    assert said in answer.reason
    assert answer.hits


def test_a_refusal_names_the_documents_that_have_it_for_elsewhere(base: KnowledgeBase) -> None:
    reason = base.ask(Query("保定市到2025年水乡卫生厕所普及率要达到多少？")).reason
    assert "《河北省“十四五”水乡振兴规划》写有" in reason


@pytest.mark.parametrize(
    "question",
    ["河北的“四看”机制指什么？", "“四养塘口”是哪四养？", "家里没劳力，塘子咋个养？"],
)
def test_what_is_explained_or_asked_in_everyday_words_is_answered(
    base: KnowledgeBase, question: str
) -> None:
    answer = base.ask(Query(question))
    assert not answer.abstained
    assert 0 <= answer.confidence <= 1


def test_other_subjects_are_refused(base: KnowledgeBase) -> None:
    assert base.ask(Query("钢琴奏鸣曲是谁写的？")).abstained


def test_the_confidence_falls_with_what_is_missing(base: KnowledgeBase) -> None:
    there = base.ask(Query("河北到2025年水乡卫生厕所普及率要达到多少？")).confidence
    elsewhere = base.ask(Query("保定到2025年水乡卫生厕所普及率要达到多少？")).confidence
    assert there > 0.8
    assert elsewhere < 0.2
