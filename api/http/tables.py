"""The tables of a document as rows of cells, each with where it stands in the text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from statistics import fmean

from api.http.document_schemas import Block, Table, TableRow
from corpus.model import Document, Span

_FIGURE = re.compile(r"^[≥≤＞＜><约≈]?\s*\d")
_YEAR = re.compile(r"^\d{4}\s*年?")
_LONGEST_LABEL = 20  # characters over a column


def tables(document: Document, blocks: Sequence[Block]) -> list[Table]:
    """Return the tables of a document in text order, none within another.

    `blocks` are those of the document in text order; each that begins in a table lies in one row of
    it. Left out, and so shown as text, is what the layout leaves unclear: a table of one column,
    and one at whose edge a block is cut.
    """
    found: list[Table] = []
    for span in document.tables:
        inside = [b for b in blocks if b.start < span.end and b.end > span.start]
        cut = any(b.start < span.start or b.end > span.end for b in inside)
        table = None if cut or not inside else _table(document.text, span, inside)
        if table:
            found.append(table)
    return found


def _table(text: str, span: Span, blocks: Sequence[Block]) -> Table | None:
    """Return the table of a stretch of text, None where no row has several cells."""
    rows = [_cells(text, row) for row in _rows(text, span, blocks)]
    columns = max(map(len, rows))
    if columns < 2:
        return None
    first = next(at for at, row in enumerate(rows) if len(row) > 1)
    head = first if _are_labels(text, rows[first], rows[first + 1 :]) else -1
    return Table(
        start=span.start,
        end=span.end,
        columns=columns,
        rows=[
            TableRow(
                start=row[0].start,
                end=row[-1].end,
                head=at == head,
                cells=[(c.start, c.end) for c in _filled_up(row, columns)],
            )
            for at, row in enumerate(rows)
        ],
    )


def _rows(text: str, span: Span, blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield the lines of a table that are not blank; those that one block spans are one row."""
    start = at = span.start
    waiting = deque(blocks)
    reached = span.start  # how far the blocks go that have begun
    for line in text[span.start : span.end].split("\n"):
        end = at + len(line)
        while waiting and waiting[0].start < end:
            reached = max(reached, waiting.popleft().end)
        if reached <= end:
            if text[start:end].strip():
                yield Span(start, end)
            start = end + 1
        at = end + 1


def _cells(text: str, row: Span) -> list[Span]:
    """Return the cells of a row without the blanks around them; a row of several lines is one."""
    parts = [text[row.start : row.end]]
    if "\n" not in parts[0]:
        parts = parts[0].split("\t")
    cells: list[Span] = []
    at = row.start
    for part in parts:
        start = at + len(part) - len(part.lstrip())
        cells.append(Span(start, max(start, at + len(part.rstrip()))))
        at += len(part) + 1
    return cells


def _filled_up(row: list[Span], columns: int) -> list[Span]:
    """Return a row with empty cells up to the last column; a cell alone goes over all of them."""
    end = row[-1].end
    return row if len(row) == 1 else row + [Span(end, end)] * (columns - len(row))


def _are_labels(text: str, row: Sequence[Span], below: Sequence[Sequence[Span]]) -> bool:
    """Whether a row says what stands in the columns below it.

    It is short, has no figure but years, and what is below it is longer or has figures.
    """
    labels = [text[start:end] for start, end in row]
    filled = [label for label in labels if label]
    others = [[text[start:end] for start, end in cells] for cells in below if len(cells) > 1]
    if not others or len(filled) < 2 or not labels[0]:
        return False
    if any(len(label) > _LONGEST_LABEL or _is_figure(label) for label in filled):
        return False
    rest = [cell for cells in others for cell in cells if cell]
    longer = bool(rest) and fmean(map(len, rest)) > 1.5 * fmean(map(len, filled))
    return longer or any(map(_is_figure, rest))


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.match(cell)) and not _YEAR.match(cell)
