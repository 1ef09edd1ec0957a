"""How headings begin: one row a pattern, with an example and a trap.

A match is only a candidate. Whether it is a heading depends on its place among the others, which
`structure` decides: “（三）” inside a list looks like one and is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.address import PREFACES, Level
from corpus.numerals import CHINESE, LARGEST, to_int
from corpus.sentences import sentences

_C = rf"[{CHINESE}]{{1,7}}"
_WHOLE = rf"(?>[{CHINESE}]{{1,7}}|[0-9０-９]{{1,3}})"  # 专栏十一 is never 专栏十 with a title 一…
_N = rf"(?:{_C}|[0-9０-９]{{1,3}})"


@dataclass(frozen=True, slots=True)
class Pattern:
    """The label of one level: `regex` takes it with the blanks after it, group 1 the number."""

    level: Level
    regex: re.Pattern[str]
    example: str
    trap: str


# Words that begin with the character for the level: 第二节点位, 第三章程序, 第六条件.
PATTERNS = (
    Pattern(
        Level.SUBPART,
        re.compile(rf"第({_N})\s*分编[\s　]*"),
        "第一分编 通则",
        "",
    ),
    Pattern(
        Level.PART,
        re.compile(rf"第({_N})\s*[编篇](?![制码辑者写译排造审号幅目章])[\s　]*"),
        "第一编 总则",
        "第一篇章要写好",
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
            rf"专\s*栏\s*[:：]?\s*({_WHOLE})(?!所|中[的所]|的|[和与至、及]专栏)[:：.．、]?[\s　]*"
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
    # Arabic in brackets counts as an item only where a box mixes it among （一）, see structure.
    Pattern(
        Level.POINT,
        re.compile(r"[（(]\s*([0-9０-９]{1,2})\s*[)）][\s　]*"),
        "（1） 继续实施职业技能培训计划",
        "（1）式中各量",
    ),
    Pattern(
        Level.SUBITEM,
        re.compile(r"([0-9０-９]{1,2})\s*[.．、](?![0-9０-９])[\s　]*"),
        "1.坚持分类推进,精准施策。",
        "11.5.14.2的试验; 3.5亿元",
    ),
)

# Levels whose heading always has lines of its own; those of the others may run into the text.
OWN_LINE = frozenset({Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION, Level.BOX})
LONGEST_TITLE = 60
LONGEST_RUN_IN = 45
_PREFACE = re.compile(rf"^({'|'.join('[ 　]*'.join(word) for word in PREFACES)})$")
_SENTENCE = re.compile(r"[。；;！!？?]")
_TITLE_END = " 　\t。，,；;：:、.|｜"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the beginning of a line could be.

    `number` counts from 1; `title` is clean; `run_in` says that text follows in the same line.
    """

    level: Level
    number: int | None
    title: str
    run_in: bool = False
    sub: int = 0


def candidate(line: str) -> Candidate | None:
    """Return what the stripped `line` could be the heading of, None for plain text."""
    if _PREFACE.match(line):
        return Candidate(Level.PREFACE, None, re.sub(r"\s", "", line))
    for pattern in PATTERNS:
        match = pattern.regex.match(line)
        if match:
            try:
                number, sub = (*(to_int(group) for group in match.groups() if group), 0)[:2]
            except ValueError:
                return None
            if not 1 <= number <= LARGEST or sub > LARGEST:
                return None
            rest = line[match.end() :]
            return _candidate(pattern.level, number, sub, rest)
    return None


def _candidate(level: Level, number: int, sub: int, rest: str) -> Candidate | None:
    if level in OWN_LINE:
        if _SENTENCE.search(rest) or len(rest) > LONGEST_TITLE:
            return None
        return Candidate(level, number, clean_title(rest), sub=sub)
    if level is Level.ARTICLE:
        return Candidate(level, number, "", run_in=True, sub=sub)
    if level is Level.HEADING and re.match(rf"{_C}[、产次]", rest):
        return None  # 一、二、三产业
    parts = sentences(rest)
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
