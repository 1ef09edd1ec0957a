"""Word files for the tests: written by python-docx, edited where it has no words for a thing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from ingest.readers import word
from ingest.reading import Reading

NS = nsdecls("w", "r") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def saved(document: WordDocument) -> bytes:
    """Return the bytes of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def body(*blocks: str) -> WordDocument:
    """Return a document with blocks written in XML, without the namespaces."""
    document = Document()
    for block in blocks:
        append(document, block)
    return document


def append(document: WordDocument, block: str) -> None:
    """Add a block written in XML to the end of a document."""
    document.element.body.insert_element_before(element(block), "w:sectPr")


def element(xml: str):  # noqa: ANN201 - an element of python-docx
    """Return the element of XML without namespace declarations."""
    return parse_xml(re.sub(r"^\s*<([\w:]+)", rf"<\1 {NS}", xml, count=1))


def p(*runs: str, properties: str = "") -> str:
    """Return a paragraph of runs; a run that is no XML is plain text."""
    inner = "".join(r(run) if not run.startswith("<") else run for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run of plain text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str | None) -> str:
    """Return the runs of a complex field; a result that begins with < is XML."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    shown = (
        ""
        if result is None
        else char("separate") + (result if result.startswith("<") else r(result))
    )
    return char("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + shown + char("end")


def numbered(document: WordDocument, *levels: str, list_id: int = 90) -> None:
    """Define list `list_id` with levels given as the XML inside w:lvl."""
    numbering = document.part.numbering_part.element
    written = "".join(f'<w:lvl w:ilvl="{at}">{level}</w:lvl>' for at, level in enumerate(levels))
    definition = f'<w:abstractNum w:abstractNumId="{list_id}">{written}</w:abstractNum>'
    first = numbering.find(f"{{{numbering.nsmap['w']}}}num")
    first.addprevious(element(definition))
    use = f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>'
    numbering.append(element(use))


def level(form: str, text: str, more: str = "", start: int = 1) -> str:
    """Return the XML inside w:lvl."""
    return f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'


def in_list(at: int, list_id: int = 90) -> str:
    """Return the property that puts a paragraph on level `at` of a list."""
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>'


def add_notes(document: WordDocument, kind: str, notes: Sequence[str]) -> None:
    """Add a part with the footnotes or endnotes 1, 2, …; each is given as its blocks."""
    inner = "".join(f'<w:{kind} w:id="{at}">{note}</w:{kind}>' for at, note in enumerate(notes, 1))
    relation = RELATIONSHIP_TYPE.FOOTNOTES if kind == "footnote" else RELATIONSHIP_TYPE.ENDNOTES
    add_part(document, f"/word/{kind}s.xml", relation, f"<w:{kind}s {NS}>{inner}</w:{kind}s>")


def add_part(document: WordDocument, name: str, relation: str, xml: str) -> str:
    """Add a part to the package and return the id of the relationship that leads to it."""
    content_type = "application/xml"
    part = Part(PackURI(name), content_type, xml.encode(), document.part.package)
    return document.part.relate_to(part, relation)


def edited(content: bytes, changes: dict[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """Return a package with members changed, or added where the value is bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            change = changes.get(info.filename)
            data = old.read(info)
            new.writestr(info.filename, change(data) if callable(change) else change or data)
        for name in changes.keys() - set(old.namelist()):
            data = changes[name]
            new.writestr(name, data if isinstance(data, bytes) else b"")
    return stream.getvalue()


def reading(document: WordDocument) -> Reading:
    """Return what the reader gets out of a document."""
    return word.read(saved(document), "文件.docx")


def lines(document: WordDocument) -> list[str]:
    """Return the lines that are not blank."""
    return [line for line in reading(document).text.split("\n") if line]


def marked(document: WordDocument) -> list[tuple[str, str]]:
    """Return kind and text of each mark."""
    found = reading(document)
    return [(kind, found.text[start:end].rstrip("\n")) for kind, start, end in found.marks]


def codes(document: WordDocument) -> list[str]:
    """Return the codes of the problems."""
    return [problem.code for problem in reading(document).problems]


def heading(document: WordDocument, text: str, depth: int) -> Paragraph:
    """Add a paragraph in a heading style."""
    return document.add_heading(text, depth)
