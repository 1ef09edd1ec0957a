"""Everyday words and the words that documents have for them: 看病 → 就医 诊疗 医疗保障.

`thesaurus.txt` is a plain file that staff may edit: one entry a line, the everyday expression, a
tab, the official words parted by blanks, the most usual first; lines that begin with # are
headings. Abbreviations stand under `# 简称`, with the words of the clause that defines them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.errors import StoreError
from index.tokenize import boundaries

SHIPPED = Path(__file__).with_name("thesaurus.txt")
ABBREVIATIONS = "简称"
"""Heading of the entries whose official words belong together."""
_REMEDY = "每行写：日常说法、一个制表符、空格隔开的公文用词；# 开头的是小标题"


class Expansion(NamedTuple):
    """An everyday expression that stands in a query, and the official words for it.

    Of the words for an everyday expression a clause has one or the other; `together`, of an
    abbreviation, the clause that defines it has all.
    """

    everyday: str
    official: tuple[str, ...]
    together: bool = False


class Thesaurus:
    """Finds the everyday expressions of a query, none inside another."""

    def __init__(
        self, entries: Mapping[str, tuple[str, ...]], abbreviations: Collection[str] = ()
    ) -> None:
        """Expand by `entries`, of which `abbreviations` are those whose words belong together."""
        self.entries = dict(entries)
        self.abbreviations = frozenset(abbreviations)
        self._longest = max(map(len, self.entries), default=0)

    def expand(self, query: str) -> list[Expansion]:
        """Return the entries that stand in a query, in text order, each once.

        Of two that overlap the one that begins first counts, of these the longer. An entry begins
        where a word does: 种地 does not stand in 这种地方.

        >>> Thesaurus({"看病": ("就医", "诊疗")}).expand("老人看病难")
        [Expansion(everyday='看病', official=('就医', '诊疗'), together=False)]
        """
        text, beginnings = boundaries(query)
        found: dict[str, Expansion] = {}
        at = 0
        while at < len(text):
            ends = range(min(at + self._longest, len(text)), at, -1) if at in beginnings else ()
            everyday = next((text[at:end] for end in ends if text[at:end] in self.entries), "")
            if everyday:
                together = everyday in self.abbreviations
                found[everyday] = Expansion(everyday, self.entries[everyday], together)
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
    abbreviations: set[str] = set()
    heading = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            heading = line.strip("# ")
        if not line.strip() or line.startswith("#"):
            continue
        everyday, _, official = line.partition("\t")
        if not everyday.strip() or not official.split():
            raise StoreError(f"词表 {path} 第 {number} 行不成词条：{line[:40]}", _REMEDY)
        if everyday.strip() in entries:
            message = f"词表 {path} 第 {number} 行的“{everyday.strip()}”前面已经有了"
            raise StoreError(message, "请把两行并成一行")
        entries[everyday.strip()] = tuple(official.split())
        if heading == ABBREVIATIONS:
            abbreviations.add(everyday.strip())
    return Thesaurus(entries, abbreviations)
