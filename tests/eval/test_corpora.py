from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.manifest import read_manifest
from eval.corpora import NAMES, SETS, corpus_of, make_corpus
from eval.questions import Question, read_questions
from ingest.pipeline import parse_file

SHARED = Path(__file__).parents[3] / "shared"
WIDER = ("wider-dev-a", "wider-dev-b", "wider-dev-c", "wider-test")


def test_a_missing_document_of_the_set_is_named(tmp_path: Path) -> None:
    manifest = tmp_path / "m.jsonl"
    entry = {"doc_id": "a", "source": "没有.txt", "title": "某规划"}
    manifest.write_text(json.dumps(entry), encoding="utf-8")
    with pytest.raises(InputError, match="没有"):
        make_corpus(manifest, tmp_path, tmp_path / "out")


def sources(name: str) -> set[str]:
    text = (SETS / f"{name}-corpus.jsonl").read_text(encoding="utf-8")
    return {json.loads(line)["source"] for line in text.splitlines()}


def test_the_documents_that_are_reported_on_were_never_tuned_on() -> None:
    tuned_on = set().union(*(sources(name) for name in NAMES if name != "wider-test"))
    assert len(sources("wider-test")) == 10
    assert not sources("wider-test") & tuned_on


def questions(name: str, tmp_path: Path) -> list[Question]:
    folder = corpus_of(name, SHARED, tmp_path)
    documents = {e.doc_id: parse_file(e.path, e.doc_id, e.meta) for e in read_manifest(folder)}
    return read_questions(SETS / f"{name}.jsonl", documents)


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason=f"{SHARED}/data is not there")
@pytest.mark.parametrize("name", NAMES)
def test_every_anchor_stands_once_and_is_short(name: str, tmp_path: Path) -> None:
    found = questions(name, tmp_path)
    unanswerable = [question for question in found if not question.gold]
    assert all(len(gold.anchor) <= 24 for question in found for gold in question.gold)
    assert len(unanswerable) / len(found) > (0.15 if name in WIDER else 0.4)
