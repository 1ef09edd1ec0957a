"""A document cut into the blocks that a reader sees one after another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from api.http.document_schemas import Block, ClauseBlock, HeadingBlock, ResidueBlock, Table
from api.http.tables import tables
from api.knowledge_base import KnowledgeBase
from corpus.address import Address, Level
from corpus.model import Clause, Document, Node


def text_of(
    base: KnowledgeBase, document: Document, *, residue: bool
) -> tuple[list[Block], list[Table]]:
    """Return the blocks of a document in text order and the tables that they stand in.

    Blocks are headings and clauses, and where wanted what is no part of the text: then every
    non-blank character of the document is in exactly one block. A heading that runs into its text
    is part of the clause and no block of its own.
    """
    headings, clauses = list(_headings(document)), list(_clauses(base, document))
    every: list[Block] = [*headings, *clauses, *_residues(document)]
    every.sort(key=lambda block: (block.start, block.end))
    found = tables(document, every)
    for number, table in enumerate(found):
        for block in every[bisect_left(every, table.start, key=_start) :]:
            if block.start >= table.end:
                break
            block.table = number
    return [block for block in every if residue or block.kind != "residue"], found


def _start(block: Block) -> int:
    return block.start


def _headings(document: Document) -> Iterator[HeadingBlock]:
    for node, address in document.walk():
        if _stands_alone(node):
            yield HeadingBlock(
                level=node.level.value,
                depth=len(address.steps),
                address=str(address),
                box=_box(address),
                table=None,
                page=document.page(node.start),
                start=node.start,
                end=node.body,
                text=document.text[node.start : node.body].strip(),
            )


def _stands_alone(node: Node) -> bool:
    """Whether the heading is lines of its own; one with nothing under it is a clause."""
    return node.body > node.start and bool(node.paragraphs or node.children)


def _clauses(base: KnowledgeBase, document: Document) -> Iterator[ClauseBlock]:
    before: Clause | None = None
    for clause in document.clauses:
        address = str(clause.address)
        between = document.text[before.end : clause.start] if before else "\n"
        yield ClauseBlock(
            clause_id=clause.clause_id,
            address=address,
            citation=f"《{base.cite(clause).title}》{address}",
            box=_box(clause.address),
            new_line=bool(between.strip()) or "\n" in between,
            table=None,
            page=document.page(clause.start),
            start=clause.start,
            end=clause.end,
            text=clause.text,
        )
        before = clause


def _residues(document: Document) -> Iterator[ResidueBlock]:
    for residue in document.residues:
        yield ResidueBlock(
            residue=residue.kind,
            table=None,
            page=document.page(residue.start),
            start=residue.start,
            end=residue.end,
            text=document.text[residue.start : residue.end].strip(),
        )


def _box(address: Address) -> str | None:
    """Return the address of the innermost box that holds a place, None outside of boxes."""
    for last in range(len(address.steps), 0, -1):
        if address.steps[last - 1].level is Level.BOX:
            return str(Address(address.steps[:last]))
    return None
