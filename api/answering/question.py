"""Whether a text can be asked, the words that only ask, and the term whose meaning is wanted."""

from __future__ import annotations

import re

from corpus.errors import InputError

LONGEST = 2000  # characters of a question; a draft paragraph fits in
MOST = 1000  # clauses of one answer

# The words that only ask, left out where the words of a question are weighed.
ASKING = re.compile(
    "什么|哪些|哪个|哪几|哪里|哪儿|哪|怎么样|怎么办|怎么|怎样|如何|多少|为什么|为何|是不是|有没有|"
    r"能不能|可不可以|行不行|请问|介绍|一下|指的是|是指|吗|呢|？|\?"
)


QUOTED = re.compile(r"[“\"‘]([^”\"’]{1,20})[”\"’]")

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
