"""Real PDFs of ../shared; counts and hashes only, no text of theirs."""

from __future__ import annotations

import difflib
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.model import Document
from ingest.checkup import check
from ingest.pipeline import parse
from ingest.readers import pdf, read
from ingest.reading import Reading
from tests.ingest.readers.pdf_writer import typeset

_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not _DATA.exists(), reason="../shared/data is not here")

_SPACE = re.compile(r"\s")


def _path(pattern: str) -> Path:
    return next(_DATA.glob(pattern))


@pytest.fixture(scope="module")
def plan() -> Reading:
    return read(_path("policy_pdf/省文化和旅游厅*湖北*.pdf"))


@pytest.fixture(scope="module")
def document(plan: Reading) -> Document:
    document = parse(plan)
    assert check(document, plan.text) == []
    return document


def test_every_page_and_its_number_is_found(plan: Reading) -> None:
    numbers = [plan.text[m.start : m.end].strip() for m in plan.marks if m.kind == "page-number"]
    assert numbers == [str(number) for number in range(1, 39)]
    assert len(plan.pages) == 44


def test_all_headings_and_boxes_of_the_plan_are_found(document: Document) -> None:
    levels = Counter((node.level.name, len(address.steps)) for node, address in document.walk())
    assert levels["HEADING", 1] == 9
    assert levels["BOX", 2] == 7
    assert not [node for node, _ in document.walk() if document.page(node.start) in range(3, 7)]


def test_the_table_of_contents_is_residue(document: Document) -> None:
    entries = [residue for residue in document.residues if residue.kind == "toc"]
    assert len(entries) == 75


def test_boxes_hold_an_item_a_line(plan: Reading) -> None:
    boxes = [plan.text[m.start : m.end].splitlines() for m in plan.marks if m.kind == "box"]
    assert [len(box) - 1 for box in boxes] == [2, 2, 7, 5, 4, 3, 2]


def test_a_table_over_three_pages_is_one(plan: Reading) -> None:
    tables = [plan.text[m.start : m.end].splitlines() for m in plan.marks if m.kind == "table"]
    assert [len(table) for table in tables] == [27]


def test_each_clause_begins_on_its_page(document: Document) -> None:
    import pdfplumber

    with pdfplumber.open(_path("policy_pdf/省文化和旅游厅*湖北*.pdf")) as source:
        pages = [_SPACE.sub("", page.extract_text() or "") for page in source.pages]
    clauses = [clause for clause in document.clauses if len(clause.text) >= 20]
    for clause in random.Random(4).sample(clauses, 30):
        number = document.page(clause.start)
        assert number is not None
        start = re.sub("[ \n]", "", clause.text)[:20]
        here = _share(start.split("\t")[0], pages[number - 1])
        after = pages[number] if number < len(pages) else ""
        joint = _share(start.split("\t")[0], pages[number - 1] + after)
        assert here >= 0.2, "the clause does not begin on this page"
        assert joint >= (0.5 if "\t" in clause.text else 0.8), "nor run from here to the next"


def _share(part: str, whole: str) -> float:
    matcher = difflib.SequenceMatcher(None, part, whole, autojunk=False)
    return matcher.find_longest_match().size / len(part)


def test_no_paragraph_of_the_plan_is_cut(document: Document) -> None:
    ends = Counter(clause.text[-1] for clause in document.clauses if len(clause.text) > 60)
    assert ends["。"] >= 0.95 * sum(ends.values())


def test_the_text_of_a_document_with_known_text_is_right() -> None:
    reading = read(_path("govdoc_cn_sample/*/397/397.pdf"))
    text = reading.text
    for mark in reversed(reading.marks):
        assert mark.kind == "page-number"
        text = text[: mark.start] + text[mark.end :]
    truth = _path("govdoc_cn_sample/*/397/397.txt").read_text(encoding="utf-8")
    a, b = _SPACE.sub("", text), _SPACE.sub("", truth)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    assert sum(block.size for block in matcher.get_matching_blocks()) >= 0.996 * len(b)
    assert len(reading.marks) == 5


def test_radicals_stand_for_the_characters_that_they_look_like() -> None:
    reading = read(_path("policy_pdf/中共中央*.pdf"))
    assert not re.search("[\u2e80-\u2fdf]", reading.text)
    nodes = Counter(node.level.name for node, _ in parse(reading).walk())
    assert nodes == {"HEADING": 5, "ITEM": 18}


def test_a_web_page_in_print_has_all_its_headings() -> None:
    reading = read(_path("policy_pdf/江西*.pdf"))
    assert len(re.findall("^[一二三四五]、", reading.text, re.MULTILINE)) == 5
    assert len(re.findall("^（[一二三四五六七八九十]{1,2}）", reading.text, re.MULTILINE)) == 16
    assert len(reading.pages) == 8


def test_boxes_that_are_pictures_are_problems() -> None:
    reading = read(_path("policy_pdf/国家文物局*.pdf"))
    assert [problem.code for problem in reading.problems] == ["picture"] * 3


_SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


@pytest.mark.parametrize("name", ["gz-news", "gz-page", "gz-plan", "qxn-opinion"])
def test_a_seed_set_as_pdf_has_the_same_lines_and_outline(name: str) -> None:
    # The font's encoding has no middle dot, so reportlab would leave it out.
    text = re.sub("[·•・]", "－", read(_SEEDS / f"{name}.txt").text)
    document = parse(text)
    reading = pdf.read(typeset(document.text), f"{name}.pdf")
    furniture = [reading.text[mark.start : mark.end] for mark in reading.marks]
    assert len(furniture) == len(reading.pages)
    expected = [_SPACE.sub("", line) for line in document.text.splitlines() if line.strip()]
    found = [_SPACE.sub("", line) for line in reading.text.splitlines()]
    for number in furniture:
        found.remove(_SPACE.sub("", number))
    assert found == expected
    outline = [str(address) for _, address in parse(reading).walk()]
    assert outline == [str(address) for _, address in document.walk()]
