"""Open a PDF, and say in one place what is wrong with one that cannot be read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import FileRefused

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

_TAIL = 2048  # bytes at the end among which a whole file says where its table of objects is
_LINEARIZED = re.compile(rb"/Linearized\s[^>]*?/L\s+(\d+)")


@contextmanager
def opened(content: bytes, name: str) -> Iterator[PDF]:
    """Give the PDF as pdfplumber opens it; FileRefused for whatever goes wrong meanwhile.

    Its pages must be closed after use: pdfplumber keeps what it has read of each.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfplumber.utils.exceptions import PdfminerException

    _check(content, name)
    for library in ("pdfminer", "pdfplumber"):  # they warn of every odd font
        logging.getLogger(library).setLevel(logging.ERROR)
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            if not pdf.pages:
                raise FileRefused(f"{name} 里没有一页", "文件可能损坏，请重新导出或下载")
            yield pdf
    except FileRefused:
        raise
    except PdfminerException as error:
        reason = error.args[0] if error.args else error
        if isinstance(reason, PDFPasswordIncorrect):
            raise FileRefused(
                f"{name} 有打开密码，读不了", "请用密码打开，另存为没有密码的 PDF 再导入"
            ) from error
        if isinstance(reason, PDFTextExtractionNotAllowed):
            raise FileRefused(f"{name} 不许取出文字", "请向制作者要没有限制的 PDF") from error
        raise _damaged(name, reason) from error
    except MemoryError as error:
        raise FileRefused(f"{name} 展开后超出内存", "请按章拆成几个文件") from error
    except Exception as error:  # pdfminer raises nearly anything on damaged objects
        raise _damaged(name, error) from error


def _check(content: bytes, name: str) -> None:
    """Refuse what is empty, no PDF or cut off, of which pdfminer would read the first pages."""
    if not content.strip():
        raise FileRefused(f"{name} 是空的，没有文字", "请检查文件是否完整")
    if b"%PDF-" not in content[:1024]:
        raise FileRefused(f"{name} 不是 PDF", "文件可能损坏或改错了后缀，请重新下载或导出")
    announced = _LINEARIZED.search(content[:1024])
    short = announced is not None and int(announced[1]) > len(content)
    if short or b"startxref" not in content.rstrip(b"\0\r\n\t ")[-_TAIL:]:
        raise FileRefused(f"{name} 不完整，后面的内容被截断", "请重新下载或复制这个文件")


def _damaged(name: str, reason: object) -> FileRefused:
    return FileRefused(
        f"{name} 已损坏，读不了（{type(reason).__name__}）",
        "请重新下载，或用浏览器、WPS 打开后另存为 PDF",
    )
