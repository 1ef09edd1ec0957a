"""The fields that the shapes of the API share; their descriptions are what /docs shows.

Names are those of the command line's JSON (`api/records.py`), so a record of either can be read by
the same program. Offsets count Unicode characters of the cleaned text.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from api.answering.question import LONGEST, MOST


def is_unicode(text: str) -> str:
    """Refuse halves of surrogate pairs, which JSON can spell and UTF-8 cannot hold."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise PydanticCustomError("string_unicode", "not Unicode")
    return text


_QUESTION = "黔西南州要创建多少个州级集成示范试点？"
_CLAUSE_ID = "qxn-opinion/h2/i3/p1"
_CITATION = "《……实施意见》二、（三）"

# The façade checks these limits and says what to do; here they are only told of.
Question = Annotated[
    str,
    AfterValidator(is_unicode),
    Field(
        description=f"问题或要查的内容，1 至 {LONGEST} 个字符",
        examples=[_QUESTION],
        json_schema_extra={"minLength": 1, "maxLength": LONGEST},
    ),
]
TopK = Annotated[
    int,
    Field(
        description=f"最多给出几个条款，1 至 {MOST}",
        json_schema_extra={"minimum": 1, "maximum": MOST},
    ),
]
DocIds = Annotated[
    list[str], Field(description="只在这些文件里查；不给就查全部", examples=[["qxn-opinion"]])
]
Start = Annotated[int, Field(description="起点：文件清洗后文字中的字符位置，从 0 起")]
End = Annotated[int, Field(description="终点，不含")]
Address = Annotated[str, Field(description="文件内的位置", examples=["二、（三）"])]
CitationText = Annotated[str, Field(description="引文出处，可直接引用", examples=[_CITATION])]
DocId = Annotated[str, Field(description="文件编号", examples=["qxn-opinion"])]
Reference = Annotated[
    str,
    Field(
        description="正式文件里引用的写法；知道文号时带文号",
        examples=["《……实施意见》（州党发〔2021〕9号）二、（三）"],
    ),
]
ClauseId = Annotated[str, Field(description="条款编号，含斜线", examples=[_CLAUSE_ID])]
DocIdInPath = Annotated[str, Path(description="文件编号", examples=["qxn-opinion"])]
ClauseIdInPath = Annotated[str, Path(description="条款编号，含斜线", examples=[_CLAUSE_ID])]
Title = Annotated[str, Field(description="文件标题")]
Level = Annotated[
    str,
    Field(
        description="层级：part 编、chapter 章、section 节、box 专栏、heading 一、、item （一）、"
        "subitem 1.、article 条、piece 报纸的一篇、subheading 小标题、preface 前言等",
        examples=["section"],
    ),
]
Page = Annotated[int | None, Field(description="原件的页码，从 1 起；没有分页时为 null")]
Characters = Annotated[int, Field(description="字数，不计空白")]
Notes = Annotated[list[str], Field(description="须知，例如只用了 BM25")]
InTable = Annotated[
    int | None, Field(description="所在的表格是 tables 里的第几个，从 0 起；不在表格里为 null")
]
Box = Annotated[str | None, Field(description="所在专栏的位置；不在专栏里为 null")]
