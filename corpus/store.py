"""Parsed documents on disk: one JSON file each, with the key of what it was made from.

A document is used only where its key still fits, so what was parsed from another file, with other
metadata or by an older parser is never served. Files are replaced whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import checkup
from corpus.address import Address, Level, parse
from corpus.checkup import CheckUp
from corpus.errors import StoreError, ZhangjieError
from corpus.manifest import write_atomically
from corpus.model import (
    Clause,
    Document,
    Dropped,
    Meta,
    Node,
    OffsetMap,
    Problem,
    Residue,
    Span,
)

FORMAT = 5


class Store:
    """The parsed documents of one corpus, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, doc_id: str, key: str) -> tuple[Document, CheckUp] | None:
        """Return what was stored under `key`, None where there is nothing that fits.

        A file that is damaged counts as none: the document is parsed again.
        """
        try:
            record = json.loads(self._path(doc_id).read_bytes())
            if record["format"] != FORMAT or record["key"] != key:
                return None
            return decode(record["document"]), checkup.decode(record["checkup"])
        except (OSError, ValueError, KeyError, TypeError, ZhangjieError):
            return None

    def put(self, document: Document, report: CheckUp, key: str) -> None:
        """Store a document with its check-up under `key`, in place of what was there."""
        record = {
            "format": FORMAT,
            "key": key,
            "document": encode(document),
            "checkup": checkup.encode(report),
        }
        content = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        write_atomically(self._path(document.doc_id), content)

    def keep_only(self, doc_ids: Iterable[str]) -> None:
        """Remove the documents that are not among `doc_ids`."""
        kept = {self._path(doc_id).name for doc_id in doc_ids}
        for path in self.folder.glob("*.json"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _path(self, doc_id: str) -> Path:
        return self.folder / f"{doc_id}.json"


def encode(document: Document) -> dict[str, Any]:
    """Return a document as what JSON can hold; clauses leave out the text that the spans give."""
    return {
        "doc_id": document.doc_id,
        "meta": asdict(document.meta),
        "text": document.text,
        "offsets": document.offsets.pieces,
        "paragraphs": document.paragraphs,
        "nodes": [_encode_node(node) for node in document.nodes],
        "clauses": [
            [c.clause_id, str(c.address), c.heads, c.start, c.end] for c in document.clauses
        ],
        "residues": [[r.kind, r.start, r.end] for r in document.residues],
        "dropped": [[d.kind, d.start, d.end] for d in document.dropped],
        "problems": [[p.code, p.message, p.start, p.end] for p in document.problems],
        "pages": document.pages,
        "origins": document.origins,
        "tables": document.tables,
    }


def decode(record: dict[str, Any]) -> Document:
    """Return the document that `encode` made a record of; StoreError if it is damaged."""
    doc_id, text = record["doc_id"], record["text"]
    clauses = tuple(
        Clause(clause_id, doc_id, _address(address), tuple(heads), start, end, text[start:end])
        for clause_id, address, heads, start, end in record["clauses"]
    )
    if any(not clause.text.strip() for clause in clauses):
        raise StoreError(f"{doc_id} 的条款位置与文字不符", "请重新运行 zhangjie index")
    return Document(
        doc_id=doc_id,
        meta=Meta(**record["meta"]),
        text=text,
        offsets=OffsetMap(tuple((a, b, c) for a, b, c in record["offsets"])),
        paragraphs=tuple(Span(*span) for span in record["paragraphs"]),
        nodes=tuple(_decode_node(node) for node in record["nodes"]),
        clauses=clauses,
        residues=tuple(Residue(*residue) for residue in record["residues"]),
        dropped=tuple(Dropped(*dropped) for dropped in record["dropped"]),
        problems=tuple(Problem(*problem) for problem in record["problems"]),
        pages=tuple(record["pages"]),
        origins=tuple((name, where) for name, where in record["origins"]),
        tables=tuple(Span(*span) for span in record["tables"]),
    )


def _address(text: str) -> Address:
    return parse(text) if text else Address()


def _encode_node(node: Node) -> list[Any]:
    return [
        node.level.value,
        node.number,
        node.title,
        node.start,
        node.body,
        node.end,
        node.paragraphs,
        [_encode_node(child) for child in node.children],
        node.sub,
        node.repeat,
        node.word,
    ]


def _decode_node(record: list[Any]) -> Node:
    level, number, title, start, body, end, paragraphs, children, sub, repeat, word = record
    return Node(
        Level(level),
        number,
        title,
        start,
        body,
        end,
        tuple(Span(*span) for span in paragraphs),
        tuple(_decode_node(child) for child in children),
        sub,
        repeat,
        word,
    )
