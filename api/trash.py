"""What was deleted or replaced: `.deleted/KEY/` in the corpus folder, which no manifest names.

Each holds `record.json` (the line of the manifest, its place, when), the file and its corrections.
The record is written before the manifest lets go of a file, the file follows after. So a file that
is not there yet, since the machine went down in between, is found where the manifest had it.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from api.undo import Undo
from corpus.errors import NotFound, ZhangjieError
from corpus.manifest import Entry, from_record, to_record, write_atomically
from ingest.corrections import file_for

FOLDER = ".deleted"
_RECORD = "record.json"
_KEY = re.compile(r"\d{8}T\d{12}-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Deleted:
    """A document that was deleted, or a file that another took the place of (`replaced`).

    `entry` is its line of the manifest as it was, `position` the place of that from 0, `deleted`
    the time in ISO 8601 (UTC). Keys are in order of time.
    """

    key: str
    deleted: str
    entry: Entry
    position: int
    replaced: bool


def newly(entry: Entry, position: int, *, replaced: bool) -> Deleted:
    """Return what will be known of a document that is deleted now; nothing is written."""
    now = datetime.now(UTC)
    key = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    return Deleted(key, now.isoformat(timespec="seconds"), entry, position, replaced)


def write_record(corpus: Path, one: Deleted, undo: Undo) -> None:
    """Write down that a document will be deleted."""
    folder = corpus / FOLDER / one.key
    folder.mkdir(parents=True)
    undo.callback(shutil.rmtree, folder, ignore_errors=True)
    record = {
        "deleted": one.deleted,
        "position": one.position,
        "replaced": one.replaced,
        "entry": to_record(corpus, one.entry),
    }
    write_atomically(folder / _RECORD, json.dumps(record).encode())


def move_in(corpus: Path, one: Deleted, undo: Undo) -> None:
    """Move the file and its corrections, which the manifest names no more, where they belong."""
    for path in (file_for(one.entry.path), one.entry.path):
        if path.exists():
            target = corpus / FOLDER / one.key / path.name
            path.replace(target)
            undo.callback(target.replace, path)


def all_deleted(corpus: Path, entries: Sequence[Entry]) -> list[Deleted]:
    """Return what can be restored, newest first; a record that cannot be read is passed over.

    `entries` are those of the manifest.
    """
    if not (corpus / FOLDER).is_dir():
        return []
    keys = sorted((each.name for each in (corpus / FOLDER).iterdir()), reverse=True)
    read = (_read(corpus, key) for key in keys if _KEY.fullmatch(key))
    return [one for one in read if one and content(corpus, one, entries)]


def find(corpus: Path, key: str, entries: Sequence[Entry]) -> Deleted:
    """Return what was deleted under a key; NotFound where that cannot be restored."""
    one = _read(corpus, key) if _KEY.fullmatch(key) else None
    if one is None or content(corpus, one, entries) is None:
        raise NotFound("没有这个删除记录", "可能已经恢复；现有的见 GET /v1/deleted")
    return one


def content(corpus: Path, one: Deleted, entries: Sequence[Entry]) -> Path | None:
    """Return where the file of something deleted is now, None where it has gone."""
    return _place(corpus, one, one.entry.path, entries)


def corrections(corpus: Path, one: Deleted, entries: Sequence[Entry]) -> bytes:
    """Return the corrections of something deleted, as they stand in their file; empty for none."""
    path = _place(corpus, one, file_for(one.entry.path), entries)
    return path.read_bytes() if path else b""


def remove(corpus: Path, key: str) -> None:
    """Remove what was restored; what cannot be removed stays."""
    shutil.rmtree(corpus / FOLDER / key, ignore_errors=True)


def _place(corpus: Path, one: Deleted, before: Path, entries: Sequence[Entry]) -> Path | None:
    moved = corpus / FOLDER / one.key / before.name
    if moved.is_file():
        return moved
    named = any(entry.path == one.entry.path for entry in entries)
    return before if before.is_file() and not named else None


def _read(corpus: Path, key: str) -> Deleted | None:
    try:
        record = json.loads((corpus / FOLDER / key / _RECORD).read_bytes())
        entry = from_record(corpus, record["entry"], key)
        position, replaced = int(record["position"]), bool(record["replaced"])
        return Deleted(key, str(record["deleted"]), entry, position, replaced)
    except (OSError, ValueError, KeyError, TypeError, ZhangjieError):
        return None
