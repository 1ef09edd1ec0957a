"""Which lines of a page are the document: by where its prose stands.

A line of prose has sentences outside links. The body is the innermost block that holds most of the
page's prose; what the site is known to name its body or its navigation only adds weight.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence, Set

from ingest.readers.html import chrome
from ingest.readers.html.flow import Block, Line

_NAMED_BODY = re.compile(
    r"ucap-?content|pages_content|\bzoom\b|trs_(ue)?editor|article[-_]?(content|body|con|text)"
    r"|news[-_]?(content|text)|view[-_]?con|content[-_]?text|detail[-_]?con|xxgk[-_]?(content|con)"
    r"|j-fontcontent|custom_unionstyle",
    re.I,
)
_BODY_WEIGHT, _CHROME_WEIGHT = 3.0, 0.2
_SENTENCE = re.compile("[，。；]")
_SHORTEST = 12  # Chinese characters of a line of prose
_MOST = 0.7  # share of the prose that the body holds
_LARGE = 60  # Chinese characters of prose outside the body that make a block part of it
_FEW_LINKS = 0.25
# A line beside the body that shows that the document goes on there: 第二章, 附件1
_HEADED = re.compile(
    r"第[一二三四五六七八九十百0-9]{1,5}[编篇章节条]|附[件表]\s*\d{0,2}\s*[：:]?|专栏\s*\d"
)
_NUMBER = re.compile(r"[一-龥]{1,12}[〔\[（(【]?\d{4}[〕\])）】]?第?\d{1,4}号")


def prose(lines: Sequence[Line], taken: Set[int]) -> list[int]:
    """Return for each line how many Chinese characters of prose it has, 0 for `taken` lines."""
    return [0 if at in taken else _prose(line) for at, line in enumerate(lines)]


def _prose(line: Line) -> int:
    size = len(chrome.HAN.findall(line.text)) - line.linked
    if size < _SHORTEST or not _SENTENCE.search(line.text) or chrome.is_footer(line):
        return 0
    return size


def find(lines: Sequence[Line], root: Block, sizes: Sequence[int]) -> set[int]:
    """Return the numbers of the lines of the body; all lines where the page has no prose."""
    weighted = [size * _weight(lines[at].block) for at, size in enumerate(sizes)]
    sums = [0.0, *itertools.accumulate(weighted)]
    if not sums[-1]:
        return set(range(len(lines)))
    path = [root]
    while (inner := _holder(path[-1], sums)) is not None:
        path.append(inner)
    first, end = path[-1].first, path[-1].end
    for holder, inside in itertools.pairwise(path):
        for child in holder.children:
            if child is not inside and _reads_as_text(child, lines, sums):
                first, end = min(first, child.first), max(end, child.end)
    return set(range(first, end))


def _weight(block: Block | None) -> float:
    weight, named_body, named_chrome = 1.0, False, False
    while block is not None:
        named_body = named_body or bool(_NAMED_BODY.search(block.names))
        named_chrome = named_chrome or block.hidden or chrome.named_so(block)
        block = block.parent
    weight *= _BODY_WEIGHT if named_body else 1
    return weight * (_CHROME_WEIGHT if named_chrome else 1)


def _holder(block: Block, sums: Sequence[float]) -> Block | None:
    """Return the child that holds most of the page's prose, None where no single one does.

    A paragraph is no body: one may hold most of a short text.
    """
    for child in block.children:
        body = child.end - child.first > 1 or _NAMED_BODY.search(child.names)
        if body and sums[child.end] - sums[child.first] >= _MOST * sums[-1]:
            return child
    return None


def _reads_as_text(block: Block, lines: Sequence[Line], sums: Sequence[float]) -> bool:
    """Whether a block beside the body is part of it: an attachment below it, another chapter."""
    inside = lines[block.first : block.end]
    size = sum(len(line.text) for line in inside)
    linked = sum(line.linked for line in inside)
    if block.hidden or chrome.named_so(block) or linked > _FEW_LINKS * size:
        return False
    headed = any(_HEADED.match(line.text) and not line.linked for line in inside)
    return headed or sums[block.end] - sums[block.first] >= _LARGE


def without_chrome(
    lines: Sequence[Line], body: Set[int], sizes: Sequence[int], root: Block
) -> set[int]:
    """Return the lines of the body that are text of the document.

    Left out are tools and notices of the site, lists of links, and blocks without prose that are
    hidden or named as navigation. Rows and boxes are judged by their blocks alone.
    """
    kept = set(body) - chrome.in_lists(lines)
    free = {at for at in kept if not lines[at].block.frame}
    kept -= {at for at in free if chrome.is_tool(lines[at]) and not sizes[at]}
    total = sum(sizes[at] for at in body)
    for block in _walk(root):
        inside = range(block.first, block.end)
        size = sum(sizes[at] for at in inside)
        hidden = block.hidden and size < total / 2
        if hidden or (chrome.named_so(block) and size == 0):
            kept -= set(inside)
    return kept


def title_block(lines: Sequence[Line], text: Set[int], titles: Set[str]) -> set[int]:
    """Return the lines before the body that are the title of the document and its number.

    `titles` are what the page calls itself, without blanks. Nothing where the body begins with it.
    """
    first = min(text, default=0)
    opening = "".join(re.sub(r"\s", "", lines[at].text) for at in sorted(text)[:6])
    if any(title in opening for title in titles):
        return set()
    for at in range(first - 1, -1, -1):
        if lines[at].heading == 1 or re.sub(r"\s", "", lines[at].text) in titles:
            if chrome.is_link(lines[at]):
                continue
            between = range(at + 1, first)
            return {at, *(n for n in between if _NUMBER.fullmatch(lines[n].text))}
    return set()


def _walk(block: Block) -> Iterator[Block]:
    waiting = [block]
    while waiting:
        block = waiting.pop()
        yield block
        waiting += block.children
