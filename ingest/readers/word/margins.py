"""Headers and footers: each once, whatever number of sections shows it."""

from __future__ import annotations

from dataclasses import replace

from ingest.readers.word.blocks import Blocks
from ingest.readers.word.context import Context
from ingest.readers.word.fields import Fields
from ingest.readers.word.package import parse_part
from ingest.readers.word.sheet import Sheet
from ingest.readers.word.xml import Element, R, W

_REFERENCES = (f"{W}headerReference", f"{W}footerReference")


def write(body: Element, context: Context, sheet: Sheet) -> None:
    """Write the headers and footers of all sections to `sheet`, a line that is there again once."""
    lines: dict[str, str] = {}
    for root, own in _stories(body, context):
        margin = Sheet()
        Blocks(own, margin, margin=True).read(root)
        for line, kind in margin.kinds():
            lines.setdefault(line, kind)
    for line, kind in lines.items():
        if line:
            sheet.add(line, kind)


def _stories(body: Element, context: Context) -> list[tuple[Element, Context]]:
    """Return the root of each header and footer once, headers first, with its context."""
    stories: dict[str, tuple[Element, Context]] = {}
    for tag in _REFERENCES:
        for reference in body.iter(tag):
            relation = context.part.rels.get(reference.get(f"{R}id") or "")
            if relation is None or relation.is_external:
                continue
            part = relation.target_part
            where = str(part.partname)
            if where not in stories:
                own = replace(context, part=part, fields=Fields())
                stories[where] = (parse_part(part, context.name), own)
    return list(stories.values())
