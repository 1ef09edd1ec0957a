"""Places that a question, a clause or a document names, by their stems: 铜仁市 and 铜仁 are 铜仁.

Provinces and prefectures are known by the lists of `ingest.regions`; counties, districts and
townships are told by their form (思南县, 碧江区), since no list of them is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from api.answering.question import QUOTED
from ingest.regions import PREFECTURES, PROVINCES

_PEOPLES = re.compile(r"壮族|回族|维吾尔")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|省|市|州|盟|地区)$")
# Stems that are also common words, or pieces of them: of these only the whole name counts.
_AMBIGUOUS = "朝阳 大同 白银 安康 黄山 中山 长治 三明 山南 金昌 吉安 平凉 大理"
_WORDS_TOO = frozenset(_AMBIGUOUS.split())
# 思南县, 碧江区, 兴义市, 奋斗镇; trap: 城乡, 重点帮扶县, 示范区, 主城区, 本市.
_LETTER = (
    r"(?:(?![们隔回的么系在和与及或到从由把被对给跟向按为是要有各每全本该我省哪那这某两几多少个其让比送讲县官样"
    r"一二三四五六七八九十年月日底间])[一-龥])"
)
_BY_FORM = re.compile(
    rf"(?:(?<![一-龥])|(?<=[在和与及到从给向对于是的年间底区县市]))(?:"
    rf"{_LETTER}{{2,3}}?"
    r"(?:县(?![级域乡市委])|区(?![县域划])|市(?![场民政容直级里州])|镇(?![区村])|乡(?![村镇土]))"
    rf"|(?![州市区]){_LETTER}县(?![级域乡市委]))"
)
_NO_NAME = re.compile(
    r"(?:城|社|园|景|灌|山|地|农|牧|安置|示范|小|开发|辖|库|矿|林|校|街|片|港|商|功能|试验|高新|聚居"
    r"|集聚|保护|综保|保税|入)区$|(?:下|城|返|家|老|故|入|兴)乡$|(?:城|乡|村|重点|中心|特色小)镇$"
    r"|(?:帮扶|示范|重点|脱贫|贫困|试点|进|市|区|大|强|推)县$"
    r"|(?:城|都|上|超|门|县|区|州|花|菜|股|入|[地县]级|直辖|省会|设区)市$"
)
_TAIL = re.compile(r"(?:自治县|新区|县|区|市|镇|乡)$")


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    """Return spelling and stem of every listed place, long spellings first."""
    found: dict[str, str] = {}
    for name in (*PREFECTURES, *PROVINCES):
        if "自治州" in name:
            continue  # its short form is listed too, and the stem of that begins this one
        stem = _PEOPLES.sub("", _SUFFIX.sub("", name))
        found[name if stem in _WORDS_TOO or len(stem) < 2 else stem] = stem
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _listed() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(spelling) for spelling, _ in _stems()))


@cache
def _whole() -> re.Pattern[str]:
    """Match a listed place with what its name goes on with: 黔西南布依族苗族自治州."""
    rest = r"(?:自治区|[一-龥]{2,12}?自治[州区]|特别行政区|省|市(?!场|州)|州(?!级)|盟|地区)?"
    return re.compile(f"(?:{_listed().pattern}){rest}")


def listed(text: str) -> list[str]:
    """Return the stems of the provinces and prefectures that a text names, in order, each once.

    >>> listed("贵州省铜仁市和黔西南布依族苗族自治州")
    ['贵州', '铜仁', '黔西南']
    """
    spellings = dict(_stems())
    return list(dict.fromkeys(spellings[found] for found in _listed().findall(text)))


def by_form(text: str) -> list[str]:
    """Return the stems of places below a prefecture, told by their form, in order, each once.

    >>> by_form("碧江区到2025年要有多少家？"), by_form("各县的城乡社区怎么办？")
    (['碧江'], [])
    """
    rest = _whole().sub("，", QUOTED.sub("，", text))  # “先入区、后检测” names no place
    found = []
    for match in _BY_FORM.finditer(rest):
        name = match[0]
        if not _NO_NAME.search(name):
            stem = _TAIL.sub("", name)
            found.append(stem if len(stem) > 1 else name)
    return list(dict.fromkeys(found))


def without(text: str) -> str:
    """Return a text with the places that it names left out.

    >>> without("毕节市的思南县有几个村？")
    '的有几个村？'
    """
    rest = _whole().sub("｜", text)  # what stands there bounds the names after it
    rest = _BY_FORM.sub(lambda match: match[0] if _NO_NAME.search(match[0]) else "", rest)
    return rest.replace("｜", "")


def without_homes(text: str, names: Iterable[str]) -> str:
    """Return a text without places of which only the stems are known: 海拉尔, 海拉尔区."""
    for name in names:
        text = re.sub(rf"{re.escape(name)}(?:自治[县旗]|[县区市镇乡旗])?", " ", text)
    return text
