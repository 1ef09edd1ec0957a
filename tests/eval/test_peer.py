from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import chunks, peer, peer_index
from eval.peer_index import Chunk, PeerIndex
from index.base import Passage
from tests.index.letters import LetterEncoder

PIECES = [
    Chunk("a/00000", "a", "建设乡镇卫生院，方便群众就近看病就医。"),
    Chunk("a/00001", "a", "修建通村公路，硬化入户道路。"),
    Chunk("b/00000", "b", "扩建中心幼儿园，补充专任教师。"),
]


@pytest.fixture
def index(tmp_path: Path) -> PeerIndex:
    encoder = LetterEncoder()
    vectors = peer_index.encoded(PIECES, encoder, tmp_path, lambda *_: None)
    return PeerIndex.build(PIECES, vectors, encoder)


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(3, 20), st.integers(0, 2))
def test_chunks_hold_the_whole_text_in_order(lines: list[int], size: int, overlap: int) -> None:
    letters = iter(range(0x4E00, 0x9000))
    text = "\n".join("".join(chr(next(letters)) for _ in range(length)) for length in lines)
    found = list(chunks.cut(text, size, overlap))
    assert all(0 < len(chunk) <= size for chunk in found)
    starts = [text.index(chunk) for chunk in found]
    assert starts == sorted(set(starts))
    assert set("".join(found)) - {"\n"} == set(text) - {"\n"}


def test_a_long_line_is_cut_with_the_overlap() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(1200))
    found = list(chunks.cut(text))
    assert [len(chunk) for chunk in found] == [500, 500, 300]
    assert found[0][-50:] == found[1][:50]


def test_a_passage_that_is_short_is_one_chunk_with_its_title() -> None:
    (chunk,) = peer_index.of_passages([Passage("p", ("标题",), "正文。")])
    assert chunk == Chunk("p/00000", "p", "标题\n正文。")


def test_the_peer_fuses_words_and_vectors(index: PeerIndex) -> None:
    assert index.search("幼儿园的教师", 3)[0].source == "b"
    assert {one.key for one in index.search("公路", 3)} == {piece.key for piece in PIECES}


def test_without_vectors_only_what_shares_a_word_is_found() -> None:
    index = PeerIndex.build(PIECES, None, None)
    assert [one.key for one in index.search("公路", 3)] == ["a/00001"]
    assert index.search("量子", 3) == []


def test_vectors_are_encoded_once(tmp_path: Path) -> None:
    encoder = LetterEncoder()
    first = peer_index.encoded(PIECES, encoder, tmp_path, lambda *_: None)
    second = peer_index.encoded(PIECES, encoder, tmp_path, lambda *_: None)
    assert len(encoder.encoded) == len(PIECES)
    assert (first == second).all()
    each = [encoder.encode_queries([piece.text]).vectors[0] for piece in PIECES]
    assert [row.tolist() for row in first] == [row.tolist() for row in each]


def test_a_saved_peer_finds_the_same(index: PeerIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "p")
    loaded = PeerIndex.load(tmp_path / "p", LetterEncoder())
    assert loaded.search("看病", 3) == index.search("看病", 3)
    assert PeerIndex.load(tmp_path / "p", None).search("公路", 3)[0].key == "a/00001"


def test_a_passage_has_the_rank_of_its_first_chunk(index: PeerIndex) -> None:
    assert sorted(peer._sources(index)("公路", 5)) == ["a", "b"]
