"""The rows and cells of a table as it is shown: nothing deleted, a merged cell once.

Source: ECMA-376 part 1, 17.4.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.readers.word.xml import Element, W, child, content, number, value

_CONTINUES = frozenset({"", "continue"})  # w:val of a merged cell after its first
_WIDEST = 63  # columns of a table of Word


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `element` is None for a place that a cell above it or before it takes up."""

    element: Element | None


def rows(table: Element) -> list[list[Cell]]:
    """Return the cells of each row in text order, one a column, rows without cells left out.

    A row that is one cell alone, however wide, is that cell.
    """
    found = (_cells(row) for row in content(table) if row.tag == f"{W}tr" and not _deleted(row))
    return [cells for cells in found if cells]


def is_column(table: list[list[Cell]]) -> bool:
    """Whether no row has more than one cell: such a table is a frame around paragraphs."""
    return all(len(cells) == 1 for cells in table)


def _deleted(row: Element) -> bool:
    return child(row, "trPr", "del") is not None


def _cells(row: Element) -> list[Cell]:
    before = [Cell(None)] * _columns(child(row, "trPr", "gridBefore"), 0)
    cells: list[Cell] = []
    own = 0
    for each in content(row):
        if each.tag != f"{W}tc" or child(each, "tcPr", "cellDel") is not None:
            continue
        if _continues(each, "hMerge"):
            cells.append(Cell(None))
            continue
        own += 1
        hidden = _continues(each, "vMerge") and not _has_text(each)
        cells.append(Cell(None if hidden else each))
        cells += [Cell(None)] * (_columns(child(each, "tcPr", "gridSpan"), 1) - 1)
    return cells[:1] if own == 1 else before + cells


def _columns(span: Element | None, otherwise: int) -> int:
    return min(max(number(span) or otherwise, otherwise), _WIDEST)


def _continues(cell: Element, merge: str) -> bool:
    found = child(cell, "tcPr", merge)
    return found is not None and value(found) in _CONTINUES


def _has_text(cell: Element) -> bool:
    return any((text.text or "").strip() for text in cell.iter(f"{W}t"))
