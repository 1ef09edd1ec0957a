"""What a question asks for, read off its words."""

from __future__ import annotations

import re

from corpus.errors import InputError

LONGEST = 2000  # characters of a question; a draft paragraph fits in
MOST = 1000  # clauses of one answer

# What asks for a figure, with the unit that follows: 多少个, 几类, 多少万亩, 占比多少.
_HOW_MANY = re.compile(
    r"(?:多少|几)\s*((?:百|千|万|亿)*(?:平方公里|公里|平方米|立方米|个百分点"
    r"|[个家亩元人户名条类项座处所种场次年月天日倍张套支份里米吨只头期档级批])?)"
)
_RATE = re.compile(
    r"(率|比例|比重|占比|百分之|增速|增幅)[^，。？?]{0,8}(多少|几|多高|多大|达到|是)"
)
_WHEN = re.compile(r"何时|什么时候|哪一?年|哪一?天|几月|几年底|多久|多长时间|期限|截止")
_HOW_MUCH = re.compile(r"多少|几(?![乎率何])|多高|多大|多长|多远|多久")
# The words that only ask, left out where the words of a question are weighed.
ASKING = re.compile(
    "什么|哪些|哪个|哪几|哪里|哪儿|哪|怎么样|怎么办|怎么|怎样|如何|多少|为什么|为何|是不是|有没有|"
    r"能不能|可不可以|行不行|请问|介绍|一下|指的是|是指|吗|呢|？|\?"
)


_DEFINITION = re.compile(
    r"什么(?:是|叫)[“\"]?(?P<a>[^，。？?”\"]{2,20})[”\"]?[？?]?$"
    r"|[“\"]?(?P<b>[^，。？?”\"]{2,20})[”\"]?(?:是什么意思|指的?是?什么|是指什么|是什么)[？?]?$"
)


def defined_term(question: str) -> str:
    """Return the term whose meaning a question asks for, empty where it asks for none.

    >>> [defined_term(q) for q in ("什么是边缘易致贫户？", "“四个不摘”指什么", "谁负责？")]
    ['边缘易致贫户', '四个不摘', '']
    """
    match = _DEFINITION.search(question.strip())
    return (match["a"] or match["b"]) if match else ""


def check_question(text: str) -> None:
    """InputError where a question is empty or too long to be one."""
    if not text.strip():
        raise InputError(
            "问题是空的", "请写出要查的内容，例如“黔西南州要创建多少个州级集成示范试点？”"
        )
    if len(text) > LONGEST:
        message = f"问题有 {len(text)} 个字符，最多 {LONGEST} 个"
        raise InputError(message, "请只留下要查的一段，长文请分段查询")


def check_top_k(top_k: int) -> None:
    """InputError where the number of clauses asked for is not in 1 to `MOST`."""
    if not 1 <= top_k <= MOST:
        raise InputError(f"top_k 是 {top_k}，须在 1 到 {MOST} 之间", "一般用 10")


def asks_for_figure(question: str) -> bool:
    """Whether a question wants a number or a time.

    >>> asks_for_figure("要创建多少个试点？"), asks_for_figure("什么是四个不摘？")
    (True, False)
    """
    return any(p.search(question) for p in (_HOW_MUCH, _RATE, _WHEN))


def wanted_unit(question: str) -> str:
    """Return the unit that the figure should have: 个, 万亩, %, 年; empty where none is named.

    >>> [wanted_unit(q) for q in ("创建多少个试点？", "普及率达到多少？", "哪一年完成？")]
    ['个', '%', '年']
    """
    match = _HOW_MANY.search(question)
    if match and match[1] and not _RATE.search(question):
        return "年" if match[1] in ("年", "月", "日") else match[1]
    if _RATE.search(question):
        return "%"
    return "年" if _WHEN.search(question) else ""
