"""Take files into a corpus folder: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from api.names import doc_id_for
from corpus.checkup import CheckUp, Verdict
from corpus.errors import FileRefused, InputError
from corpus.manifest import NAME, Entry, read_manifest, write_atomically, write_manifest
from corpus.model import Document, Meta
from ingest.corrections import file_for
from ingest.pipeline import take_in
from ingest.readers import READERS


def add_files(paths: Sequence[Path], folder: Path) -> list[tuple[Document, CheckUp]]:
    """Parse files, copy those from elsewhere into `folder`, and list them in its manifest.

    A folder among `paths` stands for the files in it that can be read. A file that is listed
    already keeps its doc_id and metadata, and corrections beside a file come with it. Nothing is
    stored before every file was read and checked up; FileRefused or InputError says which one
    cannot be.

    Of what was found in a new file only the title goes into the manifest, which needs one, marked
    as found: what else stands there counts as said by people, so all is found anew at each parse.
    """
    folder = folder.resolve()
    entries = read_manifest(folder) if (folder / NAME).is_file() else []
    taken: list[tuple[Document, CheckUp]] = []
    copies: dict[Path, bytes] = {}
    for path in _files(paths):
        target = path if path.is_relative_to(folder) else folder / path.name
        known = next((entry for entry in entries if entry.path == target), None)
        if known is None and target != path and target.exists():
            raise InputError(f"{folder} 里已有同名文件 {path.name}", "请先改名再加入")
        doc_id = known.doc_id if known else doc_id_for(path.name, entries)
        document, report = take_in(path, doc_id, known.said if known else None)
        if report.verdict is Verdict.REFUSED:
            raise FileRefused(f"{path.name} 不能加入：{report.reason}", "知识库没有改动")
        if known is None:
            entries.append(Entry(doc_id, target, Meta(document.meta.title), title_found=True))
        if target != path:
            copies[target] = path.read_bytes()
            if (corrections := file_for(path)).is_file():
                copies[file_for(target)] = corrections.read_bytes()
        taken.append((document, report))
    for target, content in copies.items():
        write_atomically(target, content)
    write_manifest(folder, entries)
    return taken


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p.resolve() for p in path.iterdir() if p.suffix.lower() in READERS)
        else:
            found.append(path.resolve())
    if not found:
        raise InputError("没有可以加入的文件", f"能读的后缀：{'、'.join(sorted(READERS))}")
    return found
