"""The check-up of an import (体检单): where each character went, and what is doubtful."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from corpus.address import Address, Level
from corpus.checkup import CheckUp, Verdict
from corpus.model import Document, Problem, walk
from ingest.reading import TABLE, Reading
from ingest.suspicion import GARBAGE, garbled, suspicions

# How often each character has a place is counted in bytes: 0, 1, 2 for more.
_ONE_MORE = bytes((1, *[2] * 255))
_NOT_ONE = re.compile(b"[^\x01]")


def examine(document: Document, reading: Reading) -> CheckUp:
    """Return the check-up of a document that was parsed from `reading`.

    It is refused where text was lost or doubled, where most of it is garbled, and where no clause
    was found; every other doubt leaves it usable.
    """
    faults = check(document, reading.text)
    doubts = [*faults, *document.problems, *suspicions(document)]
    verdict, reason = _verdict(document, faults, doubts)
    text = document.text
    return CheckUp(
        verdict=verdict,
        reason=reason,
        pages=len(document.pages),
        characters=_count([reading.text]),
        clauses=_count(clause.text for clause in document.clauses),
        headings=_count(text[start:end] for start, end in _headings(document)),
        residues=_by_kind((each.kind, text[each.start : each.end]) for each in document.residues),
        dropped=_by_kind(
            (each.kind, reading.text[each.start : each.end]) for each in document.dropped
        ),
        lost=sum(problem.code.startswith("character-") for problem in faults),
        levels=dict(Counter(node.level.value for node, _ in document.walk())),
        boxes=tuple(
            (str(address), node.title)
            for node, address in document.walk()
            if node.level is Level.BOX
        ),
        tables=sum(mark.kind == TABLE for mark in reading.marks),
        contents=sum(each.kind == "toc" for each in document.residues),
        doubts=tuple(sorted(doubts, key=lambda doubt: -1 if doubt.start is None else doubt.start)),
    )


def _verdict(
    document: Document, faults: list[Problem], doubts: list[Problem]
) -> tuple[Verdict, str]:
    if faults:
        return Verdict.REFUSED, f"解析后文字与原文对不上：{faults[0].message}"
    share = garbled(document.text)
    if share > GARBAGE:
        return Verdict.REFUSED, f"{share:.0%} 的文字是乱码，请重新导出，或转成图片用 OCR 读"
    if not document.clauses:
        return Verdict.REFUSED, "没有找到正文，请检查文件是否完整"
    if doubts:
        return Verdict.DOUBTS, f"有 {len(doubts)} 个疑点，请看一遍"
    return Verdict.GOOD, "文字齐全，没有疑点"


def _count(texts: Iterable[str]) -> int:
    return sum(len(re.sub(r"\s", "", text)) for text in texts)


def _by_kind(texts: Iterable[tuple[str, str]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for kind, text in texts:
        counts[kind] += _count([text])
    return {kind: count for kind, count in counts.most_common() if count}


def _headings(document: Document) -> list[tuple[int, int]]:
    """Return the spans of the headings that stand in lines of their own over something."""
    return [
        (node.start, node.body)
        for node, _ in walk(document.nodes, Address())
        if node.paragraphs or node.children
    ]


def check(document: Document, raw: str) -> list[Problem]:
    """Return what is wrong with a parsed document, nothing where all invariants hold.

    Checked are: each non-blank raw character stands in exactly one clause, heading, residue or
    dropped stretch; spans are exact; addresses and clause_ids are unique.
    """
    return [*_characters(document, raw), *_spans(document), *_unique(document)]


def _characters(document: Document, raw: str) -> list[Problem]:
    places = bytearray(len(raw))
    for dropped in document.dropped:
        _count_up(places, dropped.start, dropped.end)
    covered = bytearray(len(document.text))
    clauses = [(clause.start, clause.end) for clause in document.clauses]
    residues = [(residue.start, residue.end) for residue in document.residues]
    for start, end in [*_headings(document), *clauses, *residues]:
        _count_up(covered, start, end)
    for clean, start, length in document.offsets.pieces:
        _add(places, start, covered[clean : clean + length])
    not_one = (match.start() for match in _NOT_ONE.finditer(places))
    wrong = [at for at in not_one if not raw[at].isspace()]
    return [
        Problem(
            "character-lost" if places[at] == 0 else "character-twice",
            f"第 {at} 个字符“{raw[at]}”{'没有' if places[at] == 0 else '不止一个'}归属",
        )
        for at in wrong
    ]


def _count_up(counts: bytearray, start: int, end: int) -> None:
    """Count each place of [start, end) once more, up to two."""
    counts[start:end] = counts[start:end].translate(_ONE_MORE)


def _add(counts: bytearray, start: int, more: bytearray) -> None:
    """Add the counts of a stretch that begins at `start`, up to two."""
    before = counts[start : start + len(more)]
    if any(before):
        more = bytearray(min(a + b, 2) for a, b in zip(before, more, strict=False))
    counts[start : start + len(before)] = more[: len(before)]


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
