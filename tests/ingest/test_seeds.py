"""The five documents that the project is about: counts and addresses, none of their text."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.address import Level
from corpus.address import parse as parse_address
from corpus.manifest import read_manifest
from corpus.model import Document
from corpus.sentences import TERMINAL
from corpus.store import decode, encode
from ingest.checkup import check
from ingest.pipeline import parse
from ingest.readers import read

_SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
_NAMES = ("gz-plan", "tr-plan", "qxn-opinion", "gz-news", "gz-page")
pytestmark = pytest.mark.skipif(not _SEEDS.is_dir(), reason=f"the seeds are not at {_SEEDS}")


@cache
def _raw(name: str) -> str:
    return read(_SEEDS / f"{name}.txt").text


@cache
def _document(name: str) -> Document:
    meta = next(entry.meta for entry in read_manifest(_SEEDS) if entry.doc_id == name)
    return parse(_raw(name), name, meta)


def _levels(name: str) -> Counter[Level]:
    return Counter(node.level for node, _ in _document(name).walk())


def _outline(document: Document) -> list[str]:
    return [str(address) for _, address in document.walk()]


def _box_items(name: str) -> list[str]:
    return [
        str(address)
        for node, address in _document(name).walk()
        if node.level is Level.ITEM and Level.BOX in {step.level for step in address.steps}
    ]


def _residues(name: str) -> Counter[str]:
    return Counter(residue.kind for residue in _document(name).residues)


@pytest.mark.parametrize("name", _NAMES)
def test_nothing_of_a_seed_is_lost(name: str) -> None:
    assert check(_document(name), _raw(name)) == []


@pytest.mark.parametrize("name", _NAMES)
def test_every_address_of_a_seed_reads_back(name: str) -> None:
    addresses = [clause.address for clause in _document(name).clauses]
    addresses += [address for _, address in _document(name).walk()]
    assert [parse_address(str(address)) for address in addresses] == addresses


@pytest.mark.parametrize("name", _NAMES)
def test_every_seed_survives_being_stored(name: str) -> None:
    assert decode(encode(_document(name))) == _document(name)


@pytest.mark.parametrize("name", ["gz-plan", "tr-plan"])
def test_the_boxes_of_a_plan_stand_in_its_sections(name: str) -> None:
    above = [
        tuple(step.level for step in address.steps)
        for node, address in _document(name).walk()
        if node.level is Level.BOX
    ]
    assert set(above) == {(Level.CHAPTER, Level.SECTION, Level.BOX)}


def test_the_provincial_plan_is_found_whole() -> None:
    assert _levels("gz-plan") == {
        Level.PREFACE: 1,
        Level.CHAPTER: 7,
        Level.SECTION: 33,
        Level.BOX: 13,
        Level.ITEM: 37,
    }
    assert _document("gz-plan").problems == ()


def test_the_provincial_plan_has_37_items_in_its_boxes() -> None:
    items = _box_items("gz-plan")
    assert len(items) == 37
    assert len([item for item in items if "“" in item.partition("专栏")[2]]) == 3
    assert "第五章第四节专栏7（七）" in items


def test_the_title_of_a_chapter_over_two_lines_is_joined() -> None:
    chapter = next(n for n, a in _document("gz-plan").walk() if str(a) == "第五章")
    assert len(chapter.title) == 31
    assert "\n" in _document("gz-plan").text[chapter.start : chapter.body]


def test_the_city_plan_is_found_whole() -> None:
    levels = _levels("tr-plan")
    assert levels == {
        Level.PREFACE: 1,
        Level.CHAPTER: 9,
        Level.SECTION: 34,
        Level.BOX: 15,
        Level.ITEM: 47 + 7,
    }
    assert len(_box_items("tr-plan")) == 47


def test_the_city_plan_has_items_in_the_text_of_two_sections() -> None:
    items = [place for place in _outline(_document("tr-plan")) if place.endswith("）")]
    assert [place for place in items if "专栏" not in place and "“" not in place] == [
        "第六章第一节（一）",
        "第六章第一节（二）",
        "第六章第一节（三）",
        "第六章第一节（四）",
        "第六章第九节（一）",
        "第六章第九节（二）",
        "第六章第九节（三）",
    ]


def test_the_contents_of_the_city_plan_are_residue_and_differ_from_its_body() -> None:
    assert _residues("tr-plan")["toc"] == 45
    differing = {
        problem.message.partition("：")[0]
        for problem in _document("tr-plan").problems
        if problem.code == "toc-differs"
    }
    assert {"第五章第三节", "第六章"} <= differing


def test_the_city_plan_has_the_same_outline_without_its_contents_label() -> None:
    lines = _raw("tr-plan").split("\n")
    unlabelled = "\n".join(line for line in lines if "".join(line.split()) != "目录")
    assert len(unlabelled) < len(_raw("tr-plan"))
    document = parse(unlabelled, "tr-plan", _document("tr-plan").meta)
    assert _outline(document) == _outline(_document("tr-plan"))
    assert check(document, unlabelled) == []


def test_the_opinion_is_found_whole() -> None:
    assert _levels("qxn-opinion") == {Level.HEADING: 3, Level.ITEM: 10, Level.SUBITEM: 10}
    assert _document("qxn-opinion").problems == ()


def test_the_article_has_no_headings_but_topic_sentences() -> None:
    document = _document("gz-news")
    assert document.nodes == ()
    assert len(document.clauses) == 14
    assert len([clause for clause in document.clauses if clause.heads]) == 4


def test_the_page_falls_into_its_articles() -> None:
    assert _levels("gz-page") == {Level.PIECE: 4, Level.SUBHEADING: 2}
    assert {"caption", "imprint", "byline", "chrome"} <= set(_residues("gz-page"))


def _names_its_speaker(quotation: str) -> bool:
    return quotation.rpartition("\n")[2].startswith("——")


def test_no_sentence_of_the_page_ends_with_its_column() -> None:
    document = _document("gz-page")
    assert [each.kind for each in document.dropped].count("break") > 0
    prose = [clause for clause in document.clauses if not _names_its_speaker(clause.text)]
    assert len(prose) == len(document.clauses) - 2  # two quotations end with their speaker
    assert [clause.clause_id for clause in prose if clause.text[-1] not in TERMINAL] == []
