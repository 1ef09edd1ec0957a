"""What the check-up (体检单) of an import says: a type that is stored beside the document."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from corpus.model import Problem


class Verdict(StrEnum):
    """Whether a document may be relied on."""

    GOOD = "good"  # 可用
    DOUBTS = "doubts"  # 可用，但有疑点
    REFUSED = "refused"  # 不可用

    @property
    def words(self) -> str:
        """The verdict as people read it."""
        return {"good": "可用", "doubts": "可用，但有疑点", "refused": "不可用"}[self.value]


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What was found in a file, where each character went, and what is doubtful.

    Characters are counted without blanks. `characters` is what the reader got; `clauses`,
    `headings`, `residues` and `dropped` (by kind) say where they went and `lost` how many stand in
    no place or in two. `pages` is 0 for a format without pages; `levels` counts the places of the
    outline by level; `boxes` are the boxes (专栏) as address and title. `doubts` are in text order,
    those without a place first.
    """

    verdict: Verdict
    reason: str
    pages: int
    characters: int
    clauses: int
    headings: int
    residues: dict[str, int]
    dropped: dict[str, int]
    lost: int
    levels: dict[str, int]
    boxes: tuple[tuple[str, str], ...]
    tables: int
    contents: int
    doubts: tuple[Problem, ...]


def encode(checkup: CheckUp) -> dict[str, Any]:
    """Return a check-up as what JSON can hold."""
    return asdict(checkup)


def decode(record: dict[str, Any]) -> CheckUp:
    """Return the check-up that `encode` made a record of."""
    values = dict(record)
    values["verdict"] = Verdict(values["verdict"])
    values["boxes"] = tuple((address, title) for address, title in values["boxes"])
    values["doubts"] = tuple(Problem(**doubt) for doubt in values["doubts"])
    return CheckUp(**values)
