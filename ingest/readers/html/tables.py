"""Which tables of a page hold data, and their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

TABLE, BOX = "table", "box"
_LONG_CELL = 400  # characters; a cell of a data table is seldom longer
_BOX_TITLE = re.compile(r"\s*专\s*栏\s*[:：]?\s*[一二三四五六七八九十0-9]")
_BORDER = re.compile(r"border(?:-(?:top|left))?\s*:[^;]*(solid|double|\d\s*px)", re.I)
_PROSE = re.compile("[一-龥]{3,}[，。；]")
_WIDEST = 100  # columns that a cell may span


class Row(NamedTuple):
    """The cells of a row, empty ones included, and how many of its characters are links."""

    cells: tuple[str, ...]
    linked: int


def kind(table: HtmlElement) -> str:
    """Return `table` for a table of data, `box` for a frame around text, empty for mere layout.

    Data have several cells with text in most rows, none of which holds most of a long text, and no
    table inside. A box has one column and prose under a title 专栏…, or a border of its own.
    """
    if table.find(".//table") is not None:
        return ""
    found = [[_text(cell) for cell in _cells(row)] for row in table.iter("tr")]
    filled = [[len(text.strip()) for text in row if text.strip()] for row in found]
    filled = [row for row in filled if row]
    sizes = [size for row in filled for size in row]
    if not sizes:
        return ""
    several = sum(1 for row in filled if len(row) > 1)
    one_cell = max(sizes) > _LONG_CELL and max(sizes) * 2 > sum(sizes)
    columns = several == 1 and any(_PROSE.search(text) for row in found for text in row)
    if several * 2 > len(filled) and not one_cell and not columns:
        return TABLE
    first = next(text for row in found for text in row if text.strip())
    if several == 0 and (_BOX_TITLE.match(first) or _framed(table)):
        return BOX if _BOX_TITLE.match(first) or _PROSE.search("".join(map("".join, found))) else ""
    if several and _BOX_TITLE.match(first):
        return TABLE
    return ""


def rows(table: HtmlElement) -> Iterator[Row]:
    """Yield the rows of a table; a merged cell is written once, where it begins."""
    taken: dict[int, int] = {}  # column: further rows that a merged cell takes there
    caption = table.find("caption")
    if caption is not None:
        yield Row((_text(caption),), 0)
    for row in table.iter("tr"):
        cells: list[str] = []
        further = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in _cells(row):
            while taken.get(len(cells)):
                cells.append("")
            wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            if deep > 1:
                further |= dict.fromkeys(range(len(cells), len(cells) + wide), deep - 1)
            cells += [_text(cell)] + [""] * (wide - 1)
        taken = further
        linked = sum(len("".join(link.itertext()).strip()) for link in row.iter("a"))
        yield Row(tuple(cells), linked)


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _WIDEST) if re.fullmatch("[0-9]{1,4}", value) else 1


def _text(cell: HtmlElement) -> str:
    """Return the text of a cell, with blanks where its lines end."""
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            parts.append(element.text or "")
        if element.tag in ("p", "div", "br", "li", "td", "th") and element is not cell:
            parts.append(" ")
        if event == "end" and element is not cell:
            parts.append(element.tail or "")
    return "".join(parts)


def _framed(table: HtmlElement) -> bool:
    cell = table.find(".//td")
    styles = [each.get("style", "") for each in (table, cell) if each is not None]
    return table.get("border", "0").strip() not in ("", "0") or any(map(_BORDER.search, styles))
