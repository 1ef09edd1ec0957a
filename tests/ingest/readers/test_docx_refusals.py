"""A .docx that is none, or that would do harm, is refused with what to do."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import FileRefused
from ingest.readers import archive, ole, read, word
from tests.ingest.readers.word_files import body, edited, p, saved

NAME = "规划.docx"


def _refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        word.read(content, NAME)
    assert NAME in refusal.value.message
    assert refusal.value.remedy
    return refusal.value.message


def _docx() -> bytes:
    return saved(body(p("修渠建库。")))


def _zip(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


def ole_file(*names: str, flags: int = 0) -> bytes:
    """Return the beginning of an OLE file with a directory of streams, all at sector 1."""
    header = bytearray(ole.MAGIC.ljust(512, b"\0"))
    struct.pack_into("<H", header, 0x1E, 9)
    directory = b""
    for name in names:
        encoded = name.encode("utf-16-le")
        entry = bytearray(encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded) + 2))
        entry = entry.ljust(128, b"\0")
        struct.pack_into("<I", entry, 0x74, 1)
        directory += bytes(entry)
    stream = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags)
    return bytes(header) + directory.ljust(512, b"\0") + stream.ljust(512, b"\0")


@pytest.mark.parametrize("name", ["EncryptedPackage", "EncryptionInfo"])
def test_a_document_with_a_password_is_refused_as_such(tmp_path: Path, name: str) -> None:
    content = ole_file(name)
    assert "密码" in _refusal(content)
    path = tmp_path / NAME
    path.write_bytes(content)
    with pytest.raises(FileRefused, match="请去掉密码后再加入"):
        read(path)


def test_a_doc_called_docx_is_handed_to_office(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.readers import office

    monkeypatch.setattr(office, "read", lambda content, name: (content[:4], name))
    content = ole_file("WordDocument")
    assert word.read(content, NAME) == (content[:4], NAME)


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_docx_that_was_cut_off_is_refused(keep: float) -> None:
    content = _docx()
    assert "不完整" in _refusal(content[: int(len(content) * keep)])


def test_a_docx_with_a_wrong_byte_is_refused() -> None:
    content = bytearray(_docx())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        at = package.getinfo("word/document.xml").header_offset + 60
    content[at] ^= 0xFF
    assert "损坏" in _refusal(bytes(content))


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"a.txt": b"x"}, "没有 Word 文档"),
        ({"OFD.xml": b"<x/>"}, "OFD"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "ODF"),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, "别的 Office 文件"),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "缺少必需的部件"),
    ],
)
def test_a_zip_that_is_no_docx_is_refused_by_what_it_is(
    members: dict[str, bytes], says: str
) -> None:
    assert says in _refusal(_zip(**members))


def test_a_docx_without_its_main_part_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(_docx())) as package:
        members = {name: package.read(name) for name in package.namelist()}
    del members["word/document.xml"]
    assert "缺少必需的部件" in _refusal(_zip(**members))


def test_a_strict_docx_is_refused_as_such() -> None:
    transitional = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    change = {"_rels/.rels": lambda xml: xml.replace(transitional, strict)}
    assert "严格 Open XML" in _refusal(edited(_docx(), change))


@pytest.mark.parametrize(
    "member", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"]
)
def test_xml_that_does_not_parse_is_refused(member: str) -> None:
    assert "损坏" in _refusal(edited(_docx(), {member: lambda xml: xml[:-20]}))


def test_a_document_without_body_is_refused() -> None:
    change = {"word/document.xml": lambda xml: xml.replace(b"w:body", b"w:nobody")}
    assert "不是完整的 docx" in _refusal(edited(_docx(), change))


def test_an_external_entity_is_not_resolved_but_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    doctype = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(xml: bytes) -> bytes:
        declaration, rest = xml.split(b"?>", 1)
        return declaration + b"?>" + doctype + rest.replace("修渠".encode(), b"&x;")

    assert "DTD" in _refusal(edited(_docx(), {"word/document.xml": change}))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\a.exe", "C:/a.exe"])
def test_a_path_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    assert "指向包外的路径" in _refusal(edited(_docx(), {name: b"x"}))


def test_a_zip_bomb_is_refused_by_its_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    content = edited(_docx(), {"word/media/image1.png": b"\0" * (32 * 2**20)})
    monkeypatch.setattr(archive.Archive, "_pieces", lambda *_: pytest.fail("it was unpacked"))
    assert "压缩炸弹" in _refusal(content)


def test_too_much_xml_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_XML", 1000)
    assert "压缩炸弹" in _refusal(_docx())


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    assert "个文件" in _refusal(_docx())


def test_a_directory_that_gives_too_small_a_size_does_not_open_the_door() -> None:
    content = edited(_docx(), {"word/media/image1.png": b"\0" * 4_000_000})
    lie = content.replace(struct.pack("<I", 4_000_000), struct.pack("<I", 1000))
    assert lie != content
    assert "损坏" in _refusal(lie)


def test_reading_stops_where_members_unpack_to_more_than_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = archive.Archive(_zip(**{"a.png": b"\0" * 5_000_000}), NAME)
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 2_000_000)
    with pytest.raises(FileRefused, match="压缩炸弹"):
        opened.check()


def test_a_zip_with_a_password_is_refused() -> None:
    content = bytearray(_docx())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "加了密" in _refusal(bytes(content))


def test_a_relationship_to_a_part_that_is_missing_is_refused() -> None:
    relation = b'<Relationship Id="rId98" Type="http://x/footnotes" Target="none.xml"/>'
    change = {
        "word/_rels/document.xml.rels": lambda xml: xml.replace(
            b"</Relationships>", relation + b"</Relationships>"
        )
    }
    assert "缺少必需的部件" in _refusal(edited(_docx(), change))


def test_blocks_nested_beyond_reason_are_refused_or_read() -> None:
    depth = 600
    deep = "<w:sdt><w:sdtContent>" * depth + p("深") + "</w:sdtContent></w:sdt>" * depth

    def change(xml: bytes) -> bytes:
        return xml.replace(b"<w:body>", b"<w:body>" + deep.encode())

    content = edited(_docx(), {"word/document.xml": change})
    assert "嵌套太深" in _refusal(content) or "损坏" in _refusal(content)


def test_a_document_with_no_properties_has_no_facts() -> None:
    with zipfile.ZipFile(io.BytesIO(_docx())) as package:
        members = {n: package.read(n) for n in package.namelist() if n != "docProps/core.xml"}
    rels = members["_rels/.rels"].decode()
    start = rels.index("<Relationship ", rels.index("<Relationship ") - 1)
    kept = [r for r in rels[start:].split("<Relationship ") if r and "core-properties" not in r]
    joined = rels[:start] + "".join("<Relationship " + r for r in kept)
    if "</Relationships>" not in joined:
        joined += "</Relationships>"
    members["_rels/.rels"] = joined.encode()
    assert word.read(_zip(**members), NAME).facts == ()


def test_properties_of_the_wrong_kind_are_no_facts_and_no_refusal() -> None:
    change = {"docProps/core.xml": lambda _: b"<x/>"}
    found = word.read(edited(_docx(), change), NAME)
    assert (found.text, found.facts) == ("修渠建库。\n", ())


_BYTES = saved(Document())


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(_BYTES) - 1), st.integers(0, 255)), max_size=6))
def test_changed_bytes_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    content = bytearray(_BYTES)
    for at, value in changes:
        content[at] = value
    with contextlib.suppress(FileRefused):
        assert word.read(bytes(content), NAME).text is not None
