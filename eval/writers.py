"""Small writers of files that hold a given text: .docx, .pdf, .html, .md and .ofd.

They set a text as offices do, through the libraries that offices' programs resemble, so that
reading it back can be measured and damaged files can be made. A text is a list of `Line`.
"""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from corpus.address import Level
from corpus.model import Document, Node
from eval.claims import Missing

_FONT = "STSong-Light"
# What that font's encoding lacks; reportlab would leave it out.
_NO_GLYPH = str.maketrans("·•・", "－－－")
_DEPTHS = {Level.PART: 1, Level.CHAPTER: 1, Level.SECTION: 2}


class Line(NamedTuple):
    """A paragraph; `depth` is that of a heading, 0 for text; `box` numbers the frame it is in."""

    text: str
    depth: int = 0
    box: int = 0


Writer = Callable[[Sequence[Line]], bytes]


def lines(document: Document) -> list[Line]:
    """Return the lines of a parsed text, a heading over several lines as one.

    Chapters and sections are headings, 专栏 are frames; blank lines stay between the others. What
    the text has as a table cell flattened to one line is in paragraphs again.
    """
    nodes = [node for node, _ in document.walk()]
    heads = {node.start: node for node in nodes if node.body > node.start}
    boxes = [node for node in nodes if node.level is Level.BOX]
    result = []
    for start, end in itertools.pairwise(_cuts(document, nodes)):
        text = document.text[start:end]
        first = start + len(text) - len(text.lstrip()) if text.strip() else start
        node = heads.get(first)
        depth = _DEPTHS.get(node.level, 0) if node else 0
        box = next((n for n, box in enumerate(boxes, 1) if box.start <= first < box.end), 0)
        result.append(Line(text.replace("\n", "").strip(" 　|"), depth, box))
    return result


def _cuts(document: Document, nodes: Sequence[Node]) -> list[int]:
    """Return where lines begin, and the end of the text: at line ends, headings and paragraphs."""
    text = document.text
    cuts = {match.end() for match in re.finditer("\n", text)} | {0, len(text)}
    spans = [*document.paragraphs, *(span for node in nodes for span in node.paragraphs)]
    for node in nodes:
        cuts -= set(range(node.start + 1, node.body))
    for at in (*(node.start for node in nodes), *(span.start for span in spans)):
        line = text.rfind("\n", 0, at) + 1
        cuts |= {at} if text[line:at].strip() else set()
    return sorted(cuts)


def settable(text: str) -> str:
    """Return a text without the characters that `pdf` cannot set."""
    return text.translate(_NO_GLYPH)


def docx(text: Sequence[Line]) -> bytes:
    """Return a Word file: headings in Word's styles, frames as tables of one cell."""
    import docx as library

    file = library.Document()
    for block in _blocks(text):
        if block[0].box:
            cell = file.add_table(1, 1).cell(0, 0)
            cell.paragraphs[0].text = block[0].text
            for line in block[1:]:
                cell.add_paragraph(line.text)
            continue
        for line in block:
            if line.depth:
                file.add_heading(line.text, line.depth)
            else:
                file.add_paragraph(line.text)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def html(text: Sequence[Line]) -> bytes:
    """Return a web page with a title, a navigation bar and a foot around the text."""
    body = []
    for block in _blocks(text):
        drawn = "".join(_tag(f"h{1 + line.depth}" if line.depth else "p", line) for line in block)
        framed = f'<table border="1"><tr><td>{drawn}</td></tr></table>'
        body.append(framed if block[0].box else drawn)
    page = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>文件</title></head><body>"
        "<ul><li><a href='/'>首页</a></li><li><a href='/zwgk'>政务公开</a></li></ul>"
        f"<div class='content'>{''.join(body)}</div>"
        "<div class='footer'><a href='/map'>网站地图</a> <a href='/us'>联系我们</a></div>"
        "</body></html>"
    )
    return page.encode()


def _tag(name: str, line: Line) -> str:
    return f"<{name}>{escape(line.text, quote=False)}</{name}>\n" if line.text else ""


def markdown(text: Sequence[Line]) -> bytes:
    """Return Markdown: headings with #, a blank line after each paragraph."""
    return "".join(f"{'#' * line.depth} {line.text}".strip() + "\n\n" for line in text).encode()


def pdf(text: Sequence[Line], *, packed: bool = True) -> bytes:
    """Return a PDF on A4 with numbered pages, frames drawn; Missing without reportlab.

    Without `packed` the streams are not compressed, so that damage reaches what they say.
    """
    try:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas
        from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table
    except ImportError as error:
        raise Missing("没有安装 reportlab（测试依赖）") from error
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    base = ParagraphStyle("text", fontName=_FONT, fontSize=14, leading=24, wordWrap="CJK")
    body = ParagraphStyle("body", base, firstLineIndent=28)
    head = ParagraphStyle("head", base, alignment=1, fontSize=16, spaceBefore=12, spaceAfter=12)

    def set_line(line: Line) -> Flowable:
        style = head if line.depth else body
        return Paragraph(escape(line.text), style) if line.text else Spacer(1, 24)

    def number(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(_FONT, 10)
        canvas.drawCentredString(297, 40, f"- {template.page} -")

    story: list[Flowable] = []
    for block in _blocks(text):
        rows = [set_line(line) for line in block if line.text or not line.box]
        style = [("BOX", (0, 0), (-1, -1), 1, "black")]
        framed = Table([[row] for row in rows], style=style, splitInRow=1)
        story += [framed] if block[0].box else rows
    buffer = io.BytesIO()
    template = SimpleDocTemplate(
        buffer,
        pagesize=(595, 842),
        leftMargin=80,
        rightMargin=80,
        pageCompression=int(packed),
        invariant=1,  # without the time
    )
    template.build(story, onFirstPage=number, onLaterPages=number)
    return buffer.getvalue()


def _blocks(text: Sequence[Line]) -> list[list[Line]]:
    """Part the lines in stretches that stand in one frame or in none."""
    blocks: list[list[Line]] = []
    for line in text:
        if blocks and blocks[-1][0].box == line.box:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_EM, _PITCH, _LEFT, _TOP = 5.5, 9.8, 28.0, 37.0  # mm, as GB/T 9704 sets 公文
_PER_LINE, _PER_PAGE = 28, 22


def ofd(text: Sequence[Line]) -> bytes:
    """Return an OFD (GB/T 33190-2016): a text object a line, first lines stand in by two."""
    rows = [row for line in text for row in _wrapped(line)] or [("", 0.0)]
    pages = [rows[at : at + _PER_PAGE] for at in range(0, len(rows), _PER_PAGE)]
    area = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
    listed = "".join(
        f'<ofd:Page ID="{100 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>'
        for at in range(len(pages))
    )
    members = {
        "OFD.xml": f'{_XML}<ofd:OFD {_OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{'0' * 32}</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{_XML}<ofd:Document {_OFD}><ofd:CommonData>"
        f"<ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>{area}</ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'{_XML}<ofd:Res {_OFD} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="3" FontName="仿宋_GB2312" FamilyName="仿宋"/></ofd:Fonts></ofd:Res>',
    }
    for at, page in enumerate(pages):
        drawn = "".join(_text_object(row, n) for n, row in enumerate(page))
        members[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
            f"{_XML}<ofd:Page {_OFD}><ofd:Area>{area}</ofd:Area><ofd:Content>"
            f'<ofd:Layer ID="50" Type="Body">{drawn}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    return archive(members)


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of the members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # without the time
    return buffer.getvalue()


def _wrapped(line: Line) -> list[tuple[str, float]]:
    """Return the rows of a line, each with its indent in characters."""
    if line.depth and sum(map(_em, line.text)) <= _PER_LINE:
        return [(line.text, (_PER_LINE - sum(map(_em, line.text))) / 2)]
    rows, row, indent, used = [], "", 2.0, 2.0
    for char in line.text:
        if used + _em(char) > _PER_LINE:
            rows.append((row, indent))
            row, indent, used = "", 0.0, 0.0
        row, used = row + char, used + _em(char)
    return [*rows, (row, indent)]


def _em(char: str) -> float:
    return 0.5 if unicodedata.east_asian_width(char) in "HNaNa" else 1.0


def _text_object(row: tuple[str, float], at: int) -> str:
    text, indent = row
    if not text:
        return ""
    x, y = _LEFT + indent * _EM, _TOP + at * _PITCH
    steps = " ".join(f"{_em(char) * _EM:g}" for char in text[:-1])
    width = sum(map(_em, text)) * _EM
    return (
        f'<ofd:TextObject ID="{1000 + at}" Font="3" Size="{_EM}" '
        f'Boundary="{x:.2f} {y:.2f} {width:.2f} {_EM * 1.2:.2f}">'
        f'<ofd:TextCode X="0" Y="{_EM * 0.86:.2f}" DeltaX="{steps}">'
        f"{escape(text, quote=False)}</ofd:TextCode></ofd:TextObject>"
    )
