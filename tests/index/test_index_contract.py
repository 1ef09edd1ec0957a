"""What holds for every Index; a new one is one more line of KINDS."""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StoreError
from index.base import Index, Passage
from index.bm25 import BM25Index
from index.dense import DenseIndex
from index.late import LateIndex
from tests.index.letters import LetterEncoder
from tests.index.ranking import best


class Kind(NamedTuple):
    build: Callable[[Sequence[Passage]], Index]
    load: Callable[[Path], Index]


KINDS = {
    "bm25": Kind(BM25Index.build, BM25Index.load),
    "dense": Kind(
        lambda given: DenseIndex.build(given, LetterEncoder()),
        lambda at: DenseIndex.load(at, LetterEncoder()),
    ),
    "late": Kind(
        lambda given: LateIndex.build(given, LetterEncoder()),
        lambda at: LateIndex.load(at, LetterEncoder()),
    ),
}
EVERYTHING = 10**9
TEXTS = [
    "村级卫生室每周坐诊不少于五天。",
    "乡镇卫生院负责转诊登记。",
    "校车线路每学期核定一次，超员的停运。",
    "寄宿生伙食补助按月拨付到学校食堂。",
    "渡口夜间停航，应急船只除外。",
    "卫生室药品目录张贴在门口。",
]
PASSAGES = [
    Passage(f"doc/p{place}", ("石门乡公共服务清单", "便民事项"), text)
    for place, text in zip((3, 1, 6, 2, 5, 4), TEXTS, strict=True)
]
QUERIES = ["卫生室", "校车超员怎么处理", "公共服务清单", "寄宿生伙食", "渡口"]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def index(kind: Kind) -> Index:
    return kind.build(PASSAGES)


def test_its_name_is_fit_for_a_folder(index: Index) -> None:
    assert index.name.isidentifier()


@pytest.mark.parametrize("text", TEXTS)
def test_a_clause_is_the_best_answer_to_its_own_words(index: Index, text: str) -> None:
    place = TEXTS.index(text)
    assert index.search(text, 1)[0].clause_id == PASSAGES[place].clause_id


@pytest.mark.parametrize("query", QUERIES)
def test_hits_come_best_first_and_each_once(index: Index, query: str) -> None:
    hits = index.search(query, EVERYTHING)
    assert hits
    assert hits == best(hits, len(hits))
    assert len({hit.clause_id for hit in hits}) == len(hits) <= len(PASSAGES)
    assert all(type(hit.score) is float for hit in hits)


@pytest.mark.parametrize("query", QUERIES)
def test_fewer_hits_are_the_first_of_the_whole_ranking(index: Index, query: str) -> None:
    everything = index.search(query, EVERYTHING)
    for top_k in range(1, len(PASSAGES) + 2):
        assert index.search(query, top_k) == everything[:top_k]


def test_ties_go_by_clause_id(kind: Kind) -> None:
    same = [Passage(f"doc/p{place}", (), "校车线路每学期核定。") for place in "73915"]
    hits = kind.build([*same, Passage("doc/p0", (), "渡口夜间停航。")]).search("校车线路", 4)
    assert [hit.clause_id for hit in hits] == ["doc/p1", "doc/p3", "doc/p5", "doc/p7"]


def test_the_same_query_gives_the_same_hits(kind: Kind, index: Index) -> None:
    for query in QUERIES:
        first = index.search(query, EVERYTHING)
        assert index.search(query, EVERYTHING) == first
        assert kind.build(PASSAGES).search(query, EVERYTHING) == first


@pytest.mark.parametrize("collect", [list, tuple, set, frozenset])
def test_within_keeps_the_ranking_and_drops_the_rest(index: Index, collect: type) -> None:
    kept = [passage.clause_id for passage in PASSAGES[::2]]
    for query in QUERIES:
        everything = index.search(query, EVERYTHING)
        expected = [hit for hit in everything if hit.clause_id in kept]
        assert index.search(query, EVERYTHING, collect(kept)) == expected
        assert index.search(query, 1, collect(kept)) == expected[:1]


def test_within_nothing_there_is_nothing(index: Index) -> None:
    assert index.search("卫生室", 10, []) == []
    assert index.search("卫生室", 10, {"doc/unknown"}) == []


def test_clauses_that_the_index_does_not_know_are_ignored_in_within(index: Index) -> None:
    hits = index.search("卫生室", 10, ["doc/unknown", PASSAGES[0].clause_id])
    assert [hit.clause_id for hit in hits] == [PASSAGES[0].clause_id]


@pytest.mark.parametrize("query", ["", "  \n　", "？！", "𠮷", "a" * 10_000])
def test_no_query_is_too_odd(index: Index, query: str) -> None:
    assert len(index.search(query, 3)) <= 3


@functools.cache
def built(name: str) -> Index:
    return KINDS[name].build(PASSAGES)


@pytest.mark.parametrize("name", KINDS)
@given(query=st.text(), top_k=st.integers(1, EVERYTHING))
def test_no_text_makes_search_raise(name: str, query: str, top_k: int) -> None:
    assert len(built(name).search(query, top_k)) <= min(top_k, len(PASSAGES))


def test_an_empty_query_finds_nothing(index: Index) -> None:
    assert index.search("", 10) == index.search(" \n", 10) == []


def test_an_empty_corpus_works(kind: Kind, tmp_path: Path) -> None:
    empty = kind.build([])
    assert empty.search("卫生室", 10) == []
    empty.save(tmp_path)
    assert kind.load(tmp_path).search("卫生室", 10) == []


def test_a_single_clause_is_found(kind: Kind) -> None:
    hits = kind.build(PASSAGES[:1]).search("卫生室坐诊", EVERYTHING)
    assert [hit.clause_id for hit in hits] == [PASSAGES[0].clause_id]


def test_one_clause_id_twice_is_refused(kind: Kind) -> None:
    with pytest.raises(ValueError, match="clause_id"):
        kind.build([PASSAGES[0], PASSAGES[0]])


def test_what_was_saved_answers_the_same(kind: Kind, index: Index, tmp_path: Path) -> None:
    index.save(tmp_path)
    again = kind.load(tmp_path)
    for query in QUERIES:
        assert again.search(query, EVERYTHING) == index.search(query, EVERYTHING)


def test_the_same_index_is_saved_as_the_same_bytes(kind: Kind, tmp_path: Path) -> None:
    saved = []
    for place in "ab":
        folder = tmp_path / place
        folder.mkdir()
        kind.build(PASSAGES).save(folder)
        saved.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert saved[0] == saved[1]


def test_an_empty_folder_is_refused(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="zhangjie index"):
        kind.load(tmp_path)


@pytest.mark.parametrize("keep", [0, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(kind: Kind, index: Index, tmp_path: Path, keep: float) -> None:
    index.save(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * keep)])
        with pytest.raises(StoreError, match="zhangjie index"):
            kind.load(tmp_path)
        path.write_bytes(whole)
    kind.load(tmp_path)


@pytest.mark.parametrize("content", [b"\0" * 4096, b"[]", b"{}", b"\xff\xfe", "损坏".encode("gbk")])
def test_a_file_of_something_else_is_refused(
    kind: Kind, index: Index, tmp_path: Path, content: bytes
) -> None:
    index.save(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        whole = path.read_bytes()
        path.write_bytes(content)
        with pytest.raises(StoreError):
            kind.load(tmp_path)
        path.write_bytes(whole)
