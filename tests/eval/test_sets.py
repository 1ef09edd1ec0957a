"""The question sets that ship hold on the shipped corpus, and on the originals where they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from api.settings import Settings
from corpus.manifest import read_manifest
from corpus.model import Document
from eval.questions import Question, read_questions
from ingest.pipeline import parse_file

SETS = Path(__file__).parents[2] / "eval" / "sets"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PARTS = ("dev", "test")


@cache
def documents(folder: Path) -> dict[str, Document]:
    return {e.doc_id: parse_file(e.path, e.doc_id, e.meta) for e in read_manifest(folder)}


def shipped(part: str) -> list[Question]:
    return read_questions(SETS / f"{part}.jsonl", documents(Path(Settings().corpus)))


@pytest.mark.parametrize("part", PARTS)
def test_every_anchor_stands_once_in_the_shipped_corpus(part: str) -> None:
    assert shipped(part)


@pytest.mark.parametrize("part", PARTS)
def test_every_anchor_stands_in_one_clause(part: str) -> None:
    texts = {
        doc_id: ["".join(clause.text.split()) for clause in document.clauses]
        for doc_id, document in documents(Path(Settings().corpus)).items()
    }
    for question in shipped(part):
        for gold in question.gold:
            anchor = "".join(gold.anchor.split())
            assert sum(anchor in text for text in texts[gold.doc]) == 1, (question.id, gold)


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"{SEEDS} is not there")
@pytest.mark.parametrize("part", PARTS)
def test_every_anchor_stands_once_in_the_originals_and_is_short(part: str) -> None:
    questions = read_questions(SETS / f"seeds-{part}.jsonl", documents(SEEDS))
    assert [q.id for q in questions] == [q.id for q in shipped(part)]
    assert all(len(gold.anchor) <= 25 for question in questions for gold in question.gold)


def test_there_are_enough_questions_of_each_kind() -> None:
    questions = [question for part in PARTS for question in shipped(part)]
    groups = [group for question in questions for group in question.groups]
    assert len({question.id for question in questions}) == len(questions) >= 300
    assert groups.count("colloquial") >= 80
    assert sum(not question.gold for question in questions) >= 40
    assert {"figure", "definition", "who_how", "list", "place", "lookup", "compare"} <= set(groups)
    assert 0.55 <= len(shipped("dev")) / len(questions) <= 0.65
