"""The columns of the tables that compare systems, measured in the same way for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from statistics import mean
from typing import NamedTuple

from eval.metrics import first_ranks, hit_at
from eval.passages import CUTS, asked, recalls
from eval.questions import Question
from index.training_data import Collection

DEPTH = 10  # hits of a question that are looked at
_GROUPS = {  # heading: group of questions (None for all), cut
    "hit@1": (None, 1),
    "hit@5": (None, 5),
    "hit@10": (None, 10),
    "口语 hit@5": ("colloquial", 5),
    "比较@10": ("compare", 10),
    "先例 hit@5": ("precedent", 5),
}
SET_COLUMNS = tuple(_GROUPS)
CHARACTERS = "前 5 条字数"
"""Heading of the mean number of characters in the first five hits: longer ones hit more easily."""

Progress = Callable[[str, int, int], None]
Row = dict[str, float]
"""Means by the heading of their column; what has no question is not there."""


class Found(NamedTuple):
    """A hit as the measures see it: the document and the text that people would read."""

    doc_id: str
    text: str


def on_set(
    search: Callable[[str], Sequence[Found]], questions: Sequence[Question], progress: Progress
) -> Row:
    """Return `SET_COLUMNS` and `CHARACTERS` over the questions that have a gold clause.

    `search` returns hits best first; a hit is right where it is of a gold's document and holds its
    anchor, blanks aside.
    """
    answerable = [question for question in questions if question.gold]
    ranks, characters = [], []
    for done, question in enumerate(answerable):
        progress("提问", done, len(answerable))
        found = search(question.question)[:DEPTH]
        hits = [{"rank": n, **one._asdict()} for n, one in enumerate(found, 1)]
        ranks.append(first_ranks(hits, [asdict(gold) for gold in question.gold]))
        characters.append(sum(len(one.text) for one in found[:5]))
    row: Row = {}
    for heading, (group, k) in _GROUPS.items():
        values = [
            hit_at(rank, k, question.gold_mode)
            for question, rank in zip(answerable, ranks, strict=True)
            if group is None or group in question.groups
        ]
        if values:
            row[heading] = mean(values)
    return row | ({CHARACTERS: mean(characters)} if characters else {})


def on_collection(
    search: Callable[[str, int], Sequence[str]],
    collection: Collection,
    half: str,
    progress: Progress,
) -> Row:
    """Return {"R@k": …} for each k of `CUTS` over one half of a collection's questions.

    `search(question, n)` returns the ids of the best `n` passages, best first.
    """
    queries = asked(collection, half)
    rows = []
    for done, query in enumerate(queries):
        progress("检索", done, len(queries))
        ranking = search(collection.questions[query], max(CUTS))
        rows.append(recalls(ranking, collection.relevant[query]))
    return {f"R@{k}": mean(row[k] for row in rows) for k in CUTS} if rows else {}


def markdown(
    headings: Sequence[str],
    rows: Mapping[str, Mapping[str, float]],
    first: str = "做法",
    digits: Mapping[str, int] | None = None,
) -> list[str]:
    """Return a table, one line an element: rows by name, — for what was not measured.

    Numbers have three decimals unless `digits` says otherwise for their heading.
    """
    lines = [f"| {first} | {' | '.join(headings)} |", "|---|" + "---:|" * len(headings)]
    for name, row in rows.items():
        cells = [
            f"{row[heading]:.{(digits or {}).get(heading, 3)}f}" if heading in row else "—"
            for heading in headings
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines
