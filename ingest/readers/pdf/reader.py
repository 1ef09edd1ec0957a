"""Read a whole PDF: its pages, its facts, and the doubts about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from corpus.errors import FileRefused
from corpus.model import Problem
from ingest.readers.page.doubts import doubts
from ingest.readers.page.model import Page
from ingest.readers.page.writing import Written, lay_out
from ingest.readers.pdf.opening import opened
from ingest.readers.pdf.pages import Recognise, page_of
from ingest.reading import Fact, Reading

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_GARBLED = 0.5  # of all characters: from this share on the text cannot be used
_FACTS = ("Title", "Author", "Subject", "Keywords", "CreationDate")


def read(content: bytes, name: str, recognise: Recognise | None = None) -> Reading:
    """Read a PDF, one page after the other; FileRefused where it has no text that can be used.

    `recognise` reads pages that are pictures; without it they are a problem each, and a file of
    nothing else is refused.
    """
    with opened(content, name) as pdf:
        pages = []
        for source in pdf.pages:
            pages.append(page_of(source, recognise))
            source.close()  # or pdfplumber keeps every character of it
        facts = tuple(_facts(pdf.metadata))
        bookmarks = frozenset(_bookmarks(pdf))
    _refuse(pages, name)
    written = lay_out(pages, titles=bookmarks)
    return Reading(
        text=written.text,
        pages=tuple(written.pages),
        marks=tuple(written.marks),
        facts=facts,
        problems=(*_problems(pages, written), *doubts(written.pieces)),
    )


def _facts(metadata: dict[str, Any]) -> Iterator[Fact]:
    for name in _FACTS:
        value = metadata.get(name)
        if isinstance(value, str) and value.strip():
            yield Fact(name, value.strip(), "文档属性")


def _bookmarks(pdf: PDF) -> Iterator[str]:
    """Yield the bookmarks without blanks, nothing where the file has none."""
    from pdfminer.pdfdocument import PDFNoOutlines

    try:
        for _, title, *_ in pdf.doc.get_outlines():
            yield "".join(str(title).split())
    except PDFNoOutlines:
        return


# -- doubts ------------------------------------------------------------------------------------


def _refuse(pages: Sequence[Page], name: str) -> None:
    """Refuse a scan, and text without meaning."""
    glyphs, garbled = sum(page.glyphs for page in pages), sum(page.garbled for page in pages)
    if not any(page.flow for page in pages):
        if any(page.is_picture for page in pages):
            raise FileRefused(
                f"{name} 是扫描件（共 {len(pages)} 页），只有图像，没有文字",
                "用 pip install 'zhangjie[ocr]' 装上文字识别就能读",
            )
        raise FileRefused(f"{name} 里没有文字", "请检查文件是否完整，或从原稿重新导出")
    if garbled > _GARBLED * glyphs:
        raise FileRefused(
            f"{name} 的字体缺少编码，{_share(garbled, glyphs)} 的字符取不出文字",
            "请从原稿重新导出（嵌入字体），或打印成图像后用文字识别读",
        )


def _problems(pages: Sequence[Page], written: Written) -> Iterator[Problem]:
    starts = [*written.pages, len(written.text)]
    for at, page in enumerate(pages):
        where = (starts[at], max(starts[at], starts[at + 1]))
        if page.is_picture:
            message = f"第 {page.number} 页是图像，没有文字可读"
            yield Problem("page-is-picture", message, *where)
        elif page.pictures:
            message = f"第 {page.number} 页有 {len(page.pictures)} 处图片，其中的文字没有读出"
            yield Problem("picture", message, *where)
    glyphs, garbled = sum(page.glyphs for page in pages), sum(page.garbled for page in pages)
    if garbled:
        message = f"有 {garbled} 个字符（{_share(garbled, glyphs)}）字体没有给出文字，显示为乱码"
        yield Problem("garbled-text", message)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}"
