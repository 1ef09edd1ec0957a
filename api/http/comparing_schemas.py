"""The shapes of what is compared across documents: precedents, answers side by side, figures."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.answering.question import LONGEST
from api.http.fields import DocId, DocIds, Notes, Title, TopK, is_unicode
from api.http.question_schemas import (
    Answered,
    AnswerSentence,
    CitedClause,
    Filters,
    FoundClause,
    Narrowed,
)


class Like(BaseModel):
    """要找先例的一段文字，或库中的一个条款。"""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[
        str,
        AfterValidator(is_unicode),
        Field(description=f"一段文字，最多 {LONGEST} 个字符；与 clause_id 任给其一"),
    ] = ""
    clause_id: Annotated[
        str, Field(description="条款编号；所在的文件不查", examples=["qxn-opinion/h2/i3/p1"])
    ] = ""
    top_k: TopK = 10
    doc_ids: DocIds = []
    filters: Narrowed = Filters()


class Alike(FoundClause):
    """相近的条款。"""

    similarity: Annotated[float, Field(description="相近的程度，0 至 1；0.8 以上多为同一件事")]


class Precedents(BaseModel):
    """别处相近的条款，最相近的在前；没有相近的为空。"""

    text: Annotated[str, Field(description="所查的文字")]
    clause: Annotated[CitedClause | None, Field(description="所查的条款；查的是文字时为 null")]
    hits: list[Alike]
    notes: Notes


class Side(Answered):
    """一份文件对问题的回答。"""

    doc_id: DocId
    title: Title


class Compared(BaseModel):
    """各文件对同一问题的回答，按清单的次序。"""

    question: Annotated[str, Field(description="问题")]
    documents: list[Side]


class FigureFound(AnswerSentence):
    """一个数字和它所在的句子；marks 标出它在句中的位置。"""

    figure: Annotated[str, Field(description="数字的原样", examples=["3万亩"])]
    value: Annotated[float | None, Field(description="数值，万、亿已乘入；读不出为 null")]
    unit: Annotated[str, Field(description="单位的原样，百分数为 %", examples=["万亩"])]


class Figures(BaseModel):
    """所查条款里的数字，按条款的名次和文字的次序；日期不列。"""

    query: Annotated[str, Field(description="所查的内容")]
    figures: list[FigureFound]
    notes: Notes
