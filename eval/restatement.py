"""Compare restated documents with their originals: `python -m eval.restatement ORIGINALS`.

A restated document (摘编) must have the outline of its original, and in each section the same
figures. Prints what is missing or added, section by section; nothing where all is well.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from api.settings import Settings
from corpus.address import Address, Level
from corpus.manifest import read_manifest
from corpus.model import Document
from ingest.pipeline import parse_file

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SECTIONS = frozenset(
    {Level.PREFACE, Level.PART, Level.CHAPTER, Level.SECTION, Level.HEADING, Level.PIECE}
)


class Difference(NamedTuple):
    """What a section lacks or has too much: `what` is 标题, 缺数字 or 多数字."""

    doc_id: str
    address: str
    what: str
    value: str


def compare(ours: Document, original: Document) -> Iterator[Difference]:
    """Yield the differences in outline and figures, in the order of the original."""
    mine, theirs = _titles(ours), _titles(original)
    for address, title in theirs.items():
        if mine.get(address) != title:
            yield Difference(ours.doc_id, address, "标题", f"{title} / {mine.get(address)}")
    for address in mine.keys() - theirs.keys():
        yield Difference(ours.doc_id, address, "标题", f"无 / {mine[address]}")
    have, want = _figures(ours), _figures(original)
    for address in sorted(have.keys() | want.keys()):
        for value in sorted(want[address] - have[address]):
            yield Difference(ours.doc_id, address, "缺数字", value)
        for value in sorted(have[address] - want[address]):
            yield Difference(ours.doc_id, address, "多数字", value)


def compare_folders(ours: Path, originals: Path) -> list[Difference]:
    """Return the differences of all documents that both corpus folders list."""
    theirs = {entry.doc_id: entry for entry in read_manifest(originals)}
    differences: list[Difference] = []
    for entry in read_manifest(ours):
        if entry.doc_id in theirs:
            other = theirs[entry.doc_id]
            mine = parse_file(entry.path, entry.doc_id, entry.meta)
            differences += compare(mine, parse_file(other.path, other.doc_id, other.meta))
    return differences


def _titles(document: Document) -> dict[str, str]:
    return {_plain(str(address)): _plain(node.title) for node, address in document.walk()}


def _figures(document: Document) -> dict[str, set[str]]:
    figures: dict[str, set[str]] = defaultdict(set)
    for clause in document.clauses:
        steps = tuple(step for step in clause.address.steps if step.level in _SECTIONS)
        text = unicodedata.normalize("NFKC", clause.text)
        figures[_plain(str(Address(steps)))].update(_FIGURE.findall(text))
    return figures


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def main() -> None:
    """Run from the command line; exit 1 where something differs."""
    originals = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/seeds")
    differences = compare_folders(Path(Settings().corpus), originals)
    for difference in differences:
        sys.stdout.write("\t".join(difference) + "\n")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
