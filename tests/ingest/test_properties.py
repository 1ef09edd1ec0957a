from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.address import parse as parse_address
from corpus.model import Document
from corpus.store import decode, encode
from ingest.checkup import check
from ingest.pipeline import parse
from tests.strategies import PARAGRAPH, TEXTS, WORDS

_MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_MANY
@given(TEXTS)
def test_no_character_of_any_text_is_lost_or_in_two_places(raw: str) -> None:
    assert check(parse(raw), raw) == []


@_MANY
@given(st.text())
def test_any_characters_at_all_are_parsed(raw: str) -> None:
    assert check(parse(raw), raw) == []


@_MANY
@given(TEXTS)
def test_the_address_of_every_clause_and_node_reads_back(raw: str) -> None:
    document = parse(raw)
    addresses = [clause.address for clause in document.clauses]
    addresses += [address for _, address in document.walk()]
    assert [parse_address(str(address)) for address in addresses] == addresses


@_MANY
@given(TEXTS)
def test_parsing_twice_gives_the_same_document(raw: str) -> None:
    assert parse(raw) == parse(raw)


@_MANY
@given(TEXTS)
def test_every_document_survives_being_stored(raw: str) -> None:
    document = parse(raw)
    assert decode(encode(document)) == document


@_MANY
@given(TEXTS)
def test_nodes_lie_inside_their_parents_one_after_the_other(raw: str) -> None:
    document = parse(raw)
    for parent, _ in document.walk():
        at = parent.body
        for child in parent.children:
            assert at <= child.start <= child.body <= child.end <= parent.end
            at = child.end
        for start, end in parent.paragraphs:
            assert parent.start <= start < end <= parent.end


def _ids(document: Document) -> list[tuple[str, str]]:
    return [(clause.clause_id, str(clause.address)) for clause in document.clauses]


@_MANY
@given(TEXTS, TEXTS, WORDS, WORDS)
def test_other_words_in_a_paragraph_change_no_clause_id(
    before: str, after: str, words: list[str], others: list[str]
) -> None:
    first, second = (f"{before}\n{PARAGRAPH.format(*w)}\n{after}" for w in (words, others))
    assert _ids(parse(first)) == _ids(parse(second))
