"""The documents of a corpus folder, and what people do with them: add, replace, delete, restore.

Each function returns a `Planner`. A planner touches nothing: it reads, parses, refuses, and says
what the change comes to (`plans.Plan`). It is called once before other writers have to wait, and
again when it is its turn, since the folder may be another by then; what it parsed it remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from api import names, trash
from api.incoming import Incoming, sha256
from api.knowledge_base import KnowledgeBase
from api.metadata import checked
from api.parsing import Taken, key_of
from api.plans import Plan
from api.trash import Deleted
from corpus.checkup import Verdict
from corpus.errors import AlreadyThere, FileRefused, InputError, NotFound
from corpus.manifest import Entry, read_manifest
from corpus.model import Meta
from ingest.corrections import Correction, file_for, from_bytes, to_bytes
from ingest.readers import digest

Planner = Callable[[KnowledgeBase], Plan]
TakeIn = Callable[[Path, str, Meta, Sequence[Correction]], Taken]
"""How files are read and parsed: `pipeline.take_in`, or in a process apart."""
_ORIGINAL = "original"  # the field of the manifest that keeps what a file was called outside


def add(incoming: Incoming, take: TakeIn) -> Planner:
    """Plan that a file becomes a document.

    AlreadyThere for a name or a content that the corpus has, FileRefused for what cannot be read.
    """
    parse = _Parser(take)

    def plan(base: KnowledgeBase) -> Plan:
        folder = _Folder(base)
        folder.check_name(incoming.name)
        folder.check_content(incoming.digest)
        doc_id = names.doc_id_for(incoming.name, folder.entries)
        path = names.free_path(base.corpus, doc_id, incoming.suffix, folder.entries)
        entry = _called(Entry(doc_id, path, Meta(doc_id), title_found=True), incoming.name)
        entry, fresh = parse(entry, incoming.path, incoming.digest)
        return Plan(entry, [*folder.entries, entry], incoming.path, fresh=fresh)

    return plan


def exchange(doc_id: str, incoming: Incoming, take: TakeIn) -> Planner:
    """Plan that a file takes the place of a document's, which goes to the trash.

    What people know of the document and its corrections stay; it is an original from now on.
    NotFound for no such document; otherwise as `add`.
    """
    parse = _Parser(take)

    def plan(base: KnowledgeBase) -> Plan:
        folder = _Folder(base)
        at = folder.position(doc_id)
        return _exchanged(folder, at, incoming, parse, restated=False)

    return plan


def describe(doc_id: str, values: Mapping[str, str | None], take: TakeIn) -> Planner:
    """Plan that people know better: values of fields of `Meta`, None for what the text says.

    Corrections of these fields go, since they would win. InputError for a value that is none,
    NotFound for no such document.
    """
    parse = _Parser(take)

    def plan(base: KnowledgeBase) -> Plan:
        folder = _Folder(base)
        at = folder.position(doc_id)
        before = folder.entries[at]
        entry = _described(before, checked(values, before.meta))
        content = _corrections(before.path)
        kept = from_bytes(content, file_for(before.path).name)
        left = [each for each in kept if each.do != "meta" or each.field not in values]
        corrections = content if len(left) == len(kept) else to_bytes(left)
        entry, fresh = parse(entry, before.path, digest(before.path), corrections)
        changed = None if corrections == content else corrections
        return Plan(entry, folder.replaced(at, entry), corrections=changed, fresh=fresh)

    return plan


def correct(doc_id: str, corrections: Sequence[Correction], take: TakeIn) -> Planner:
    """Plan that corrections take the place of those that a document has.

    NotFound for no such document.
    """
    parse = _Parser(take)

    def plan(base: KnowledgeBase) -> Plan:
        folder = _Folder(base)
        entry = folder.entries[folder.position(doc_id)]
        content = to_bytes(corrections)
        _, fresh = parse(entry, entry.path, digest(entry.path), content)
        return Plan(entry, corrections=content, fresh=fresh)

    return plan


def delete(doc_id: str) -> Planner:
    """Plan that a document goes to the trash, with its corrections.

    InputError for the last one, NotFound for no such document.
    """

    def plan(base: KnowledgeBase) -> Plan:
        folder = _Folder(base)
        at = folder.position(doc_id)
        if len(folder.entries) == 1:
            raise InputError(
                f"“{doc_id}”是最后一个文件，不能删除", "请先加入别的文件，或替换这一个"
            )
        retired = trash.newly(folder.entries[at], at, replaced=False)
        return Plan(folder.entries[at], folder.replaced(at), retired=retired)

    return plan


def restore(key: str, take: TakeIn) -> Planner:
    """Plan that what was deleted stands where it stood, or a file that was replaced is back.

    A doc_id that another document has by now is numbered. NotFound for no such key, AlreadyThere
    where the content has been added again.
    """
    parse = _Parser(take)

    def plan(base: KnowledgeBase) -> Plan:
        folder = _Folder(base)
        one = trash.find(base.corpus, key, folder.entries)
        source = trash.content(base.corpus, one, folder.entries) or one.entry.path
        incoming = Incoming(source, original_name(one.entry), source.suffix, digest(source))
        at = folder.find(one.entry.doc_id)
        if one.replaced and at is not None:
            planned = _exchanged(folder, at, incoming, parse, restated=one.entry.restated)
            return replace(planned, restored=one)
        return _restored(folder, one, incoming, parse)

    return plan


def original_name(entry: Entry) -> str:
    """Return what people call the file of a document."""
    name = entry.further.get(_ORIGINAL)
    return name if isinstance(name, str) and name else entry.path.name


class _Folder:
    """The manifest as it is now, over the documents as they are known."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.path = base.corpus
        self.entries = read_manifest(base.corpus)
        self._parsed = base.parsed

    def find(self, doc_id: str) -> int | None:
        """Return the place of a document, None for none."""
        places = (at for at, entry in enumerate(self.entries) if entry.doc_id == doc_id)
        return next(places, None)

    def position(self, doc_id: str) -> int:
        """Return the place of a document; NotFound for none."""
        at = self.find(doc_id)
        if at is None:
            known = "、".join(entry.doc_id for entry in self.entries[:10])
            raise NotFound(f"没有文件“{doc_id[:60]}”", f"现有：{known}")
        return at

    def replaced(self, at: int, *entries: Entry) -> list[Entry]:
        """Return the entries with others in place of the one at `at`."""
        return [*self.entries[:at], *entries, *self.entries[at + 1 :]]

    def check_name(self, name: str) -> None:
        """Refuse a file that is called like one that is there."""
        for entry in self.entries:
            if original_name(entry) == name:
                remedy = "如是它的新版本，请用“替换”；如是另一个文件，请改名后再加入"
                raise AlreadyThere(f"已有同名文件“{name}”（{entry.doc_id}）", remedy, entry.doc_id)

    def check_content(self, content: str) -> None:
        """Refuse a file that is the same, byte for byte, as one that is there."""
        for entry in self.entries:
            known = self._parsed.get(entry.doc_id)
            with suppress(FileRefused):  # one that has gone has no content
                seen = known and known.entry.path == entry.path
                if content == (known.digest if known and seen else digest(entry.path)):
                    message = f"内容与已有的“{entry.meta.title}”（{entry.doc_id}）完全相同"
                    raise AlreadyThere(message, "不用再加入", entry.doc_id)


class _Parser:
    """Parses a file as the document of an entry, once however often it is planned."""

    def __init__(self, take: TakeIn) -> None:
        self._take = take
        self._taken: dict[str, Taken] = {}

    def __call__(
        self, entry: Entry, source: Path, content: str, corrections: bytes = b""
    ) -> tuple[Entry, dict[str, Taken]]:
        """Return the entry, with the title that was found where nobody gave one, and the parse.

        FileRefused where nothing useful comes of it.
        """
        key = key_of(entry, content, sha256(corrections))
        if key not in self._taken:
            known = from_bytes(corrections, file_for(entry.path).name)
            self._taken = {key: self._take(source, entry.doc_id, entry.said, known)}
        document, report = self._taken[key]
        if report.verdict is Verdict.REFUSED:
            raise FileRefused(f"{source.name} 不能用：{report.reason}", "知识库没有改动")
        title = document.meta.title if entry.title_found else entry.meta.title
        return replace(entry, meta=replace(entry.meta, title=title)), self._taken


def _exchanged(
    folder: _Folder, at: int, incoming: Incoming, parse: _Parser, *, restated: bool
) -> Plan:
    """Plan that a file takes the place of that of the document at `at`."""
    folder.check_content(incoming.digest)
    before = folder.entries[at]
    path = names.free_path(folder.path, before.doc_id, incoming.suffix, folder.entries)
    entry = _called(replace(before, path=path, restated=restated), incoming.name)
    corrections = _corrections(before.path)
    entry, fresh = parse(entry, incoming.path, incoming.digest, corrections)
    retired = trash.newly(before, at, replaced=True)
    entries = folder.replaced(at, entry)
    return Plan(entry, entries, incoming.path, corrections, retired, fresh=fresh)


def _restored(folder: _Folder, one: Deleted, incoming: Incoming, parse: _Parser) -> Plan:
    """Plan that a document is there again, under another id or name where its own is taken."""
    folder.check_content(incoming.digest)
    entry = one.entry
    if folder.find(entry.doc_id) is not None:
        entry = replace(entry, doc_id=names.doc_id_for(f"{entry.doc_id}.txt", folder.entries))
    there = entry.path.exists() or file_for(entry.path).exists()
    if there and incoming.path != entry.path:
        stem, suffix = entry.path.stem, incoming.suffix
        path = names.free_path(folder.path, stem, suffix, folder.entries)
        entry = _called(replace(entry, path=path), incoming.name)
    corrections = trash.corrections(folder.path, one, folder.entries)
    entry, fresh = parse(entry, incoming.path, incoming.digest, corrections)
    source = None if incoming.path == entry.path else incoming.path
    entries = [*folder.entries[: one.position], entry, *folder.entries[one.position :]]
    return Plan(entry, entries, source, corrections, restored=one, fresh=fresh)


def _described(entry: Entry, said: Mapping[str, str | None]) -> Entry:
    """Return an entry with what people say; a title that they take back is looked for again."""
    found = entry.title_found if "title" not in said else said["title"] is None
    changes = {**said, "title": said.get("title") or entry.meta.title}
    return replace(entry, meta=replace(entry.meta, **changes), title_found=found)  # type: ignore[arg-type]


def _called(entry: Entry, name: str) -> Entry:
    """Return an entry that keeps what its file was called outside, where that says more."""
    further = {key: value for key, value in entry.further.items() if key != _ORIGINAL}
    if name != entry.path.name:
        further[_ORIGINAL] = name
    return replace(entry, further=further)


def _corrections(path: Path) -> bytes:
    with suppress(FileNotFoundError):
        return file_for(path).read_bytes()
    return b""
