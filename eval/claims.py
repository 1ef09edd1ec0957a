"""What a row of the ingest table is: a claim, its goal, and how its figure is measured."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from corpus.address import Level
from corpus.errors import FileRefused
from corpus.model import Document
from ingest.pipeline import parse, parse_file
from ingest.readers import READERS, read
from ingest.reading import Reading

_KEPT = 40  # readings and documents that several claims share


class Missing(Exception):
    """A figure cannot be measured here; the message says in Chinese what is missing."""


class Figure(NamedTuple):
    """A figure as it stands in the table, and whether it meets the goal."""

    text: str
    met: bool


class Claim(NamedTuple):
    """A row: what is claimed, the goal, what it is measured on (all Chinese), and the measurement.

    `measure` gets the folder of the data; Missing where data, a reader or a package is missing.
    """

    text: str
    goal: str
    source: str
    measure: Callable[[Path], Figure]


def share(right: int, whole: int, goal: float) -> Figure:
    """Return `right / whole` with its percentage where that says more; met from `goal` on."""
    percent = f"（{right / whole:.2%}）" if whole > 100 else ""
    return Figure(f"{right}/{whole}{percent}", whole > 0 and right / whole >= goal)


def files(data: Path, pattern: str) -> list[Path]:
    """Return the files that fit a glob pattern, in order of their names; Missing for none."""
    found = sorted(data.glob(pattern))
    if not found:
        raise Missing(f"没有 {pattern}")
    return found


def file(data: Path, pattern: str) -> Path:
    """Return the first file that fits a glob pattern; Missing for none."""
    return files(data, pattern)[0]


def require_reader(suffix: str) -> None:
    """Missing where files with this suffix cannot be read yet."""
    if suffix not in READERS:
        raise Missing(f"没有 {suffix} 阅读器")


@lru_cache(_KEPT)
def reading(path: Path) -> Reading:
    """Return what a file holds; Missing without a reader, or where the reader refuses it."""
    require_reader(path.suffix.lower())
    try:
        return read(path)
    except FileRefused as refused:
        raise Missing(f"读不了：{refused}") from refused


@lru_cache(_KEPT)
def document(path: Path) -> Document:
    """Return the parsed file; Missing as `reading`."""
    return parse(reading(path), path.stem)


@lru_cache(_KEPT)
def imported(path: Path) -> Document:
    """Return the file parsed as an import parses it, with its metadata; Missing as `reading`."""
    require_reader(path.suffix.lower())
    try:
        return parse_file(path)
    except FileRefused as refused:
        raise Missing(f"读不了：{refused}") from refused


# What to clear where files change under a path, as they do in tests.
CLAIM_CACHES = (reading, document, imported)


def squeeze(text: str) -> str:
    """Return a text without its white space."""
    return re.sub(r"\s", "", text)


def outline(document: Document) -> list[tuple[str, str]]:
    """Return address and title of every heading, in text order; 款 are none."""
    return [
        (squeeze(str(address)), squeeze(node.title))
        for node, address in document.walk()
        if node.level is not Level.PARAGRAPH
    ]
