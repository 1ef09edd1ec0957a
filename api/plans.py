"""A change of a corpus folder: what it comes to, and how it is carried out, whole or not at all.

Files come before the manifest names them and go after it names them no more. So at any moment,
also where the machine goes down, the manifest names files that are there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from api import trash
from api.knowledge_base import KnowledgeBase
from api.parsing import Taken
from api.trash import Deleted
from api.undo import Undo, remember
from corpus.errors import StoreError
from corpus.manifest import NAME, Entry, write_atomically, write_manifest
from ingest.corrections import file_for


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change comes to.

    `entry` is the one that it is about, as it will be, or as it was where it goes; `entries` are
    those of the manifest afterwards, None for the same as before. `source` will be put where
    `entry` says, with `corrections` beside it; without a source they take the place of those there,
    None leaves them alone. `retired` goes to the trash, `restored` leaves it. `fresh` is what is
    parsed already.
    """

    entry: Entry
    entries: Sequence[Entry] | None = None
    source: Path | None = None
    corrections: bytes | None = None
    retired: Deleted | None = None
    restored: Deleted | None = None
    fresh: Mapping[str, Taken] = field(default_factory=dict)

    def apply(self, base: KnowledgeBase) -> KnowledgeBase:
        """Carry the change out and return the knowledge base that it makes.

        StoreError where the folder cannot be written to; then, and wherever else it fails, all
        files are as they were.
        """
        with writing(base.corpus):
            changed = base.changed(lambda undo: self._carry_out(base.corpus, undo), self.fresh)
        if self.restored:
            trash.remove(base.corpus, self.restored.key)
        return changed

    def _carry_out(self, corpus: Path, undo: Undo) -> None:
        if self.retired:
            trash.write_record(corpus, self.retired, undo)
        if self.source:
            _place(self.source, self.entry.path, undo)
            self._write_corrections(undo)
        if self.entries is not None:
            remember(undo, corpus / NAME)
            write_manifest(corpus, self.entries)
        if not self.source:
            self._write_corrections(undo)
        if self.retired:
            trash.move_in(corpus, self.retired, undo)

    def _write_corrections(self, undo: Undo) -> None:
        if self.corrections is None:
            return
        path = file_for(self.entry.path)
        remember(undo, path)
        if self.corrections:
            write_atomically(path, self.corrections)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the system says of writing into a refusal."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        remedy = "请确认文件夹可写、磁盘有空间；知识库没有改动"
        raise StoreError(f"写不了 {folder.name}（{why}）", remedy) from error


def _place(source: Path, target: Path, undo: Undo) -> None:
    """Let a file be at `target` too, where none is yet; it is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if target.exists():
            raise
        beside = target.with_name(f".{target.name}.incoming")
        undo.callback(beside.unlink, missing_ok=True)
        shutil.copyfile(source, beside)
        beside.replace(target)
    undo.callback(target.unlink, missing_ok=True)
