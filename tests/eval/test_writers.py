from __future__ import annotations

from pathlib import Path

import pytest

from eval import writers
from eval.claims import outline
from ingest.pipeline import parse, parse_file
from ingest.readers import READERS
from tests.small_corpus import OPINION, PLAN

_WRITERS = {
    ".docx": writers.docx,
    ".html": writers.html,
    ".md": writers.markdown,
    ".ofd": writers.ofd,
    ".pdf": writers.pdf,
}


@pytest.mark.parametrize("text", [PLAN, OPINION], ids=["plan", "opinion"])
@pytest.mark.parametrize("suffix", _WRITERS)
def test_a_text_that_is_written_and_read_back_has_its_outline(
    tmp_path: Path, suffix: str, text: str
) -> None:
    if suffix not in READERS:
        pytest.skip(f"no reader of {suffix}")
    if suffix == ".pdf":
        pytest.importorskip("reportlab")
    document = parse(text)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(_WRITERS[suffix](writers.lines(document)))
    assert outline(parse_file(path)) == outline(document)


def test_lines_know_headings_and_boxes() -> None:
    lines = writers.lines(parse(PLAN))
    assert writers.Line("第二章 重点任务", 1, 0) in lines
    assert writers.Line("第二节 改善饮水条件", 2, 0) in lines
    assert [line.text for line in lines if line.box][:2] == [
        "专栏1 茶叶提质工程",
        "（一）良种繁育基地",
    ]


def test_a_flattened_cell_is_in_paragraphs_again() -> None:
    text = "第一节 供水\n专栏1 供水工程 |\n（一）水源 建设水源点三处。 （二）管网 改造管网。 |\n"
    boxed = [line.text for line in writers.lines(parse(text)) if line.box]
    assert boxed == ["专栏1 供水工程", "（一）水源", "建设水源点三处。", "（二）管网", "改造管网。"]


@pytest.mark.parametrize("suffix", _WRITERS)
def test_the_same_text_gives_the_same_text_objects(suffix: str) -> None:
    if suffix in (".docx", ".pdf"):
        pytest.skip("the library decides")
    lines = writers.lines(parse(OPINION))
    assert _WRITERS[suffix](lines) == _WRITERS[suffix](lines)
