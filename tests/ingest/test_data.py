"""Real files that nobody in the project wrote: whatever is read is kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.address import parse as parse_address
from corpus.errors import FileRefused
from ingest.checkup import check
from ingest.pipeline import parse
from ingest.readers import read

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_FILES = sorted(_DATA.rglob("*.txt"))
pytestmark = pytest.mark.skipif(not _FILES, reason=f"no text files at {_DATA}")


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem[:12])
def test_nothing_of_a_real_file_is_lost(path: Path) -> None:
    raw = read(path).text
    document = parse(raw)
    assert check(document, raw) == []
    addresses = [clause.address for clause in document.clauses]
    assert [parse_address(str(address)) for address in addresses] == addresses


def test_most_real_files_are_read() -> None:
    refused = 0
    for path in _FILES:
        try:
            read(path)
        except FileRefused:
            refused += 1
    assert refused <= len(_FILES) // 20
