"""What shows that a text is a newspaper page, and what on it is no article.

A page holds several articles with authors, captions of photos, a QR code and an imprint; none of
them has a number, so each is known by its form alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.lines import Line

# 本版责编：…, 版式设计：…, 责任编辑：…
IMPRINT = re.compile(
    r"^(本版|本报)?(责任编辑|责任校对|责编|编辑|校对|版式设计|版式|美术编辑|美编|值班编委|值班主任)"
    r"\s*[：:]"
)
# 数据来源：…, 来源：…; trap: 来源于…的资金 (no colon)
SOURCE = re.compile(r"^[（(]?(数据来源|资料来源|图片来源|稿件来源|来源|据)\s*[：:].{2,40}$")
# …刺梨丰收。肖伟 摄; trap: 联合拍摄
CAPTION = re.compile(r"^.{4,80}[。\s，,]\S{2,4}\s*[/／]?\s*(摄|摄影|制图|图)\s*$")
# 扫码观看, 扫一扫…: the lines that follow without a blank belong to it
QR_CODE = re.compile(r"^(扫码|扫一扫|扫描二维码|长按识别)")
# (作者单位：…), （作者系…）
AFFILIATION = re.compile(r"^[（(]\s*(本文)?作者.{0,6}(单位|系|为|是).{2,80}[)）]$")
# 【编者按】, 编者按：
EDITOR = re.compile(r"^[【\[]?\s*(编者按|编者的话|编后|编后语|开栏的话|开栏语)\s*[】\]]?\s*[：:]?$")
# ——2024年12月…强调: whose words stand above
ATTRIBUTION = re.compile(r"^(——|--|—)\s*\S")

# How all lines begin or end that the signs of a page can match: most lines need no pattern.
_SIGN_BEGINS = tuple("本责编校版美值【[开（(")
_CAPTION_ENDS = tuple("摄影图")

# About 140 of the commonest surnames, by our own choice, and the usual compound ones: a line of
# names starts with one of them.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤查"
    "康施岳祁颜温芦聂章鲁葛申尤"
)
_NAME = rf"(?:(?:欧阳|上官|司马|诸葛|司徒|皇甫|尉迟)\S{{1,2}}|[{_SURNAMES}][一-龥]{{1,2}})"
AUTHORS = re.compile(
    rf"^(?:(?:本报)?(?:通讯员|记者|特约评论员)\s*)?{_NAME}(?:[\s、　]+{_NAME}){{0,5}}$"
)
_NAME_LINE = re.compile(r"^[一-龥]{2,4}$")

_RESIDUE = (("imprint", IMPRINT), ("imprint", SOURCE), ("caption", CAPTION), ("chrome", QR_CODE))


def looks_like_page(text: str) -> bool:
    """Whether a text shows itself to be a newspaper page.

    It does with an imprint and a caption, an author's affiliation or a credited photo besides; one
    sign alone also stands under single articles and web pages.
    """
    lines = [line.strip() for line in text.split("\n")]
    begin = [line for line in lines if line.startswith(_SIGN_BEGINS)]
    captions = [line for line in lines if line.endswith(_CAPTION_ENDS)]
    signs = ((IMPRINT, begin), (AFFILIATION, begin), (EDITOR, begin), (CAPTION, captions))
    return sum(any(sign.match(line) for line in few) for sign, few in signs) >= 2


def residue_kind(line: str) -> str | None:
    """Return the kind of residue that a stripped line is, None for text."""
    if AFFILIATION.match(line):
        return "byline"
    return next((kind for kind, pattern in _RESIDUE if pattern.match(line)), None)


def is_residue(line: str) -> bool:
    """Whether a stripped line of a page is a caption, an imprint or the like."""
    return residue_kind(line) is not None


def is_title_like(line: str) -> bool:
    """Whether a stripped line could be a title: short, and no sentence.

    >>> is_title_like("提升乡村产业发展水平"), is_title_like("加快发展，提高水平。")
    (True, False)
    """
    return 3 <= len(line) <= 40 and not re.search(r"[。；;！!]|[，,：:、]$", line)


def continues_imprint(line: str) -> bool:
    """Whether a stripped line after an imprint line only adds a name to it."""
    return _NAME_LINE.match(line) is not None


class Role(NamedTuple):
    """What a line of a page is: a piece or a subheading with its title, or a kind of residue."""

    name: str
    title: str = ""


def roles(lines: Sequence[Line]) -> dict[int, Role]:
    """Return the role of each line of a newspaper page that is no prose, by line number.

    A piece begins at the title above a line of authors, at an editor's note, and at a short line
    above words whose speaker is named below them (——…). Other short lines are subheadings where
    prose follows and labels of the page (kind `mark`) where none does.
    """
    found: dict[int, Role] = {}
    for at, line in enumerate(lines):
        kind = residue_kind(line.text)
        if kind:
            found[at] = Role(kind)
            _extend(lines, at, kind, found)
    for at, line in enumerate(lines):
        if at in found:
            continue
        if EDITOR.match(line.text):
            found[at] = Role("piece", re.sub(r"[【】\[\]：:\s]", "", line.text))
        elif at and AUTHORS.match(line.text) and is_title_like(lines[at - 1].text):
            found[at] = Role("byline")
            found[at - 1] = Role("piece", lines[at - 1].text)
    _short_lines(lines, found)
    return found


def _extend(lines: Sequence[Line], at: int, kind: str, found: dict[int, Role]) -> None:
    """Give the short lines that belong to a QR code or an imprint the same role."""
    for later in range(at + 1, len(lines)):
        text = lines[later].text
        belongs = kind == "imprint" and continues_imprint(text)
        belongs |= kind == "chrome" and lines[later].gap == 0 and is_title_like(text)
        if not belongs:
            return
        found[later] = Role(kind)


def _short_lines(lines: Sequence[Line], found: dict[int, Role]) -> None:
    in_piece = False
    for at, line in enumerate(lines):
        if at in found:
            in_piece |= found[at].name == "piece"
            continue
        if not is_title_like(line.text) or ATTRIBUTION.match(line.text):
            continue
        follows = (
            at + 1 < len(lines) and at + 1 not in found and not is_title_like(lines[at + 1].text)
        )
        if not follows:
            found[at] = Role("mark")
        elif _is_quoted(lines, at):
            found[at] = Role("piece", line.text)
            in_piece = True
        else:
            found[at] = Role("subheading" if in_piece else "piece", line.text)
            in_piece = True


def _is_quoted(lines: Sequence[Line], at: int) -> bool:
    return at + 2 < len(lines) and ATTRIBUTION.match(lines[at + 2].text) is not None
