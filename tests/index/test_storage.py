from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import StoreError
from index.storage import SEAL, read_fingerprint, write_folder


def fill(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "data.bin").write_bytes(b"vectors")


def test_a_folder_says_what_it_was_made_for(tmp_path: Path) -> None:
    write_folder(tmp_path / "index", "corpus 1", fill)
    assert read_fingerprint(tmp_path / "index") == "corpus 1"
    assert read_fingerprint(tmp_path / "none") is None


def test_a_new_folder_takes_the_place_of_the_old_and_leaves_nothing(tmp_path: Path) -> None:
    for fingerprint in ("old", "new"):
        write_folder(tmp_path / "index", fingerprint, fill)
    assert read_fingerprint(tmp_path / "index") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_an_interrupted_writer_leaves_the_old_folder(tmp_path: Path) -> None:
    write_folder(tmp_path / "index", "old", fill)

    def interrupted(folder: Path) -> None:
        (folder / "half").write_bytes(b"x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "index", "new", interrupted)
    assert read_fingerprint(tmp_path / "index") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


@pytest.mark.parametrize("name", ["inner/data.bin", SEAL])
def test_a_changed_file_is_noticed(tmp_path: Path, name: str) -> None:
    write_folder(tmp_path / "index", "corpus 1", fill)
    (tmp_path / "index" / name).write_bytes(b"{}")
    with pytest.raises(StoreError, match="zhangjie index"):
        read_fingerprint(tmp_path / "index")


def test_a_missing_file_is_noticed(tmp_path: Path) -> None:
    write_folder(tmp_path / "index", "corpus 1", fill)
    (tmp_path / "index" / "inner" / "data.bin").unlink()
    with pytest.raises(StoreError):
        read_fingerprint(tmp_path / "index")
