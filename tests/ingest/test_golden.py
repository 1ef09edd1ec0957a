"""The outlines of the documents that ship, as they were looked through by people.

    ZHANGJIE_GOLDEN=write python -m pytest tests/ingest/test_golden.py

writes them anew; look through the difference before committing it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

import corpus.manifest
from corpus.manifest import Entry, read_manifest
from ingest.checkup import check
from ingest.pipeline import parse_file
from ingest.readers import read

_GOLDEN = Path(__file__).resolve().parents[1] / "golden"
_ENTRIES = read_manifest(Path(corpus.manifest.__file__).parent / "documents")
_REWRITE = "ZHANGJIE_GOLDEN"


def _outline(entry: Entry) -> dict[str, Any]:
    document = parse_file(entry.path, entry.doc_id, entry.meta)
    return {
        "nodes": [
            [node.title, node.level.value, str(address)] for node, address in document.walk()
        ],
        "clauses": [[clause.clause_id, str(clause.address)] for clause in document.clauses],
        "residues": [residue.kind for residue in document.residues],
        "problems": [problem.code for problem in document.problems],
    }


def _written(outline: dict[str, Any]) -> str:
    """Return the outline as JSON with one row a line, so that differences are readable."""
    parts = [
        f"  {json.dumps(name)}: [\n"
        + ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
        + "\n  ]"
        for name, rows in outline.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry.doc_id)
def test_the_outline_of_a_shipped_document_is_the_golden_one(entry: Entry) -> None:
    path = _GOLDEN / f"{entry.doc_id}.json"
    if os.environ.get(_REWRITE) == "write":
        path.write_text(_written(_outline(entry)), encoding="utf-8")
    golden = json.loads(path.read_text(encoding="utf-8"))
    assert _outline(entry) == golden, f"{_REWRITE}=write writes {path.name} anew"


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry.doc_id)
def test_nothing_of_a_shipped_document_is_lost(entry: Entry) -> None:
    document = parse_file(entry.path, entry.doc_id, entry.meta)
    assert check(document, read(entry.path).text) == []


def test_no_golden_outline_is_left_without_its_document() -> None:
    assert {path.stem for path in _GOLDEN.glob("*.json")} == {entry.doc_id for entry in _ENTRIES}
