"""What the tests look at in a parsed text; every text that goes through here is checked up too."""

from __future__ import annotations

from corpus.model import Document
from ingest.checkup import check
from ingest.pipeline import parse

PROSE = "县乡两级按季度通报进展，对进度滞后的乡镇及时约谈，确保任务按期完成。"


def parsed(raw: str) -> Document:
    """Parse a text and make sure that nothing of it was lost or is in two places."""
    document = parse(raw)
    assert check(document, raw) == []
    return document


def outline(raw: str) -> list[str]:
    """Return the addresses of the nodes, in text order."""
    return [str(address) for _, address in parsed(raw).walk()]


def titles(raw: str) -> dict[str, str]:
    """Return the title of each node by its address."""
    return {str(address): node.title for node, address in parsed(raw).walk()}


def quotes(raw: str) -> dict[str, str]:
    """Return the text of each clause by its address."""
    return {str(clause.address): clause.text for clause in parsed(raw).clauses}


def residues(raw: str) -> list[tuple[str, str]]:
    """Return kind and text of each residue, in text order."""
    document = parsed(raw)
    return [(each.kind, document.text[each.start : each.end]) for each in document.residues]


def problems(raw: str) -> list[str]:
    """Return the codes of the problems."""
    return [problem.code for problem in parsed(raw).problems]
