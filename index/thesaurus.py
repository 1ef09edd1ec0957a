"""Everyday words and the words that documents have for them: 看病 → 就医 诊疗 医疗保障.

`thesaurus.txt` is a plain file that staff may edit: one entry a line, the everyday expression, a
tab, the official words parted by blanks, the most usual first; lines that begin with # are
headings. Abbreviations stand there too, with the words of the clause that defines them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.errors import StoreError
from index.tokenize import boundaries

SHIPPED = Path(__file__).with_name("thesaurus.txt")
_REMEDY = "每行写：日常说法、一个制表符、空格隔开的公文用词；# 开头的是小标题"


class Expansion(NamedTuple):
    """An everyday expression that stands in a query, and the official words for it."""

    everyday: str
    official: tuple[str, ...]


class Thesaurus:
    """Finds the everyday expressions of a query, none inside another."""

    def __init__(self, entries: Mapping[str, tuple[str, ...]], identity: str = "") -> None:
        self.entries = dict(entries)
        self.identity = identity
        self._longest = max(map(len, self.entries), default=0)

    def expand(self, query: str) -> list[Expansion]:
        """Return the entries that stand in a query, in text order, each once.

        Of two that overlap the one that begins first counts, of these the longer. An entry begins
        where a word does: 种地 does not stand in 这种地方.

        >>> Thesaurus({"看病": ("就医", "诊疗")}).expand("老人看病难")
        [Expansion(everyday='看病', official=('就医', '诊疗'))]
        """
        text, beginnings = boundaries(query)
        found: dict[str, Expansion] = {}
        at = 0
        while at < len(text):
            ends = range(min(at + self._longest, len(text)), at, -1) if at in beginnings else ()
            everyday = next((text[at:end] for end in ends if text[at:end] in self.entries), "")
            if everyday:
                found.setdefault(everyday, Expansion(everyday, self.entries[everyday]))
            at += len(everyday) or 1
        return list(found.values())


@cache
def open_thesaurus(path: Path = SHIPPED) -> Thesaurus:
    """Read a thesaurus; StoreError names the line that is none, or that repeats an expression."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"读不了词表 {path}", "请确认文件存在且是 UTF-8") from error
    entries: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        everyday, _, official = line.partition("\t")
        if not everyday.strip() or not official.split():
            raise StoreError(f"词表 {path} 第 {number} 行不成词条：{line[:40]}", _REMEDY)
        if everyday.strip() in entries:
            message = f"词表 {path} 第 {number} 行的“{everyday.strip()}”前面已经有了"
            raise StoreError(message, "请把两行并成一行")
        entries[everyday.strip()] = tuple(official.split())
    return Thesaurus(entries, hashlib.sha256(text.encode()).hexdigest()[:16])
