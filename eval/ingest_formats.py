"""The five seeds written into other formats and read back, and a page read by OCR."""

from __future__ import annotations

import tempfile
from functools import cache, partial
from pathlib import Path

from corpus.model import Document
from eval import writers
from eval.claims import (
    Claim,
    Figure,
    Missing,
    file,
    outline,
    reading,
    require_reader,
    squeeze,
)
from ingest.headings import candidate
from ingest.pipeline import parse, parse_file
from ingest.readers import read

_SEEDS = "seeds/*.txt"
_HUBEI = "policy_pdf/省文化和旅游厅*湖北*.pdf"
_PAGE = 8  # counted from 1; prose and headings of two levels
_DPI = 200
_WRONG = 0.03


@cache
def _seed(path: Path) -> Document:
    """Return a seed with those characters only that all writers can set."""
    return parse(writers.settable(read(path).text), path.stem)


def _read_back(suffix: str, write: writers.Writer, data: Path) -> Figure:
    require_reader(suffix)
    seeds = sorted(data.parent.glob(_SEEDS))
    if not seeds:
        raise Missing(f"没有 {_SEEDS}")
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for path in seeds:
            seed = _seed(path)
            written = Path(folder) / f"{path.stem}{suffix}"
            written.write_bytes(write(writers.lines(seed)))
            if outline(parse_file(written)) != outline(seed):
                wrong.append(path.stem)
    text = f"{len(seeds) - len(wrong)}/{len(seeds)}"
    return Figure(text + (f"，不同：{'、'.join(wrong)}" if wrong else ""), not wrong)


def _ocr(data: Path) -> Figure:
    path = file(data, _HUBEI)
    require_reader(".png")
    try:
        import rapidocr  # noqa: F401
    except ImportError as error:
        raise Missing("没有安装 rapidocr（pip install 'zhangjie[ocr]'）") from error
    true = _page_text(path)
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        _rasterise(path, picture)
        found = reading(picture).text
    a, b = squeeze(found), squeeze(true)
    wrong = distance(a, b)
    same = _labels(found) == _labels(true)
    text = f"错 {wrong}/{len(b)} 字（{wrong / len(b):.2%}），标题{'相同' if same else '不同'}"
    return Figure(text, wrong <= _WRONG * len(b) and same)


def _rasterise(path: Path, picture: Path) -> None:
    import pypdfium2

    source = pypdfium2.PdfDocument(path)
    try:
        source[_PAGE - 1].render(scale=_DPI / 72).to_pil().save(picture)
    finally:
        source.close()


def _page_text(path: Path) -> str:
    """Return what the PDF's own text of the page is, one paragraph a line, with its number."""
    whole = reading(path)
    ends = (*whole.pages, len(whole.text))
    return whole.text[ends[_PAGE - 1] : ends[_PAGE]]


def _labels(text: str) -> list[tuple[str, int | None]]:
    found = (candidate(line.strip()) for line in text.split("\n"))
    return [(each.level.value, each.number) for each in found if each]


def distance(one: str, other: str) -> int:
    """Return the edit distance of two texts (Levenshtein 1966): insert, delete, replace.

    >>> distance("供水设施", "供水没施工")
    2
    """
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, its in enumerate(other, 1):
            cost = before + (char != its)
            before = row[place]
            row[place] = min(cost, before + 1, row[place - 1] + 1)
    return row[-1]


_WRITERS: dict[str, tuple[writers.Writer, str]] = {
    ".docx": (writers.docx, "python-docx"),
    ".pdf": (writers.pdf, "reportlab"),
    ".html": (writers.html, "自带的网页写法"),
    ".md": (writers.markdown, "自带的 Markdown 写法"),
    ".ofd": (writers.ofd, "自带的 GB/T 33190 写法"),
}
CLAIMS = (
    *(
        Claim(
            f"五个种子写成 {suffix} 再读回，提纲相同",
            "5/5",
            f"seeds，{library}",
            partial(_read_back, suffix, write),
        )
        for suffix, (write, library) in _WRITERS.items()
    ),
    Claim(
        "一页按 200 dpi 栅格化后 OCR：错字不超过 3 %，标题相同",
        "≤ 3 %",
        f"湖北文物规划第 {_PAGE} 页，与 PDF 本身的文字比",
        _ocr,
    ),
)
