"""From the entries of a manifest to parsed documents; what has not changed is not parsed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.checkup import CheckUp
from corpus.manifest import Entry
from corpus.model import Document
from corpus.store import Store
from ingest.corrections import file_for
from ingest.pipeline import PARSER_VERSION, take_in
from ingest.readers import digest

Stamp = tuple[tuple[int, ...] | None, ...]
Taken = tuple[Document, CheckUp]
Progress = Callable[[str, int, int], None]
"""Called with what is going on (Chinese), how much is done and how much there is to do."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed document and what it was made from.

    `stamp` is what the file system says of its file and corrections, `digest` the SHA-256 of the
    file, `key` stands for all that the parse depends on.
    """

    entry: Entry
    stamp: Stamp
    digest: str
    key: str
    document: Document
    checkup: CheckUp


def parse_all(
    entries: Sequence[Entry],
    store: Store,
    progress: Progress,
    before: Mapping[str, Parsed],
    fresh: Mapping[str, Taken],
) -> dict[str, Parsed]:
    """Return the documents of a manifest, by doc_id in its order; FileRefused for what has gone.

    Taken over is what is in `before` (by doc_id) and whose files have not been touched since, then
    what is in `fresh` (by key), then what is in the store; the rest is parsed, and stored.
    """
    parsed: dict[str, Parsed] = {}
    for done, entry in enumerate(entries):
        progress("解析文件", done, len(entries))
        known = before.get(entry.doc_id)
        stamp = _stamp(entry.path)
        now = (entry.path, entry.said, stamp)
        if known and (known.entry.path, known.entry.said, known.stamp) == now:
            parsed[entry.doc_id] = replace(known, entry=entry)
        else:
            parsed[entry.doc_id] = _parse(entry, stamp, store, fresh)
    progress("解析文件", len(entries), len(entries))
    store.keep_only(parsed)
    return parsed


def key_of(entry: Entry, content: str, corrections: str) -> str:
    """Return the key of what a file, its metadata, its corrections and this parser make.

    `content` and `corrections` are SHA-256s, that of the corrections empty where there are none.
    """
    parts = [PARSER_VERSION, asdict(entry.said), entry.path.name, content, corrections]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _parse(entry: Entry, stamp: Stamp, store: Store, fresh: Mapping[str, Taken]) -> Parsed:
    content, corrections = digest(entry.path), file_for(entry.path)
    key = key_of(entry, content, digest(corrections) if corrections.is_file() else "")
    found = None if key in fresh else store.get(entry.doc_id, key)
    if found is None:
        found = fresh.get(key) or take_in(entry.path, entry.doc_id, entry.said)
        store.put(*found, key)
    return Parsed(entry, stamp, content, key, *found)


def _stamp(path: Path) -> Stamp:
    """Return what changes whenever a file or its corrections are written; None for no file."""
    return tuple(_seen(each) for each in (path, file_for(path)))


def _seen(path: Path) -> tuple[int, ...] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
