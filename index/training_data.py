"""What the encoder is tuned on: pairs of our own, and halves of passage collections of others.

A collection is a folder with corpus.jsonl, queries.jsonl and qrels.tsv (see ../shared/README.md).
Its questions are parted once and for all by `halves`: one half to tune on, the other to report on.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from corpus.errors import InputError

OWN = Path(__file__).with_name("pairs")
_SEED = 7
_MOST_RELEVANT = 2  # passages of one question that make pairs
_LONGEST = 400  # characters of a passage


class Pairs(NamedTuple):
    """A clause and the questions that it answers."""

    clause: str
    questions: tuple[str, ...]


class Collection(NamedTuple):
    """Passages and questions by their ids; `relevant` has the passages that answer a question."""

    passages: Mapping[str, Mapping[str, Any]]
    questions: Mapping[str, str]
    relevant: Mapping[str, set[str]]


def own_pairs(folder: Path = OWN) -> dict[str, list[Pairs]]:
    """Return the pairs that ship, by the name of their field."""
    return {
        path.stem: [Pairs(one["p"], tuple(one["q"])) for one in lines(path)]
        for path in sorted(folder.glob("*.jsonl"))
    }


def collection_pairs(folder: Path) -> list[Pairs]:
    """Return the pairs of the half of a collection that may be tuned on."""
    collection = read_collection(folder)
    tuned_on, _ = halves(collection.relevant)
    return [
        Pairs(collection.passages[passage]["text"][:_LONGEST], (collection.questions[question],))
        for question in tuned_on
        for passage in sorted(collection.relevant[question])[:_MOST_RELEVANT]
    ]


def halves(questions: Iterable[str]) -> tuple[list[str], list[str]]:
    """Part the ids of questions, by a fixed seed, in those to tune on and those to report on."""
    ids = sorted(questions)
    random.Random(_SEED).shuffle(ids)
    return ids[: len(ids) // 2], ids[len(ids) // 2 :]


def read_collection(folder: Path) -> Collection:
    """Read a collection; InputError where a file cannot be read. Grades of 0 are not relevant."""
    passages = {str(one["id"]): one for one in lines(folder / "corpus.jsonl")}
    questions = {str(one["id"]): str(one["text"]) for one in lines(folder / "queries.jsonl")}
    relevant: dict[str, set[str]] = defaultdict(set)
    try:
        judged = (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(f"读不了 {folder}/qrels.tsv", "文件夹里须有 qrels.tsv") from error
    for line in judged:
        question, passage, grade = line.split("\t")
        if question in questions and float(grade) > 0:
            relevant[question].add(passage)
    return Collection(passages, questions, dict(relevant))


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file; InputError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"读不了 {path}", "须是每行一个 JSON 对象的 UTF-8 文件") from error
