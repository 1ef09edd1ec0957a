"""Bad files through the one door that all files take: a refusal each, and nothing stored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from api.importing import add_files
from corpus.errors import FileRefused
from ingest import readers

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"


def _pdf(text: str = "供水规划", password: str = "") -> bytes:
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas", reason="没有安装 reportlab")
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = canvas_module.Canvas(
        buffer, encrypt=StandardEncryption(password) if password else None
    )
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 700, text)
    canvas.save()
    return buffer.getvalue()


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


_NAVIGATION = "<html><body><ul>" + '<li><a href="/a">首页</a></li>' * 40 + "</ul></body></html>"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504

_BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty pdf": ("规划.pdf", lambda: b"", "空的"),
    "truncated pdf": ("规划.pdf", lambda: _pdf()[:200], "损坏|不完整"),
    "encrypted pdf": ("规划.pdf", lambda: _pdf(password="密"), "密码|加密"),
    "picture named pdf": ("规划.pdf", lambda: _PNG, "PNG"),
    "text named pdf": ("规划.pdf", "第一章 供水".encode, "不是 .pdf"),
    "protected docx": ("规划.docx", lambda: _OLE, "密码|加密|损坏|另存为"),
    "docx without a document": ("规划.docx", lambda: _zip(a=b"1"), "docx"),
    "docx that breaks python-docx": (
        "规划.docx",
        lambda: _zip(**{"word__document.xml": b"<w:document>", "[Content_Types].xml": b"<"}),
        "损坏|XML|docx",
    ),
    "zip bomb": ("规划.docx", lambda: _zip(**{"word__document.xml": b"\0" * 600_000_000}), "解压"),
    "path out of an archive": ("规划.ofd", lambda: _zip(**{"..__..__OFD.xml": b"<a/>"}), "OFD|ofd"),
    "navigation only": ("规划.html", _NAVIGATION.encode, "正文"),
    "no text at all": ("规划.txt", lambda: b" \n\t ", "没有文字|空的"),
    "random bytes": ("规划.txt", lambda: bytes(range(256)) * 40, "编码"),
    "unknown suffix": ("规划.exe", lambda: b"MZ", "后缀"),
}


@pytest.mark.parametrize("name", _BAD)
def test_a_bad_file_is_refused_with_its_reason_and_nothing_is_stored(
    tmp_path: Path, name: str
) -> None:
    file, content, reason = _BAD[name]
    path = tmp_path / file
    path.write_bytes(content())
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    with pytest.raises(FileRefused, match=reason) as refusal:
        add_files([path], corpus)
    assert refusal.value.remedy
    assert file in refusal.value.message
    assert list(corpus.iterdir()) == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "规划.pdf"
    with path.open("wb") as file:
        file.truncate(readers.LARGEST * 4)  # 1 GB without a byte on disk
    with pytest.raises(FileRefused, match="超过"):
        readers.read(path)


def test_a_scan_without_a_recogniser_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pil = pytest.importorskip("PIL.Image", reason="没有安装 pillow")
    path = tmp_path / "扫描.pdf"
    pil.new("RGB", (600, 800), "white").save(path, "PDF")
    monkeypatch.setattr("ingest.readers.ocr_engine.available", lambda: False)
    with pytest.raises(FileRefused, match="扫描") as refusal:
        readers.read(path)
    assert "zhangjie[ocr]" in refusal.value.remedy


def test_glyphs_without_letters_are_refused() -> None:
    from ingest.checkup import examine
    from ingest.pipeline import parse
    from ingest.reading import Reading

    text = "".join(f"(cid:{number})" for number in range(200))
    assert examine(parse(text), Reading(text)).verdict.value == "refused"
