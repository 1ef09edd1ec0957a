"""How deep each level stands: a node may hold those with a larger rank."""

from __future__ import annotations

from corpus.address import Level

_USUAL: dict[Level, float] = {
    Level.ANNEX: 0.5,
    Level.PART: 1,
    Level.SUBPART: 2,
    Level.CHAPTER: 3,
    Level.PREFACE: 3,
    Level.PIECE: 3,
    Level.SECTION: 4,
    Level.SUBHEADING: 4,
    Level.ARTICLE: 5,
    Level.HEADING: 5,
    Level.BOX: 6,
    Level.ITEM: 7,
    Level.SUBITEM: 8,
    Level.POINT: 9,
    Level.ENTRY: 10,
}
DECIMAL_RANK = 4.5  # of 1; a tenth more for each number after the first
# The usual order, and others that documents have: 1. over （一）, （一） over 一、.
ORDERS = (
    _USUAL,
    _USUAL | {Level.ITEM: 8, Level.SUBITEM: 7},
    _USUAL | {Level.ITEM: 5, Level.HEADING: 7},
)
OVER_ARTICLES = {Level.HEADING: 4.5}  # 一、 over 第一条
IN_ARTICLES = {Level.HEADING: 5.5}  # 第一条 over 一、
# Levels that lists inside a text use too: a number that fits nowhere is no heading there.
LISTED = frozenset({Level.HEADING, Level.ITEM, Level.SUBITEM, Level.POINT, Level.ENTRY})
HOLDS_POINTS = frozenset({Level.ARTICLE, Level.ITEM, Level.SUBITEM})
HOLDS_ENTRIES = HOLDS_POINTS - {Level.ARTICLE} | {Level.POINT}
