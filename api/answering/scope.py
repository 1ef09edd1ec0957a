"""What a question says of where to look: documents, addresses, places, kind of section.

《…意见》第二部分第（三）条讲什么 names a document and a place in it; 哪一节讲金融支持 wants a place
as its answer; 铜仁规划里… only narrows where to look. What is left of the question (`rest`) is what
is asked there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.answering.locate import Place
from api.answering.naming import Mention, mentions
from api.answering.targets import Target, read_targets
from corpus.address import Level
from corpus.model import Document
from index.tokenize import words

_WANTS = re.compile(
    r"(?:哪(?:一|个|几个?|些)?|第几)\s?"
    r"(?P<unit>章节|章(?!程)|节(?![课能约点])|部分(?!人|地区|群众|群体)|专栏|篇(?!文章|报道))"
    r"(?:是|里|中|专门)?(?:讲到|讲的|讲述|讲|说到|说的|说|写到|写的|写|提到|规定|部署|涉及|介绍)?[了是]?"
)
_WANTED: dict[str, tuple[Level, ...]] = {
    "章节": (Level.SECTION, Level.CHAPTER, Level.ITEM, Level.HEADING),
    "章": (Level.CHAPTER, Level.PART, Level.HEADING),
    "节": (Level.SECTION, Level.ITEM, Level.HEADING),
    "部分": (Level.PART, Level.HEADING, Level.CHAPTER, Level.SUBHEADING),
    "专栏": (Level.BOX,),
    "篇": (Level.PIECE,),
}
# The words of a question that ask what stands at an address and nothing more.
_ASKS_CONTENT = re.compile(
    r"讲述|讲到|讲的|讲了|讲|写着|写了|写的|写|说到|说的|说了|说|规定|列出|列了|列|提到|提出|包括|包含"
    r"|涉及|部署|安排|要求|明确|内容|方面|主要|具体|大意|概括|总结|归纳|介绍|原文|全文|文字|标题|题目|叫做?"
    r"|是关于|关于|什么样|什么|啥子|啥|哪些|哪几|哪|怎么说|怎么写|怎么|如何|多少|几|麻烦|请问|请|帮我|帮忙"
    r"|给我|告诉我|我想知道|想知道|想看看?|看一下|看看|看|翻一下|翻到|翻翻|翻|查一下|查查|查|找一下|找|一下|列举"
    r"|念|读|工程|政策|措施|任务|原则|目标|工作|项目|行动|条款|要点|重点|分别|一共|总共|各|都|是|有|要|了|的"
    r"|里面|里|中|上|在|把|和|与|及|个|项|条|种|段|点|类|呢|吗|吧|啊|这|那|些|我们?|你|省|市|州|县|文件|规划"
    r"|意见|正文|专栏|它|其"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a question wants its answer from.

    `targets` are its addresses. `wants` are the levels of place that are asked for (哪一节),
    likeliest first. `lookup` says that the question asks what stands at its addresses and nothing
    more. `rest` is the question with names and addresses taken out.
    """

    mentions: tuple[Mention, ...] = ()
    targets: tuple[Target, ...] = ()
    wants: tuple[Level, ...] = ()
    lookup: bool = False
    rest: str = ""

    @property
    def named(self) -> tuple[Document, ...]:
        """The documents that are named unmistakably, in the order of the question."""
        clear = (m for m in self.mentions if m.clear)
        return tuple({d.doc_id: d for m in clear for d in m.documents}.values())

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The doc_ids behind each name or place in the question, the same ones once."""
        return tuple(
            dict.fromkeys(
                tuple(d.doc_id for d in m.documents) for m in self.mentions if m.documents
            )
        )

    @property
    def places(self) -> tuple[str, ...]:
        """The places that the question mentions, with documents of theirs or without."""
        return tuple(dict.fromkeys(m.place for m in self.mentions if m.place))

    @property
    def found(self) -> tuple[Place, ...]:
        """The places that the addresses of the question lead to, each once."""
        places = (place for target in self.targets for place in target.places)
        return tuple({(p.document.doc_id, p.address): p for p in places}.values())

    @property
    def missing(self) -> str:
        """What the question names and the corpus lacks, in Chinese; empty where it lacks nothing.

        A question some of whose addresses lead somewhere lacks nothing.
        """
        if self.found:
            return ""
        return "；".join(dict.fromkeys(t.missing for t in self.targets if t.missing))


def read_scope(question: str, documents: Mapping[str, Document]) -> Scope:
    """Return what a question says of where to look, by what `documents` (by doc_id) have."""
    every = list(documents.values())
    found = mentions(question, every)
    targets = read_targets(question, found, every)
    wanted = _WANTS.search(question)
    spans = [(m.start, m.end) for m in found] + [(t.typed.start, t.typed.end) for t in targets]
    rest = _without(question, spans)
    return Scope(
        tuple(found),
        targets,
        _WANTED[wanted["unit"]] if wanted and not targets else (),
        bool(targets) and _asks_content(rest, targets),
        _WANTS.sub(" ", rest) if not targets else rest,
    )


def _without(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a question without what stands at `spans`."""
    chars = list(question)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return re.sub(r"\s+", " ", "".join(chars)).strip()


def _asks_content(rest: str, targets: Sequence[Target]) -> bool:
    """Whether what is left of a question asks only what stands at its addresses.

    Words of the titles there (第（二）条列了哪几项推进原则) ask no more than that.
    """
    places = [place for target in targets for place in target.places]
    titles = "".join(
        "".join((place.document.meta.title, place.title, *place.clauses[0].heads))
        for place in places
    )
    left = [word for word in words(_ASKS_CONTENT.sub(" ", rest)) if word not in titles]
    return sum(len(word) for word in left) <= 1
