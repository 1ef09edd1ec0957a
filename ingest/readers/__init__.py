"""From a file to its raw text: one reader for each suffix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.errors import FileRefused
from ingest.readers import txt

READERS: dict[str, Callable[[bytes, str], str]] = {".txt": txt.read}
LARGEST = 64 * 2**20  # bytes


def read(path: Path) -> str:
    """Return the raw text of a file; FileRefused with the remedy where that cannot be done.

    Line ends are LF whatever the file has; nothing else is changed.
    """
    reader = READERS.get(path.suffix.lower())
    try:
        if not path.is_file():
            remedy = "请检查路径和文件名" if not path.is_dir() else "请给出文件，而不是文件夹"
            raise FileRefused(f"没有文件 {path}", remedy)
        if reader is None:
            known = "、".join(sorted(READERS))
            raise FileRefused(f"{path.name}：不认识后缀“{path.suffix}”", f"目前能读：{known}")
        if path.stat().st_size > LARGEST:
            raise FileRefused(f"{path.name} 超过 {LARGEST // 2**20} MB", "请按章拆成几个文件")
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"读不了 {path}（{error.strerror}）", "请检查权限和磁盘") from error
    text = reader(content, path.name)
    if not text.strip():
        raise FileRefused(f"{path.name} 是空的，没有文字", "请检查文件是否完整")
    return text
