from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import names
from corpus.errors import FileRefused
from corpus.manifest import Entry, from_record
from corpus.model import Meta
from ingest.corrections import file_for

FOLDER = Path("/不存在/库")


def entry(doc_id: str, file: str) -> Entry:
    return Entry(doc_id, FOLDER / file, Meta(doc_id))


@pytest.mark.parametrize(
    ("outside", "doc_id"),
    [
        ("../../etc/passwd.txt", "passwd"),
        ("..\\x.txt", "x"),
        ("C:\\文件\\规划.pdf", "规划"),
        ("CON.txt", "_CON"),
        ("con.规划.txt", "_con.规划"),
        ("lpt1.pdf", "_lpt1"),
        ("关于“十四五”规划（草案）.docx", "关于-十四五-规划-草案"),
        ("甲\u202etxt.pdf", "甲txt"),
        ("\u200f规划\x00\n一.txt", "规划一"),
        ("...txt", "document"),
        ("😀.txt", "document"),
        (".htaccess.txt", "htaccess"),
        ("-rf.txt", "rf"),
        ("cafe\u0301.txt", "café"),
        ("长" * 3000 + ".pdf", "长" * 53),
    ],
)
def test_the_stored_name_is_ours_and_readable(outside: str, doc_id: str) -> None:
    assert names.doc_id_for(names.shown(outside), []) == doc_id


@given(st.text(max_size=300), st.sampled_from([".txt", ".PDF", ".markdown"]))
def test_no_name_from_outside_leads_anywhere(stem: str, suffix: str) -> None:
    shown = names.shown(f"{stem}甲{suffix}")
    doc_id = names.doc_id_for(shown, [])
    path = names.free_path(FOLDER, doc_id, names.suffix_of(shown), [])
    assert path.parent == FOLDER
    assert re.fullmatch(r"\w[\w.\-]*\.(?:txt|pdf|markdown)", path.name)
    assert len(file_for(path).name.encode()) < 240
    record = {"doc_id": doc_id, "file": path.name, "title": "甲"}
    assert from_record(FOLDER, record, "").path == path


@given(st.text(max_size=400))
def test_a_name_that_is_shown_is_one_short_line(name: str) -> None:
    shown = names.shown(name)
    assert shown == names.shown(shown)
    assert len(shown) <= 200
    assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(char) for char in shown}
    assert not set("/\\") & set(shown)


@pytest.mark.parametrize(
    "name", ["x.exe", "x", "", "x.txt.exe", "txt", ".txt", "规划\u202efdp.exe"]
)
def test_a_suffix_that_no_reader_has_is_refused(name: str) -> None:
    with pytest.raises(FileRefused, match="目前能读"):
        names.suffix_of(names.shown(name))


def test_names_that_are_taken_are_numbered_whatever_their_case() -> None:
    entries = [entry("Plan", "甲.txt"), entry("plan-2", "PLAN.TXT")]
    assert names.doc_id_for("plan.txt", entries) == "plan-3"
    assert names.free_path(FOLDER, "plan", ".txt", entries).name == "plan-2.txt"


def test_a_file_that_nobody_names_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").touch()
    file_for(tmp_path / "甲-2.txt").touch()
    assert names.free_path(tmp_path, "甲", ".txt", []).name == "甲-3.txt"
