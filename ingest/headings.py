"""How headings begin: one row a pattern, with an example and a trap.

A match is only a candidate. Whether it is a heading depends on its place among the others, which
`structure` decides: “（三）” inside a list looks like one and is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from corpus.address import CIRCLED, PREFACES, Level
from corpus.numerals import CHINESE, LARGEST, to_int
from corpus.sentences import each_sentence

_C = rf"[{CHINESE}]{{1,7}}"
_WHOLE = rf"(?>[{CHINESE}]{{1,7}}|[0-9０-９]{{1,3}})"  # 专栏十一 is never 专栏十 with a title 一…
_N = rf"(?:{_C}|[0-9０-９]{{1,3}})"
_SUB = rf"(?:\s*[-—－–]\s*({_N}))?"


# Words of a subitem that `families` believes only where the whole document shows such numbers.
DECIMAL = "1.1"
BARE = "1 "


@dataclass(frozen=True, slots=True)
class Pattern:
    """The label of one level: `regex` takes it with the blanks after it.

    Group 1 is the number, group 2 that of 之n or -n, where there are such; a group `kind` is the
    kind of an annex. `word` is that of `Step`.
    """

    level: Level
    regex: re.Pattern[str]
    example: str
    trap: str
    word: str = ""


# Words that begin with the character for the level: 第二节点位, 第三章程序, 第六条件.
PATTERNS = (
    Pattern(
        Level.ANNEX,
        re.compile(
            rf"(?P<kind>附\s*[件表录图])\s*(?:({_WHOLE}){_SUB})?"
            r"(?![所中的和与至及0-9])[:：.．、\s　]*"
        ),
        "附件2",
        "附件：1.任务分工表; 附件2所列项目",
    ),
    Pattern(
        Level.SUBPART,
        re.compile(rf"第({_N})\s*分编[\s　]*"),
        "第一分编 通则",
        "",
    ),
    Pattern(
        Level.PART,
        re.compile(rf"第({_N})\s*编(?![制码辑者写译排造审号幅目])[\s　]*"),
        "第一编 总则",
        "第一编制单位",
    ),
    Pattern(
        Level.PART,
        re.compile(rf"第({_N})\s*篇(?![幅目章])[\s　]*"),
        "第一篇 发展环境",
        "第一篇章要写好",
        "篇",
    ),
    Pattern(
        Level.PART,
        re.compile(rf"第({_N})\s*部分(?:[\s　:：]+|$)"),
        "第一部分 发展基础",
        "第一部分企业已经复工",
        "部分",
    ),
    Pattern(
        Level.CHAPTER,
        re.compile(rf"第({_N})\s*章(?![程法节])[\s　]*"),
        "第五章建立健全长效机制",
        "第三章程序修改后施行",
    ),
    Pattern(
        Level.SECTION,
        re.compile(rf"第({_N})\s*节(?![点余假日约目课次段奏拍])[\s　]*"),
        "第二节 主要目标",
        "第二节点位于县城以东",
    ),
    Pattern(
        Level.ARTICLE,
        re.compile(rf"第({_N})\s*条(?:之({_C}))?(?![件款例第规约文的、和至所或及中，。；])[\s　]*"),
        "第十二条 本办法自发布之日起施行。",
        "第十二条规定的情形",
    ),
    Pattern(
        Level.BOX,
        re.compile(
            rf"[【\[〔（(]?\s*专\s*栏\s*[:：]?\s*({_WHOLE}){_SUB}\s*[】\]〕）)]?"
            rf"(?!所|中[的所]|的|[和与至、及]专栏)[:：.．、]?[\s　]*"
        ),
        "专栏7  农村基础设施建设工程",
        "专栏1所列项目",
    ),
    Pattern(
        Level.HEADING,
        re.compile(rf"({_C})、[\s　]*"),
        "二、主要措施",
        "一、二、三产业融合",
    ),
    Pattern(
        Level.ITEM,
        re.compile(rf"[（(]\s*({_C})\s*[)）][\s　]*"),
        "（一）指导思想",
        "（三）项所列情形",
    ),
    Pattern(
        Level.POINT,
        re.compile(r"[（(]\s*([0-9０-９]{1,2})\s*[)）][\s　]*"),
        "（1） 继续实施职业技能培训计划",
        "（1）式中各量",
        "（1）",
    ),
    Pattern(
        Level.ENTRY,
        re.compile(rf"([{CIRCLED}])[\s　]*"),
        "①组织领导",
        "",
        "①",
    ),
    Pattern(
        Level.ENTRY,
        re.compile(r"([0-9０-９]{1,2})[)）][\s　]*"),
        "1）组织领导",
        "",
        "1）",
    ),
    # 2.3.1: group 1 is the whole number. Believed only where the document goes on like that.
    Pattern(
        Level.SUBITEM,
        re.compile(
            r"([1-9][0-9]?(?:[.．][1-9][0-9]?){1,4})(?![0-9.．%％～~—－-]|[亿万千百元个名人户公平米吨倍年月的])"
            r"[.．、]?[\s　]*(?=[“《（(A-Z一-龥])"
        ),
        "2.3.1 应急响应",
        "3.5亿元; 1.5～4万亩; 5.5%左右; 11.5.14.2的试验",
        DECIMAL,
    ),
    Pattern(
        Level.SUBITEM,
        re.compile(r"([0-9０-９]{1,2})\s*[.．、](?![0-9０-９])[\s　]*"),
        "1.坚持分类推进,精准施策。",
        "11.5.14.2的试验; 3.5亿元",
    ),
    # 1 总则: believed only where 1.1 follows.
    Pattern(
        Level.SUBITEM,
        re.compile(r"([1-9][0-9]?)[\s　]+(?=[一-龥]{2,20}$)"),
        "1 总则",
        "6 月 3 日，国家发展改革委印发规划",
        BARE,
    ),
)

# Levels whose heading always has lines of its own; those of the others may run into the text.
OWN_LINE = frozenset(
    {Level.ANNEX, Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION, Level.BOX}
)
LONGEST_TITLE = 60
LONGEST_RUN_IN = 45
_PREFACE = re.compile(rf"^({'|'.join('[ 　]*'.join(word) for word in PREFACES)})$")
_BOX_WITHOUT_NUMBER = re.compile(
    r"[【\[〔]\s*专\s*栏\s*[】\]〕][:：\s　]*(?=\S)"
    r"|专\s*栏\s*[:：]\s*(?![0-9０-９一二三四五六七八九十])(?=\S)"
)
# Characters with which a pattern can begin; most lines begin with none, and need no pattern.
_FIRST = frozenset(
    f"附第专【[〔（(0123456789０１２３４５６７８９{CHINESE}{CIRCLED}"
    + "".join(word[0] for word in PREFACES)
)
_SENTENCE = re.compile(r"[。；;！!？?]")
_TITLE_END = " 　\t。，,；;：:、.|｜"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the beginning of a line could be.

    `number` counts from 1, None for a preface and for an annex or box without one; `title` is
    clean; `run_in` says that text follows in the same line. `above` are the numbers before the last
    one of a decimal (2, 3 of 2.3.1). `sub` and `word` are those of `Step`.
    """

    level: Level
    number: int | None
    title: str
    run_in: bool = False
    sub: int = 0
    word: str = ""
    above: tuple[int, ...] = ()


def candidate(line: str) -> Candidate | None:
    """Return what the stripped `line` could be the heading of, None for plain text."""
    if line[:1] not in _FIRST:
        return None
    if _PREFACE.match(line):
        return Candidate(Level.PREFACE, None, re.sub(r"\s", "", line))
    if (box := _BOX_WITHOUT_NUMBER.match(line)) and not _SENTENCE.search(line):
        return Candidate(Level.BOX, None, clean_title(line[box.end() :]))
    for pattern in PATTERNS:
        if match := pattern.regex.match(line):
            return _candidate(pattern, match, line[match.end() :])
    return None


def _candidate(pattern: Pattern, match: re.Match[str], rest: str) -> Candidate | None:
    kind = match.groupdict().get("kind")
    if kind:
        return _annex(re.sub(r"\s", "", kind), match, rest)
    try:
        *above, number = [to_int(part) for part in re.split("[.．]", match[1])]
        sub = to_int(match[2]) if pattern.regex.groups > 1 and match[2] else 0
    except ValueError:
        return None
    if not 1 <= number <= LARGEST or sub > LARGEST:
        return None
    found = _titled(pattern.level, number, rest)
    if found is None or not (sub or pattern.word or above):
        return found
    return replace(found, sub=sub, word=pattern.word, above=tuple(above))


def _annex(kind: str, match: re.Match[str], rest: str) -> Candidate | None:
    """Return an annex; a list of annexes (附件：1.分工表) and what speaks of one is none."""
    listed = re.match(r"\s*[0-9０-９一二三四五六七八九十]+\s*[.．、]", rest)
    # 附件：分工表 names an annex and 附件下载 is none; 附件 分工表 begins one
    unclear = match[2] is None and rest and not re.search(r"附\s*.[\s　]+$", match[0])
    if listed or unclear or _SENTENCE.search(rest) or len(rest) > LONGEST_TITLE:
        return None
    try:
        number, sub = (to_int(group) if group else 0 for group in match.group(2, 3))
    except ValueError:
        return None
    if number > LARGEST or sub > LARGEST:
        return None
    return Candidate(Level.ANNEX, number or None, clean_title(rest), sub=sub, word=kind)


def _titled(level: Level, number: int, rest: str) -> Candidate | None:
    if level in OWN_LINE:
        if _SENTENCE.search(rest) or len(rest) > LONGEST_TITLE:
            return None
        return Candidate(level, number, clean_title(rest))
    if level is Level.ARTICLE:
        return Candidate(level, number, "", run_in=True)
    if level is Level.HEADING and re.match(rf"{_C}[、产次]", rest):
        return None  # 一、二、三产业
    parts = list(islice(each_sentence(rest), 2))
    first = rest[: parts[0].end] if parts else ""
    if len(parts) <= 1 and len(rest) <= LONGEST_TITLE and not re.search("[；;]", rest):
        return Candidate(level, number, clean_title(rest))
    title = clean_title(first) if len(first) <= LONGEST_RUN_IN else ""
    return Candidate(level, number, title, run_in=True)


def clean_title(text: str) -> str:
    """Return a title without blanks, cell marks and stops at its ends.

    Blanks within become one, and none where they only spread two characters.

    >>> clean_title("总 　则 。"), clean_title("特色产业:")
    ('总则', '特色产业')
    """
    title = re.sub(r"[\s　]+", " ", text.strip(_TITLE_END))
    return re.sub(r"^(\S) (\S)$", r"\1\2", title)
