"""Check that parsing lost nothing: every character of the raw text has exactly one place."""

from __future__ import annotations

from corpus.address import Address
from corpus.model import Document, Problem, walk


def check(document: Document, raw: str) -> list[Problem]:
    """Return what is wrong with a parsed document, nothing where all invariants hold.

    Checked are: each non-blank raw character stands in exactly one clause, heading, residue or
    dropped stretch; spans are exact; addresses and clause_ids are unique.
    """
    return [*_characters(document, raw), *_spans(document), *_unique(document)]


def _characters(document: Document, raw: str) -> list[Problem]:
    places = bytearray(len(raw))
    for dropped in document.dropped:
        for at in range(dropped.start, dropped.end):
            places[at] = min(places[at] + 1, 2)
    covered = bytearray(len(document.text))
    headings = [
        (node.start, node.body)
        for node, _ in walk(document.nodes, Address())
        if node.paragraphs or node.children
    ]
    clauses = [(clause.start, clause.end) for clause in document.clauses]
    residues = [(residue.start, residue.end) for residue in document.residues]
    for start, end in [*headings, *clauses, *residues]:
        for at in range(start, end):
            covered[at] = min(covered[at] + 1, 2)
    for clean, start, length in document.offsets.pieces:
        for at in range(length):
            places[start + at] = min(places[start + at] + covered[clean + at], 2)
    wrong = [at for at, count in enumerate(places) if count != 1 and not raw[at].isspace()]
    return [
        Problem(
            "character-lost" if places[at] == 0 else "character-twice",
            f"第 {at} 个字符“{raw[at]}”{'没有' if places[at] == 0 else '不止一个'}归属",
        )
        for at in wrong[:10]
    ]


def _spans(document: Document) -> list[Problem]:
    return [
        Problem("span-wrong", f"{clause.clause_id} 的文字与位置不符", clause.start, clause.end)
        for clause in document.clauses
        if document.text[clause.start : clause.end] != clause.text
    ]


def _unique(document: Document) -> list[Problem]:
    problems = []
    for name, values in (
        ("clause_id", [clause.clause_id for clause in document.clauses]),
        ("地址", [str(clause.address) for clause in document.clauses]),
    ):
        seen: set[str] = set()
        for value in values:
            if value in seen:
                problems.append(Problem("not-unique", f"{name} {value} 出现不止一次"))
            seen.add(value)
    return problems
