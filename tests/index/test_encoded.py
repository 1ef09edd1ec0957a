from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StoreError
from index.base import Passage
from index.encoded import LONG, SHORT, EncodedTexts, texts
from tests.index.letters import PASSAGES, LetterEncoder


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def encoded(letters: LetterEncoder) -> EncodedTexts:
    return EncodedTexts.build(PASSAGES, letters)


def _same(one: EncodedTexts, other: EncodedTexts) -> bool:
    """Whether every clause has the same vectors in both."""
    return one.clause_ids == other.clause_ids and all(
        np.array_equal(*(side.vectors[side.rows[side.starts[at]]] for side in (one, other)))
        and np.array_equal(*(_tokens(side, at) for side in (one, other)))
        for at in range(len(one.clause_ids))
    )


def _tokens(texts: EncodedTexts, place: int) -> list[list[int]]:
    row = texts.rows[texts.starts[place]]
    return texts.tokens[texts.firsts[row] : texts.firsts[row + 1]].tolist()


def test_each_letter_of_a_clause_has_its_vector(encoded: EncodedTexts) -> None:
    for place, name in enumerate(encoded.clause_ids):
        text = next(passage.text for passage in PASSAGES if passage.clause_id == name)
        assert len(_tokens(encoded, place)) == len(text)


def test_the_order_of_the_passages_does_not_matter(
    encoded: EncodedTexts, letters: LetterEncoder
) -> None:
    assert _same(EncodedTexts.build(PASSAGES[::-1], letters), encoded)


def test_a_clause_without_text_is_left_out(letters: LetterEncoder) -> None:
    built = EncodedTexts.build([*PASSAGES, Passage("plan/p0", ("规划",), " \n")], letters)
    assert "plan/p0" not in built.clause_ids


def test_a_clause_with_a_broken_character_is_encoded(letters: LetterEncoder) -> None:
    built = EncodedTexts.build([Passage("plan/p9", (), "修路\udce5。")], letters)
    assert built.clause_ids == ["plan/p9"]


def test_a_clause_id_that_occurs_twice_is_an_error(letters: LetterEncoder) -> None:
    with pytest.raises(ValueError, match="twice"):
        EncodedTexts.build([PASSAGES[0], PASSAGES[0]], letters)


@pytest.mark.usefixtures("encoded")
def test_equal_texts_are_encoded_once(letters: LetterEncoder) -> None:
    assert len(letters.encoded) == 3


def test_only_what_changed_is_encoded_again(encoded: EncodedTexts, letters: LetterEncoder) -> None:
    changed = PASSAGES[0]._replace(
        text="建设县级疾控中心，健全突发公共卫生事件监测预警和应急处置的机制。"
    )
    letters.encoded.clear()
    calls: list[tuple[int, int]] = []
    rebuilt = EncodedTexts.build(
        [changed, *PASSAGES[1:]], letters, encoded, lambda done, of: calls.append((done, of))
    )
    assert letters.encoded == [changed.text]
    assert calls == [(1, 1)]
    assert _same(rebuilt, EncodedTexts.build([changed, *PASSAGES[1:]], LetterEncoder()))


def test_vectors_of_another_encoder_are_not_reused(encoded: EncodedTexts) -> None:
    other = LetterEncoder("other")
    EncodedTexts.build(PASSAGES, other, encoded)
    assert len(other.encoded) == 3


def test_what_was_saved_is_loaded_the_same(
    encoded: EncodedTexts, letters: LetterEncoder, tmp_path: Path
) -> None:
    encoded.save(tmp_path)
    loaded = EncodedTexts.load(tmp_path, letters)
    assert _same(loaded, encoded)
    letters.encoded.clear()
    EncodedTexts.build(PASSAGES, letters, loaded)
    assert letters.encoded == []


def test_token_vectors_stay_on_disk(
    encoded: EncodedTexts, letters: LetterEncoder, tmp_path: Path
) -> None:
    encoded.save(tmp_path)
    assert isinstance(EncodedTexts.load(tmp_path, letters).tokens, np.memmap)


def test_the_same_texts_are_saved_in_the_same_bytes_each_time(
    letters: LetterEncoder, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        EncodedTexts.build(PASSAGES, letters).save(tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_texts_of_another_encoder_are_not_loaded(encoded: EncodedTexts, tmp_path: Path) -> None:
    encoded.save(tmp_path)
    with pytest.raises(StoreError, match=r"另一个模型.*zhangjie index"):
        EncodedTexts.load(tmp_path, LetterEncoder("other"))


@pytest.mark.parametrize("name", ["vectors.npy", "tokens.npy", "entries.json"])
@pytest.mark.parametrize("kept", [None, 0, 20, 100])
def test_a_damaged_file_is_refused(
    name: str, kept: int | None, encoded: EncodedTexts, letters: LetterEncoder, tmp_path: Path
) -> None:
    encoded.save(tmp_path)
    path = tmp_path / name
    content = path.read_bytes()
    path.unlink()
    if kept is not None:
        path.write_bytes(content[:kept])
    with pytest.raises(StoreError, match=r"损坏.*zhangjie index"):
        EncodedTexts.load(tmp_path, letters)


@pytest.mark.parametrize(
    "change",
    [
        {"hashes": ["0"]},
        {"counts": [1, 1, 1]},
        {"counts": [99]},
        {"entries": [["plan/p1", [99]]]},
        {"entries": [["plan/p1", []]]},
        {"entries": [["plan/p1", [-1]]]},
        {"entries": 3},
    ],
)
def test_entries_that_do_not_fit_the_vectors_are_refused(
    change: dict[str, object], encoded: EncodedTexts, letters: LetterEncoder, tmp_path: Path
) -> None:
    encoded.save(tmp_path)
    path = tmp_path / "entries.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(StoreError):
        EncodedTexts.load(tmp_path, letters)


def test_a_short_text_is_read_with_its_innermost_heading() -> None:
    heads = ("规划", "改善交通", "农村公路")
    assert texts(Passage("p", heads, "新建三百公里。")) == ["农村公路：新建三百公里。"]


@pytest.mark.parametrize(
    "passage",
    [
        Passage("p", ("规划",), "新建三百公里。"),
        Passage("p", ("规划", "农村公路"), "农村公路。新建三百公里。"),
        Passage("p", ("规划", "农村公路"), "新" * SHORT),
    ],
)
def test_other_texts_are_read_alone(passage: Passage) -> None:
    assert texts(passage) == [passage.text]


@given(st.text("甲乙丙，。；\n ", max_size=4 * LONG))
def test_parts_of_a_long_text_hold_all_of_it(text: str) -> None:
    parts = texts(Passage("p", (), text))
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(part) <= LONG for part in parts)


def test_a_long_text_is_cut_at_the_sentence_end_nearest_the_middle() -> None:
    first, second = "甲" * (LONG * 5 // 8) + "。", "乙" * (LONG * 5 // 9) + "。"
    assert texts(Passage("p", (), first + second)) == [first, second]
