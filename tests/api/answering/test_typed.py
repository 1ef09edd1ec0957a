from __future__ import annotations

import pytest

from api.answering.typed import read_typed


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("第五章第三节讲什么", ["第五章第三节"]),
        ("第 5 章 第 3 节", ["第五章第三节"]),
        ("5章3节写了啥", ["第五章第三节"]),
        ("第１０章", ["第十章"]),
        ("第五章里的第三节", ["第五章第三节"]),
        ("第七章节讲什么", ["第七章"]),
        ("专栏7第七项是什么", ["专栏7第七项"]),
        ("专栏七第（七）项", ["专栏7第七项"]),
        ("第三个专栏", ["专栏3"]),
        ("第五章第三节的专栏讲了啥", ["第五章第三节专栏"]),
        ("第二部分第（三）条第2点", ["第二部分第三条第二点"]),
        ("三、（二）讲什么", ["三、（二）"]),
        ("二(二)3", ["二、（二）第三点"]),
        ("第三章第二节第二段", ["第三章第二节第二段"]),
        ("最后一章", ["最后一章"]),
        ("倒数第二章第一节", ["倒数第二章第一节"]),
        ("第二、三节", ["第二节", "第三节"]),
        ("第三章第一、二节", ["第三章第一节", "第三章第二节"]),
        ("第三章第二节和第四节", ["第三章第二节", "第三章第四节"]),
        ("第六章第七节正文和专栏8", ["第六章第七节", "专栏8"]),
        ("第二十三条之一第二款第（三）项", ["第二十三条之一第二款第三项"]),
        ("附件2第一部分", ["附件2第一部分"]),
    ],
)
def test_addresses_are_read_as_people_type_them(question: str, expected: list[str]) -> None:
    assert [str(typed) for typed in read_typed(question)] == expected


@pytest.mark.parametrize(
    "question",
    [
        "三个方面",
        "第一产业增加值",
        "驻村第一书记",
        "三项机制",
        "中央一号文件",
        "第七次人口普查",
        "“两节”期间慰问",
        "第三方评估",
        "全书共九章三十四节",
        "四章都讲了什么",
        "第二阶段",
        "第一批试点",
        "第一节课",
        "第三节点",
        "第一章程",
        "专栏一共有几个",
        "第一、第二、第三产业",
        "十四五规划",
        "三条红线",
        "百分之三",
        "2021年第三季度",
        "一二三产业",
    ],
)
def test_what_only_counts_is_no_address(question: str) -> None:
    assert read_typed(question) == []


@pytest.mark.parametrize("question", ["第三条谁负责", "第二项任务", "第一点要求", "前言"])
def test_an_address_that_may_be_words_is_weak(question: str) -> None:
    assert [typed.strong for typed in read_typed(question)] == [False]


def test_bare_numbers_count_right_after_a_name() -> None:
    assert [str(typed) for typed in read_typed("意见三讲什么", frozenset({2}))] == ["三、"]
    assert read_typed("意见三讲什么") == []


@pytest.mark.parametrize(
    "text", ["第" * 500, "第一" * 500, "（一）" * 300, "第九九九九九九九章", ""]
)
def test_any_text_is_read(text: str) -> None:
    assert all(typed.end > typed.start for typed in read_typed(text))
