"""The manifest of a corpus folder: `manifest.jsonl`, one JSON object a line for each document.

Fields: doc_id, file, title; and kind, region, level, issuer, number, issued, each of which may be
null or missing. Further fields are kept by whoever writes them and not read here.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from corpus.errors import ManifestError
from corpus.model import Meta

NAME = "manifest.jsonl"
_DOC_ID = re.compile(r"[\w][\w.\-]{0,99}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a corpus folder: `path` is absolute."""

    doc_id: str
    path: Path
    meta: Meta


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
    base = folder.resolve()
    lines = [
        json.dumps(
            {
                "doc_id": e.doc_id,
                "file": e.path.resolve().relative_to(base).as_posix(),
                **asdict(e.meta),
            },
            ensure_ascii=False,
        )
        for e in entries
    ]
    write_atomically(folder / NAME, ("\n".join(lines) + "\n").encode())


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
    known: dict[str, Any] = {field.name: record.get(field.name) for field in fields(Meta)}
    if any(value is not None and not isinstance(value, str) for value in known.values()):
        raise ManifestError(f"{where}有不是文字的字段", "除 null 外每个值都要加引号")
    return Entry(record["doc_id"], path, Meta(**known))
