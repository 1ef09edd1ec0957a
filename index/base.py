"""The one shape of every index, so that the rest need not know which it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, Self


class Passage(NamedTuple):
    """What an index is given for one clause: its key and the texts it may use.

    `heads` are the titles above the clause, outermost first, the document's own title first of all.
    """

    clause_id: str
    heads: tuple[str, ...]
    text: str


class Scored(NamedTuple):
    """A clause and its score; higher is better, comparable only within one list."""

    clause_id: str
    score: float


class Index(Protocol):
    """Finds the clauses that fit a query."""

    name: str

    def search(self, query: str, top_k: int, within: Collection[str] | None = None) -> list[Scored]:
        """Return at most `top_k` clauses, best first, ties by clause_id.

        `within` keeps to these clause_ids, None to all. Clauses that do not fit at all are left
        out, so the list may be empty. `top_k` larger than the corpus gives the whole ranking.
        """
        ...

    def save(self, folder: Path) -> None:
        """Write the index into an empty folder."""
        ...

    @classmethod
    def load(cls, folder: Path, *args: object) -> Self:
        """Read what `save` wrote; StoreError if it cannot be read."""
        ...


def best(scores: Sequence[tuple[str, float]], top_k: int) -> list[Scored]:
    """Sort (clause_id, score) pairs by falling score, ties by clause_id, and keep `top_k`."""
    ordered = sorted(scores, key=lambda pair: (-pair[1], pair[0]))
    return [Scored(clause_id, score) for clause_id, score in ordered[:top_k]]
