"""Addresses inside a document: 第五章第三节专栏7（七） ⇄ Address.

The canonical form is what a citation shows after the title. `parse` reads it back exactly
(`parse(str(a)) == a`) and also reads what people type: `5章3节`, `专栏七`, `二(二)3`.

Forms, one step each:

    annex 附件1, 附表2 · part 第一编, 第一篇, 第一部分 · subpart 第一分编 · chapter 第五章
    section 第三节 · article 第十二条之一 · paragraph 第三款 · point 第（二）项, （2）
    entry 第3目, ③, 3） · preface 前言 · heading 二、 · item （三） · subitem 3, 3.1.2
    box 专栏7, 专栏7-1 · segment 第2段 · piece 《title》 · places without number: “title”

Where a level is written in several ways the step keeps that of its source (`word`), which does
not count when addresses are compared. A subitem under a subitem is a decimal number: 3.1. One
directly under a box or annex, or above points or items with none over it, is written 第1点. Arabic
numerals in brackets are a point after an item or subitem, an item anywhere else. A title in “ ”
is an unnumbered item after a box, the topic sentence of a divided paragraph after a segment, and
a subheading anywhere else. `〔2〕` marks the second of two siblings that the source gave the same
number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.errors import AddressError
from corpus.numerals import CHINESE, LARGEST, to_chinese, to_int


class Level(StrEnum):
    """The kinds of place in a policy document, outermost first."""

    ANNEX = "annex"  # 附件, 附表
    PART = "part"  # 编, 篇, 部分
    SUBPART = "subpart"  # 分编
    CHAPTER = "chapter"  # 章
    SECTION = "section"  # 节
    PREFACE = "preface"  # 前言
    PIECE = "piece"  # one article of a newspaper page
    SUBHEADING = "subheading"  # 小标题
    HEADING = "heading"  # 一、
    BOX = "box"  # 专栏
    ITEM = "item"  # （一）
    SUBITEM = "subitem"  # 1.
    ARTICLE = "article"  # 条
    PARAGRAPH = "paragraph"  # 款
    POINT = "point"  # 项, （1）
    ENTRY = "entry"  # 目, ①
    SEGMENT = "segment"  # 段, only in addresses
    TOPIC = "topic"  # topic sentence of a divided paragraph, only in addresses


NAMELESS = "无题"  # stands for a title that is empty
# Chapters without a number, before and after those that have one.
PREFACES = ("前言", "引言", "序言", "导言", "总则", "附则", "结语", "结束语")
ANNEXES = ("附件", "附表", "附录", "附图")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address.

    `number` counts from 1, or is None where the place has a title instead; `title` is also the
    kind of an annex (附表). `sub` is the n of 第…条之n and 专栏7-n, 0 for none. `repeat` is 2 for
    the second sibling of the same number, and so on. `word` is how the source writes a level that
    has several forms, empty for the first of them: 篇, 部分, （1）, ①, 1）.
    """

    level: Level
    number: int | None = None
    title: str = ""
    sub: int = 0
    repeat: int = 1
    word: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a clause stands, outermost step first; no steps is the document as a whole."""

    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        levels = [None, *(step.level for step in self.steps), None]
        return "".join(
            _write(step, levels[at], levels[at + 2]) for at, step in enumerate(self.steps)
        )

    def __add__(self, step: Step) -> Address:
        return Address((*self.steps, step))

    def within(self, other: Address) -> bool:
        """Whether this is `other` or a place inside it."""
        return self.steps[: len(other.steps)] == other.steps


@dataclass(frozen=True, slots=True)
class _Form:
    """How one level is written, read and named in a clause_id."""

    slug: str
    write: str  # with {c} for the Chinese and {a} for the Arabic numeral
    read: str  # regex with one group that holds the number


_N = rf"([0-9]{{1,6}}|[{CHINESE}]{{1,9}})"
_SUB = rf"(?:[-—－–]{_N})?"
_ANNEX = (  # 附件一、 is 附件, then 一、
    rf"(?:{'|'.join(ANNEXES)})([0-9]{{1,6}}|[{CHINESE}]{{1,9}}(?![、{CHINESE}])){_SUB}"
)

# Tried in this order when reading; each regex is anchored at the current offset.
_FORMS: dict[Level, _Form] = {
    Level.ANNEX: _Form("annex", "{title}{a}", _ANNEX),
    Level.SUBPART: _Form("subpart", "第{c}分编", rf"第?{_N}分编"),
    Level.PART: _Form("part", "第{c}编", rf"第?{_N}[编篇]|第{_N}部分"),
    Level.CHAPTER: _Form("ch", "第{c}章", rf"第?{_N}章"),
    Level.SECTION: _Form("s", "第{c}节", rf"第?{_N}节"),
    Level.ARTICLE: _Form("art", "第{c}条", rf"第?{_N}条(?:之{_N})?"),
    Level.PARAGRAPH: _Form("para", "第{c}款", rf"第?{_N}款"),
    Level.POINT: _Form("pt", "第（{c}）项", rf"第?（?{_N}）?项"),
    Level.ENTRY: _Form("e", "第{a}目", rf"第?{_N}目|([0-9]{{1,2}})）|([{CIRCLED}])"),
    Level.SEGMENT: _Form("p", "第{a}段", rf"第?{_N}(?:自然)?段"),
    Level.BOX: _Form("box", "专栏{a}", rf"专栏{_N}{_SUB}"),
    Level.ITEM: _Form("i", "（{c}）", rf"（{_N}）"),
    # `二、`; bare `二` and `2` only where an item follows, as in 二(二)3.
    Level.HEADING: _Form(
        "h", "{c}、", rf"(?:([{CHINESE}]{{1,9}})(?:、|(?=（)|$)|([0-9]{{1,6}})(?=、?（)、?)"
    ),
    Level.SUBITEM: _Form("n", "{a}", r"(?:第([0-9]{1,6})点|([0-9]{1,6}))[.．、]?"),
}
# How a level is written where its step has this word.
_WORDS = {
    "篇": "第{c}篇",
    "部分": "第{c}部分",
    "（1）": "（{a}）",
    "①": "{o}",
    "1）": "{a}）",
    "1.": "第{a}点",
}
_ALONE = frozenset({Level.PREFACE, Level.ANNEX})  # mostly there is but one without a number
_TITLED_SLUGS = {
    Level.ANNEX: "annex",
    Level.PREFACE: "pre",
    Level.PIECE: "a",
    Level.SUBHEADING: "sub",
    Level.ITEM: "u",
    Level.BOX: "ubox",
    Level.TOPIC: "t",
}
_READERS = [(level, re.compile(form.read)) for level, form in _FORMS.items()]
_ANNEX_SLUGS = dict(zip(ANNEXES, ("annex", "table", "appendix", "figure"), strict=True))
_BARE_ANNEX = re.compile("|".join(ANNEXES))
_ABOVE_POINT = frozenset({Level.ITEM, Level.SUBITEM})  # after them （3） is a point
_REPEAT = re.compile(r"〔([0-9]{1,6})〕")
# What a title in “ ” is, by the step before it; a subheading after any other.
_QUOTED = {Level.BOX: Level.ITEM, Level.SEGMENT: Level.TOPIC, Level.PARAGRAPH: Level.TOPIC}
_PAIRS = {"《": "》", "“": "”"}
# Half-width forms that people type for the full-width ones of the canonical form.
_TYPED = str.maketrans("０１２３４５６７８９()【】[]", "0123456789（）〔〕〔〕")


def slug(step: Step, ordinal: int) -> str:
    """Return the part of a clause_id for a step, `ordinal` counting like siblings from 1.

    >>> slug(Step(Level.CHAPTER, 5), 1), slug(Step(Level.PIECE, title="…"), 2)
    ('ch5', 'a2')
    """
    if step.number is None:
        counted = ordinal if ordinal > 1 or step.level not in _ALONE else ""
        name = f"{_TITLED_SLUGS[step.level]}{counted}"
    else:
        name = _ANNEX_SLUGS.get(step.title) or _FORMS[step.level].slug
        name += f"{step.number}" + (f"-{step.sub}" if step.sub else "")
    return name + (f"~{step.repeat}" if step.repeat > 1 else "")


def titled(level: Level, title: str, repeat: int = 1) -> Step:
    """Return a step that has a title and no number, the title fit to be written and read back.

    White space at the ends goes, within it becomes one space; a quotation mark or bracket of the
    kind that encloses the title stays only where it has its partner.
    """
    opening = _opening(level)
    plain = re.sub(r"\s+", " ", _balanced(title, opening, _PAIRS[opening])).strip()
    return Step(level, title=plain or NAMELESS, repeat=repeat)


def parse(text: str) -> Address:
    """Read an address, canonical or as people type it; AddressError if any of it is no address.

    >>> str(parse("5章3节")), str(parse("二(二)3")), str(parse("专栏七第2段"))
    ('第五章第三节', '二、（二）3', '专栏7第2段')
    """
    rest = text.strip()
    steps: list[Step] = []
    while rest:
        step, used = _read_step(rest, steps[-1].level if steps else None)
        rest = rest[used:]
        if repeat := _REPEAT.match(rest.translate(_TYPED)):
            step = replace(step, repeat=int(repeat[1]))
            rest = rest[repeat.end() :]
        steps.append(step)
        rest = rest.lstrip(" 　,，·的.．")
    if not steps:
        raise AddressError("地址是空的", "请写成“第五章第三节”或“二、（二）3”")
    return Address(tuple(steps))


def split_citation(text: str) -> tuple[str, Address | None]:
    """Part a citation into what names the document and the address after it.

    The name comes without 《》; the address is None where the text ends without one.

    >>> name, address = split_citation("铜仁规划第六章第二节")
    >>> name, str(address)
    ('铜仁规划', '第六章第二节')
    """
    text = text.strip()
    if text.startswith("《"):
        end = _closing(text, "《", "》")
        if end:
            tail = text[end:].strip()
            return text[1 : end - 1].strip(), parse(tail) if tail else None
    for start in range(len(text)):
        try:
            address = parse(text[start:])
        except AddressError:
            continue
        name = text[:start].strip(" 　,，的")
        if not name or _is_clear(text[start:]):
            return name, address
    return text, None


def _is_clear(text: str) -> bool:
    """Whether an address after a name is surely one: 规划2025 and 十四五 end with a bare number."""
    return re.match(rf"[0-9]+$|[0-9]+[^章节条款项段编篇（(、.]|[{CHINESE}]+$", text) is None


def _write(step: Step, previous: Level | None, following: Level | None) -> str:
    """Return the canonical form of a step between steps of the levels before and after it."""
    if step.level is Level.PREFACE:
        written = step.title or PREFACES[0]
    elif step.number is None and step.level is Level.ANNEX:
        written = step.title
    elif step.number is None:
        opening = _opening(step.level)
        written = (
            ("专栏" if step.level is Level.BOX else "") + opening + step.title + _PAIRS[opening]
        )
    else:
        written = _pattern(step, previous, following).format(
            c=to_chinese(min(step.number, LARGEST)),  # only 段 go further, in digits
            a=step.number,
            o=CIRCLED[min(step.number, len(CIRCLED)) - 1],
            title=step.title,
        )
        if step.sub:
            article = step.level is Level.ARTICLE
            written += f"之{to_chinese(step.sub)}" if article else f"-{step.sub}"
    return written + (f"〔{step.repeat}〕" if step.repeat > 1 else "")


def _pattern(step: Step, previous: Level | None, following: Level | None) -> str:
    if step.level is Level.SUBITEM:
        if previous is Level.SUBITEM:
            return ".{a}"
        # 专栏1 + 1 would read as 专栏11, and 1（1） as 一、（一）
        list_follows = following in (Level.POINT, Level.ITEM) and previous not in _ABOVE_POINT
        return "第{a}点" if previous in (Level.BOX, Level.ANNEX) or list_follows else "{a}"
    return _WORDS.get(step.word, _FORMS[step.level].write)


def _opening(level: Level) -> str:
    return "《" if level is Level.PIECE else "“"


def _read_step(text: str, previous: Level | None) -> tuple[Step, int]:
    """Return the step that text begins with and its length; AddressError if there is none."""
    if text[0] in _PAIRS or text.startswith("专栏“"):
        return _read_title(text, previous)
    for word in PREFACES:
        if text.startswith(word):
            return Step(Level.PREFACE, title=word), len(word)
    typed = text.translate(_TYPED)
    for level, pattern in _READERS:
        if level is Level.HEADING and previous in _ABOVE_POINT and typed[0].isdigit():
            continue  # the 3 of 二(二)3(1)
        if match := pattern.match(typed):
            step = _numbered(level, match, previous)
            if step:
                return step, match.end()
    if annex := _BARE_ANNEX.match(typed):
        return Step(Level.ANNEX, title=annex[0]), annex.end()
    raise AddressError(f"“{text[:20]}”不是地址", "请写成“第五章第三节”或“二、（二）3”")


def _numbered(level: Level, match: re.Match[str], previous: Level | None) -> Step | None:
    """Return the step of a number and perhaps its 之n, None where an address cannot hold them."""
    try:
        number, sub = (*(to_int(group) for group in match.groups() if group), 0)[:2]
    except ValueError:
        return None
    if not number > 0 or sub > LARGEST or (number > LARGEST and level is not Level.SEGMENT):
        return None
    title = match[0][:2] if level is Level.ANNEX else ""
    word = _word(level, match[0])
    if level is Level.POINT and previous is Level.BOX:  # 专栏7第七项
        level = Level.ITEM
    if level is Level.SUBITEM and previous is Level.SUBITEM and match[0].startswith("第"):
        level, word = Level.ENTRY, "1."  # 1.1第2点
    if level is Level.ITEM and previous in _ABOVE_POINT and re.search("[0-9]", match[0]):
        level, word = Level.POINT, "（1）"
    return Step(level, number, title, sub, word=word)


def _word(level: Level, typed: str) -> str:
    """Return the word of a step by how its level was typed, empty for the first form."""
    if level is Level.PART:
        return next((word for word in ("篇", "部分") if typed.endswith(word)), "")
    if level is Level.ENTRY and not typed.endswith("目"):
        return "1）" if typed.endswith("）") else "①"
    return ""


def _read_title(text: str, previous: Level | None) -> tuple[Step, int]:
    skip = 2 if text.startswith("专栏") else 0
    opening = text[skip]
    end = _closing(text[skip:], opening, _PAIRS[opening])
    if not end:
        raise AddressError(f"“{text[:20]}”缺少{_PAIRS[opening]}", "请补上")
    if skip:
        level = Level.BOX
    elif opening == "《":
        level = Level.PIECE
    else:
        level = _QUOTED.get(previous or Level.PIECE, Level.SUBHEADING)
    step = titled(level, text[skip + 1 : skip + end - 1])
    return step, skip + end


def _closing(text: str, opening: str, closing: str) -> int:
    """Return the offset after the bracket that closes text[0], 0 if none does."""
    depth = 0
    for offset, char in enumerate(text):
        depth += (char == opening) - (char == closing)
        if depth == 0:
            return offset + 1
    return 0


def _balanced(text: str, opening: str, closing: str) -> str:
    """Drop each opening or closing bracket that has no partner."""
    unmatched: list[int] = []
    waiting: list[int] = []
    for offset, char in enumerate(text):
        if char == opening:
            waiting.append(offset)
        elif char == closing:
            if waiting:
                waiting.pop()
            else:
                unmatched.append(offset)
    drop = {*unmatched, *waiting}
    return "".join(char for offset, char in enumerate(text) if offset not in drop)
