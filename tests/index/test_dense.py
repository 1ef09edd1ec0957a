from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StoreError
from index.base import Passage, Scored
from index.dense import LONG, SHORT, DenseIndex, texts
from index.encoder import Encoder, Progress, Vectors


class LetterEncoder:
    """Counts letters: texts are near that share characters. Remembers what it has encoded."""

    dimensions = 64

    def __init__(self, identity: str = "letters") -> None:
        self.identity = identity
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimensions), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for letter in text:
                vectors[
                    row, hashlib.md5(letter.encode(errors="replace")).digest()[0] % self.dimensions
                ] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded.extend(texts)
        if progress:
            progress(len(texts), len(texts))
        return self.encode_queries(texts)


PASSAGES = [
    Passage(
        "plan/p1", ("规划",), "建设乡镇卫生院，配备全科医生，方便群众就近看病就医，减轻住院负担。"
    ),
    Passage(
        "plan/p2", ("规划",), "修建通村公路，硬化入户道路，完善排水边沟，落实养护责任和养护资金。"
    ),
    Passage(
        "plan/p3", ("规划",), "扩建中心幼儿园，补充专任教师，提高普惠性学前教育学位的覆盖比例。"
    ),
    Passage(
        "plan/p4", ("规划",), "修建通村公路，硬化入户道路，完善排水边沟，落实养护责任和养护资金。"
    ),
]
IDS = [passage.clause_id for passage in PASSAGES]


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def dense(letters: LetterEncoder) -> DenseIndex:
    return DenseIndex.build(PASSAGES, letters)


def ids(hits: list[Scored]) -> list[str]:
    return [hit.clause_id for hit in hits]


def test_the_clause_that_fits_best_comes_first(dense: DenseIndex) -> None:
    assert ids(dense.search("扩建幼儿园", 2))[0] == "plan/p3"


def test_scores_are_cosines_and_fall(dense: DenseIndex, letters: LetterEncoder) -> None:
    hits = dense.search("卫生院的医生", 4)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        text = PASSAGES[IDS.index(hit.clause_id)].text
        cosine = letters.encode_queries(["卫生院的医生"]) @ letters.encode_queries([text]).T
        assert hit.score == pytest.approx(float(cosine[0, 0]), abs=1e-6)


def test_equal_clauses_score_equally_and_stand_by_clause_id(dense: DenseIndex) -> None:
    first, second = dense.search("养护公路", 2)
    assert (first.clause_id, second.clause_id) == ("plan/p2", "plan/p4")
    assert first.score == second.score


@pytest.mark.parametrize("top_k", [1, 2, 4, 5, 10**9])
def test_any_top_k_gives_the_head_of_the_whole_ranking(dense: DenseIndex, top_k: int) -> None:
    assert dense.search("养护公路", top_k) == dense.search("养护公路", 4)[:top_k]
    assert len(dense.search("养护公路", top_k)) == min(top_k, 4)


def test_the_order_of_the_passages_does_not_matter(
    dense: DenseIndex, letters: LetterEncoder
) -> None:
    other = DenseIndex.build(PASSAGES[::-1], letters)
    assert other.search("普惠学位", 4) == dense.search("普惠学位", 4)


def test_within_keeps_to_the_clauses_named(dense: DenseIndex) -> None:
    everything = dense.search("养护公路", 4)
    wanted = {"plan/p1", "plan/p4", "unknown"}
    assert dense.search("养护公路", 4, wanted) == [h for h in everything if h.clause_id in wanted]
    assert dense.search("养护公路", 4, ["unknown"]) == []
    assert dense.search("养护公路", 4, ()) == []


def test_an_empty_query_finds_nothing(dense: DenseIndex) -> None:
    assert dense.search(" \n", 4) == []


def test_an_empty_index_finds_nothing(letters: LetterEncoder, tmp_path: Path) -> None:
    empty = DenseIndex.build([], letters)
    assert empty.search("公路", 4) == []
    empty.save(tmp_path)
    assert DenseIndex.load(tmp_path, letters).search("公路", 4) == []


def test_a_clause_without_text_is_left_out(letters: LetterEncoder) -> None:
    index = DenseIndex.build([*PASSAGES, Passage("plan/p0", ("规划",), " \n")], letters)
    assert "plan/p0" not in ids(index.search("公路", 10))


def test_a_clause_with_a_broken_character_is_indexed(letters: LetterEncoder) -> None:
    index = DenseIndex.build([Passage("plan/p9", (), "修路\udce5。")], letters)
    assert ids(index.search("修路", 1)) == ["plan/p9"]


def test_a_clause_id_that_occurs_twice_is_an_error(letters: LetterEncoder) -> None:
    with pytest.raises(ValueError, match="twice"):
        DenseIndex.build([PASSAGES[0], PASSAGES[0]], letters)


def test_equal_texts_are_encoded_once(dense: DenseIndex, letters: LetterEncoder) -> None:
    assert dense.name == "dense"
    assert len(letters.encoded) == 3


def test_only_what_changed_is_encoded_again(dense: DenseIndex, letters: LetterEncoder) -> None:
    changed = PASSAGES[0]._replace(
        text="建设县级疾控中心，健全突发公共卫生事件监测预警和应急处置的机制。"
    )
    letters.encoded.clear()
    calls: list[tuple[int, int]] = []
    rebuilt = DenseIndex.build(
        [changed, *PASSAGES[1:]], letters, dense, lambda done, of: calls.append((done, of))
    )
    assert letters.encoded == [changed.text]
    assert calls == [(1, 1)]
    fresh = DenseIndex.build([changed, *PASSAGES[1:]], LetterEncoder())
    assert rebuilt.search("养护公路", 4) == fresh.search("养护公路", 4)


def test_vectors_of_another_encoder_are_not_reused(dense: DenseIndex) -> None:
    other = LetterEncoder("other")
    DenseIndex.build(PASSAGES, other, dense)
    assert len(other.encoded) == 3


def test_a_loaded_index_answers_as_the_saved_one(
    dense: DenseIndex, letters: LetterEncoder, tmp_path: Path
) -> None:
    dense.save(tmp_path)
    loaded = DenseIndex.load(tmp_path, letters)
    assert loaded.search("养护公路", 4) == dense.search("养护公路", 4)
    letters.encoded.clear()
    DenseIndex.build(PASSAGES, letters, loaded)
    assert letters.encoded == []


def test_an_index_is_saved_in_the_same_bytes_each_time(
    letters: LetterEncoder, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        DenseIndex.build(PASSAGES, letters).save(tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_an_index_of_another_encoder_is_not_loaded(dense: DenseIndex, tmp_path: Path) -> None:
    dense.save(tmp_path)
    with pytest.raises(StoreError, match=r"另一个模型.*zhangjie index"):
        DenseIndex.load(tmp_path, LetterEncoder("other"))


@pytest.mark.parametrize("name", ["vectors.faiss", "entries.json"])
@pytest.mark.parametrize("kept", [None, 0, 20, 100])
def test_a_damaged_index_is_refused(
    name: str, kept: int | None, dense: DenseIndex, letters: LetterEncoder, tmp_path: Path
) -> None:
    dense.save(tmp_path)
    path = tmp_path / name
    content = path.read_bytes()
    path.unlink()
    if kept is not None:
        path.write_bytes(content[:kept])
    with pytest.raises(StoreError, match=r"损坏.*zhangjie index"):
        DenseIndex.load(tmp_path, letters)


@pytest.mark.parametrize(
    "change",
    [
        {"hashes": ["0"]},
        {"entries": [["plan/p1", [99]]]},
        {"entries": [["plan/p1", []]]},
        {"entries": [["plan/p1", [-1]]]},
        {"entries": 3},
    ],
)
def test_entries_that_do_not_fit_the_vectors_are_refused(
    change: dict[str, object], dense: DenseIndex, letters: LetterEncoder, tmp_path: Path
) -> None:
    dense.save(tmp_path)
    path = tmp_path / "entries.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(StoreError):
        DenseIndex.load(tmp_path, letters)


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
    first, second = "甲" * 250 + "。", "乙" * 220 + "。"
    assert texts(Passage("p", (), first + second)) == [first, second]


def test_a_long_clause_scores_as_its_best_part(letters: LetterEncoder) -> None:
    road = "修建通村公路并落实养护责任，" * 18 + "如期完工。"
    other = "扩建中心幼儿园并补充专任教师，" * 18 + "如期招生。"
    index = DenseIndex.build([Passage("long", (), road + other)], letters)
    best = letters.encode_queries(["幼儿园教师"]) @ letters.encode_queries([road, other]).T
    [hit] = index.search("幼儿园教师", 5)
    assert hit.clause_id == "long"
    assert hit.score == pytest.approx(float(best.max()), abs=1e-6)


def test_everyday_words_find_the_official_ones(encoder: Encoder) -> None:
    index = DenseIndex.build(PASSAGES, encoder)
    assert ids(index.search("娃娃上学前班好不好进", 1)) == ["plan/p3"]
    assert ids(index.search("去医院方便吗", 1)) == ["plan/p1"]
