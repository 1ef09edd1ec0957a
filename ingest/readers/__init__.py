"""From a file to its raw text: one reader for each suffix."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import FileRefused
from ingest.readers import html, markdown, ocr, ofd, office, scans, signatures, txt, word
from ingest.reading import Reading

Reader = Callable[[bytes, str], Reading]
"""Reads the content of a file; gets its name for refusals. FileRefused where it cannot."""

READERS: dict[str, Reader] = {".txt": txt.read, ".pdf": scans.read, ".ofd": ofd.read}
READERS |= {".docx": word.read, **dict.fromkeys((".doc", ".wps", ".rtf"), office.read)}
READERS |= dict.fromkeys((".html", ".htm", ".shtml"), html.read)
READERS |= dict.fromkeys((".md", ".markdown"), markdown.read)
READERS |= dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), ocr.read)
LARGEST = 256 * 2**20  # bytes


def read(path: Path) -> Reading:
    """Return what a file holds; FileRefused with the remedy where that cannot be done.

    Line ends are LF whatever the file has.
    """
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    with _access(path):
        size = path.stat().st_size
        if reader is None:
            known = "、".join(sorted(READERS))
            raise FileRefused(f"{path.name}：不认识后缀“{path.suffix}”", f"目前能读：{known}")
        if size > LARGEST:
            raise FileRefused(f"{path.name} 超过 {LARGEST // 2**20} MB", "请按章拆成几个文件")
        content = path.read_bytes()
    if not content.strip():
        raise FileRefused(f"{path.name} 是空的，没有文字", "请检查文件是否完整")
    signatures.check(content, suffix, path.name)
    reading = reader(content, path.name)
    if not reading.text.strip():
        raise FileRefused(f"{path.name} 里没有文字", "请检查文件是否完整")
    return reading


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content; FileRefused where it cannot be read."""
    with _access(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _access(path: Path) -> Iterator[None]:
    """Turn what the system says of a path into a refusal."""
    try:
        if not path.is_file():
            remedy = "请检查路径和文件名" if not path.is_dir() else "请给出文件，而不是文件夹"
            raise FileRefused(f"没有文件 {path}", remedy)
        yield
    except OSError as error:
        raise FileRefused(f"读不了 {path}（{error.strerror}）", "请检查权限和磁盘") from error
