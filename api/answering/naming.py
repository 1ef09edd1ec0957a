"""Which documents a question names: 铜仁规划, 黔西南那个意见, 《…》, 省里, 2022年那篇报道.

`named` says which documents a name means; `mentions` finds in a question what may be such a name
and asks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from api.answering.regions import Regions
from corpus.model import Document, Meta

# Kinds of document as people call them, with the words of which they are only the beginning:
# 贵州规划建设多少个试点 names no document.
_KIND = (
    r"规划(?!建设|新建|打造|实施|布局|发展|种植|培育|修建|改造|投入|创建|引进|选址|区域|了|到\d)"
    r"|纲要|行动计划|工作计划|(?<![征听]求)意见(?!建议|箱|和建议)|方案|条例|细则|办法|通知(?!书)"
    r"|(?:工作)?报告(?!制度|乡村|情况)|规定(?=第|里|中|的第)|决定(?=第|里|中)"
)
_PRESS = r"(?:报道|报纸|新闻稿?|文章|专题|专版|版面|稿子)"
# 报纸 alone is what a text may speak of; 报纸里说, 那篇报道, 2022年报道 name one.
_PRESS_NAMED = re.compile(
    rf"(?:[这那该][篇版期份个]|(?:19|20)\d{{2}}年)[^，。；？]{{0,12}}?{_PRESS}|[这那]篇|{_PRESS}(?=里|中|说|讲|提|写|上|第|指出)"
)
_PAGE = re.compile("报纸|专题|专版|版面|[这那]版")
_PRESS_KINDS = ("page", "article")
_FILLER = re.compile(
    r"[《》“”\"'\s的、，]|这[份个部篇]|那[份个部篇]|这边|那边|里面|文件|印发|关于|里|中|该|本"
)
_LEVEL_WORDS = {
    "省": ("province",), "州": ("city",), "市": ("city",), "县": ("county",), "区": ("county",),
    "镇": ("township",), "乡": ("township",),
}  # fmt: skip
_LEVEL = re.compile(
    r"(?P<unit>[省州市县镇])(?:里头|里面|里|上(?=[的要说有对规]))(?!程|约)"
    r"|(?<![一-龥])(?P<alone>[省州市县])(?=[、和与跟及同])"
)
_KIND_ALONE = re.compile(
    rf"(?:那[份个部]|这[份个部]|该|本|实施|指导)(?:{_KIND})|(?:{_KIND})(?=里|中|第|前言|专栏|最后)"
)
_MID = r"[^，。？！、；：:,?!;《》和跟与比]{0,26}?"  # what may stand between a place and 规划
_LEAST_OF_TITLE = 4  # characters of a title that name its document: 衔接规划, 实施意见
_YEAR = re.compile(r"((?:19|20)\d{2})\s?年")


@dataclass(frozen=True, slots=True)
class Mention:
    """What names documents, at [start, end) of the question.

    `clear` is a name that can hardly mean anything else: 《…》, or a kind of document with its
    place. A clear name without `documents` is one that the corpus does not have. `place` is the
    place in it, empty for none.
    """

    start: int
    end: int
    text: str
    documents: tuple[Document, ...]
    clear: bool
    place: str = ""


def named(documents: Collection[Document], name: str) -> list[Document]:
    """Return the documents that a name may mean, those that fit best; all for no name.

    A doc_id or whole title fits best, then a piece of the title, then characters that stand in
    the title in that order (铜仁规划), then in the region and title. Quotation marks count as
    little as blanks.
    """
    wanted = _plain(name)
    tests: tuple[Callable[[Document], bool], ...] = (
        lambda d: wanted in (d.doc_id, _plain(d.meta.title)),
        lambda d: wanted in _plain(d.meta.title),
        lambda d: _spells(wanted, d.meta.title),
        lambda d: _spells(wanted, f"{d.meta.region or ''}{d.meta.title}"),
    )
    for test in tests:
        fitting = [document for document in documents if test(document)]
        if fitting:
            return fitting
    return []


def mentions(question: str, documents: Collection[Document]) -> list[Mention]:
    """Return what names documents in a question, in text order, none inside another.

    Of names that overlap the clearest is kept. The places that only stand in the question (铜仁有
    多少…) are names too, though not clear ones.
    """
    regions = Regions(documents)
    kept: list[Mention] = []
    for find in (
        _whole,
        _titled,
        _ids,
        _placed,
        _press,
        _pieces_of_titles,
        _kinds,
        _levels,
        _places,
    ):
        for one in find(question, documents, regions):
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def named_before(
    question: str, end: int, documents: Collection[Document]
) -> tuple[str, list[Document]]:
    """Return the longest name that stands right before an offset, and its documents.

    For names that only the corpus knows: 水法 in 水法第三条. Empty where there is none.
    """
    run = re.search(r"[^，。？！；：:,?!;\s]*$", question[:end].rstrip())
    text = _FILLER.sub("", run[0]) if run else ""
    for start in range(len(text) - 1):
        name = text[start:]
        found = [d for d in documents if _plain(name) in (d.doc_id, _plain(d.meta.title))]
        found = found or [d for d in documents if _ends_title(name, d.meta.title)]
        if found:
            return name, found
    return "", []


def _ends_title(name: str, title: str) -> bool:
    return _plain(title).endswith(name)


_Finder = Iterator[Mention]


def _whole(question: str, documents: Collection[Document], regions: Regions) -> _Finder:
    """Yield whole titles, which may hold 《》 themselves or end with words that are no kind."""
    for document in documents:
        title = re.escape(document.meta.title)
        for match in re.finditer(rf"《{title}》|{title}", question):
            place = regions.first(document.meta.title)
            yield Mention(
                *match.span(), match[0], tuple(_namesakes(document, documents)), True, place
            )


def _namesakes(document: Document, documents: Collection[Document]) -> list[Document]:
    return [one for one in documents if one.meta.title == document.meta.title]


def _titled(question: str, documents: Collection[Document], regions: Regions) -> _Finder:
    for match in re.finditer(r"《((?:[^《》]|《[^《》]*》){1,120})》", question):
        found = named(documents, match[1])
        yield Mention(*match.span(), match[0], tuple(found), True, regions.first(match[1]))


def _ids(question: str, documents: Collection[Document], _regions: Regions) -> _Finder:
    for document in documents:
        pattern = rf"(?<![\w\-]){re.escape(document.doc_id)}(?![a-zA-Z0-9_\-])"
        for match in re.finditer(pattern, question):
            yield Mention(*match.span(), match[0], (document,), True)


def _placed(question: str, documents: Collection[Document], regions: Regions) -> _Finder:
    """Yield names of a place and a kind: 铜仁规划, 黔西南州那个意见, 省里的规划, 遵义的规划."""
    pattern = re.compile(rf"(?P<place>{regions.pattern})(?P<mid>{_MID})(?:{_KIND})")
    at = 0
    while match := pattern.search(question, at):
        place = re.sub(r"(?<=^[省州市县镇])(?:里面|里头|里|级)$", "", match["place"])
        found = named(
            documents, _FILLER.sub("", place + question[match.end("place") : match.end()])
        )
        at = match.end() if found or not _FILLER.sub("", match["mid"]) else match.end("place")
        if found:
            yield Mention(*match.span(), match[0], tuple(found), True, match["place"])
        elif not _FILLER.sub("", re.sub(r"[省市州县区]|实施|指导|衔接", "", match["mid"])):
            yield Mention(*match.span(), match[0], (), True, match["place"])


def _press(question: str, documents: Collection[Document], _regions: Regions) -> _Finder:
    """Yield what names newspaper texts, narrowed by a year that stands before it if any fits."""
    for match in _PRESS_NAMED.finditer(question):
        kinds = _PRESS_KINDS[:1] if _PAGE.search(match[0]) else _PRESS_KINDS
        press = [d for d in documents if d.meta.kind in kinds]
        press = press or [d for d in documents if d.meta.kind in _PRESS_KINDS]
        before = re.split("[，。；？]", question[: match.end()])[-1]
        years = _YEAR.findall(before)
        dated = [d for d in press if d.meta.issued and d.meta.issued[:4] in years]
        if press:
            clear = bool(dated) or len(press) == 1
            yield Mention(*match.span(), match[0], tuple(dated or press), clear)


def _pieces_of_titles(question: str, documents: Collection[Document], regions: Regions) -> _Finder:
    """Yield pieces of titles that end with a kind: 分类分级推进乡村振兴的实施意见, 衔接规划."""
    for kind in re.finditer(_KIND, question):
        start, found = kind.end() - _LEAST_OF_TITLE, list(documents)
        best: tuple[int, list[Document]] | None = None
        while start >= 0 and found:
            piece = _plain(question[start : kind.end()])
            found = [d for d in found if piece in _plain(d.meta.title)]
            if found:
                best = (start, found)
            start -= 1
        if best:
            text = question[best[0] : kind.end()]
            clear = len(best[1]) == 1
            yield Mention(best[0], kind.end(), text, tuple(best[1]), clear, regions.first(text))


def _kinds(question: str, documents: Collection[Document], _regions: Regions) -> _Finder:
    for match in _KIND_ALONE.finditer(question):
        found = named(documents, _FILLER.sub("", match[0]))
        if found:
            yield Mention(*match.span(), match[0], tuple(found), False)


def _levels(question: str, documents: Collection[Document], _regions: Regions) -> _Finder:
    for match in _LEVEL.finditer(question):
        unit = match["unit"] or match["alone"]
        found = [d for d in documents if _is_of_level(d.meta, unit)]
        if found:
            yield Mention(*match.span(), match[0], tuple(found), False, unit)


def _places(question: str, _documents: Collection[Document], regions: Regions) -> _Finder:
    for match in re.finditer(regions.names, question):
        yield Mention(*match.span(), match[0], tuple(regions.of(match[0])), False, match[0])


def _is_of_level(meta: Meta, unit: str) -> bool:
    """Whether a document is of the level that 省里, 州里, 市里 speak of."""
    region = meta.region or ""
    if region.endswith(("省", "市", "州", "县", "镇")):
        return region.endswith(unit) or (unit == "省" and region.endswith("自治区"))
    return meta.level in _LEVEL_WORDS[unit]


def _plain(title: str) -> str:
    return re.sub(r"[《》“”\"'\s]", "", title)


def _spells(name: str, title: str) -> bool:
    """Whether the characters of `name` stand in `title` in that order."""
    rest = iter(title)
    return all(char in rest for char in name)
