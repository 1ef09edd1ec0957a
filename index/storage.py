"""Indexes on disk: a folder that is whole or not there, with checksums, and what it was made for.

`seal.json` in the folder holds the format version, the fingerprint (which corpus, encoder and
settings it was made for) and the SHA-256 of every file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from corpus.errors import StoreError

FORMAT = 1
SEAL = "seal.json"


def cache_folder() -> Path:
    """Return the user's cache folder, after the XDG Base Directory Specification.

    It may not exist yet.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".cache") / "zhangjie"


def write_folder(folder: Path, fingerprint: str, fill: Callable[[Path], None]) -> None:
    """Let `fill` write into a new folder, seal it, and put it in the place of `folder`.

    Whatever happens on the way, `folder` is the old one or the new one.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        fill(building)
        sums = {
            path.relative_to(building).as_posix(): sha256(path)
            for path in sorted(building.rglob("*"))
            if path.is_file()
        }
        seal = {"format": FORMAT, "fingerprint": fingerprint, "sha256": sums}
        (building / SEAL).write_text(json.dumps(seal, indent=1), encoding="utf-8")
        retired = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.")) / "old"
        if folder.exists():
            folder.replace(retired)
        os.replace(building, folder)  # noqa: PTH105 (mkdtemp's folder, moved as it is)
        shutil.rmtree(retired.parent, ignore_errors=True)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def read_fingerprint(folder: Path) -> str | None:
    """Return what a folder was made for, None where there is none or an unfinished one.

    StoreError where the format is another or a file is not the one that was sealed.
    """
    try:
        seal = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder} 的 {SEAL} 读不了", "请运行 zhangjie index 重建") from error
    if not isinstance(seal, dict) or seal.get("format") != FORMAT:
        raise StoreError(f"{folder} 是另一个版本写的", "请运行 zhangjie index 重建")
    for name, expected in seal["sha256"].items():
        path = folder / name
        if not path.is_file() or sha256(path) != expected:
            raise StoreError(f"{path} 已损坏", "请运行 zhangjie index 重建")
    return str(seal["fingerprint"])


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
