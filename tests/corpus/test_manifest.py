from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ManifestError
from corpus.manifest import (
    NAME,
    Entry,
    find_entry,
    read_manifest,
    write_atomically,
    write_manifest,
)
from corpus.model import Meta
from tests.strategies import METAS

_LINE = '{"doc_id": "plan", "file": "plan.txt", "title": "云河县规划"}'


def _folder(tmp_path: Path, *lines: str) -> Path:
    (tmp_path / NAME).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def _refusal(folder: Path) -> str:
    with pytest.raises(ManifestError) as refusal:
        read_manifest(folder)
    assert refusal.value.remedy
    return str(refusal.value)


def test_entries_come_in_the_order_of_their_lines(tmp_path: Path) -> None:
    other = '{"doc_id": "law", "file": "laws/law.txt", "title": "水法", "kind": null, "note": 3}'
    folder = _folder(tmp_path, other, "", _LINE)
    assert read_manifest(folder) == [
        Entry("law", tmp_path.resolve() / "laws" / "law.txt", Meta("水法"), further={"note": 3}),
        Entry("plan", tmp_path.resolve() / "plan.txt", Meta("云河县规划")),
    ]


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("\ufeff" + _LINE, encoding="utf-8")
    assert read_manifest(tmp_path)[0].doc_id == "plan"


@given(st.lists(METAS, min_size=1, max_size=4))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, metas: list[Meta]
) -> None:
    folder = tmp_path_factory.mktemp("corpus").resolve()
    entries = [Entry(f"d{n}", folder / f"d{n}.txt", meta) for n, meta in enumerate(metas)]
    write_manifest(folder, entries)
    assert read_manifest(folder) == entries


def test_what_is_not_read_here_is_written_again(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    line = _LINE[:-1] + ', "restated": true, "title_found": true, "说明": {"甲": [1, "\\ud800"]}}'
    write_manifest(folder, read_manifest(_folder(folder, line)))
    written = json.loads((folder / NAME).read_text(encoding="utf-8"))
    assert written.items() >= json.loads(line).items()


def test_a_title_that_was_found_is_nobodys_word(tmp_path: Path) -> None:
    [entry] = read_manifest(_folder(tmp_path, _LINE[:-1] + ', "title_found": true}'))
    assert (entry.meta.title, entry.said.title) == ("云河县规划", "")


def test_a_line_separator_in_a_title_does_not_break_its_line(tmp_path: Path) -> None:
    entry = Entry("plan", tmp_path.resolve() / "plan.txt", Meta("云河县\u2028规划"))
    write_manifest(tmp_path.resolve(), [entry])
    assert read_manifest(tmp_path.resolve()) == [entry]


def test_a_folder_given_by_a_relative_path_can_be_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder(tmp_path, _LINE)
    monkeypatch.chdir(tmp_path)
    entries = read_manifest(Path())
    write_manifest(Path(), entries)
    assert read_manifest(Path()) == entries


def test_a_folder_behind_a_link_can_be_written_again(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    entries = read_manifest(_folder(link, _LINE))
    write_manifest(link, entries)
    assert read_manifest(link) == entries


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('{"doc_id": "law"', "不是完整的 JSON"),
        ("[1, 2]", "不是 JSON 对象"),
        ('{"file": "a.txt", "title": "甲"}', "缺 doc_id"),
        ('{"doc_id": "law", "title": "甲"}', "缺 file"),
        ('{"doc_id": "law", "file": "a.txt"}', "缺 title"),
        ('{"doc_id": "law", "file": "a.txt", "title": " "}', "缺 title"),
        ('{"doc_id": 7, "file": "a.txt", "title": "甲"}', "缺 doc_id"),
        ('{"doc_id": "a/b", "file": "a.txt", "title": "甲"}', "doc_id“a/b”不能用"),
        ('{"doc_id": "../law", "file": "a.txt", "title": "甲"}', "doc_id“../law”不能用"),
        ('{"doc_id": "law", "file": "a.txt", "title": "甲", "issued": 2021}', "不是文字的字段"),
        ('{"doc_id": "law", "file": "a", "title": "甲", "restated": "no"}', "restated 不是真假"),
        ('{"doc_id": "law", "file": "../a.txt", "title": "甲"}', "文件夹之外"),
        ('{"doc_id": "law", "file": "/etc/hosts", "title": "甲"}', "文件夹之外"),
        ('{"doc_id": "law", "file": "a\\u0000.txt", "title": "甲"}', "file"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, broken: str, said: str) -> None:
    message = _refusal(_folder(tmp_path, _LINE, "", broken))
    assert "第 3 行" in message
    assert said in message


def test_a_doc_id_that_comes_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    message = _refusal(_folder(tmp_path, _LINE, "", _LINE))
    assert "“plan”" in message
    assert "第 3 行" in message
    assert "第 1 行" in message


def test_a_folder_without_manifest_is_refused_by_its_name(tmp_path: Path) -> None:
    message = _refusal(tmp_path)
    assert str(tmp_path) in message
    assert "zhangjie ingest" in message


def test_an_empty_manifest_is_refused(tmp_path: Path) -> None:
    assert "是空的" in _refusal(_folder(tmp_path, "", "  "))


def test_a_manifest_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff\xfe\x00\x81")
    assert "UTF-8" in _refusal(tmp_path)


def test_the_entry_of_a_file_is_found_beside_it(tmp_path: Path) -> None:
    _folder(tmp_path, _LINE)
    entry = find_entry(tmp_path / "plan.txt")
    assert entry is not None
    assert entry.doc_id == "plan"
    assert find_entry(tmp_path / "other.txt") is None


def test_a_file_without_manifest_beside_it_has_no_entry(tmp_path: Path) -> None:
    assert find_entry(tmp_path / "plan.txt") is None


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / NAME
    write_atomically(path, b"old")

    def interrupted(_self: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == [NAME]


def test_writing_makes_the_folder_that_is_missing(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b" / "file", b"new")
    assert (tmp_path / "a" / "b" / "file").read_bytes() == b"new"


def test_a_written_manifest_holds_one_object_a_line_in_plain_characters(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    write_manifest(
        folder, [Entry("plan", folder / "plan.txt", Meta("云河县规划", region="云河县"))]
    )
    content = (folder / NAME).read_text(encoding="utf-8")
    assert content.count("\n") == 1
    assert "云河县规划" in content
    assert json.loads(content)["file"] == "plan.txt"
