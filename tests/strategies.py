"""Hypothesis strategies that several test packages share: addresses, titles and policy texts."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.address import ANNEXES, CIRCLED, PREFACES, Address, Level, Step, titled
from corpus.model import Meta
from corpus.numerals import to_chinese

NUMBERS = st.one_of(st.integers(1, 30), st.integers(1, 9999))
REPEATS = st.sampled_from([1, 1, 1, 1, 2, 3, 12])

# Everything that could confuse the reading of a title, besides ordinary words.
TITLE_MARKS = "“”《》〔〕（）()、，。：的 　\t\n之第二3章专栏前言|-"
TITLES = st.one_of(
    st.text(st.sampled_from("乡村振兴产业" + TITLE_MARKS), max_size=12),
    st.text(st.sampled_from("茶 “”《》"), max_size=8),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)

Steps = list[Step]


@st.composite
def numbered(draw: st.DrawFn, level: Level) -> Step:
    """Draw a step with a number; articles may be 第…条之n."""
    divided = level in (Level.ARTICLE, Level.BOX, Level.ANNEX)
    sub = draw(st.sampled_from([0, 0, 1, 12])) if divided else 0
    title = draw(st.sampled_from(ANNEXES)) if level is Level.ANNEX else ""
    return Step(level, draw(NUMBERS), title, sub, draw(REPEATS))


@st.composite
def worded(draw: st.DrawFn, level: Level, *words: str) -> Step:
    """Draw a step of a level that is written in several ways."""
    largest = len(CIRCLED) if level is Level.ENTRY else 99
    return Step(level, draw(st.integers(1, largest)), word=draw(st.sampled_from(words)))


@st.composite
def named(draw: st.DrawFn, level: Level) -> Step:
    """Draw a step with a title."""
    return titled(level, draw(TITLES), draw(REPEATS))


@st.composite
def counted(draw: st.DrawFn, level: Level) -> Step:
    """Draw a step of a level that counts paragraphs, and so has no repeats."""
    return Step(level, draw(NUMBERS))


@st.composite
def maybe(draw: st.DrawFn, *steps: st.SearchStrategy[Step]) -> Steps:
    """Draw each of the steps or leave it out."""
    return [draw(step) for step in steps if draw(st.booleans())]


@st.composite
def chain(draw: st.DrawFn, *parts: st.SearchStrategy[Step] | st.SearchStrategy[Steps]) -> Steps:
    """Draw the steps of all parts, in order."""
    drawn = [draw(part) for part in parts]
    return [step for part in drawn for step in (part if isinstance(part, list) else [part])]


_NOTHING: st.SearchStrategy[Steps] = st.builds(list)
_PREFACE = st.builds(titled, st.just(Level.PREFACE), st.sampled_from(PREFACES), REPEATS)
_ANNEX = st.one_of(
    numbered(Level.ANNEX),
    st.builds(lambda kind: Step(Level.ANNEX, title=kind), st.sampled_from(ANNEXES)),
)
_PARTS = chain(
    st.one_of(_NOTHING, _NOTHING, chain(_ANNEX)),
    maybe(
        st.one_of(numbered(Level.PART), worded(Level.PART, "篇", "部分")), numbered(Level.SUBPART)
    ),
)
_CHAPTERS = chain(_PARTS, maybe(numbered(Level.CHAPTER), numbered(Level.SECTION)))
_BOX = chain(
    numbered(Level.BOX),
    maybe(st.one_of(numbered(Level.ITEM), named(Level.ITEM))),
    maybe(numbered(Level.SUBITEM)),
)
_DEEP = chain(worded(Level.POINT, "（1）"), maybe(worded(Level.ENTRY, "①", "1）")))
_LIST = st.one_of(
    _BOX,
    maybe(numbered(Level.ITEM), numbered(Level.SUBITEM), numbered(Level.SUBITEM)),
    chain(maybe(numbered(Level.ITEM)), numbered(Level.SUBITEM), _DEEP),
    chain(numbered(Level.ITEM), _DEEP),
)
_BODY = chain(maybe(numbered(Level.HEADING)), _LIST)
_TAIL = st.one_of(_NOTHING, chain(counted(Level.SEGMENT), maybe(named(Level.TOPIC))))
_POINT = chain(numbered(Level.POINT), maybe(numbered(Level.ENTRY)), _TAIL)

PLANS = chain(_CHAPTERS, _BODY, _TAIL).filter(bool)
PREFACE_PLACES = chain(_PARTS, _PREFACE, _BODY, _TAIL)
PAGES = chain(named(Level.PIECE), maybe(named(Level.SUBHEADING)), _BODY, _TAIL)
LAWS = chain(
    _CHAPTERS,
    numbered(Level.ARTICLE),
    st.one_of(
        _NOTHING,
        chain(counted(Level.PARAGRAPH), maybe(named(Level.TOPIC))),
        chain(counted(Level.PARAGRAPH), _POINT),
        _POINT,
        chain(numbered(Level.SUBITEM), _TAIL),
    ),
)
ADDRESSES = st.one_of(PLANS, PREFACE_PLACES, PAGES, LAWS).map(lambda steps: Address(tuple(steps)))

_WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
METAS = st.builds(
    Meta,
    _WORD.filter(lambda title: bool(title.strip())),
    *(st.one_of(st.none(), _WORD) for _ in range(6)),
)

# -- texts ----------------------------------------------------------------------------------------

_PHRASES = (
    "农村供水",
    "村级养老",
    "茶叶加工",
    "冷链物流",
    "防汛抗旱",
    "教师培训",
    "乡道养护",
    "数字档案",
)
_PHRASE = st.sampled_from(_PHRASES)
_DUTY = "明确牵头单位和完成时限，每季度通报一次进展情况，接受村民监督。"


def _label(pattern: str) -> st.SearchStrategy[str]:
    number = st.one_of(st.integers(1, 5), st.integers(1, 120))
    chinese_or_arabic = st.sampled_from([to_chinese, str])
    return st.builds(lambda n, write: pattern.format(write(n)), number, chinese_or_arabic)


_LABEL_FORMS = """第{}编 /第{}分编 /第{}章 /第{}章/第{} 节　/第{}条 /第{}条之二 /第{}节点/第{}篇 /\
专栏{} /专栏 {}：/{}、/（{}）/({}) /{}./{}．"""
_LABELS = st.sampled_from(_LABEL_FORMS.split("/")).flatmap(_label)
_PROSE = st.sampled_from(
    [
        "支持{0}项目建设，完善{1}管护机制。",
        "到2025年，{0}覆盖率达到96%；{1}站点达到12个。",
        "{0}。加快补齐{1}短板，推动县乡两级责任落实到位。",
        "重点支持下列方向：",
        "{0}和{1}；",
        "-- {0}",
        "“一老”：{0}，{1}。",
        "{0}与{1}",
        "{0}。" + "加强{1}，明确牵头单位和完成时限，定期通报进展情况。" * 9,
        "".join(f"{{{n}}}建设。" + _DUTY * 4 for n in (0, 1, 2)),
    ]
)
_SENTENCES = st.builds(str.format, _PROSE, _PHRASE, _PHRASE, _PHRASE)
_HEADINGS = st.builds(
    lambda label, phrase, tail: label + phrase + tail,
    _LABELS,
    _PHRASE,
    st.sampled_from(["", "", "。", "：", "。抓好日常管理，落实经费保障。", "……12", " |"]),
)
_FURNITURE_LINES = """目录
目　录
前  言
引言
扫一扫在手机打开当前页面
【字体：大 中 小】
- 3 -
|
｜
某县人民政府
2024年5月6日
某县供水管理办法
关于发展茶叶的意见（试行）
李明 王小红
王小红
（作者单位：某县农校）
本版责编：李明
秋收时节，茶园一片忙碌。李明 摄
编者按
——某县2024年工作会议强调
数据来源：某县统计局
扫码观看
第一条之九九九九 收尾
第一条之九九九九九 收尾"""
_FURNITURE = st.sampled_from(_FURNITURE_LINES.splitlines())
_BOOKMARKS = st.sampled_from(
    ["[bookmark: _Toc123]", "\ufeff", "\u200b", "\x0c", "\x00", "\t", " |"]
)
_RANDOM = st.one_of(
    st.text(max_size=30),
    st.text(
        st.sampled_from(
            "第一二十章节条编（）()、。：；|｜“”《》专栏 　\t—-·前言目录[bookmark:]摄图12"
        ),
        max_size=24,
    ),
)
_LINE = st.one_of(_HEADINGS, _HEADINGS, _SENTENCES, _SENTENCES, _FURNITURE, _RANDOM)
_MARKED = st.builds(
    lambda line, mark, at: line[: at % (len(line) + 1)] + mark + line[at % (len(line) + 1) :],
    _LINE,
    _BOOKMARKS,
    st.integers(0, 40),
)
LINES = st.one_of(_LINE, _LINE, _LINE, _MARKED)
BREAKS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\n\n\n", "\n \n\n\n"])
_PAGE_END = "（作者单位：某县农校）\n本版责编：李明\n"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw a text: headings, prose and furniture, at times with contents or the signs of a page."""
    lines = draw(st.lists(LINES, max_size=24))
    if draw(st.integers(0, 3)) == 0:
        entries = [line for line in lines if line.startswith(("第", "前"))]
        lines = [draw(st.sampled_from(["目录", ""])), *entries, *lines]
    body = "".join(line + draw(BREAKS) for line in lines)
    return body + draw(st.sampled_from(["", "", "", _PAGE_END]))


TEXTS = texts()
# The same paragraph in other words: what stands in {} has as many characters each time.
WORDS = st.lists(_PHRASE, min_size=4, max_size=4)
PARAGRAPH = "县乡两级共同抓好{}和{}，每季度通报一次进展，对{}、{}滞后的乡镇进行约谈。"
