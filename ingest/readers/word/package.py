"""Open a .docx with python-docx, or say why that cannot be done."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.parser import parse_xml
from lxml import etree

from corpus.errors import FileRefused
from ingest.readers import ole
from ingest.readers.archive import Archive

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import Part

    from ingest.readers.word.xml import Element

_AGAIN = "请用 Word 或 WPS 打开后另存为 docx，再加入"
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
# What python-docx raises for packages that break a rule it relies on.
_RAISED = (
    OpcError,
    KeyError,  # a relationship or part that is not there
    ValueError,  # the main part is no Word document; a broken number
    AttributeError,  # a part of another kind than its relationship says
    TypeError,
    IndexError,
    AssertionError,
    BadZipFile,
    zlib.error,
    OSError,
    RecursionError,
)


def open_document(content: bytes, name: str) -> WordDocument:
    """Return the document of a package; FileRefused where there is none to be had."""
    if ole.is_ole(content):
        raise FileRefused(f"{name}：文档加了密码", "请去掉密码后再加入")
    archive = Archive(content, name)
    archive.check()
    try:
        document = Document(io.BytesIO(content))
        if document.element.find("{*}body") is None:
            raise ValueError("no body")
    except etree.XMLSyntaxError as error:
        raise FileRefused(f"{name}：内部 XML 损坏，解析不了", _AGAIN) from error
    except _RAISED as error:
        raise _refusal(archive, name) from error
    return document


def parse_part(part: Part, name: str) -> Element:
    """Return the root of a part that python-docx leaves unparsed; FileRefused where it is no XML.

    The parser is python-docx's: it resolves no entities and loads nothing from elsewhere.
    """
    try:
        return parse_xml(part.blob)
    except (etree.XMLSyntaxError, ValueError) as error:
        where = str(part.partname)
        raise FileRefused(f"{name}：内部 XML {where} 损坏，解析不了", _AGAIN) from error


def related(part: Part, kind: str) -> Part | None:
    """Return the part to which a relationship of `kind` leads, None where there is none."""
    for relation in part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            found: Part = relation.target_part
            return found
    return None


def _refusal(archive: Archive, name: str) -> FileRefused:
    """Say what is wrong with a sound zip that python-docx cannot open."""
    names = archive.names
    if "OFD.xml" in names:
        return FileRefused(f"{name}：内容是 OFD，不是 docx", "请把后缀改为 .ofd")
    if "mimetype" in names:
        return FileRefused(f"{name}：内容是 ODF 文档，不是 docx", "请另存为 docx")
    if "[Content_Types].xml" not in names:
        return FileRefused(
            f"{name}：是 ZIP 压缩包，里面没有 Word 文档", "请解压，逐个加入里面的文件"
        )
    if "_rels/.rels" in names and _STRICT in archive.read("_rels/.rels"):
        return FileRefused(
            f"{name}：是“严格 Open XML”格式，读不了", "请另存为普通的“Word 文档（docx）”"
        )
    if not any(each.startswith("word/") for each in names):
        return FileRefused(
            f"{name}：是表格、幻灯片等别的 Office 文件，不是 docx", "请另存为 docx 或 PDF"
        )
    return FileRefused(f"{name}：不是完整的 docx，缺少必需的部件或部件损坏", _AGAIN)
