"""The shapes of documents, outlines and texts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.http.fields import (
    Address,
    Box,
    CitationText,
    ClauseId,
    DocId,
    End,
    InTable,
    Level,
    Page,
    Start,
    Title,
)


class Counts(BaseModel):
    """一个文件里各有多少。"""

    characters: Annotated[int, Field(description="字符")]
    nodes: Annotated[int, Field(description="标题和专栏")]
    clauses: Annotated[int, Field(description="条款")]
    problems: Annotated[int, Field(description="疑点")]
    pages: Annotated[int, Field(description="页；没有分页时为 0")]


class DocumentSummary(BaseModel):
    """一个文件；不知道的为 null。"""

    doc_id: DocId
    title: Title
    kind: Annotated[str | None, Field(description="文种", examples=["opinion"])]
    region: Annotated[str | None, Field(description="地区", examples=["贵州省黔西南州"])]
    kind_name: Annotated[str | None, Field(description="文种的名称", examples=["意见"])]
    level: Annotated[str | None, Field(description="层级：province、city 等")]
    level_name: Annotated[str | None, Field(description="层级的名称", examples=["市州"])]
    issuer: Annotated[str | None, Field(description="发文机关")]
    number: Annotated[str | None, Field(description="文号")]
    issued: Annotated[str | None, Field(description="发文时间", examples=["2021-12"])]
    year: Annotated[int | None, Field(description="发文年份", examples=[2021])]
    reference: Annotated[str, Field(description="引用的写法：标题，知道文号时带文号")]
    format: Annotated[str, Field(description="文件的格式，即后缀", examples=["pdf"])]
    verdict: Annotated[
        Literal["good", "doubts", "refused"], Field(description="体检的结论：可用、有疑点、不可用")
    ]
    restated: Annotated[bool, Field(description="true 表示是摘编，非原文")]
    counts: Counts


class Facet(BaseModel):
    """筛选时的一个值。"""

    value: Annotated[str, Field(description="值", examples=["plan"])]
    name: Annotated[str, Field(description="名称", examples=["规划、纲要、计划"])]
    count: Annotated[int, Field(description="库中有几份；地区含下级")]


class Facets(BaseModel):
    """库中各项信息有哪些值，供筛选。"""

    region: list[Facet]
    level: list[Facet]
    kind: list[Facet]
    year: list[Facet]
    issuer: list[Facet]


class Documents(BaseModel):
    """符合筛选的文件，按清单的次序，和可供筛选的值。"""

    documents: list[DocumentSummary]
    facets: Facets


class Doubt(BaseModel):
    """解析时的疑点，请人核对。"""

    code: Annotated[str, Field(description="种类", examples=["toc-differs"])]
    message: Annotated[str, Field(description="说明")]
    start: int | None
    end: int | None


class Origin(BaseModel):
    """一项信息是从哪里得来的。"""

    field: Annotated[str, Field(description="哪一项", examples=["issued"])]
    origin: Annotated[str, Field(description="从哪里得来", examples=["落款"])]


class DocumentDetail(DocumentSummary):
    """一个文件、各项信息从哪里得来和它的疑点。"""

    origins: list[Origin]
    problems: list[Doubt]


class OutlineNode(BaseModel):
    """大纲里的一处。"""

    level: Level
    number: Annotated[int | None, Field(description="序号；没有序号的为 null")]
    title: Annotated[str, Field(description="标题")]
    address: Address
    start: Start
    end: End


class Outline(BaseModel):
    """一个文件的大纲：各处按文字次序平列，与 zhangjie outline --json 相同。"""

    doc_id: DocId
    title: Title
    nodes: list[OutlineNode]
    problems: list[Doubt]


class HeadingBlock(BaseModel):
    """独占一行的标题。"""

    kind: Literal["heading"] = "heading"
    level: Level
    depth: Annotated[int, Field(description="层数，从 1 起")]
    address: Address
    box: Box
    table: InTable
    page: Page
    start: Start
    end: End
    text: Annotated[str, Field(description="标题原文")]


class ClauseBlock(BaseModel):
    """一个条款。"""

    kind: Literal["clause"] = "clause"
    clause_id: ClauseId
    address: Address
    citation: CitationText
    box: Box
    new_line: Annotated[bool, Field(description="false 表示与上一条款同在一段")]
    table: InTable
    page: Page
    start: Start
    end: End
    text: Annotated[str, Field(description="条款原文")]


class ResidueBlock(BaseModel):
    """不属正文的文字。"""

    kind: Literal["residue"] = "residue"
    residue: Annotated[
        str,
        Field(
            description="title 标题、issuer 机关、date 日期、byline 署名、toc 目录、"
            "page-number 页码、chrome 网页部件、caption 图片说明、imprint 出版信息、mark 标记"
        ),
    ]
    table: InTable
    page: Page
    start: Start
    end: End
    text: str


Block = Annotated[HeadingBlock | ClauseBlock | ResidueBlock, Field(discriminator="kind")]


class TableRow(BaseModel):
    """表里的一行；只有一格的行横跨各列。"""

    start: Start
    end: End
    head: Annotated[bool, Field(description="true 表示是各列的名称")]
    cells: Annotated[
        list[tuple[int, int]],
        Field(description="各格文字在全文中的 [起点, 终点)；空格子起点与终点相同"),
    ]


class Table(BaseModel):
    """一个表格；其中各行也是条款或标题，见各块的 table。"""

    start: Start
    end: End
    columns: Annotated[int, Field(description="列")]
    rows: list[TableRow]


class DocumentText(BaseModel):
    """一个文件的全文，按文字次序分块；每个非空白字符都在某一块里（residue=true 时）。"""

    doc_id: DocId
    title: Title
    blocks: list[Block]
    tables: Annotated[list[Table], Field(description="版式清楚的表格，按文字次序")]
    pages: Annotated[
        list[int],
        Field(description="各页从哪个字符起，按页码；没有分页时为空", examples=[[0, 412]]),
    ]
