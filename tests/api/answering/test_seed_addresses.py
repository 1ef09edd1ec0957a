"""Look-ups in the original documents: expectation is the address alone, never their text."""

from __future__ import annotations

import pytest

from api.answering.scope import read_scope
from api.knowledge_base import KnowledgeBase
from corpus.model import Query

TITLE = "铜仁市“十四五”巩固拓展脱贫攻坚成果同乡村振兴有效衔接规划"
FOUND = [
    ("第五章第三节讲什么", "gz-plan 第五章第三节|tr-plan 第五章第三节"),
    ("省规划第五章第三节讲什么", "gz-plan 第五章第三节"),
    ("省里的规划第五章第三节说了些啥", "gz-plan 第五章第三节"),
    ("省级规划5章3节", "gz-plan 第五章第三节"),
    ("贵州省规划第五章的第三节主要内容是什么？", "gz-plan 第五章第三节"),
    ("贵州省那个衔接规划第六章第五节", "gz-plan 第六章第五节"),
    ("gz-plan 第2章第1节", "gz-plan 第二章第一节"),
    ("专栏7第七项是什么", "gz-plan 第五章第四节专栏7（七）"),
    ("省规划专栏7第（三）项", "gz-plan 第五章第四节专栏7（三）"),
    ("省规划专栏七（八）", "gz-plan 第五章第四节专栏7（八）"),
    ("省规划第七个专栏第2项", "gz-plan 第五章第四节专栏7（二）"),
    ("省规划第五章第四节专栏7第一项", "gz-plan 第五章第四节专栏7（一）"),
    ("省规划专栏10第一项", "gz-plan 第五章第八节专栏10“乡村教育质量提升行动”"),
    ("省规划专栏13讲什么", "gz-plan 第六章第二节专栏13"),
    ("省规划第五章第三节的专栏写了什么", "gz-plan 第五章第三节专栏6"),
    ("省规划最后一章讲什么", "gz-plan 第七章"),
    ("省规划倒数第二章第七节", "gz-plan 第六章第七节"),
    ("省规划第三章最后一节", "gz-plan 第三章第三节"),
    ("省规划前言讲了什么", "gz-plan 前言"),
    ("省规划第三章第二节第二段", "gz-plan 第三章第二节第2段"),
    ("省规划第七章第二节和第三节", "gz-plan 第七章第二节|gz-plan 第七章第三节"),
    ("省规划第七章第二、三节讲什么", "gz-plan 第七章第二节|gz-plan 第七章第三节"),
    ("铜仁规划第六章第二节讲什么", "tr-plan 第六章第二节"),
    ("铜仁市的规划里第六章第二节", "tr-plan 第六章第二节"),
    ("市里那个规划最后一章", "tr-plan 第九章"),
    ("帮我查一下铜仁市规划第八章第4节的内容", "tr-plan 第八章第四节"),
    ("铜仁第六章第九节第三项", "tr-plan 第六章第九节（三）"),
    ("铜仁规划第六章第一节（三）", "tr-plan 第六章第一节（三）"),
    ("铜仁规划专栏1第二项", "tr-plan 第六章第一节专栏1（二）"),
    ("铜仁规划专栏15（三）是哪个模式", "tr-plan 第八章第二节专栏15（三）"),
    (f"《{TITLE}》第四章第一节", "tr-plan 第四章第一节"),
    ("第四章第二节在铜仁规划里讲什么", "tr-plan 第四章第二节"),
    ("黔西南意见第二部分第（三）条", "qxn-opinion 二、（三）"),
    ("黔西南那个意见第二部分第三条讲什么", "qxn-opinion 二、（三）"),
    ("黔西南州实施意见二（三）", "qxn-opinion 二、（三）"),
    ("州里那份意见三、（四）", "qxn-opinion 三、（四）"),
    ("州里的意见第三大部分", "qxn-opinion 三、"),
    ("分类分级推进乡村振兴的实施意见第一部分第（二）条第2点", "qxn-opinion 一、（二）2"),
    ("黔西南意见二(二)3", "qxn-opinion 二、（二）3"),
    ("黔西南意见二(一)1讲什么", "qxn-opinion 二、（一）1"),
    ("黔西南意见最后一部分第一条", "qxn-opinion 三、（一）"),
    ("省规划第三章第三节和铜仁规划第三章第三节", "gz-plan 第三章第三节|tr-plan 第三章第三节"),
    ("省规划和铜仁规划第九章", "tr-plan 第九章"),
    ("2022年那篇报道第二段", "gz-news 第2段"),
    ("报纸第三篇讲什么", "gz-page 《让脱贫基础更加稳固成效更可持续》"),
]
MISSING = [
    ("铜仁规划第十章讲什么", "铜仁规划没有第十章；共九章"),
    ("省规划第八章", "省规划没有第八章；共七章"),
    ("省规划第七章第六节", "第七章共五节"),
    ("铜仁规划第六章第十二节讲什么", "第六章共九节"),
    ("省规划专栏14", "共十三个专栏"),
    ("省规划专栏7第九项", "专栏7共八项"),
    ("省规划第五章第三节专栏4", "专栏4在第五章第一节"),
    ("省规划第三章第二节第二十段", "第三章第二节共四段"),
    ("黔西南意见第三章", "它分为一、二、三"),
    ("黔西南意见第四部分", "共三部分"),
    ("黔西南意见第二部分第五条", "第二部分共三条"),
    ("毕节规划第三章讲什么", "库中没有毕节规划"),
    ("专栏30讲什么", "各文件都没有专栏30"),
]
NONE = [
    "省里三个方面的举措",
    "贵州第一产业增加值是多少",
    "驻村第一书记怎么选派",
    "铜仁的三项机制是什么",
    "一号文件怎么说",
    "第七次人口普查结果",
    "“两节”期间怎么慰问",
    "第三方评估由谁做",
    "四章都讲了什么",
    "省规划共几章",
    "铜仁第一批试点有哪些",
    "分三条线推进产业",
    "第二阶段目标是什么",
    "五级书记是哪五级",
    "“四个不摘”是哪四个",
    "三类县怎么划分",
    "第一项任务由谁牵头",
]


@pytest.mark.parametrize(("question", "expected"), FOUND)
def test_a_lookup_gives_the_clauses_of_its_address_first_in_text_order(
    seeds: KnowledgeBase, question: str, expected: str
) -> None:
    found = read_scope(question, seeds.documents).found
    assert "|".join(f"{p.document.doc_id} {p.address}" for p in found) == expected
    hits = seeds.search(Query(question, 200))
    there = [hit.clause for hit in hits if "address" in hit.sources]
    assert [hit.clause for hit in hits[: len(there)]] == there
    for place in found:
        own = [clause for clause in there if clause in place.clauses]
        assert tuple(own) == place.clauses
    assert len(there) == sum(len(place.clauses) for place in found)


@pytest.mark.parametrize(("question", "reason"), MISSING)
def test_an_address_that_is_not_there_is_refused(
    seeds: KnowledgeBase, question: str, reason: str
) -> None:
    answer = seeds.ask(Query(question))
    assert answer.abstained
    assert reason in answer.reason


@pytest.mark.parametrize("question", NONE)
def test_words_that_look_like_an_address_stay_words(seeds: KnowledgeBase, question: str) -> None:
    scope = read_scope(question, seeds.documents)
    assert not scope.targets


def test_a_section_is_found_by_what_it_treats(seeds: KnowledgeBase) -> None:
    hits = seeds.search(Query("哪一节讲金融支持"))
    assert str(hits[0].clause.address).startswith("第七章第三节")
