"""What a page says of its document: tables of labels and values, <meta> tags, <title>, <h1>.

Sites set the labels as tables, lists, or plain lines: 索 引 号：…  发文机关：…
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from ingest.readers.html.flow import Line, squeeze
from ingest.readers.html.numbering import numbered
from ingest.reading import Fact

TABLE, TAGS = "网页元数据表", "网页 meta 标签"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Labels that stand nowhere but in such a table.
_SURE = _words("""
    索引号 统一编号 登记号 统一登记号 规范性文件编号 文件编号 文件字号 发文字号 发文文号 公文文号
    主题分类 信息分类 组配分类 体裁分类 服务对象分类 所属主题 公文种类 文件类型 信息公开类别
    发文机关 发文机构 发文单位 制发机关 制定机关 发布机构 发布机关 发布单位 公开机构 责任部门
    公开责任部门 成文日期 成文时间 生成日期 发文日期 发文时间 签发日期 印发日期 公布日期
    发布日期 发布时间 公开日期 公开时间 公开方式 公开时限 公开范围 公开程序 公开形式 公开属性
    有效性 时效性 是否有效 效力状态 文件状态 有效期 实施日期 施行日期 生效日期 失效日期
    废止日期 终止日期 内容概述 信息名称 文件名称 信息来源 浏览次数
""")
# Labels that need one of the others beside them.
_WEAK = _words("""
    标题 名称 文号 主题词 关键词 来源 稿源 作者 分类 类别 体裁 语种 格式 载体类型 效力 摘要 编号
    日期
""")
_ANY = "|".join(
    r"\s*".join(label) for label in sorted([*_SURE, *_WEAK], key=lambda label: -len(label))
)
_LABEL = re.compile(rf"[【\[\s·•]*({_ANY})\s*[】\]]?\s*(?:[：:]|$)")
_INSIDE = re.compile(rf"(?:^|(?<=[\s】\]；;|｜]))[【\[·•]*({_ANY})\s*[】\]]?\s*[：:]")
# What follows the last value of a line and is none: 来源：省政府办公厅 【字体：大 中 小】
_TOOLS = re.compile(
    r"[\s【\[|｜]*(字体|字号|打印|分享|收藏|关闭|浏览|点击|阅读|扫一扫|责任编辑).*$"
)
_LONGEST = 300  # characters of a value
_CELLS = frozenset({"dt", "th", "td"})
_IGNORED = frozenset(
    {"viewport", "generator", "renderer", "robots", "referrer", "format-detection"}
)


class Run(NamedTuple):
    """Lines `first` to `end`, end left out, that hold nothing but labels and their values."""

    first: int
    end: int
    pairs: tuple[tuple[str, str], ...]


def runs(lines: Sequence[Line]) -> list[Run]:
    """Find the tables of labels, in order: runs of lines with several labels, a sure one too."""
    found: list[Run] = []
    at = 0
    while at < len(lines):
        end, pairs = _run(lines, at)
        names = {name for name, _ in pairs}
        if len(names) > 1 and names & _SURE:
            found.append(Run(at, end, tuple(pairs)))
        at = max(end, at + 1)
    return found


def _run(lines: Sequence[Line], at: int) -> tuple[int, list[tuple[str, str]]]:
    """Return where the run of labels that begins at a line ends, and its pairs."""
    pairs: list[tuple[str, str]] = []
    while at < len(lines):
        if len(lines[at].cells) > 1:
            row = _of_cells(lines[at].cells)
        else:
            row = _of_text(lines[at].text)
            if row and not row[-1][1] and _is_value(lines, at + 1):
                row[-1] = (row[-1][0], lines[at + 1].text)
                at += 1
        if not row:
            break
        pairs += row
        at += 1
    return at, pairs


def _of_cells(cells: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of a row, empty unless all its cells are labels and values."""
    pairs: list[tuple[str, str]] = []
    wanting = False  # the last cell was a label without its value
    for cell in cells:
        if _LABEL.match(cell):
            pairs += _of_text(cell)
            wanting = not pairs[-1][1]
        elif wanting:
            pairs[-1] = (pairs[-1][0], cell)
            wanting = False
        elif cell:
            return []
    return pairs


def _of_text(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a line, empty unless it begins with a label and is no prose."""
    first = _LABEL.match(text)
    if not first:
        return []
    starts = [first, *(m for m in _INSIDE.finditer(text, first.end()))]
    ends = [m.start() for m in starts[1:]] + [len(text)]
    pairs = [
        (_name(m[1]), _TOOLS.sub("", text[m.end() : end]).strip(" 　\xa0|｜；;"))
        for m, end in zip(starts, ends, strict=True)
    ]
    return pairs if all(len(value) <= _LONGEST for _, value in pairs) else []


def _is_value(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the value of the label in the line before it."""
    if at >= len(lines) or len(lines[at].text) > _LONGEST or _LABEL.match(lines[at].text):
        return False
    label, value = lines[at - 1].block, lines[at].block
    if label is value:
        return True
    if label.parent is not value.parent or label.parent is None:
        return False
    return label.tag in _CELLS or label.parent.end - label.parent.first == 2


def _name(label: str) -> str:
    return re.sub(r"\s", "", label)


def of_head(page: HtmlElement) -> Iterator[Fact]:
    """Yield what stands in the <meta> tags, the <title> and the first <h1> without a number."""
    for tag in page.iter("meta"):
        name = tag.get("name") or tag.get("property") or ""
        value = squeeze(tag.get("content", ""))
        if name and value and name.lower() not in _IGNORED:
            yield Fact(name, value, TAGS)
    for name, where in (("title", "网页 title 标签"), ("h1", "网页一级标题")):
        values = (squeeze("".join(element.itertext())) for element in page.iter(name))
        value = next(filter(None, values), "")
        if value and not numbered(value):
            yield Fact("标题", value, where)
