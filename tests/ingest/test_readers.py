from __future__ import annotations

import codecs
import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import FileRefused
from ingest import readers
from ingest.readers import read, txt

_TEXT = """第一章 总体要求
坚持城乡一体推进供水，到2025年自来水普及率达到96%。

“一户一表”：逐户安装。
"""


def _file(tmp_path: Path, content: bytes, name: str = "规划.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def _refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as refusal:
        read(path)
    assert refusal.value.remedy
    assert path.name in str(refusal.value)
    assert any("一" <= char <= "龥" for char in refusal.value.message.replace(path.name, ""))
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
def test_chinese_text_is_read_in_each_encoding_without_a_mark(
    tmp_path: Path, encoding: str
) -> None:
    assert read(_file(tmp_path, _TEXT.encode(encoding))).text == _TEXT


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(
    tmp_path: Path, mark: bytes, encoding: str
) -> None:
    assert read(_file(tmp_path, mark + _TEXT.encode(encoding))).text == _TEXT


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_reads_as_one(tmp_path: Path, end: str) -> None:
    assert read(_file(tmp_path, f"修渠{end}建库{end}".encode())).text == "修渠\n建库\n"


def test_two_line_ends_of_windows_are_two(tmp_path: Path) -> None:
    assert read(_file(tmp_path, "修渠\r\n\r\n建库".encode())).text == "修渠\n\n建库"


def test_rare_characters_of_gb18030_are_read(tmp_path: Path) -> None:
    text = "地名用字：𬒈、㮾，村名照写；" + _TEXT
    assert read(_file(tmp_path, text.encode("gb18030"))).text == text


def test_a_contents_page_full_of_dots_is_read_as_utf_8(tmp_path: Path) -> None:
    text = "目录\n第一章 总体要求" + "…" * 40 + "1\n第二章 重点任务" + "…" * 40 + "3\n"
    assert read(_file(tmp_path, text.encode())).text == text


def test_two_characters_of_gbk_are_read(tmp_path: Path) -> None:
    assert read(_file(tmp_path, "供水".encode("gbk"))).text == "供水"


@pytest.mark.parametrize("name", ["a.txt", "B.TXT", "名 称.Txt"])
def test_the_suffix_counts_in_any_case(tmp_path: Path, name: str) -> None:
    assert read(_file(tmp_path, _TEXT.encode(), name)).text == _TEXT


@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", "\u3000\n".encode(), codecs.BOM_UTF8])
def test_a_file_without_text_is_refused(tmp_path: Path, content: bytes) -> None:
    _refusal(_file(tmp_path, content))


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x80\x00\x00\x01\xe0\x08\x06",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4,
        random.Random(7).randbytes(4096),
        b"\x00" * 100,
    ],
    ids=["png", "zip", "pdf", "random", "zeros"],
)
def test_a_binary_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert re.search("另存为|后缀", _refusal(_file(tmp_path, content)))


def test_a_mark_that_lies_about_the_encoding_is_refused(tmp_path: Path) -> None:
    assert "utf-8" in _refusal(_file(tmp_path, codecs.BOM_UTF8 + "供水规划".encode("gbk")))


def test_utf_8_that_was_cut_inside_a_character_is_refused(tmp_path: Path) -> None:
    _refusal(_file(tmp_path, _TEXT.encode()[:-3]))


def test_text_that_was_decoded_wrongly_before_is_not_made_worse(tmp_path: Path) -> None:
    mojibake = _TEXT.encode().decode("gb18030", errors="replace")
    assert read(_file(tmp_path, mojibake.encode())).text == mojibake


@pytest.mark.parametrize("name", ["规划.xyz", "规划", ".txt"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    assert ".txt" in _refusal(_file(tmp_path, _TEXT.encode(), name))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "没有文件" in _refusal(tmp_path / "没有.txt")


def test_a_folder_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "文件夹.txt").mkdir()
    assert "而不是文件夹" in _refusal(tmp_path / "文件夹.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, _TEXT.encode())
    monkeypatch.setattr(readers, "LARGEST", len(_TEXT.encode()) - 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _self: pytest.fail("the file was read"))
    assert "MB" in _refusal(path)


def test_a_file_of_just_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LARGEST", len(_TEXT.encode()))
    assert read(_file(tmp_path, _TEXT.encode())).text == _TEXT


def test_a_file_that_the_system_withholds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "权限" in _refusal(_file(tmp_path, _TEXT.encode()))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        text = txt.decode(content, "任意.txt")
    except FileRefused:
        return
    assert "\r" not in text


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["供水规划，", "修渠建库。", "第三章 保障", "2025年、", "\n"])),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
)
def test_policy_prose_is_never_taken_for_another_encoding(parts: list[str], encoding: str) -> None:
    text = "为保障山区供水，" + "".join(parts)
    assert txt.decode(text.encode(encoding), "规划.txt") == text
