"""From an opened .docx to a Reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE

from corpus.errors import FileRefused
from ingest.readers.word import doubts, margins, notes
from ingest.readers.word.blocks import Blocks
from ingest.readers.word.context import Context, Tally
from ingest.readers.word.facts import facts
from ingest.readers.word.fields import Fields
from ingest.readers.word.numbering import Numbering
from ingest.readers.word.package import open_document, parse_part, related
from ingest.readers.word.sheet import Sheet
from ingest.readers.word.styles import Styles
from ingest.readers.word.xml import Element, W
from ingest.reading import Reading

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


def read(content: bytes, name: str) -> Reading:
    """Read a .docx as its reader sees it, tracked changes accepted; FileRefused where it cannot.

    Body first, with notes and text boxes after the paragraph they hang on; headers and footers
    last. There are no pages: a .docx is only divided into pages when it is shown.
    """
    document = open_document(content, name)
    try:
        return _reading(document, name)
    except RecursionError as error:
        raise FileRefused(
            f"{name}：表格或文本框嵌套太深", "请用 Word 或 WPS 打开后另存为 docx，再加入"
        ) from error


def _reading(document: WordDocument, name: str) -> Reading:
    context = _context(document, name)
    body = document.element.find(f"{W}body")
    sheet = Sheet()
    if body is not None:
        Blocks(context, sheet).read(body)
        margins.write(body, context, sheet)
    roots = [document.element, *context.notes.roots()]
    return Reading(
        text=sheet.text(),
        marks=sheet.marks(),
        facts=facts(document),
        problems=doubts.find(roots, _comments(document, name), context.tally),
    )


def _context(document: WordDocument, name: str) -> Context:
    styles = Styles(_root(document, RELATIONSHIP_TYPE.STYLES, name))
    return Context(
        name=name,
        part=document.part,
        styles=styles,
        numbering=Numbering(_root(document, RELATIONSHIP_TYPE.NUMBERING, name), styles),
        notes=notes.load(document, name),
        tally=Tally(),
        fields=Fields(),
    )


def _comments(document: WordDocument, name: str) -> int:
    root = _root(document, RELATIONSHIP_TYPE.COMMENTS, name)
    return 0 if root is None else len(root.findall(f"{W}comment"))


def _root(document: WordDocument, relation: str, name: str) -> Element | None:
    part = related(document.part, relation)
    return None if part is None else parse_part(part, name)
