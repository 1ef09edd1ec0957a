"""Names of files: those that come from outside, kept as data, and those that we make of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.errors import FileRefused
from corpus.manifest import Entry
from ingest.corrections import file_for
from ingest.readers import READERS

_LONGEST = 160  # bytes of UTF-8 of a name without suffix; file systems take 255 of a whole one
_SHOWN = 200  # characters of a name that is only shown
_UNSAFE = re.compile(r"[^\w.\-]+")
# What Windows takes for a device, whatever suffix follows.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# Control characters, marks of direction and other signs without a shape, halves of pairs.
_SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def shown(name: str) -> str:
    """Return a file name from outside as it may be kept and shown: its last part, in one line.

    >>> shown("../../etc/passwd.txt"), shown("C:\\\\文件\\\\规划.pdf"), shown("甲\\u202etxt.pdf")
    ('passwd.txt', '规划.pdf', '甲txt.pdf')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(char for char in last if unicodedata.category(char) not in _SHAPELESS)
    plain = " ".join(kept.split())
    if len(plain) <= _SHOWN:
        return plain
    suffix = Path(plain).suffix[:20]
    return plain[: _SHOWN - len(suffix)] + suffix


def suffix_of(name: str) -> str:
    """Return the suffix of a name that was `shown`, in lower case; FileRefused for no reader's."""
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        known = "、".join(sorted(READERS))
        wrong = f"不认识后缀“{suffix[:20]}”" if suffix else "没有后缀，不知道是什么格式"
        raise FileRefused(f"{name[:60] or '文件'}：{wrong}", f"目前能读：{known}")
    return suffix


def doc_id_for(name: str, entries: Iterable[Entry]) -> str:
    """Return an id made of a file's name, numbered where another document has it."""
    taken = {_folded(entry.doc_id) for entry in entries}
    return next(each for each in _numbered(_stem(Path(name).stem)) if _folded(each) not in taken)


def free_path(folder: Path, stem: str, suffix: str, entries: Sequence[Entry]) -> Path:
    """Return where a file can be put: a name made of `stem` that nothing in the folder has."""
    taken = {_folded(entry.path.name) for entry in entries}
    for each in _numbered(_stem(stem)):
        path = folder / f"{each}{suffix}"
        if _folded(path.name) not in taken and not path.exists() and not file_for(path).exists():
            return path
    raise AssertionError("numbers do not end")


def _stem(name: str) -> str:
    """Return the part of a name that is safe on any file system and readable, never empty."""
    plain = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-._")
    while len(plain.encode()) > _LONGEST:
        plain = plain[:-1]
    plain = plain.rstrip("-._") or "document"
    return f"_{plain}" if _DEVICES.match(plain) else plain


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 1
    while True:
        number += 1
        yield f"{stem}-{number}"


def _folded(name: str) -> str:
    """Return what names have in common that some file systems take for the same."""
    return unicodedata.normalize("NFC", name).casefold()
