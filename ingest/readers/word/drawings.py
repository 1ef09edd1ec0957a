"""Text in drawings: text boxes, shapes, diagrams and lettering, each a frame of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.readers.word.context import Context
from ingest.readers.word.package import parse_part
from ingest.readers.word.xml import Element, R, W, alternative, is_alternate

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_TEXT_BOX = f"{W}txbxContent"
_DRAWN = f"{_A}txBody"  # text of a shape pasted from a slide
_LETTERING = "{urn:schemas-microsoft-com:vml}textpath"

Frame = Element | list[str]
"""A frame: the element that holds blocks of Word, or its lines."""


def frames(drawing: Element, context: Context) -> Iterator[Frame]:
    """Yield the frames of a drawing in the order of the file, each once."""
    if is_alternate(drawing):
        branch = alternative(drawing)
        if branch is not None:
            yield from _within(branch, context)
    elif drawing.tag == _TEXT_BOX:
        yield drawing
    elif drawing.tag == _DRAWN:
        yield _paragraphs(drawing)
    elif drawing.tag == _LETTERING and drawing.get("string"):
        yield [" ".join((drawing.get("string") or "").split())]
    elif drawing.tag == f"{_DIAGRAM}relIds":
        yield from _diagram(drawing, context)
    else:
        yield from _within(drawing, context)


def _within(element: Element, context: Context) -> Iterator[Frame]:
    for each in element:
        if isinstance(each.tag, str):
            yield from frames(each, context)


def _diagram(element: Element, context: Context) -> Iterator[list[str]]:
    """Yield the lines of a diagram (SmartArt), whose text stands in a part of its own."""
    relation = context.part.rels.get(element.get(f"{R}dm") or "")
    if relation is None or relation.is_external:
        context.tally.unread += 1
        return
    root = parse_part(relation.target_part, context.name)
    lines = [line for text in root.iter(f"{_DIAGRAM}t") for line in _paragraphs(text)]
    if lines:
        yield lines


def _paragraphs(element: Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{_A}t")) for p in element.iter(f"{_A}p")]
