"""Which numbering a document really uses, by evidence over the whole of it.

A line alone does not tell: 1 总则 is a heading where 1.1 follows and the row of a table elsewhere;
附件1 begins an annex where its text stands, and only names it in the list before the signature;
（1） is the item level of documents that have no （一）.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.address import Level
from ingest.headings import BARE, DECIMAL, Candidate

Candidates = list[Candidate | None]


def weigh(candidates: Sequence[Candidate | None]) -> Candidates:
    """Return the candidates, line by line, without those that the whole document speaks against."""
    return _points(_decimals(_annexes(candidates)))


def _annexes(candidates: Sequence[Candidate | None]) -> Candidates:
    """Keep the last mention of each annex, unless that is in a list of them or ends the text."""
    last = {
        _annex(found): at
        for at, found in enumerate(candidates)
        if found and found.level is Level.ANNEX
    }
    result = list(candidates)
    for at, found in enumerate(candidates):
        if found and found.level is Level.ANNEX:
            neighbours = [*candidates[max(at - 1, 0) : at], *candidates[at + 1 : at + 2]]
            listed = any(each and each.level is Level.ANNEX for each in neighbours)
            ends = at + 1 == len(candidates)
            if listed or ends or last[_annex(found)] != at:
                result[at] = None
    return result


def _annex(found: Candidate) -> tuple[str, int | None, int]:
    return found.word, found.number, found.sub


def _decimals(candidates: Sequence[Candidate | None]) -> Candidates:
    """Keep decimals that count up from 1, with the numbers over them; drop all others.

    Two at least must follow each other: 1.1 and 1.2, or 1.1 and 1.1.1.
    """
    counted: set[tuple[int, ...]] = set()
    result = list(candidates)
    for at, found in enumerate(candidates):
        if found and found.word == DECIMAL and found.number:
            path = (*found.above, found.number)
            if found.number == 1 or (*found.above, found.number - 1) in counted:
                counted.add(path)
            else:
                result[at] = None
    believed = len(counted) > 1
    below = 0  # n where the next decimal is n.1
    for at in range(len(result) - 1, -1, -1):
        found = result[at]
        if found is None or found.level is not Level.SUBITEM:
            continue
        if found.word == DECIMAL:
            below = found.above[0] if len(found.above) == found.number == 1 else 0
            result[at] = found if believed else None
        elif believed and found.number == below:
            result[at] = replace(found, word=DECIMAL)
            below = 0
        elif found.word == BARE:
            result[at] = None
    return result


def _points(candidates: Sequence[Candidate | None]) -> Candidates:
    """Make （1） an item where no line has （一）."""
    levels = {found.level for found in candidates if found}
    if Level.ITEM in levels or Level.ARTICLE in levels:
        return list(candidates)
    return [
        replace(found, level=Level.ITEM, word="") if found and found.level is Level.POINT else found
        for found in candidates
    ]


def headings_hold_articles(candidates: Sequence[Candidate | None]) -> bool:
    """Whether 一、 stands over 第一条, as in judicial interpretations, not in a list inside one.

    It does where an article follows most of the lines 一、 at once.
    """
    places = [at for at, each in enumerate(candidates) if each and each.level is Level.HEADING]
    followed = sum(
        any(each and each.level is Level.ARTICLE for each in candidates[at + 1 : at + 2])
        for at in places
    )
    return followed > len(places) / 2


def articles_hold_headings(candidates: Sequence[Candidate | None]) -> bool:
    """Whether 一、 lists something inside 第一条: an article is the first of the two levels."""
    levels = (each.level for each in candidates if each)
    either = (level for level in levels if level in (Level.ARTICLE, Level.HEADING))
    return next(either, None) is Level.ARTICLE and not headings_hold_articles(candidates)
