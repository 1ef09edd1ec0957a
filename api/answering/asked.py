"""What a question asks for: the kind of value, its unit and attribute, place, year, term, document.

All of it is read off the question's words alone; whether a clause holds it, `evidence.py` says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.answering import places, years
from api.answering.figures import ASKED_UNIT
from api.answering.question import ASKING, QUOTED
from corpus.numerals import CHINESE, to_int


class Kind(StrEnum):
    """What kind of answer is wanted."""

    FIGURE = "figure"  # 多少, 几个, 多高
    DATE = "date"  # 哪一年, 何时, 几月底
    CODE = "code"  # 文号
    PHONE = "phone"  # 电话, 热线
    MEMBERS = "members"  # 哪六个, “四安”指什么
    OPEN = "open"  # anything else


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure that is asked for.

    `unit` is what stands in the question or follows from its words, empty for any. `before` and
    `after` are the words of the attribute on either side of 多少: 产值 | 家庭农场. `years` are
    those of this figure.
    """

    unit: str
    before: str
    after: str
    years: tuple[range, ...] = ()

    @property
    def attribute(self) -> str:
        """The words of the attribute: what is counted where that is named, else what goes before.

        >>> Wanted("家", "培育", "家庭农场").attribute, Wanted("元", "财政补助", "").attribute
        ('家庭农场', '财政补助')
        """
        return self.after if len(self.after) > 1 else self.before


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    `places` are the stems of listed places (毕节) and `small_places` of those below them, as they
    stand; `years` stretches of years; `terms` the words in quotation marks whose members or meaning
    are wanted, nearest to the words that ask first, `members` how many there are (0 for unknown);
    `document` what the question calls the document it means (铜仁规划); `subject` the
    question without places, years, document and the words that only ask. `lay` tells a question in
    everyday words, of which no clause can be expected to repeat any.
    """

    question: str
    kind: Kind
    wanted: tuple[Wanted, ...]
    places: tuple[str, ...]
    small_places: tuple[str, ...]
    years: tuple[range, ...]
    terms: tuple[str, ...]
    members: int
    document: str
    subject: str
    lay: bool

    @property
    def precise(self) -> bool:
        """Whether a value, a term's members or a number is wanted that can be looked for."""
        return self.kind is not Kind.OPEN and not self.lay


_SIZE_UNIT = rf"[百千万亿]*{ASKED_UNIT}"
_HOW_MANY = re.compile(
    rf"百分之(?:几|多少)|(?:多少|好多|几多|(?<![这那哪好十几])几)\s*[十百千]?(?P<unit>{_SIZE_UNIT})"
    r"|(?:多少|好多|几多)(?P<thing>钱|资金|人|农村人|[一-龥](?=[一-龥]))?|多[大高长远重厚宽深快粗](?!时间|范围|程度|力度|作用|影响|期)(?:比重|比例|面积|规模)?"
    r"|什么(?:量化)?(?:目标|标准)(?=[？?])|(?<=的)目标(?=[？?]$)"
)
_WHEN = re.compile(r"何时|什么时候|哪一?年|哪一?天|几月(?!份?里)|几号(?!文)|几年底")
_HOW_LONG = re.compile(r"(?<![每隔])多久|(?<!每隔)多长时间|期限是|几年(?!底)|几天|几个?月(?!底)")
_CODE = re.compile(r"文号|几号文|多少号文|发文字号")
_PHONE = re.compile(r"哪[几个]*号码|电话|(?:拨|打)哪|热线(?:号码)?是")
_WHICH = re.compile(rf"哪(?P<n>[{CHINESE}]+|\d+|几)(?P<unit>个?字|[一-龥])")
_MEANS = re.compile(
    r"(?:各|分别)?(?:指的?是?|是|代表|叫)(?:什么|哪些|啥)|什么(?:是|叫)|是什么意思|什么含义|包括哪|有哪些|哪[几些]|指(?:什么|哪)"
)
_DOCUMENT = re.compile(
    r"(?P<name>[^，。？?、；]{0,26}?)(?:规划|意见|办法|方案|报告|政策|报道|专题|文章|条例|文件)"
    r"(?=[里中内上说写讲定要的对把，、提第前规主有]|[一-龥]{0,4}(?:提出|要求|规定|说))"
)
_PEOPLE = re.compile(
    r"(?:农村|建档|贫困|脱贫)?(?:人口?|群众|干部|农民)"
    r"|[一-龥]{0,6}?(?:人口?|[农村居牧市]民|游客|人才|职工|员工|劳动力|党员|老人|儿童|[学医毕业]生)$"
)
_RATE = re.compile(
    r"率|比例|比重|占比|百分之|增速|增幅|增长|下降|提高了?$|幅度|(?<!收入)(?<!之)比$"
)
_MONEY = re.compile(r"钱|资金|投资|总?额|收入(?!比)|产值|补助|补贴|奖补|奖励|经费|增加值|总量|费用")
_END = re.compile(
    r"(?:要|会|应该?|能|可以?|将|须|需|得|达到|达|提高|降低|下降|增加|扩大|控制|保持|稳定|实现|完成|建设|新建|建成|建|培育|"
    r"培训|发展|形成|目标|计划|打算|准备|预计|大约|约|累计|一共|总共|共|各|分别|最多|最少|至少|最高|最低|最长|顶多|不低于|"
    r"不超过|不少于|超过|低于|高于|占|为|是|有|到|了|在|的|给|写|说|提出|要求|规定|成|过|出|又|再|拿|全|年内|今年|去年|每年|"
    r"已经?|原则上|左右|以上|以下|选|派|向|安排|投入|实施|创建|打造|新增|里面|其中|覆盖|解决|认定|降|升|：|，|、|“|”)$"
)
_LEADING = re.compile(r"^(?:一共|总共|累计|大约|预计|打算|计划|今年|去年|全年|年内)(?=[一-龥]{2})")
_START = re.compile(r"^(?:以[上下内]|的|左右|及|和|或者?|内|之内|要|就|[省市州县]级以上的?)")
_LONGEST_QUESTION = 75  # characters; a longer text is a draft whose like is looked for
_FAR = 18  # characters between a term and what asks for its members
# What may stand between a term and 哪些; trap: 围绕“五大行动”推动哪些领域的协作.
_LEADS_ON = re.compile("[，里中的]?(?:具体|都|分别)?(?:包括|包含|有|是|指的?是?)?")
_LAY = re.compile(
    r"(?P<verb>[一-龥])不(?P=verb)|咋|啥|娃|崽|屋头|我家|我们(?!省|市|州|县)|咱|俺|我(?!省|市|州|县|国|区)|老百姓|没得|好多|顶多|(?:[不没吧嘛吗]|(?<!什)么)？|管不管|"
    r"行不行|能不能|算不算|有没有(?!规定)|轮得到|上头|上面|人家|婆|爹|妈|奶|寨子|屯子|茅|烦|怕|折腾|喊|几多|(?:了|河)，"
)
# Where a figure stands is no part of its attribute: 第六章第七节正文和专栏8写的数对不上.
_ADDRESS = re.compile(
    rf"(?:第[{CHINESE}\d]+[编篇章节条款项段]|专栏[{CHINESE}\d]+|正文|前言|里面)+[和与里中]?"
    r"|写的?数?字?(?:对不上|不一致|不一样|不同)"
)
_DOCUMENTS = re.compile(
    r"(?:省|[一-龥]{2,4})(?:规划(?!建)|意见|方案|报告)(?:的?主要目标)?[里中]?[和与]?|^(?:的?主要目标)[和与]"
)
_CLAUSE = re.compile(r"[，。；;？?、！]")


def analyse(question: str, homes: Collection[str] = ()) -> Asked:
    """Take a question apart; `homes` are stems of small places that the corpus is about.

    >>> one = analyse("毕节市到2025年要培育多少家家庭农场？")
    >>> one.kind.value, one.places, one.years, one.wanted[0].unit, one.wanted[0].attribute
    ('figure', ('毕节',), (range(2025, 2026),), '家', '家庭农场')
    """
    document, rest = _document(question)
    here = [name for name in sorted(homes) if _names(question, name)]
    rest = places.without_homes(rest, here)
    wanted = tuple(_figures_wanted(rest))
    terms, members = _terms(question)
    kind = _kind(question, bool(wanted), terms, members)
    return Asked(
        question=question,
        kind=kind,
        wanted=wanted if kind is Kind.FIGURE else (),
        places=tuple(places.listed(question)),
        small_places=tuple(dict.fromkeys([*places.by_form(question), *here])),
        years=years.asked(question),
        terms=terms if kind is Kind.MEMBERS else (),
        members=members if kind is Kind.MEMBERS else 0,
        document=document,
        subject=_subject(question, document, here),
        lay=len(question) > _LONGEST_QUESTION or bool(_LAY.search(QUOTED.sub("", question))),
    )


def _names(question: str, home: str) -> bool:
    """Whether a question names a place; two letters may be a word, so they must come first."""
    return home in question if len(home) > 2 else question.startswith(home)


def _kind(question: str, figure: bool, terms: tuple[str, ...], members: int) -> Kind:
    if len(question) > _LONGEST_QUESTION:
        return Kind.OPEN
    if _CODE.search(question):
        return Kind.CODE
    if _PHONE.search(question):
        return Kind.PHONE
    if terms:
        return Kind.MEMBERS
    if _WHEN.search(question):
        return Kind.DATE
    if figure:
        return Kind.FIGURE
    return Kind.MEMBERS if members else Kind.OPEN


def _terms(question: str) -> tuple[tuple[str, ...], int]:
    """Return the quoted terms that are asked about and how many members the question expects.

    A term's own numeral counts where the question has none: “四安”指的是什么. Of a question without
    such a term only the number: 哪七类人才.
    """
    which = next((m for m in _WHICH.finditer(question) if m["n"] != "几"), None)
    means = _MEANS.search(question)
    asks = which or means
    quoted: list[str] = []
    if asks:
        loose = which or not re.search("哪些|哪几", asks[0])
        quoted = [
            m[1]
            for m in QUOTED.finditer(question)
            if (asks.start() - _FAR <= m.end() <= asks.start() or m.start() == asks.end())
            and (loose or _LEADS_ON.fullmatch(question[m.end() : asks.start()]))
        ]
    terms = tuple(t for t in reversed(quoted) if len(t) > 1 and not re.match("十.五$", t))
    number = _small(which["n"]) if which else 0
    if which and which["unit"].endswith("字"):
        number //= 4  # 十六个字: four sayings of four
    return terms, number or (_numeral(terms[0], question) if terms else 0)


def _numeral(term: str, question: str) -> int:
    """Return how many members a term says it has (四安, 三位一体, 十百千, 六个“小康”), or 0."""
    counted = re.search(rf"([{CHINESE}]+)个?[“\"]{re.escape(term)}", question)
    if re.fullmatch(rf"[双{CHINESE}]{{2,}}", term):
        return len(term)
    numeral = counted or re.match(rf"([{CHINESE}])", term) or re.search(rf"([{CHINESE}])大", term)
    return _small(numeral[1]) if numeral else 0


def _small(numeral: str) -> int:
    try:
        return to_int(numeral)
    except ValueError:
        return 0


def _figures_wanted(question: str) -> list[Wanted]:
    found = [match for match in _HOW_MANY.finditer(question) if not _vague(question, match)]
    long = None if found else _HOW_LONG.search(question)
    if long:
        words = _around(question, 0, long.start(), long.end())
        return [Wanted("", *words, years.asked(question))]
    wanted: list[Wanted] = []
    lower = 0
    for match in found:
        thing = match.groupdict().get("thing") or ""
        end = match.end() - (len(thing) if thing not in ("", "钱", "资金") else 0)
        before, after = _around(question, lower, match.start(), end)
        unit = match.groupdict().get("unit") or _implied(match[0], before, after)
        when = years.asked(question[lower : match.start()])
        lower = end
        if wanted and not before and not after:  # 2020年是多少亿元？2015年又是多少？
            before, after, unit = wanted[-1].before, wanted[-1].after, unit or wanted[-1].unit
        wanted.append(Wanted(unit, before, after, when or years.asked(question)))
    return wanted


def _vague(question: str, match: re.Match[str]) -> bool:
    """Whether 几 means some: 想拿钱喂几头牛，一家能借多少？"""
    rest = question[match.end() :]
    goes_on = re.match(r"[^，。？?、]*[，。]", rest)
    return bool("几" in match[0] and goes_on and _LAY.search(question) and re.search("[？?]", rest))


def _around(question: str, lower: int, start: int, end: int) -> tuple[str, str]:
    """Return the words of the attribute before and after the words that ask."""
    pieces = [p for p in _CLAUSE.split(question[lower:start]) if p]
    before = ""
    while pieces and len(before) < 2:
        before = _bare(pieces.pop()) + before
    after = _HOW_MANY.split(_CLAUSE.split(question[end:])[0])[0] or ""
    while match := _START.match(after):
        after = after[match.end() :]
    after = re.split(r"才能|才会|就能|就会|才算|算(?=[一-龥])", places.without(after))[0]
    return before, re.sub(r"(?:[了呢吗的和与、]|各|在)+$", "", after)


def _bare(text: str) -> str:
    """Return words without place and year, and without the verbs that only lead on to 多少."""
    rest = _DOCUMENTS.sub("", text)
    rest = ASKING.sub(" ", places.without(years.without(rest))).strip(" 的、")
    rest = _LEADING.sub("", _ADDRESS.sub("", rest).strip(" 的、"))
    while (match := _END.search(rest)) and len(match[0]) < len(rest):
        rest = rest[: match.start()].rstrip()
    return "" if _END.fullmatch(rest) else rest


def _implied(words: str, before: str, after: str) -> str:
    """Return the unit that follows from the words around 多少 where it names none."""
    if words.startswith("百分之") or "比重" in words or "比例" in words:
        return "%"
    if re.search(r"钱|资金", words):
        return "元"
    if re.search(r"[借贷赔罚花]|[交补领拿]$", before[-3:]) and not _RATE.search(before[-3:]):
        return "元"
    if re.search(r"占(?!地)[^，]{0,6}$", before):
        return "%"
    if _PEOPLE.match(after):
        return "人"
    if _RATE.search(before[-6:]) and "收入比" not in before[-6:]:
        return "%"
    if not after and _MONEY.search(before[-5:]):
        return "元"
    if words.startswith("多长"):
        return "公里"
    return "亩" if before.endswith("面积") else ""


def _document(question: str) -> tuple[str, str]:
    """Return what the question calls its document (铜仁规划), and the question without that."""
    match = _DOCUMENT.search(question)
    name = match["name"].strip("的那个这篇份按照据 ") if match else ""
    if not match or not name or re.search("什么|哪", name):
        return "", question
    return match[0], f"{question[: match.start()]}，{question[match.end() :]}"


def _subject(question: str, document: str, here: Sequence[str]) -> str:
    rest = question.replace(document, " ") if document else question
    rest = places.without_homes(rest, here)
    rest = _HOW_MANY.sub(lambda found: f" {found.groupdict().get('thing') or ''}", rest)
    return ASKING.sub(" ", places.without(years.without(rest))).strip()
