from __future__ import annotations

import pytest

from corpus.address import Address, Level, Step, parse
from corpus.model import Citation, Document, Meta, Node, OffsetMap, walk

_DOCUMENT = Document("plan", Meta("云河县规划"), "", OffsetMap(()))


def test_an_offset_leads_back_through_its_own_piece() -> None:
    offsets = OffsetMap(((0, 5, 3), (3, 10, 2)))
    assert [offsets.raw(at) for at in range(5)] == [5, 6, 7, 10, 11]


@pytest.mark.parametrize("offset", [-1, 5, 99])
def test_an_offset_outside_the_text_leads_nowhere(offset: int) -> None:
    with pytest.raises(IndexError):
        OffsetMap(((0, 5, 3), (3, 10, 2))).raw(offset)


def test_no_offset_of_an_empty_text_leads_anywhere() -> None:
    with pytest.raises(IndexError):
        OffsetMap(()).raw(0)


def test_walking_gives_parents_before_their_children_with_whole_addresses() -> None:
    section = Node(Level.SECTION, 1, "供水", 6, 9, 12)
    chapters = (
        Node(Level.CHAPTER, 1, "任务", 0, 5, 12, children=(section,)),
        Node(Level.CHAPTER, 2, "保障", 12, 15, 20),
    )
    document = Document("plan", Meta(""), "", OffsetMap(()), nodes=chapters)
    assert [str(address) for _, address in document.walk()] == ["第一章", "第一章第一节", "第二章"]
    assert list(document.walk()) == list(walk(chapters, Address()))


def test_a_node_without_number_is_addressed_by_its_title() -> None:
    node = Node(Level.PIECE, None, "稳  粮仓》", 0, 1, 2, repeat=2)
    assert node.step == Step(Level.PIECE, title="稳 粮仓", repeat=2)


def test_a_document_without_pages_has_no_page_numbers() -> None:
    assert _DOCUMENT.page(0) is None


def test_pages_count_from_one_and_begin_at_their_offset() -> None:
    document = Document("plan", Meta(""), "x" * 20, OffsetMap(()), pages=(0, 10))
    assert [document.page(at) for at in (0, 9, 10, 19)] == [1, 1, 2, 2]


def test_a_citation_is_written_as_title_and_address() -> None:
    citation = Citation("plan", "plan/ch5", "云河县规划", parse("第五章专栏7"), 0, 1, "水")
    assert str(citation) == "《云河县规划》第五章专栏7"
