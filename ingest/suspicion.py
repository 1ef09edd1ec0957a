"""Text that people should look at: what reading or the source itself may have spoilt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Document, Problem
from corpus.numerals import CHINESE

# Glyphs without a letter, private use, what a wrong decoding leaves: 锟斤拷, Ã¤, �
_GARBLED = re.compile(
    "\\(cid:\\d+\\)|[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]|锟斤拷|烫烫烫|屯屯屯|(?:[ÃÂâåæçèé][\x80-\xbf]){2}"
)
# A heading inside a line: `…。第三节 主要任务`, `2021年9月 前 言`; trap: 见第三章第二节。
_JOINED = re.compile(
    rf"[。；！？][ 　]*第[{CHINESE}]{{1,4}}[章节][ 　]+[一-龥]{{2,30}}(?=[ 　]|$)"
    r"|\S[ 　]+[前引序][ 　]+言[ 　]*$",
    re.MULTILINE,
)
# A paragraph that begins with what can only stand inside one: columns or lines were mixed up.
_MISPLACED = re.compile(r"^[ \t　]*[，。、；：？！）》”’%％]", re.MULTILINE)
_EDITORIAL = re.compile(r"“[^”\n]{1,60}”\s*(?:改为|修改为|改成)\s*“")
# 20211年, 到2205年; 1200%; 12.34.5亿元
_YEAR = re.compile(r"(?<![\d.])(?:(?:[3-9]\d{3}|2[1-9]\d{2}|\d{5,6})(?=年(?!度电|产)))(?<!\d{7})")
_SHARE = re.compile(r"(?<![\d.])(\d{4,}(?:\.\d+)?)\s*[%％]")
_BROKEN = re.compile(r"(?<![\d.])\d+\.\d+\.\d+(?=\s*[亿万元个%％])")
GARBAGE = 0.5  # share of garbled characters from which a text is none
_MOST = 5  # reported of each kind


def suspicions(document: Document) -> Iterator[Problem]:
    """Yield what looks wrong in the text of a document, kind by kind, each in text order."""
    text = document.text
    found = list(_GARBLED.finditer(text))
    if found:
        share = garbled(text)
        message = f"有 {len(found)} 处乱码，占全文 {share:.1%}"
        yield Problem("garbled-text", message, found[0].start(), found[0].end())
    for code, pattern, words in (
        ("heading-joined", _JOINED, "标题可能与别的文字连在一行"),
        ("misplaced-line", _MISPLACED, "这一行以不能起头的标点开始，可能串行或串栏"),
        ("editorial-note", _EDITORIAL, "像是修改说明，混在正文里"),
        ("odd-year", _YEAR, "年份不合常理"),
        ("odd-share", _SHARE, "百分比不合常理"),
        ("odd-number", _BROKEN, "数字有两个小数点"),
    ):
        matches = list(pattern.finditer(text))
        for match in matches[:_MOST]:
            around = text[max(match.start() - 8, 0) : match.end() + 8].replace("\n", " ").strip()
            yield Problem(code, f"“{around}”：{words}", match.start(), match.end())
        if len(matches) > _MOST:
            yield Problem(code, f"还有 {len(matches) - _MOST} 处：{words}")


def garbled(text: str) -> float:
    """Return the share of garbled characters among those that are no blanks, 0 for no text."""
    whole = len(re.sub(r"\s", "", text))
    return min(sum(len(match[0]) for match in _GARBLED.finditer(text)) / whole, 1) if whole else 0
