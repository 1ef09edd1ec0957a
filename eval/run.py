"""Run a question set against a corpus: `python -m eval.run --set FILE --corpus DIR`.

Prints a table of hit@1, hit@5, hit@10, MRR by type, of abstention, and of marked figures; with
--json one object instead. Questions in --set follow the schema of the design, section 5.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import mean
from typing import Any

from api import records
from api.knowledge_base import KnowledgeBase
from api.settings import load
from corpus.model import Query
from eval.metrics import first_ranks, hit_at, reciprocal_rank, same_figure

DEPTH = 10


def run(base: KnowledgeBase, questions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return one row a question: id, groups it counts in, and what was found."""
    rows = []
    for question in questions:
        answer = base.ask(Query(question["question"], DEPTH))
        record = records.answer(answer, base.cite)
        marks = [one["text"][a:b] for one in record["sentences"][:1] for a, b in one["marks"]]
        ranks = first_ranks(record["hits"], question["gold"])
        mode = question.get("gold_mode", "any")
        rows.append(
            {
                "id": question["id"],
                "groups": sorted({question["type"], *question.get("tags", [])}),
                "answerable": bool(question["gold"]),
                "abstained": answer.abstained,
                "confidence": answer.confidence,
                **{f"hit@{k}": hit_at(ranks, k, mode) for k in (1, 5, 10)},
                "rr": reciprocal_rank(ranks),
                "number": question.get("answer_type") == "number",
                "figure": same_figure(marks, question.get("answer") or ""),
            }
        )
    return rows


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
        if len(members) >= 4
    }
    figures = [row["figure"] for row in answerable if row["number"]]
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


def _table(result: Mapping[str, Any]) -> str:
    lines = ["| 类型 | n | hit@1 | hit@5 | hit@10 | MRR |", "|---|---|---|---|---|---|"]
    for name, row in result["groups"].items():
        cells = (row["n"], row["hit@1"], row["hit@5"], row["hit@10"], row["rr"])
        lines.append(f"| {name} | {' | '.join(str(cell) for cell in cells)} |")
    lines.append(
        f"\n可答而拒答 {result['refused_answerable']}，"
        f"不可答而拒答 {result['refused_unanswerable']}，"
        f"AUROC {result['auroc']}，数字标对 {result['figures_right']}（{result['figures']} 题）"
    )
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", required=True, type=Path)
    parser.add_argument("--corpus")
    parser.add_argument("--data")
    parser.add_argument("--model")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=Path, help="write one JSON line a question here")
    arguments = parser.parse_args()
    flags = {name: getattr(arguments, name) for name in ("corpus", "data", "model")}
    lines = arguments.set.read_text(encoding="utf-8").splitlines()
    rows = run(KnowledgeBase(load(flags)), [json.loads(line) for line in lines if line.strip()])
    if arguments.rows:
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        arguments.rows.write_text(text + "\n", encoding="utf-8")
    result = summary(rows)
    sys.stdout.write((json.dumps(result) if arguments.json else _table(result)) + "\n")


if __name__ == "__main__":
    main()
