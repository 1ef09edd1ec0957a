"""Run a question set against a knowledge base, question by question, and sum the results up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from statistics import mean
from typing import Any

from api import records
from api.knowledge_base import KnowledgeBase
from corpus.model import Query
from eval.metrics import (
    best_sentence,
    character_f1,
    first_ranks,
    hit_at,
    holds,
    reciprocal_rank,
    same_figure,
)
from eval.questions import Question

DEPTH = 10
_SMALLEST = 4  # questions of a group that has a row of its own


def run(
    base: KnowledgeBase,
    questions: Sequence[Question],
    progress: Callable[[str, int, int], None],
) -> list[dict[str, Any]]:
    """Return one row a question: its id and groups, what was found and at which rank."""
    rows = []
    for done, question in enumerate(questions):
        progress("提问", done, len(questions))
        record = records.answer(base.ask(Query(question.question, DEPTH)), base.cite)
        rows.append(_row(question, record, _gold_clauses(base, question)))
    return rows


def _gold_clauses(base: KnowledgeBase, question: Question) -> list[str]:
    return [
        clause.text
        for gold in question.gold
        for clause in base.document(gold.doc).clauses
        if holds(clause.text, gold.anchor)
    ]


def _row(question: Question, record: Mapping[str, Any], gold: Sequence[str]) -> dict[str, Any]:
    marks = [one["text"][a:b] for one in record["sentences"][:1] for a, b in one["marks"]]
    first = "".join(one["text"] for one in record["sentences"][:1])
    likeness = [character_f1(first, best_sentence(text, question.answer)) for text in gold]
    ranks = first_ranks(record["hits"], [asdict(gold) for gold in question.gold])
    return {
        "id": question.id,
        "groups": question.groups,
        "answerable": bool(question.gold),
        "abstained": record["abstained"],
        "confidence": record["confidence"],
        **{f"hit@{k}": hit_at(ranks, k, question.gold_mode) for k in (1, 5, 10)},
        "rr": reciprocal_rank(ranks),
        "number": question.answer_type == "number",
        "figure": same_figure(marks, question.answer),
        "sentence_f1": max(likeness, default=0.0),
    }


def summary(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the means: by group for answerable questions, and of abstention and figures."""
    rows = list(rows)
    answerable = [row for row in rows if row["answerable"]]
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in answerable:
        for name in ("all", *row["groups"]):
            groups[name].append(row)
    by_group = {
        name: {
            "n": len(members),
            **{
                k: round(mean(row[k] for row in members), 3)
                for k in ("hit@1", "hit@5", "hit@10", "rr")
            },
        }
        for name, members in groups.items()
        if len(members) >= _SMALLEST
    }
    figures = [row["figure"] for row in answerable if row["number"]]
    likeness = [row["sentence_f1"] for row in answerable if not row["number"]]
    unanswerable = [row["abstained"] for row in rows if not row["answerable"]]
    return {
        "groups": by_group,
        "refused_answerable": round(mean([row["abstained"] for row in answerable] or [0]), 3),
        "refused_unanswerable": round(mean(unanswerable or [0]), 3),
        "auroc": auroc(
            [row["confidence"] for row in answerable],
            [row["confidence"] for row in rows if not row["answerable"]],
        ),
        "figures_right": round(mean(figures or [0]), 3),
        "figures": len(figures),
        "sentence_f1": round(mean(likeness or [0]), 3),
        "sentences": len(likeness),
    }


def auroc(positive: list[float], negative: list[float]) -> float:
    """Return the share of pairs in which the positive scores higher, ties half; 0.5 for none.

    >>> auroc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    if not positive or not negative:
        return 0.5
    won = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return round(won / (len(positive) * len(negative)), 3)


def table(result: Mapping[str, Any]) -> str:
    """Return a summary as a Markdown table."""
    lines = ["| 类型 | n | hit@1 | hit@5 | hit@10 | MRR |", "|---|---|---|---|---|---|"]
    for name, row in result["groups"].items():
        cells = (row["n"], row["hit@1"], row["hit@5"], row["hit@10"], row["rr"])
        lines.append(f"| {name} | {' | '.join(str(cell) for cell in cells)} |")
    lines.append(
        f"\n可答而拒答 {result['refused_answerable']}，"
        f"不可答而拒答 {result['refused_unanswerable']}，"
        f"AUROC {result['auroc']}，数字标对 {result['figures_right']}（{result['figures']} 题），"
        f"答句字符 F1 {result['sentence_f1']}（{result['sentences']} 题）"
    )
    return "\n".join(lines)
