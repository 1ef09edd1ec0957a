"""What the tests of readers look at."""

from __future__ import annotations

from ingest.checkup import check
from ingest.pipeline import parse
from ingest.reading import Reading


def lines(reading: Reading) -> list[tuple[str, str]]:
    """Return each line with the kinds of its marks, joined by +; marks must cover whole lines."""
    document = parse(reading)
    assert check(document, reading.text) == []
    found: list[tuple[str, str]] = []
    offset = 0
    ends = set()
    for text in reading.text.split("\n")[:-1]:
        kinds = [mark.kind for mark in reading.marks if mark.start <= offset < mark.end]
        found.append((text, "+".join(kinds)))
        offset += len(text) + 1
        ends.add(offset)
    starts = {0} | ends
    assert all(mark.start in starts and mark.end in ends for mark in reading.marks)
    assert list(reading.marks) == sorted(reading.marks, key=lambda m: (m.start, -m.end))
    return found


def plain(reading: Reading) -> list[str]:
    """Return the lines without a mark."""
    return [text for text, kinds in lines(reading) if not kinds]


def of_kind(reading: Reading, kind: str) -> list[str]:
    """Return the lines that have a mark of a kind."""
    return [text for text, kinds in lines(reading) if kind in kinds.split("+")]


def facts(reading: Reading) -> dict[str, str]:
    """Return the facts by name, the last of a name."""
    return {fact.name: fact.value for fact in reading.facts}
