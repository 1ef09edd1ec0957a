"""The blocks of a Markdown file as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers.html.flow import flow
from ingest.readers.html.numbering import numbered
from ingest.readers.markdown import inline
from ingest.reading import HEADING

BOX, TABLE, CHROME = "box", "table", "chrome"
_COMMENT = re.compile(r"<!--.*?-->", re.S)
# What of a piece of HTML is no text.
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^<>]*>", re.S | re.I)
_BOX_TITLE = re.compile(r"专\s*栏\s*[:：]?\s*[一二三四五六七八九十0-9]")
_LONGEST_TITLE = 60  # characters; a longer paragraph over a rule is no heading


@dataclass(slots=True)
class Line:
    """A line of text: `kind` is its mark, `group` numbers the box or table that it stands in.

    `level` is that of a heading, 0 for none.
    """

    text: str
    kind: str = ""
    group: int = 0
    level: int = 0


@dataclass(slots=True)
class Blocks:
    """The lines of a file in order, and what its marks hold besides: targets of links, tags."""

    lines: list[Line] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


def read(text: str) -> Blocks:
    """Return the lines of a Markdown text without front matter. Never raises.

    Indented text is text, not code: a blank of two Chinese characters opens paragraphs here.
    Definitions of link targets are text too, since nothing may be dropped.
    """
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "reference", "text_join"])
    writer = _Writer()
    tokens = parser.parse(_closed(text))
    at = 0
    while at < len(tokens):
        at = writer.take(tokens, at)
    return writer.blocks


def _closed(text: str) -> str:
    """Return a text without open comments: one would take all the rest with it."""
    end = text.rfind("-->") + 1
    return text[:end] + text[end:].replace("<!--", "\\<!--")


class _Writer:
    def __init__(self) -> None:
        self.blocks = Blocks()
        self.label = ""  # what stands before the next line: the number of a list item
        self.group = 0
        self.quotes: list[int] = []  # numbers of lines at which the open quotations begin

    def take(self, tokens: Sequence[Token], at: int) -> int:
        """Write the block that begins with a token and return the number of the next token."""
        token = tokens[at]
        if token.type == "heading_open":
            self._heading(int(token.tag[1]), token.markup, tokens[at + 1])
            return at + 2
        if token.type == "table_open":
            end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
            self._table(tokens[at:end])
            return end + 1
        if token.type == "inline":
            self._write(self._inline(token))
        elif token.type in ("fence", "code_block"):
            self.blocks.unseen.append(token.info)
            self._write([line.strip() for line in token.content.split("\n")])
        elif token.type == "html_block":
            self._html(token.content)
        elif token.type == "list_item_open":
            self.label = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "blockquote_open":
            self.quotes.append(len(self.blocks.lines))
        elif token.type == "blockquote_close":
            self._quoted(self.quotes.pop())
        return at + 1

    def _write(self, texts: Sequence[str], kind: str = "", group: int = 0) -> None:
        for text in filter(None, texts):
            label, self.label = self.label, ""
            written = text if numbered(text) else label + text
            self.blocks.lines.append(Line(written, kind, group))

    def _inline(self, token: Token) -> list[str]:
        found = inline.read(token)
        self.blocks.unseen.append(found.unseen)
        for comment in found.comments:
            self._comment(comment)
        return found.lines

    def _comment(self, comment: str) -> None:
        text = " ".join(comment.split())
        self.blocks.lines.append(Line(text, CHROME))

    def _heading(self, level: int, markup: str, token: Token) -> None:
        """Write a heading; a paragraph set over a rule is one only where it is as short as one."""
        texts = self._inline(token)
        underlined = markup[:1] in "=-"
        if underlined and (len(texts) > 1 or len("".join(texts)) > _LONGEST_TITLE):
            self._write(texts)
        elif texts:
            self.label = ""
            self.blocks.lines.append(Line(" ".join(texts), HEADING, 0, level))

    def _table(self, tokens: Sequence[Token]) -> None:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(" ".join(self._inline(token)).replace("\t", " "))
        self.group += 1
        filled = [row for row in rows if any(row)]
        one_column = all(len(row) == 1 for row in filled)
        kind = BOX if one_column and filled and _BOX_TITLE.match(filled[0][0]) else TABLE
        self.label = ""
        for row in filled:
            text = "\t".join(row).rstrip("\t")
            self.blocks.lines.append(Line(text, kind, self.group))

    def _html(self, source: str) -> None:
        """Write a block of HTML: its lines and tables as of a page, its comments as chrome."""
        for comment in _COMMENT.findall(source):
            self._comment(comment)
        rest = _COMMENT.sub("", source)
        if not rest.strip():
            return
        self.blocks.unseen += _TAG.findall(rest)
        frames: dict[int, int] = {}
        for text, frame, kind in _page_lines(rest):
            if kind and frame not in frames:
                self.group += 1
                frames[frame] = self.group
            self._write([text], kind, frames.get(frame, 0))

    def _quoted(self, first: int) -> None:
        """A quotation that begins with the title of a 专栏 is its frame."""
        lines = self.blocks.lines[first:]
        if lines and _BOX_TITLE.match(lines[0].text) and not any(line.group for line in lines):
            self.group += 1
            for line in lines:
                line.kind, line.group = line.kind or BOX, self.group


def _page_lines(source: str) -> Iterator[tuple[str, int, str]]:
    """Yield the lines of a piece of HTML with the frame that each stands in and its kind."""
    try:
        page = html.document_fromstring(f"<div>{source}</div>")
    except etree.LxmlError:
        yield from ((line.strip(), 0, "") for line in source.split("\n"))
        return
    for line in flow(page)[0]:
        block = line.block
        while not block.frame and block.parent is not None:
            block = block.parent
        yield line.text, id(block), block.frame
