"""Clauses with their citations as a file: a table (CSV) or a document (DOCX)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from docx import Document as WordDocument

MEDIA_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = tuple("=+-@＝＋－＠\t\r")
# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Row(NamedTuple):
    """A clause in an export; `reference` is the form in which official documents cite."""

    rank: int
    title: str
    address: str
    text: str
    reference: str
    page: int | None


_HEADS = Row._make(("序号", "文件", "位置", "原文", "出处", "页码"))


def as_csv(_query: str, rows: Sequence[Row]) -> bytes:
    """Return rows as CSV, UTF-8 with the mark that spreadsheets know it by.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_HEADS)
    for row in rows:
        writer.writerow([_inert(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def as_docx(query: str, rows: Sequence[Row]) -> bytes:
    """Return rows as a document: under the query each text in quotes with its reference."""
    document = WordDocument()
    document.add_heading(_plain(query), 1)
    for row in rows:
        document.add_paragraph(_plain(f"“{row.text.strip()}”"))
        page = f"（原件第 {row.page} 页）" if row.page else ""
        document.add_paragraph(_plain(f"——{row.reference}{page}"))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


FORMS: Mapping[str, Callable[[str, Sequence[Row]], bytes]] = {"csv": as_csv, "docx": as_docx}


def _inert(cell: object) -> object:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA) else cell


def _plain(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
