"""Real pages and laws: nothing of the site is in a clause, all headings and 条 are found."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.address import Level
from corpus.model import Document
from ingest.checkup import check
from ingest.pipeline import parse
from ingest.readers import read

_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
_PAGES = sorted((_DATA / "gov_cn_html").glob("*.html"))
_LAWS = sorted((_DATA / "laws_md").rglob("*.md"))
_EXPECTED = json.loads(Path(__file__).with_name("expected_html.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.skipif(not _PAGES or not _LAWS, reason=f"no pages and laws at {_DATA}")

_ARTICLE = re.compile(
    r"^#*\s*第[零〇一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?"
    r"(?![件款例第规约文的、和至所或及中，。；])",
    re.M,
)
_HEADINGS = frozenset(set(Level) - {Level.PARAGRAPH, Level.SEGMENT, Level.TOPIC})


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.name[:3])
def test_a_real_page_gives_its_title_number_and_body(path: Path) -> None:
    reading = read(path)
    table = {f.name: f.value for f in reading.facts if f.where == "网页元数据表"}
    assert table["标题"]
    assert re.search(r"〔\d{4}〕\d+号|第\d+号", table["发文字号"])
    document = parse(reading)
    assert check(document, reading.text) == []
    for clause in document.clauses:
        assert not re.search("扫一扫|索 引 号|主题分类|打印本页|版权所有", clause.text)


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.name[:3])
def test_a_real_body_is_found_without_the_names_of_the_site(path: Path, tmp_path: Path) -> None:
    nameless = tmp_path / path.name
    page = re.sub(r'\b(id|class)="[^"]*"', "", path.read_text(encoding="utf-8"))
    nameless.write_text(page, encoding="utf-8")
    assert read(nameless) == read(path)


def _headings(document: Document) -> list[list[Any]]:
    return [
        [node.level.value, node.number, hashlib.sha1(node.title.encode()).hexdigest()[:8]]
        for node, _ in document.walk()
        if node.level in _HEADINGS
    ]


@pytest.mark.parametrize("expected", _EXPECTED, ids=lambda expected: expected["file"])
def test_headings_of_all_levels_are_as_people_see_them(expected: dict[str, Any]) -> None:
    path = next(path for path in _PAGES if path.name.startswith(expected["file"]))
    assert _headings(parse(read(path))) == expected["headings"]


@pytest.mark.parametrize("path", _LAWS, ids=lambda path: path.stem[:12])
def test_every_article_of_a_real_law_is_found(path: Path) -> None:
    reading = read(path)
    document = parse(reading)
    assert check(document, reading.text) == []
    found = [node for node, _ in document.walk() if node.level is Level.ARTICLE]
    assert len(found) == len(_ARTICLE.findall(path.read_text(encoding="utf-8")))
    for clause in document.clauses:
        assert "INFO END" not in clause.text
        assert not re.match(r"\d{4}年\d+月\d+日 ?\S+通过$", clause.text)
