"""A file that comes from outside, while nothing knows of it yet."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from api import names
from ingest.readers import digest

_PREFIX = ".incoming-"
_STALE = 24 * 3600  # seconds after which nobody is still at work on a file


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file in a folder of its own: what it was called outside, its suffix, its SHA-256."""

    path: Path
    name: str
    suffix: str
    digest: str


@contextmanager
def received(corpus: Path, content: BinaryIO, name: str) -> Iterator[Incoming]:
    """Copy what came from outside beside the corpus' files, piece by piece; gone at the end.

    The file's name is made by us, readable for refusals. FileRefused for a suffix that no reader
    has.
    """
    plain = names.shown(name)
    suffix = names.suffix_of(plain)
    folder = Path(tempfile.mkdtemp(dir=corpus, prefix=_PREFIX))
    try:
        path = folder / (names.doc_id_for(plain, ()) + suffix)
        with path.open("xb") as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
        yield Incoming(path, plain, suffix, digest(path))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(corpus: Path) -> None:
    """Remove what a machine that went down left over."""
    for folder in corpus.glob(f"{_PREFIX}*"):
        if time.time() - folder.stat().st_mtime > _STALE:
            shutil.rmtree(folder, ignore_errors=True)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of what a file holds, empty for nothing."""
    return hashlib.sha256(content).hexdigest() if content else ""
