"""Find the table of contents, and compare it with the body.

A table of contents repeats the headings without their text. It is an answer key for the check-up
and never a source of citations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.address import Address, Level, Step
from corpus.model import Node, Problem, walk
from ingest.headings import OWN_LINE, Candidate, candidate, clean_title
from ingest.lines import Line

_LABEL = re.compile(r"^[\dIVXivx\s\-—]*目\s*[录次]$")  # after the number of its page at times
# An entry whose leader and page number show that it is one: 总则 ……… 1
LEADER = re.compile(r"(?:[.．·•…]\s*){4,}[\dIVXivx\s\-—]{1,9}$")
# The page number of an entry: `……12`, `  3`, `...- 5 -`
_PAGE = re.compile(r"[\s.．·•…\-—]*[\s.．·•…\-—][\s\-—]*\d{1,3}[\s\-—]*$")
_PAGE_NUMBER = re.compile(r"^[\-—\s]*[IVXivx\d]{1,4}[\-—\s]*$")
_LONGEST_REST = 40  # characters of the second line of an entry
_OUTER = OWN_LINE - {Level.BOX}


_DEPTH = {
    Level.PART: 0,
    Level.SUBPART: 1,
    Level.CHAPTER: 2,
    Level.PREFACE: 2,
    Level.SECTION: 3,
    Level.HEADING: 4,
    Level.ITEM: 5,
}


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: its lines [first, last) and the title that each address has in it."""

    first: int
    last: int
    titles: dict[Address, str]


class _Keys:
    """Turns a run of headings into addresses, by number alone."""

    def __init__(self) -> None:
        self.above: list[Step] = []

    def peek(self, entry: Candidate) -> Address:
        """Return the address that an entry would have, and stay where we are."""
        other = _Keys()
        other.above = list(self.above)
        return other(entry)

    def __call__(self, entry: Candidate) -> Address:
        title = {Level.PREFACE: entry.title, Level.ANNEX: entry.word}.get(entry.level, "")
        step = Step(entry.level, entry.number, title, entry.sub)
        if entry.level not in _DEPTH:
            return Address((step,))
        depth = _DEPTH[entry.level]
        self.above = [s for s in self.above if _DEPTH[s.level] < depth] + [step]
        return Address(tuple(self.above))


def find(lines: Sequence[Line], candidates: Sequence[Candidate | None]) -> Contents | None:
    """Return the table of contents, None where there is none.

    It is the first run of headings without text between them that comes again further down, at
    least four in every five of them; after a line 目录 one in two is enough, since a table may list
    what the source has lost.
    """
    places = _last_places(candidates)
    for first, line in enumerate(lines):
        label = bool(_LABEL.match(line.text))
        if not label and not _may_begin(candidates[first]):
            continue
        found = _run(lines, candidates, first, label, places)
        if found:
            return found
        if label:
            return Contents(first, first + 1, {})
    return None


def _may_begin(entry: Candidate | None) -> bool:
    return entry is not None and (
        entry.level is Level.PREFACE or (entry.level in _OUTER and entry.number == 1)
    )


def _run(
    lines: Sequence[Line],
    candidates: Sequence[Candidate | None],
    first: int,
    label: bool,
    places: dict[Address, int],
) -> Contents | None:
    titles: dict[Address, str] = {}
    keys = _Keys()
    at = first + label
    while at < len(lines):
        leader = LEADER.search(lines[at].text)
        entry = candidate(lines[at].text[: leader.start()].strip()) if leader else candidates[at]
        if leader and entry is None:
            at += 1
            continue
        if entry is None or entry.run_in:
            if not _PAGE_NUMBER.match(lines[at].text):
                if not titles or not _is_rest(lines, candidates, at, keys, titles):
                    break
                last = next(reversed(titles))
                titles[last] = _entry_title(titles[last] + lines[at].text)
            at += 1
            continue
        key = keys(entry)
        again = places.get(key, -1) > at
        if key in titles or (titles and entry.level is Level.PREFACE and not (leader or again)):
            break
        titles[key] = _entry_title(entry.title)
        at += 1
    repeated = sum(places.get(key, -1) >= at for key in titles)
    if len(titles) < (2 if label else 4) or repeated < len(titles) * (0.5 if label else 0.8):
        return None
    return Contents(first, at, titles)


def _entry_title(text: str) -> str:
    return clean_title(_PAGE.sub("", text))


def _is_rest(
    lines: Sequence[Line],
    candidates: Sequence[Candidate | None],
    at: int,
    keys: _Keys,
    titles: dict[Address, str],
) -> bool:
    """Whether a line is the rest of an entry: the table goes on after it with a new heading."""
    follows = candidates[at + 1] if at + 1 < len(lines) else None
    if follows is None or follows.run_in or len(lines[at].text) > _LONGEST_REST:
        return False
    return keys.peek(follows) not in titles


def _last_places(candidates: Sequence[Candidate | None]) -> dict[Address, int]:
    """Return the number of the last line at which each heading stands."""
    keys = _Keys()
    return {keys(entry): at for at, entry in enumerate(candidates) if entry is not None}


def compare(contents: Contents, nodes: tuple[Node, ...]) -> list[Problem]:
    """Report where the table of contents and the body differ; the body counts."""
    body = {address: node for node, address in walk(nodes, Address())}
    problems = []
    for address, title in contents.titles.items():
        node = body.get(address)
        if node is None:
            message = f"目录列有{address}“{title}”，正文没有这个标题"
            problems.append(Problem("toc-missing-in-body", message))
        elif node.number is not None and _same(title) != _same(node.title):
            message = f"{address}：目录作“{title}”，正文作“{node.title}”，以正文为准"
            problems.append(Problem("toc-differs", message, node.start, node.body))
    levels = {address.steps[-1].level for address in contents.titles} - {Level.PREFACE}
    for address, node in body.items():
        if node.level in levels & _OUTER and address not in contents.titles:
            message = f"正文有{address}“{node.title}”，目录没有列出"
            problems.append(Problem("toc-missing-entry", message, node.start, node.body))
    return problems


def _same(title: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
