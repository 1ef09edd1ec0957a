"""PDF whose pages may be pictures: their text is recognised where a recogniser is installed."""

from __future__ import annotations

from corpus.errors import FileRefused
from ingest.readers import ocr, ocr_engine, pdf, pictures
from ingest.readers.page.model import Glyph
from ingest.reading import Reading

DPI = 200
_POINTS = 72  # an inch


def read(content: bytes, name: str) -> Reading:
    """Read a PDF; without a recogniser (extra `ocr`) pages that are pictures are a problem each.

    FileRefused and problems as of `pdf.read`.
    """
    if not ocr_engine.available():
        return pdf.read(content, name)
    return pdf.read(content, name, lambda page: recognised(content, page.page_number, name))


def recognised(content: bytes, number: int, name: str) -> list[Glyph]:
    """Return the pieces of lines of a page (from 1) of a PDF without text, rendered at `DPI`.

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
        try:
            page = document[number - 1]
            area = max(page.get_width() * page.get_height(), 1.0)
            scale = min(DPI / _POINTS, (pictures.MOST_PIXELS / area) ** 0.5)
            picture = page.render(scale=scale).to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
            raise FileRefused(
                f"{name} 第 {number} 页无法显示，也就无法识别文字", "请重新扫描这一页"
            ) from error
    return ocr.recognise(picture, 1 / scale)
