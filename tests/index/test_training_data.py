from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import InputError
from index.training_data import collection_pairs, halves, own_pairs, read_collection


def test_the_halves_are_disjoint_and_whole_in_any_order() -> None:
    ids = [f"q{n}" for n in range(11)]
    tuned_on, reported = halves(ids)
    assert sorted(tuned_on + reported) == sorted(ids)
    assert len(tuned_on) == 5
    assert halves(reversed(ids)) == (tuned_on, reported)


def test_every_pair_that_ships_has_three_questions_of_its_own() -> None:
    fields = own_pairs()
    pairs = [pair for each in fields.values() for pair in each]
    assert len(pairs) > 2000
    assert len({pair.clause for pair in pairs}) == len(pairs)
    assert all(len(set(pair.questions)) == 3 for pair in pairs)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = [{"id": n, "title": "村务", "text": f"第{n}件事。"} for n in range(9)]
    queries = [{"id": n, "text": f"第{n}件怎么办"} for n in range(9)]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        text = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    judged = "".join(f"{n}\t{n}\t{n % 3}\n" for n in range(9))
    (tmp_path / "qrels.tsv").write_text(judged, encoding="utf-8")
    return tmp_path


def test_what_is_graded_zero_answers_nothing(folder: Path) -> None:
    assert sorted(read_collection(folder).relevant) == ["1", "2", "4", "5", "7", "8"]


def test_only_the_tuning_half_makes_pairs(folder: Path) -> None:
    tuned_on, _ = halves(read_collection(folder).relevant)
    asked = [pair.questions[0] for pair in collection_pairs(folder)]
    assert asked == [f"第{each}件怎么办" for each in tuned_on]


def test_a_folder_without_its_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="读不了"):
        read_collection(tmp_path)
