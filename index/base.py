"""The one shape of every index, so that the rest need not know which it is."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple, Protocol


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
    """Finds the clauses that fit a query.

    Each index also has class methods `build` and `load`, which differ in what they need.
    """

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
