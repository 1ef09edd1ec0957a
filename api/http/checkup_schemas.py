"""The shapes of check-ups (体检单) and corrections (更正)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.document_schemas import Doubt
from api.http.fields import Address, Characters, DocId, Page, Title

MOST = 1000  # corrections of a document
_DO = "insert 补标题、heading 认作标题、text 不是标题、meta 改信息"


class CorrectionRecord(BaseModel):
    """一条更正，写法见 docs/corrections.md；没有的项不写。"""

    do: Annotated[Literal["insert", "heading", "text", "meta"], Field(description=_DO)]
    before: Annotated[str | None, Field(description="insert：补在以此开头的一行之前")] = None
    line: Annotated[str | None, Field(description="heading、text：以此开头的一行")] = None
    heading: Annotated[
        str | None,
        Field(description="insert、heading：带序号的标题", examples=["第三节 主要目标"]),
    ] = None
    field: Annotated[str | None, Field(description="meta：哪一项", examples=["issued"])] = None
    value: Annotated[str | None, Field(description="meta：改为什么；空表示没有")] = None
    nth: Annotated[int | None, Field(description="有几行这样开头时，第几行，从 1 起")] = None
    note: Annotated[str | None, Field(description="给人看的说明")] = None


class NewCorrections(BaseModel):
    """一个文件的全部更正，取代原有的。"""

    model_config = ConfigDict(extra="forbid")
    # The readers of correction files check each one and say what is wrong in their own words.
    corrections: Annotated[
        list[Any],
        Field(
            description=f"每条一个对象，最多 {MOST} 条；空列表表示去掉全部",
            examples=[[{"do": "insert", "before": "到2025年，全市", "heading": "第三节 主要目标"}]],
            json_schema_extra={
                "maxItems": MOST,
                "items": {"$ref": "#/components/schemas/CorrectionRecord"},
            },
        ),
    ]


class Corrections(BaseModel):
    """一个文件现有的更正，按应用的次序。"""

    doc_id: DocId
    file: Annotated[
        str, Field(description="存放更正的文件名", examples=["规划.pdf.corrections.jsonl"])
    ]
    writable: Annotated[bool, Field(description="服务是否开放写入")]
    corrections: list[CorrectionRecord]


class Corrected(Corrections):
    """已存下的更正，和其中用不上的。"""

    unfit: Annotated[list[Doubt], Field(description="用不上的更正（correction-unfit）及原因")]


class Share(BaseModel):
    """一类文字有多少。"""

    kind: Annotated[str, Field(description="种类", examples=["toc"])]
    name: Annotated[str, Field(description="种类的名称", examples=["目录"])]
    characters: Characters


class Whereabouts(BaseModel):
    """每个字的去处；各项相加即全部。"""

    clauses: Annotated[int, Field(description="条款里的字数，不计空白")]
    headings: Annotated[int, Field(description="独占一行的标题的字数，不计空白")]
    residues: Annotated[list[Share], Field(description="留在文中、不属正文的，按种类")]
    dropped: Annotated[list[Share], Field(description="清洗时去掉的，按种类")]
    lost: Annotated[int, Field(description="没有去处或不止一个去处的字数，应为 0")]


class LevelCount(BaseModel):
    """大纲里一级有几处。"""

    level: Annotated[str, Field(description="层级", examples=["section"])]
    name: Annotated[str, Field(description="层级的名称", examples=["节"])]
    count: Annotated[int, Field(description="几处")]


class BoxPlace(BaseModel):
    """一个专栏。"""

    address: Address
    title: Annotated[str, Field(description="专栏的标题")]
    start: Annotated[int, Field(description="起点，也是阅读页里的锚点 at-…")]


class MetaValue(BaseModel):
    """一项信息和它的来处。"""

    field: Annotated[str, Field(description="哪一项", examples=["issued"])]
    name: Annotated[str, Field(description="这一项的名称", examples=["发文时间"])]
    value: Annotated[str | None, Field(description="值；没有找到为 null", examples=["2021-12"])]
    shown: Annotated[str | None, Field(description="给人看的值", examples=["省"])]
    origin: Annotated[str | None, Field(description="从哪里得来", examples=["落款"])]


class Suggested(BaseModel):
    """可能用得上的一条更正。"""

    what: Annotated[str, Field(description="什么情况下用", examples=["补上缺的标题"])]
    complete: Annotated[bool, Field(description="false 表示还要人填写其中“此处改成……”的地方")]
    correction: CorrectionRecord


class PlacedDoubt(Doubt):
    """一个疑点和它的所在。"""

    page: Page
    address: Annotated[str | None, Field(description="所在条款或标题的位置")]
    clause_id: Annotated[str | None, Field(description="所在条款的编号；不在条款里为 null")]
    heading: Annotated[int | None, Field(description="所在标题的起点；不在标题里为 null")]
    suggestions: Annotated[list[Suggested], Field(description="可用的更正，请核对后再用")]


class CheckUpReport(BaseModel):
    """一个文件的体检单。"""

    doc_id: DocId
    title: Title
    verdict: Annotated[
        Literal["good", "doubts", "refused"], Field(description="结论：可用、有疑点、不可用")
    ]
    words: Annotated[str, Field(description="结论的说法", examples=["可用，但有疑点"])]
    reason: Annotated[str, Field(description="理由")]
    pages: Annotated[int, Field(description="页；没有分页时为 0")]
    clauses: Annotated[int, Field(description="条款")]
    tables: Annotated[int, Field(description="表格")]
    contents: Annotated[int, Field(description="目录的行")]
    characters: Annotated[int, Field(description="从文件读到的全部字数，不计空白")]
    whereabouts: Whereabouts
    levels: Annotated[list[LevelCount], Field(description="大纲各级有几处，外层在前")]
    boxes: list[BoxPlace]
    metadata: Annotated[list[MetaValue], Field(description="标题、机关、时间等，没有找到的也列出")]
    doubts: Annotated[list[PlacedDoubt], Field(description="疑点，按文字次序，没有位置的在前")]
