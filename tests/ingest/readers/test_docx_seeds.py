"""The five documents written into .docx and read back: the outline is that of the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document

from corpus.address import Level
from corpus.model import Document as Parsed
from ingest.pipeline import parse, parse_file
from ingest.readers import read
from tests.ingest.readers.word_files import level, numbered, saved

_SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
_NAMES = ("gz-plan", "tr-plan", "qxn-opinion", "gz-news", "gz-page")
_DEPTHS = {Level.CHAPTER: 1, Level.SECTION: 2}
_NUMBER = re.compile(r"第[一二三四五六七八九十]+[章节][\s　]*")
pytestmark = pytest.mark.skipif(not _SEEDS.is_dir(), reason=f"the seeds are not at {_SEEDS}")


def _outline(document: Parsed) -> list[str]:
    return [str(address) for _, address in document.walk()]


def _written(parsed: Parsed, *, automatic: bool) -> bytes:
    """Write a parsed text into a .docx: chapters and sections as headings, each in one paragraph.

    With `automatic` their numbers are no text but a list of Word's.
    """
    document = Document()
    numbered(
        document,
        level("chineseCountingThousand", "第%1章", '<w:suff w:val="space"/>'),
        level("chineseCountingThousand", "第%2节"),
    )
    headings = {n.start: n for n, _ in parsed.walk() if n.level in _DEPTHS and n.body > n.start}
    at = 0
    while at < len(parsed.text):
        node = headings.get(at + len(parsed.text[at:]) - len(parsed.text[at:].lstrip(" 　")))
        end = parsed.text.find("\n", node.body if node else at)
        end = len(parsed.text) if end < 0 else end
        line = parsed.text[at:end]
        if node:
            text = _NUMBER.sub("", line, count=1) if automatic else line
            paragraph = document.add_heading(text, _DEPTHS[node.level])
            if automatic:
                own = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                own.get_or_add_ilvl().val = _DEPTHS[node.level] - 1
                own.get_or_add_numId().val = 90
        else:
            document.add_paragraph(line)
        at = end + 1
    return saved(document)


@pytest.mark.parametrize("automatic", [False, True], ids=["typed", "automatic"])
@pytest.mark.parametrize("name", _NAMES)
def test_a_seed_in_word_has_the_outline_of_its_text(
    tmp_path: Path, name: str, automatic: bool
) -> None:
    parsed = parse_file(_SEEDS / f"{name}.txt")
    path = tmp_path / f"{name}.docx"
    path.write_bytes(_written(parsed, automatic=automatic))
    assert _outline(parse_file(path)) == _outline(parsed)


@pytest.mark.parametrize("name", _NAMES)
def test_a_seed_in_word_has_every_character_of_its_text(tmp_path: Path, name: str) -> None:
    parsed = parse(read(_SEEDS / f"{name}.txt"), name)
    path = tmp_path / f"{name}.docx"
    path.write_bytes(_written(parsed, automatic=False))
    assert "".join(read(path).text.split()) == "".join(parsed.text.split())
