"""From the bytes of a page to its Reading."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from lxml import etree, html
from lxml.html import HtmlElement

from corpus.errors import FileRefused
from corpus.model import Problem
from ingest.readers.html import body, metadata
from ingest.readers.html.encoding import REPLACED, decode
from ingest.readers.html.flow import Block, Line, flow
from ingest.reading import FRAMES, HEADING, Fact, Mark, Reading

_CHROME = "chrome"
_CUT = frozenset({"ERR_RESOURCE_LIMIT"})  # what libxml2 reports where it leaves text out
# libxml2 drops what follows </html>; sites that put pages together leave such ends amid the text.
_ENDS = re.compile(r"</\s*(html|body)\s*>", re.I)
_MANY_LINKS = 0.3  # share of the characters of a page without prose that makes it navigation
_TITLES = frozenset({"标题", "ArticleTitle"})
_REMEDY = "请等正文在浏览器里显示后另存网页，或把正文复制成文本文件；正文可能由脚本载入"


def read(content: bytes, name: str) -> Reading:
    """Read a page, see `ingest.readers.html.read`."""
    source = decode(content, name)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        open_ended = _ENDS.sub(" ", source)
        tree = html.document_fromstring(open_ended.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:  # nothing but comments and declarations
        raise FileRefused(f"{name} 里没有文字", _REMEDY) from error
    if any(entry.type_name in _CUT for entry in parser.error_log):
        raise FileRefused(f"{name}：网页的标记嵌套太深，读不全", "请把正文复制成文本文件")
    found = _Page.of(tree)
    if not found.text or found.is_navigation():
        raise FileRefused(f"{name}：网页里只有导航和链接，没有正文", _REMEDY)
    text, marks = _written(found)
    broken = source.count(REPLACED)
    problem = Problem("unreadable", f"有 {broken} 个字符按网页的编码读不出来，已写作“{REPLACED}”")
    return Reading(text, marks=marks, facts=found.facts, problems=(problem,) if broken else ())


class _Page(NamedTuple):
    """The lines of a page, the numbers of those that are its text, and its facts."""

    lines: Sequence[Line]
    text: Set[int]
    facts: tuple[Fact, ...]
    sizes: Sequence[int]

    @classmethod
    def of(cls, tree: HtmlElement) -> _Page:
        facts = list(metadata.of_head(tree))
        lines, root = flow(tree)
        labels = metadata.runs(lines)
        sizes = body.prose(lines, _lines(labels))
        inside = body.find(lines, root, sizes)
        labels = list(_outside_prose(labels, inside, sizes))
        facts += [Fact(*pair, metadata.TABLE) for run in labels for pair in run.pairs if pair[1]]
        text = body.without_chrome(lines, inside - _lines(labels), sizes, root)
        titles = {re.sub(r"\s", "", fact.value) for fact in facts if fact.name in _TITLES}
        text |= body.title_block(lines, text, titles) - _lines(labels)
        return cls(lines, text, tuple(dict.fromkeys(facts)), sizes)

    def is_navigation(self) -> bool:
        """Whether a page has no prose and many links."""
        if any(self.sizes[at] for at in self.text):
            return False
        linked = sum(line.linked for line in self.lines)
        return linked > _MANY_LINKS * sum(len(line.text) for line in self.lines)


def _lines(labels: Sequence[metadata.Run]) -> set[int]:
    return {at for run in labels for at in range(run.first, run.end)}


def _outside_prose(
    labels: Sequence[metadata.Run], inside: Set[int], sizes: Sequence[int]
) -> Iterator[metadata.Run]:
    """Yield the runs that do not stand amid the prose of the body, where they are its text."""
    full = [at for at in inside if sizes[at]]
    first, last = min(full, default=0), max(full, default=0)
    for run in labels:
        if run.first not in inside or not first < run.first < last:
            yield run


def _written(page: _Page) -> tuple[str, tuple[Mark, ...]]:
    """Return the text of a page and the marks of its lines; neighbours of a kind share one."""
    pieces: list[tuple[str, Block | None, int, int, bool]] = []
    offset = 0
    for at, line in enumerate(page.lines):
        frame = _frame(line.block) if at in page.text else None
        kind = (frame.frame if frame else "") if at in page.text else _CHROME
        end = offset + len(line.text) + 1
        pieces.append((kind, frame, offset, end, at in page.text and line.heading > 1))
        offset = end
    marks: list[Mark] = []
    for (kind, _), group in itertools.groupby(pieces, key=lambda piece: (piece[0], id(piece[1]))):
        stretch = list(group)
        if kind:
            marks.append(Mark(kind, stretch[0][2], stretch[-1][3]))
        marks += [Mark(HEADING, piece[2], piece[3]) for piece in stretch if piece[4]]
    return "".join(line.text + "\n" for line in page.lines), tuple(marks)


def _frame(block: Block | None) -> Block | None:
    """Return the innermost box or table that a block stands in."""
    while block is not None and block.frame not in FRAMES:
        block = block.parent
    return block
