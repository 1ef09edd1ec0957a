"""The shapes of questions, answers, clauses and places."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.filters import Filters as Chosen
from api.http.fields import (
    Address,
    CitationText,
    ClauseId,
    DocId,
    DocIds,
    End,
    Notes,
    Page,
    Question,
    Reference,
    Start,
    Title,
    TopK,
)


class Filters(BaseModel):
    """按文件的信息筛选：同一项的几个值任取其一，各项都要符合；不给就不限。"""

    model_config = ConfigDict(extra="forbid")
    region: Annotated[list[str], Field(description="地区，含下级", examples=[["贵州省"]])] = []
    level: Annotated[list[str], Field(description="层级：province、city 等")] = []
    kind: Annotated[list[str], Field(description="文种：plan、opinion 等")] = []
    year: Annotated[list[int], Field(description="发文年份", examples=[[2021]])] = []
    issuer: Annotated[list[str], Field(description="发文机关；联合发文的任一机关")] = []

    def chosen(self) -> Chosen:
        """Return the filters."""
        return Chosen(
            tuple(self.region),
            tuple(self.level),
            tuple(self.kind),
            tuple(self.year),
            tuple(self.issuer),
        )


Narrowed = Annotated[
    Filters, Field(description="按文件的信息筛选：region、level、kind、year、issuer，都是列表")
]


class Search(Filters):
    """检索的参数。"""

    q: Question
    top_k: TopK = 10
    doc_id: Annotated[list[str], Field(description="只在这个文件里查；可重复")] = []


class Export(Search):
    """导出的参数。"""

    form: Annotated[Literal["csv", "docx"], Field(description="csv 表格、docx 文档")] = "docx"


class Listing(Filters):
    """列出文件的参数。"""

    q: Annotated[str, Field(description="标题、文号或编号里有的词；几个词以空格分开")] = ""


class Ask(BaseModel):
    """一个问题。"""

    model_config = ConfigDict(extra="forbid")
    question: Question
    top_k: TopK = 10
    doc_ids: DocIds = []
    filters: Narrowed = Filters()


class CitedClause(BaseModel):
    """一个条款：人会引用的最小单位。"""

    clause_id: ClauseId
    doc_id: DocId
    title: Title
    address: Address
    citation: CitationText
    reference: Reference
    heads: Annotated[list[str], Field(description="上面各级标题，由外到内")]
    start: Start
    end: End
    page: Page
    text: Annotated[str, Field(description="条款原文，一字不改")]


class FoundClause(CitedClause):
    """检索到的条款。"""

    rank: Annotated[int, Field(description="名次，从 1 起")]
    score: Annotated[float, Field(description="得分，越高越相关；只能在同一次检索里比较")]
    sources: Annotated[
        dict[str, float], Field(description="各路检索给的分：words、thesaurus、dense、late")
    ]


class Found(BaseModel):
    """检索结果，最相关的在前。"""

    query: Annotated[str, Field(description="检索的内容")]
    hits: list[FoundClause]
    notes: Notes


class Clauses(BaseModel):
    """事件 clauses：找到的条款，先于回答。"""

    question: Annotated[str, Field(description="问题")]
    hits: list[FoundClause]


class AnswerSentence(BaseModel):
    """回答问题的一句原文。"""

    text: Annotated[str, Field(description="原句，一字不改")]
    citation: CitationText
    reference: Reference
    clause_id: ClauseId
    doc_id: DocId
    title: Title
    address: Address
    start: Start
    end: End
    page: Page
    marks: Annotated[
        list[tuple[int, int]],
        Field(description="所问的数字在 text 中的 [起点, 终点)", examples=[[[12, 15]]]),
    ]


class Answered(BaseModel):
    """回答：原文句子，或者为什么没有。"""

    question: Annotated[str, Field(description="问题")]
    abstained: Annotated[bool, Field(description="true 表示库中没有依据，不作回答")]
    reason: Annotated[str, Field(description="不作回答的理由；作了回答时为空")]
    confidence: Annotated[
        float, Field(description="0 至 1：前五个条款里有答案的概率，在开发问题上校准过")
    ]
    certainty: Annotated[
        Literal["high", "fair", "low", "none"], Field(description="把握的大小；none 为没有依据")
    ]
    certainty_words: Annotated[str, Field(description="把握的说法", examples=["依据明确"])]
    answer: Annotated[str, Field(description="各句原文，以换行相连；不作回答时为空")]
    sentences: Annotated[list[AnswerSentence], Field(description="作答的原句，最切题的在前")]
    hits: Annotated[list[FoundClause], Field(description="相关条款；不作回答时是最接近的条款")]
    notes: Notes


class ClauseDetail(CitedClause):
    """一个条款和它的前后。"""

    previous: Annotated[str | None, Field(description="同一文件上一条款的编号")]
    next: Annotated[str | None, Field(description="同一文件下一条款的编号")]


class Place(BaseModel):
    """一个出处所指的地方。"""

    doc_id: DocId
    title: Title
    address: Address
    citation: CitationText
    clause_ids: Annotated[list[str], Field(description="那里的各条款的编号")]
    clauses: Annotated[list[CitedClause], Field(description="各条款；所指不止一处时不给")]


class Resolved(BaseModel):
    """一个出处所指的地方；不止一处时不猜，全部列出。"""

    citation: Annotated[str, Field(description="所查的出处")]
    unclear: Annotated[bool, Field(description="true 表示可能指多处，请写明文件")]
    places: list[Place]


class Examples(BaseModel):
    """可以试的问题。"""

    questions: list[str]
