from __future__ import annotations

import io
import socket
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import FileRefused
from corpus.model import Problem
from ingest.headings import candidate
from ingest.pipeline import parse
from ingest.readers import ocr, ocr_engine, pictures, read, scans
from ingest.readers.page.columns import in_order
from ingest.readers.page.doubts import doubts
from ingest.readers.page.lines import lines_of
from ingest.readers.page.model import Box, Glyph, Page
from ingest.readers.page.writing import Written, lay_out
from ingest.reading import Reading
from tests.ingest.readers import typeset
from tests.ingest.readers.invented import plan

_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
_HUBEI = sorted(
    (Path(__file__).resolve().parents[4] / "shared/data/policy_pdf").glob("*湖北省文物*")
)
_FONT = next((font for font in _FONTS if Path(font).is_file()), "")
_DOT = 200 / 25.4  # pixels a millimetre
_PLAN = plan(1)[:5]
recogniser = pytest.mark.skipif(
    not (ocr_engine.available() and _FONT),
    reason="rapidocr (extra `ocr`) or a Chinese font is not installed",
)


def _pictures(paragraphs: list[str]) -> list[Image.Image]:
    """Draw the pages of a text as a scanner at 200 dpi would give them."""
    font = ImageFont.truetype(_FONT, round(typeset.EM * _DOT))
    result = []
    for page, lines in enumerate(typeset.pages(paragraphs)):
        picture = Image.new("L", tuple(round(side * _DOT) for side in typeset.PAGE), "white")
        pen = ImageDraw.Draw(picture)
        for line in lines:
            x = line.x
            for char, step in zip(line.text, (*line.steps, 0.0), strict=True):
                pen.text((x * _DOT, line.y * _DOT), char, 0, font, anchor="ls")
                x += step
        number = f"- {page + 1} -"
        pen.text((100 * _DOT, typeset.NUMBER_Y * _DOT), number, 0, font, anchor="ls")
        result.append(picture)
    return result


def _file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _squeezed(lines: Iterable[str]) -> str:
    return "".join("".join(line.split()) for line in lines)


def _errors(wanted: str, got: str) -> int:
    """Return the edit distance (Levenshtein 1966)."""
    before = list(range(len(got) + 1))
    for at, char in enumerate(wanted, 1):
        row = [at]
        for to, other in enumerate(got, 1):
            row.append(min(before[to] + 1, row[-1] + 1, before[to - 1] + (char != other)))
        before = row
    return before[-1]


def _body(reading: Reading) -> str:
    text = reading.text
    for mark in reversed(reading.marks):
        text = text[: mark.start] + text[mark.end :]
    return text


def _refusal(content: bytes, name: str = "扫描件.png") -> str:
    with pytest.raises(FileRefused) as refusal:
        ocr.read(content, name)
    assert refusal.value.remedy
    assert name in refusal.value.message
    return str(refusal.value)


@recogniser
def test_a_picture_of_a_page_is_read_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_args: object) -> None:
        pytest.fail("the recogniser went to the network")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    ocr_engine._engine.cache_clear()
    [picture] = _pictures(_PLAN)
    reading = ocr.read(_file(picture), "扫描件.png")
    wanted = _squeezed(_PLAN)
    assert _errors(wanted, _squeezed([_body(reading)])) <= 0.01 * len(wanted)
    assert [mark.kind for mark in reading.marks] == ["page-number"]
    assert reading.problems[0].code == "ocr"
    assert [str(a) for _, a in parse(reading).walk()] == [
        str(a) for _, a in parse("\n".join(_PLAN)).walk()
    ]


@recogniser
def test_a_tiff_of_several_pages_has_pages() -> None:
    first, second = _pictures(_PLAN)[0], _pictures(["第二章 建库", "建库三座。", "修渠两条。"])[0]
    content = _file(first, "TIFF", save_all=True, append_images=[second])
    reading = ocr.read(content, "扫描件.tif")
    assert len(reading.pages) == 2
    assert reading.text[reading.pages[1] :].startswith("第二章")


@recogniser
@pytest.mark.parametrize("turn", [90, 180, 2])
def test_a_page_that_lies_or_slants_is_read(turn: int) -> None:
    [picture] = _pictures(_PLAN)
    turned = picture.rotate(turn, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    reading = ocr.read(_file(turned, "JPEG", quality=85), "扫描件.jpg")
    wanted = _squeezed(_PLAN)
    assert _errors(wanted, _squeezed([_body(reading)])) <= 0.02 * len(wanted)
    assert len(_body(reading).split()) == pytest.approx(len(_PLAN), abs=2)


@recogniser
def test_a_picture_without_text_is_refused() -> None:
    assert "没有认出文字" in _refusal(_file(Image.new("L", (800, 1000), "white")))


@recogniser
def test_a_page_of_a_pdf_is_recognised_in_points() -> None:
    [picture] = _pictures(_PLAN)
    content = _file(picture, "PDF", resolution=200)
    lines = lines_of(scans.recognised(content, 1, "扫描件.pdf"))
    assert max(line.box.x1 for line in lines) <= 596
    assert lines[-1].box.bottom == pytest.approx(typeset.NUMBER_Y / 25.4 * 72, abs=5)
    wanted = _squeezed(_PLAN)
    body = _squeezed(line.text for line in lines[:-1])
    assert _errors(wanted, body) <= 0.01 * len(wanted)


@recogniser
def test_a_pdf_that_does_not_open_is_refused() -> None:
    with pytest.raises(FileRefused, match="打不开"):
        scans.recognised(b"%PDF-1.7 nothing", 1, "扫描件.pdf")


def _laid(*glyphs: Glyph) -> Written:
    return lay_out([Page(1, Box(0, 0, 310, 200), tuple(in_order(glyphs)))])


def test_doubtful_lines_are_problems_with_their_places() -> None:
    laid = _laid(
        Glyph("修渠十公里。", Box(10, 10, 300, 20), 10, 0.999),
        Glyph("建库三坐。", Box(10, 30, 300, 40), 10, 0.4),
        Glyph("1", Box(90, 190, 95, 198), 10, 0.3),
    )
    whole, doubt = doubts(laid.pieces)
    assert whole.code == "ocr"
    assert isinstance(doubt, Problem)
    assert (doubt.code, laid.text[doubt.start : doubt.end]) == ("ocr-doubt", "建库三坐。")
    assert "40%" in doubt.message


def test_text_of_the_file_itself_is_not_doubted() -> None:
    assert list(doubts(_laid(Glyph("修渠。", Box(10, 10, 300, 20), 10)).pieces)) == []


def test_rapidocr_missing_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "available", lambda: False)
    assert "pip install 'zhangjie[ocr]'" in _refusal(_file(Image.new("L", (9, 9))))


@recogniser
@pytest.mark.skipif(not _HUBEI, reason="the PDF of 湖北文物 is not in ../shared/data/policy_pdf")
@pytest.mark.parametrize("page", [8, 27])
def test_a_rasterised_page_of_a_real_plan_is_read_with_its_headings(page: int) -> None:
    """At most 3 % of characters wrong against the text that the PDF itself has on the page."""
    import pdfplumber

    content = _HUBEI[0].read_bytes()
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        own = pdf.pages[page - 1].extract_text()
    lines = lines_of(scans.recognised(content, page, "湖北文物.pdf"))
    wanted = _squeezed([own])
    assert _errors(wanted, _squeezed(line.text for line in lines)) <= 0.03 * len(wanted)
    assert _headings(line.text for line in lines) == _headings(own.split("\n")) != []


def _headings(lines: Iterable[str]) -> list[tuple[str, int | None]]:
    found = (candidate(line.strip()) for line in lines)
    return [(each.level.name, each.number) for each in found if each]


# -- pictures ------------------------------------------------------------------------------------


def _bomb(width: int, height: int) -> bytes:
    """Return a PNG that says it is large and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_000, 12_000, 60_000])
def test_a_pixel_bomb_is_refused_before_it_is_decoded(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("it was decoded"))
    with pytest.raises(FileRefused, match="像素"):
        list(pictures.frames(_bomb(side, side), "图.png"))


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"BM", b"GIF89a" + bytes(50)])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="损坏"):
        list(pictures.frames(content, "图.png"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_a_truncated_picture_is_refused(kind: str) -> None:
    content = _file(Image.effect_noise((200, 200), 50), kind)
    with pytest.raises(FileRefused, match="损坏"):
        list(pictures.frames(content[: len(content) // 2], "图"))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_pictures_of_every_mode_become_rgb(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    [picture] = pictures.frames(_file(Image.new(mode, (20, 10)), kind), "图")
    assert (picture.mode, picture.size) == ("RGB", (20, 10))


def test_what_is_transparent_is_white() -> None:
    [picture] = pictures.frames(_file(Image.new("RGBA", (2, 2), (0, 0, 0, 0))), "图.png")
    assert picture.getpixel((0, 0)) == (255, 255, 255)


@settings(max_examples=300)
@given(st.sampled_from(["PNG", "JPEG", "TIFF", "BMP"]), st.data())
def test_any_damage_is_a_picture_or_refused(kind: str, data: st.DataObject) -> None:
    content = bytearray(_file(Image.new("RGB", (8, 8), "red"), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        list(pictures.frames(bytes(content), "图"))
    except FileRefused:
        return


def test_a_bmp_of_any_size_is_known_by_its_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr_engine, "available", lambda: False)
    path = tmp_path / "图.bmp"
    path.write_bytes(_file(Image.new("L", (7, 9)), "BMP"))
    with pytest.raises(FileRefused, match="OCR"):
        read(path)
