"""Binary Word files: read through LibreOffice, or refused with what to do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document

from corpus.errors import FileRefused
from ingest.pipeline import parse
from ingest.readers import office, read
from tests.ingest.readers.test_docx_refusals import ole_file
from tests.ingest.readers.word_files import append, in_list, level, numbered, p, saved

_SOFFICE = shutil.which(office.PROGRAM)
needs_soffice = pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")
_RTF = r"""{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}
{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc39\levelstartat1\levelfollow1
{\leveltext\'03第\'00章;}{\levelnumbers\'02;}}\listid7}}
{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}}
\pard\ls1\ilvl0 abc\par\pard\ls1\ilvl0 def\par}"""
_DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "policy_docx"


def _docx() -> bytes:
    document = Document()
    numbered(document, level("chineseCountingThousand", "第%1章", '<w:suff w:val="space"/>'))
    document.add_paragraph("云河县乡村供水规划")
    append(document, p("总体要求", properties='<w:pStyle w:val="Heading1"/>' + in_list(0)))
    document.add_paragraph("修渠建库，保障山区供水。")
    append(document, p("重点任务", properties='<w:pStyle w:val="Heading1"/>' + in_list(0)))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "水库", "3座"
    document.add_paragraph("到2025年自来水普及率达到96%。")
    return saved(document)


def _soffice(source: Path, form: str) -> Path:
    """Convert a file with a LibreOffice that is not ours, next to it."""
    folder = source.parent
    profile = f"-env:UserInstallation={(folder / 'lo').as_uri()}"
    subprocess.run(
        [str(_SOFFICE), profile, "--headless", "--convert-to", form, "--outdir", folder, source],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return source.with_suffix("." + form.split(":", maxsplit=1)[0])


def _converted(folder: Path, form: str) -> Path:
    """Write the document above as `form`."""
    source = folder / "规划.docx"
    source.write_bytes(_docx())
    return _soffice(source, form)


@needs_soffice
def test_a_doc_gives_what_the_docx_gives(tmp_path: Path) -> None:
    old = read(_converted(tmp_path, "doc"))
    new = read(tmp_path / "规划.docx")
    assert old.text.split() == new.text.split()
    assert [str(a) for _, a in parse(old).walk()] == ["第一章", "第二章"]


@needs_soffice
def test_an_rtf_is_read_with_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "规划.rtf"
    path.write_text(_RTF.replace("第", _escaped("第")).replace("章", _escaped("章")), "ascii")
    assert read(path).text.split("\n")[:2] == ["第一章 abc", "第二章 def"]


def _escaped(char: str) -> str:
    return rf"\u{ord(char)} ?"


@needs_soffice
def test_a_wps_file_that_is_word_inside_is_read(tmp_path: Path) -> None:
    path = _converted(tmp_path, "doc").rename(tmp_path / "规划.wps")
    assert "第二章 重点任务" in read(path).text.split("\n")


@needs_soffice
def test_a_doc_called_docx_is_read(tmp_path: Path) -> None:
    path = _converted(tmp_path, "doc").rename(tmp_path / "其实是.docx")
    assert "第二章 重点任务" in read(path).text.split("\n")


@needs_soffice
@pytest.mark.skipif(not _DATA.is_dir(), reason=f"no documents at {_DATA}")
def test_a_real_doc_has_the_text_that_libreoffice_writes(tmp_path: Path) -> None:
    (path,) = _DATA.glob("*.doc")
    copied = tmp_path / "a.doc"
    copied.write_bytes(path.read_bytes())
    oracle = _soffice(copied, "txt:Text:UTF8").read_text("utf-8-sig")
    assert "".join(read(path).text.split()) == "".join(oracle.split())


@needs_soffice
def test_a_doc_that_libreoffice_cannot_open_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "规划.doc"
    path.write_bytes(ole_file("WordDocument"))
    with pytest.raises(FileRefused, match="LibreOffice 打不开"):
        read(path)


@needs_soffice
def test_a_conversion_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _converted(tmp_path, "doc")
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(office.tempfile, "tempdir", str(own))
    read(path)
    assert list(own.iterdir()) == []


@pytest.mark.parametrize("name", ["规划.doc", "规划.wps"])
def test_without_libreoffice_the_refusal_names_package_and_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    path = tmp_path / name
    path.write_bytes(ole_file("WordDocument"))
    with pytest.raises(FileRefused, match=r"libreoffice-writer-nogui.*另存为 docx"):
        read(path)


def test_a_converter_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office.shutil, "which", lambda _: str(slow))
    monkeypatch.setattr(office, "SECONDS", 0.2)
    with pytest.raises(FileRefused, match="没有转换完"):
        office.read(ole_file("WordDocument"), "规划.doc")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ole_file("WordDocument", flags=0x0100), "密码"),
        (ole_file("EncryptedPackage"), "密码"),
        (ole_file("Workbook"), "没有 Word 文档"),
        (b"<html><body>x</body></html>", "网页"),
        ("﻿<!DOCTYPE html><html>".encode(), "网页"),
        (b"MIME-Version: 1.0\nx", "网页"),
        ("修渠建库".encode(), "不是 Word"),
        (b"\x00" * 600, "不是 Word"),
    ],
)
def test_what_is_no_word_file_is_refused_by_what_it_is(content: bytes, says: str) -> None:
    with pytest.raises(FileRefused, match=says) as refusal:
        office.read(content, "规划.doc")
    assert refusal.value.remedy


def test_a_docx_called_wps_needs_no_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: pytest.fail("not needed"))
    path = tmp_path / "规划.wps"
    path.write_bytes(_docx())
    assert "第一章 总体要求" in read(path).text.split("\n")
