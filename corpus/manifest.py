"""The manifest of a corpus folder: `manifest.jsonl`, one JSON object a line for each document.

Fields: doc_id, file, title; and kind, region, level, issuer, number, issued, each of which may be
null or missing. `restated` is true where the text is not the original (摘编), `title_found` where
the title is a copy of what the text says and nobody's word. Further fields are kept as they are.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from corpus.errors import ManifestError
from corpus.model import Meta

NAME = "manifest.jsonl"
_DOC_ID = re.compile(r"[\w][\w.\-]{0,99}")
_FLAGS = ("restated", "title_found")
_META = tuple(each.name for each in fields(Meta))
_KNOWN = frozenset({"doc_id", "file", *_META, *_FLAGS})


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a corpus folder: `path` is absolute, `further` what is not read here."""

    doc_id: str
    path: Path
    meta: Meta
    restated: bool = False
    title_found: bool = False
    further: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def said(self) -> Meta:
        """What people say of the document; the title is empty where nobody gave it."""
        return replace(self.meta, title="") if self.title_found else self.meta


def read_manifest(folder: Path) -> list[Entry]:
    """Return the entries of a corpus folder in the order of its manifest.

    ManifestError names the line that cannot be read, the doc_id that comes twice, or the folder
    that has no manifest.
    """
    path = folder / NAME
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        remedy = f"请用 --corpus 指向带 {NAME} 的文件夹，或先用 zhangjie ingest 加入文件"
        raise ManifestError(f"{folder} 里没有 {NAME}", remedy) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"读不了 {path}", "请确认它是 UTF-8 文本且可读") from error
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        entry = _entry(folder, line, f"{path} 第 {number} 行")
        if entry.doc_id in seen:
            where = f"{path} 第 {number} 行：doc_id“{entry.doc_id}”与第 {seen[entry.doc_id]} 行重复"
            raise ManifestError(where, "请改成不同的 doc_id")
        seen[entry.doc_id] = number
        entries.append(entry)
    if not entries:
        raise ManifestError(f"{path} 是空的", "请先运行 zhangjie ingest 文件 加入文件")
    return entries


def find_entry(path: Path) -> Entry | None:
    """Return the entry of a file in the manifest beside it, None where there is none."""
    if not (path.parent / NAME).is_file():
        return None
    wanted = path.resolve()
    entries = read_manifest(path.parent)
    return next((entry for entry in entries if entry.path.resolve() == wanted), None)


def write_manifest(folder: Path, entries: Sequence[Entry]) -> None:
    """Write the manifest of a corpus folder whole, or leave the old one as it is."""
    lines = [_line(to_record(folder, entry)) + "\n" for entry in entries]
    write_atomically(folder / NAME, "".join(lines).encode())


def to_record(folder: Path, entry: Entry) -> dict[str, Any]:
    """Return an entry as the JSON object that stands for it in the manifest of `folder`."""
    return {
        "doc_id": entry.doc_id,
        "file": entry.path.resolve().relative_to(folder.resolve()).as_posix(),
        **asdict(entry.meta),
        **{name: True for name in _FLAGS if getattr(entry, name)},
        **entry.further,
    }


def _line(record: Mapping[str, Any]) -> str:
    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can spell and UTF-8 not hold
        return json.dumps(record)
    return line


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that at any moment either the old or the new content is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _entry(folder: Path, line: str, where: str) -> Entry:
    try:
        record: Any = json.loads(line)
    except json.JSONDecodeError as error:
        remedy = f"请检查第 {error.colno} 个字符附近的引号、逗号和括号"
        raise ManifestError(f"{where}不是完整的 JSON", remedy) from error
    return from_record(folder, record, where)


def from_record(folder: Path, record: object, where: str) -> Entry:
    """Return the entry that a JSON object is; ManifestError, beginning with `where`, if none."""
    if not isinstance(record, dict):
        raise ManifestError(
            f"{where}不是 JSON 对象", '每行须形如 {"doc_id": …, "file": …, "title": …}'
        )
    for name in ("doc_id", "file", "title"):
        if not isinstance(record.get(name), str) or not record[name].strip():
            raise ManifestError(f"{where}缺 {name}", f'请补上 "{name}": "…"')
    if not _DOC_ID.fullmatch(record["doc_id"]):
        remedy = "doc_id 只用字母、数字、汉字、点、横线和下划线，不超过 100 个字符"
        raise ManifestError(f"{where}的 doc_id“{record['doc_id'][:40]}”不能用", remedy)
    if "\0" in record["file"]:
        raise ManifestError(f"{where}的 file 不是文件名", "请写成 规划.txt 这样的名字")
    path = (folder / record["file"]).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ManifestError(f"{where}的 file 在文件夹之外", f"请把文件放进 {folder}")
    known: dict[str, Any] = {name: record.get(name) for name in _META}
    if any(value is not None and not isinstance(value, str) for value in known.values()):
        raise ManifestError(f"{where}有不是文字的字段", "除 null 外每个值都要加引号")
    flags = {name: record.get(name) or False for name in _FLAGS}
    if wrong := [name for name, value in flags.items() if not isinstance(value, bool)]:
        raise ManifestError(f"{where}的 {wrong[0]} 不是真假", "请写 true 或 false，不加引号")
    further = {name: value for name, value in record.items() if name not in _KNOWN}
    return Entry(record["doc_id"], path, Meta(**known), **flags, further=further)
