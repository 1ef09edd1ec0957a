"""Addresses in a question as people type them: 第五章第三节, 5章3节, 专栏7第七项, 最后一章.

What is read here is only what was typed. Which place of a document it means (第二部分 may be 二、,
第三项 of a box its （三）) `locate.py` decides by what the document has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.address import PREFACES
from corpus.numerals import CHINESE, to_chinese, to_int

ANY = 0  # the number of a step that names none: 第五章的专栏
_TYPED = str.maketrans("０１２３４５６７８９()", "0123456789（）")  # length for length

_N = rf"(?:\d{{1,4}}|[{CHINESE}]{{1,7}})"
# A unit; traps are words of which it is only the beginning: 第二节点, 第一项目标, 第二段时间.
_UNIT = (
    r"(?P<unit>分编|编(?![制码号])|篇(?!幅)|章节|章(?!程)|节(?![点课能约目省水日假气])|大?部分(?!人|地区|群众)"
    r"|大?条(?![件例线路腿街河狗]|战线|红线|底线|生产线|主线|道路|措施|经验|标准|意见|原则|理由|建议|路径|途径|举措)|款(?!项)|项(?!目)"
    r"|目(?![标的前录])|大?点(?![钟位名])|(?:自然)?段(?:落|话(?!题))?(?!时[间期]|路)|个?专栏|附[件表录图])"
)
_LAST_UNIT = _UNIT.replace("个?专栏", "个?专栏|结语")
# Each pattern reads one step; the name says how it was typed.
_STEPS = {
    # 第五章, 第 5 章, 第（三）条, 第十二条之一, 第三个专栏
    "ordinal": re.compile(
        rf"第\s?[（]?\s?(?P<n>{_N})\s?）?\s?个?{_UNIT}(?:之(?P<sub>[{CHINESE}]{{1,2}})(?![{CHINESE}]))?"
    ),
    "last": re.compile(rf"(?:倒数第(?P<n>{_N})|(?:最后|末尾)(?:的|那)?[一1]?)个?{_LAST_UNIT}"),
    # 专栏7, 专栏七, 专栏第7, 专栏7-1; trap: 专栏一共, 专栏三项内容
    "box": re.compile(
        rf"专栏\s?第?[（]?(?P<n>{_N})(?![{CHINESE}共些个项条类])）?(?:[-—－–](?P<sub>\d{{1,2}}))?"
        rf"|(?P<m>\d{{1,2}})号专栏"
    ),
    "annex": re.compile(
        rf"附[件表录图](?:\s?(?P<n>{_N})(?![、{CHINESE}])|(?=[{CHINESE}]{{1,3}}、))"
    ),
    # （三）, （三）项
    "bracket": re.compile(rf"（(?P<n>{_N})）(?:[条款项点段]|部分)?"),
}
# Steps that count only inside an address or right after the name of a document.
_INNER = {
    "bare": re.compile(rf"(?P<n>{_N})\s?{_UNIT}"),  # 5章3节
    "heading": re.compile(rf"(?P<n>[{CHINESE}]{{1,3}})(?:、|(?=（)|(?=\s*$|的?[讲说写]))"),
    "boxes": re.compile(r"(?:的)?(?P<unit>专栏)(?!里?的?\s?第?[（\d])"),
}
_DIGIT_AFTER = re.compile(  # the 3 of 二(二)3
    r"[、.．]?\s?(?P<n>\d{1,2})(?![\d.．]*\d|[年月日个项条万亿%％人户家亩元])[点.、]?"
)
_DIGIT_BEFORE = re.compile(r"(?P<n>\d{1,2})(?=\s?（)")  # the 2 of 2(3)
_PREFACE = re.compile(rf"(?P<title>{'|'.join((*PREFACES, '开头', '导语'))})(?!篇|几|第)")
# Between two steps of one address: 第五章里的第三节.
_BETWEEN = re.compile(r"\s*[的，,·．]?\s*|\s*(?:里面|里头|里|中间|当中|中|下面|之下|下|项下)的?\s*")
_MORE = re.compile(  # 第二、三节: the numbers before the last
    rf"第(?P<all>{_N}(?:\s?[、和与及]\s?第?{_N})+)(?P<rest>\s?(?:{_UNIT}))"
)
_BODY = re.compile(r"\s*的?正文")
# 共九章三十四节, 分为三章, 这四章: what is counted, not named.
_COUNTED = re.compile(r"(?:[共分为设有各这那前后上几余了等含]|前面|后面)\s?$")
_COUNTS_ALL = re.compile(r"\s?(?:都|共|分别|各|一共|里)")
_STRONG = frozenset({"章", "节", "编", "分编", "部分", "专栏", "附件", "附表", "附录", "附图"})
_OUTER = (
    "编",
    "分编",
    "篇",
    "部分",
    "章",
    "节",
    "条",
)  # outermost first; those below have no order


@dataclass(frozen=True, slots=True)
class TypedStep:
    """One step as typed: `unit` is 章, 节, 条, …, （） for a bare （三）, 、 for 二、, 前言.

    `number` counts from 1, from the end where it is below 0, and is `ANY` where none was typed.
    `title` is what stands in its place: 前言, 总则.
    """

    unit: str
    number: int
    sub: int = 0
    title: str = ""

    def __str__(self) -> str:
        counted = to_chinese(abs(self.number))
        if self.unit == "前言":
            return self.title
        if self.number < 0:
            return f"最后一{self.unit}" if self.number == -1 else f"倒数第{counted}{self.unit}"
        if self.unit in ("（）", "、"):
            return f"（{counted}）" if self.unit == "（）" else f"{counted}、"
        if self.unit == "专栏" or self.unit.startswith("附"):
            sub = f"-{self.sub}" if self.sub else ""
            return f"{self.unit}{self.number or ''}{sub}"
        return f"第{counted}{self.unit}" + (f"之{to_chinese(self.sub)}" if self.sub else "")


@dataclass(frozen=True, slots=True)
class Typed:
    """An address as typed, at [start, end) of the question.

    `strong` says that it is one whatever stands around it; 第三项 or 前言 alone is one only where a
    document has it. `body` asks for the text without its boxes: 第六章第七节正文.
    """

    start: int
    end: int
    steps: tuple[TypedStep, ...]
    strong: bool
    body: bool = False

    def __str__(self) -> str:
        return "".join(str(step) for step in self.steps)


def read_typed(question: str, named_ends: frozenset[int] = frozenset()) -> list[Typed]:
    """Return the addresses in a question in text order, none inside another.

    `named_ends` are the offsets at which the name of a document ends, blanks and 的 after it
    skipped: there also 二（二）3, 5章 and （三） begin an address. An address that follows another
    and lacks its outer steps (第三章第二节和第四节) gets them.

    >>> [str(t) for t in read_typed("5章3节和第四节讲什么")]
    ['第五章第三节', '第五章第四节']
    >>> read_typed("第七次人口普查、第一产业、三项机制、“两节”期间，共四章")
    []
    """
    text = question.translate(_TYPED)
    found: list[Typed] = []
    at = 0
    while at < len(text):
        read = _read(text, at, at in named_ends)
        if not read:
            at += 1
            continue
        if found and found[-1].end == at and found[-1].steps[-1].unit != read[0].steps[0].unit:
            head = found.pop()  # 第三章第一、二节
            read = [
                replace(one, start=head.start, steps=head.steps + one.steps, strong=True)
                for one in read
            ]
        for one in read:
            found.append(_completed(one, found[-1] if found else None, text))
        at = read[-1].end
    return found


def _read(text: str, at: int, named: bool) -> list[Typed]:
    """Return the addresses that begin at an offset: several for 第二、三节, [] for none."""
    several = _MORE.match(text, at)
    if several:
        return _several(several)
    steps: list[TypedStep] = []
    end = at
    while step := _step(text, end, steps, named):
        steps.append(step[0])
        end = step[1]
    if not steps or (text[at] != "第" and _only_counts(text, at, end, steps, named)):
        return []
    outer = steps[0].unit in _STRONG and steps[0].number != ANY
    strong = outer or named or (len(steps) > 1 and steps[0].unit != "前言")
    body = _BODY.match(text, end)
    return [Typed(at, body.end() if body else end, tuple(steps), strong, bool(body))]


def _step(text: str, at: int, before: list[TypedStep], named: bool) -> tuple[TypedStep, int] | None:
    """Return the next step and where it ends, None where there is none."""
    begins = [at]
    if before:
        begins += [m.end() for m in [_BETWEEN.match(text, at)] if m and m.end() > at]
        begins += [m.end() for m in [re.compile(r"(?:里面|里头|里|中|下)的?").match(text, at)] if m]
    for begin in begins:
        found = _outer_step(text, begin) or _inner_step(text, begin, before, named, at)
        if found:
            return found
    return None


def _outer_step(text: str, at: int) -> tuple[TypedStep, int] | None:
    for name, pattern in _STEPS.items():
        match = pattern.match(text, at)
        if not match or (name == "bracket" and _is_list(text, match)):
            continue
        step = _numbered(name, match)
        if step:
            return step, match.end()
    match = _PREFACE.match(text, at)
    return (TypedStep("前言", 1, title=match["title"]), match.end()) if match else None


def _is_list(text: str, match: re.Match[str]) -> bool:
    """Whether a bracketed number opens an item of a pasted list, not a place that is asked for."""
    return match.start() > 0 and text[match.start() - 1] in "\n。；;：:"


def _inner_step(
    text: str, at: int, before: list[TypedStep], named: bool, end: int
) -> tuple[TypedStep, int] | None:
    if before and before[-1].unit == "（）" and at == end:
        match = _DIGIT_AFTER.match(text, at)
        if match:
            return TypedStep("点", int(match["n"])), match.end()
    if not before and named and (match := _DIGIT_BEFORE.match(text, at)):
        return TypedStep("、", int(match["n"])), match.end()
    for name, pattern in _INNER.items():
        if name == "heading" and before and not re.match(rf"[{CHINESE}]{{1,3}}、", text[at:]):
            continue
        if name == "boxes" and not before:
            continue
        match = pattern.match(text, at)
        alone = name == "heading" and not (named or before or "（" in text[at : at + 6])
        if not match or alone:
            continue
        if name == "boxes":
            return TypedStep("专栏", ANY), match.end()
        step = _numbered(name, match)
        if step:
            return step, match.end()
    return None


def _numbered(name: str, match: re.Match[str]) -> TypedStep | None:
    """Return the step of a match, None where its number is none."""
    groups = match.groupdict()
    try:
        number = to_int(groups.get("n") or groups.get("m") or "1")
        sub = to_int(groups["sub"]) if groups.get("sub") else 0
    except ValueError:
        return None
    if not 0 < number < 10_000:
        return None
    if name == "annex" and not groups.get("n"):
        number = ANY
    unit = {"bracket": "（）", "heading": "、", "box": "专栏"}.get(name) or match[0][:2]
    if groups.get("unit"):
        unit = _plain(groups["unit"])
    return TypedStep(unit, -number if name == "last" else number, sub)


def _plain(unit: str) -> str:
    if "段" in unit:
        return "段"
    if unit.startswith("大"):
        return "、"
    return {"章节": "章", "个专栏": "专栏"}.get(unit, unit)


def _several(match: re.Match[str]) -> list[Typed]:
    numbers = [to_int(n) for n in re.findall(_N, match["all"]) if _is_number(n)]
    unit = _plain(match["unit"])
    return [
        Typed(match.start(), match.end(), (TypedStep(unit, number),), unit in _STRONG)
        for number in numbers
        if number
    ]


def _is_number(numeral: str) -> bool:
    try:
        return to_int(numeral) > 0
    except ValueError:
        return False


def _only_counts(text: str, at: int, end: int, steps: list[TypedStep], named: bool) -> bool:
    """Whether numbers without 第 tell how many there are: 共九章三十四节, 四章都讲了什么."""
    if not re.match(rf"{_N}\s?{_UNIT}", text[at:]):
        return False
    if _COUNTED.search(text[:at]) or _COUNTS_ALL.match(text, end):
        return True
    if len(steps) > 1:
        return bool(re.search(rf"[\d{CHINESE}第]$", text[:at]))
    return not (text[at].isdigit() and named)


def _completed(typed: Typed, before: Typed | None, text: str) -> Typed:
    """Give an address the outer steps of the one right before it: 第三章第二节和第四节."""
    if not before or before.steps[0].unit not in _OUTER:
        return typed
    between = text[before.end : typed.start]
    joined = before.start == typed.start or re.fullmatch(
        r"\s?(?:[、，,和与及跟同]|以及|正文和|还有)?\s?", between
    )
    own = typed.steps[0].unit
    units = [step.unit for step in before.steps]
    if not joined or own not in units or units.index(own) == 0:
        return typed
    return replace(typed, steps=(*before.steps[: units.index(own)], *typed.steps), strong=True)
