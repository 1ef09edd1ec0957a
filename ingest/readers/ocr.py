"""Pictures of pages, and scanned pages of PDF, through the recogniser of `ocr_engine`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corpus.errors import FileRefused
from corpus.model import Problem
from ingest.readers import ocr_engine, pictures
from ingest.readers.layout import Laid, lay_out
from ingest.readers.placed import Line, rows, width
from ingest.reading import Reading

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DPI = 200
# Lines that the recogniser is less sure of are reported. On pages made noisy, 80 % of those had a
# wrong character, and 83 % of the lines with one were among them; on clean pages it is one a page.
DOUBT = 0.97
_POINTS = 72  # an inch
_HEIGHT = 0.8  # of a found box is type


def read(content: bytes, name: str) -> Reading:
    """Read a picture of pages (PNG, JPEG, TIFF with one page or many, BMP).

    FileRefused where no recogniser is installed, and for a picture that is broken, too large or
    without text. Problems: `ocr` says that all of it was recognised, `ocr-doubt` gives each line
    whose score is under `DOUBT`.
    """
    ocr_engine.require(name)
    lines: list[Line] = []
    heights: list[float] = []
    for at, picture in enumerate(pictures.frames(content, name)):
        lines += recognise(picture, at)
        heights.append(picture.height)
    if not lines:
        raise FileRefused(
            f"{name}：图片里没有认出文字", "请确认是文件扫描件，并以 200 dpi 以上重新扫描"
        )
    laid = lay_out(lines, heights)
    return Reading(laid.text, laid.pages, laid.marks, problems=tuple(problems(laid)))


def recognise(picture: Picture, page: int = 0, scale: float = 1.0) -> list[Line]:
    """Return the lines in an RGB picture of a page, top down, with their scores.

    Places are in pixels times `scale`; `page` is what the lines are to have as theirs.
    """
    pieces = [
        Line(
            page=page,
            x0=found.x0 * scale,
            x1=found.x1 * scale,
            top=found.top * scale,
            bottom=found.bottom * scale,
            size=_size(found) * scale,
            text=found.text,
            score=found.score,
        )
        for found in ocr_engine.find(picture)
    ]
    return rows(pieces)


def pdf_lines(content: bytes, pages: Iterable[int], name: str) -> Iterator[tuple[int, list[Line]]]:
    """Yield (page, lines) for pages (from 0) of a PDF that have no text, rendered at `DPI`.

    Places are in points from the upper left corner of the page as it is shown. FileRefused where no
    recogniser is installed or the page cannot be rendered.
    """
    import pypdfium2

    ocr_engine.require(name)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise FileRefused(f"{name}：PDF 打不开，无法识别文字", "请重新导出 PDF") from error
    with document:
        for at in pages:
            try:
                page = document[at]
                area = max(page.get_width() * page.get_height(), 1.0)
                scale = min(DPI / _POINTS, (pictures.MOST_PIXELS / area) ** 0.5)
                picture = page.render(scale=scale).to_pil().convert("RGB")
            except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
                raise FileRefused(
                    f"{name} 第 {at + 1} 页无法显示，也就无法识别文字", "请重新扫描这一页"
                ) from error
            yield at, recognise(picture, at, 1 / scale)


def problems(laid: Laid) -> Iterator[Problem]:
    """Yield what is doubtful in text that holds recognised lines; spans are of that text."""
    found = [(line, start, line.score) for line, start in laid.lines if line.score is not None]
    if not found:
        return
    mean = sum(score for _, _, score in found) / len(found)
    yield Problem(
        "ocr", f"{len(found)} 行文字由 OCR 从图片识别（平均把握 {mean:.0%}），引用前请核对原件"
    )
    for line, start, score in found:
        if score < DOUBT and not line.kind:
            text = line.text.strip()
            message = f"第 {line.page + 1} 页有一行识别把握只有 {score:.0%}：{text}"
            yield Problem("ocr-doubt", message, start, start + len(text))


def _size(found: ocr_engine.Found) -> float:
    """Return the size of type: by the width of a longer line, which is surer, or by the height."""
    height = max(_HEIGHT * (found.bottom - found.top), 1.0)
    wide = width(found.text)
    if wide < 6:
        return height
    return min(max((found.x1 - found.x0) / wide, 0.75 * height), 1.25 * height)
