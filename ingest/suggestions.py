"""Corrections that would put a doubt right, made ready for people to check and to complete."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.address import Address, Step, parse
from corpus.errors import AddressError
from corpus.model import Document, Node, Problem
from ingest.corrections import Correction
from ingest.headings import candidate
from ingest.lines import Line, split_lines

BEFORE = "此处改成它下面第一行的开头"
TITLE = "此处改成标题"
_LONGEST = 24  # characters of a line that tell it from others
# The messages of ingest.builder and ingest.contents; a test holds them together.
_LOST = re.compile(r"之前缺序号 (\d+)$")
_LISTED = re.compile(r"^目录列有(.+?)“(.*)”，正文没有这个标题$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A correction and what it is for; `complete` says that it can be kept as it stands.

    Where it is not, `BEFORE` or `TITLE` stands for what only people can tell.
    """

    what: str
    correction: Correction
    complete: bool


class Suggestions:
    """What could be put right in one document."""

    def __init__(self, document: Document, doubts: Iterable[Problem]) -> None:
        """Take the doubts of its check-up: one may know what another lacks."""
        self._nodes = {node.start: (node, address) for node, address in document.walk()}
        self._lines = list(_spoken(document))
        self._plain = [_plain(line.text) for line in self._lines]
        self._titles = dict(filter(None, map(_listed, doubts)))

    def of(self, doubt: Problem) -> tuple[Suggestion, ...]:
        """Return the corrections that a doubt may call for, the likeliest first, often none."""
        if doubt.code == "number-gap" and (
            found := self._nodes.get(-1 if doubt.start is None else doubt.start)
        ):
            return (*self._lost(doubt, *found), *self._no_heading(doubt))
        if doubt.code in ("number-gap", "number-repeats"):
            return tuple(self._no_heading(doubt))
        if doubt.code == "toc-missing-in-body" and (entry := _listed(doubt)):
            return tuple(self._listed_only(*entry))
        return ()

    def _lost(self, doubt: Problem, node: Node, address: Address) -> Iterator[Suggestion]:
        """Yield the heading whose number is missing, with the title that the contents give it."""
        if match := _LOST.search(doubt.message):
            step = Step(node.level, int(match[1]), word=node.word)
            missing = Address(address.steps[:-1]) + step
            yield from _insert(step, self._titles.get(missing, ""))

    def _no_heading(self, doubt: Problem) -> Iterator[Suggestion]:
        for line in self._lines:
            if line.start == doubt.start:
                place, nth = self._named(line)
                correction = Correction("text", line=place, nth=nth)
                yield Suggestion("如果这一行不是标题", correction, complete=True)

    def _listed_only(self, address: Address, title: str) -> Iterator[Suggestion]:
        """Yield the line that is the heading but for its number, or the heading that is lost."""
        step = address.steps[-1]
        heading = _heading(step, title)
        plain = _plain(title)
        same = [line for at, line in enumerate(self._lines) if self._plain[at] == plain]
        for line in same if heading and len(same) == 1 else ():
            place, nth = self._named(line)
            correction = Correction("heading", line=place, heading=heading, nth=nth)
            yield Suggestion("正文有这一行，只是少了序号", correction, complete=True)
            return
        yield from _insert(step, title)

    def _named(self, line: Line) -> tuple[str, int]:
        """Return the beginning of a line and which it is of those that begin so, 0 for the only."""
        beginning = line.text[:_LONGEST].strip()
        plain = _plain(beginning)
        alike = [
            each.start for at, each in enumerate(self._lines) if self._plain[at].startswith(plain)
        ]
        return beginning, alike.index(line.start) + 1 if len(alike) > 1 else 0


def _spoken(document: Document) -> Iterator[Line]:
    """Yield the lines that corrections speak of: those that are no residue."""
    starts = [each.start for each in document.residues]
    for line in split_lines(document.text)[0]:
        before = bisect_right(starts, line.start) - 1
        if before < 0 or document.residues[before].end <= line.start:
            yield line


def _insert(step: Step, title: str) -> Iterator[Suggestion]:
    if heading := _heading(step, title or TITLE):
        correction = Correction("insert", before=BEFORE, heading=heading)
        yield Suggestion("补上缺的标题", correction, complete=False)


def _heading(step: Step, title: str) -> str:
    """Return a heading as people would write it, empty where it would not be read as one."""
    label = str(Address((step,)))
    between = "" if label[-1] in "、）" else "." if label.isdecimal() else " "
    heading = f"{label}{between}{title}"
    found = candidate(heading)
    fits = found and (found.level, found.number) == (step.level, step.number)
    return heading if fits else ""


def _listed(doubt: Problem) -> tuple[Address, str] | None:
    """Return the address and title of a heading that only the table of contents has."""
    match = _LISTED.match(doubt.message) if doubt.code == "toc-missing-in-body" else None
    if match is None:
        return None
    try:
        return parse(match[1]), match[2]
    except AddressError:  # a preface, which is no address that people type
        return None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
