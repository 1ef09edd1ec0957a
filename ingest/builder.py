"""From lines to nodes: goes through the lines once and keeps the open nodes on a stack.

A candidate is a heading where its number fits among its siblings; what fits nowhere stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.address import Level
from corpus.model import Problem, Residue, Span
from ingest import newspaper
from ingest.boxes import unnumbered_item
from ingest.corrections import Edits
from ingest.draft import Draft
from ingest.headings import DECIMAL, LONGEST_TITLE, OWN_LINE, Candidate, clean_title
from ingest.lines import Line, usual_gap
from ingest.paragraphs import belongs_to_previous
from ingest.ranks import DECIMAL_RANK, HOLDS_ENTRIES, HOLDS_POINTS, LISTED
from ingest.reading import HEADING

_WIDEST_GAP = 3  # numbers that may be missing before a listed level is no longer believed
_WRAPPED = 14  # characters; a heading line shorter than this was not broken for its length


@dataclass(frozen=True, slots=True)
class Source:
    """What the builder goes through: lines, what each could be, is known to be, is said to be.

    `candidates` has one entry a line; `roles` and `edits` are by line number.
    """

    text: str
    lines: Sequence[Line]
    candidates: Sequence[Candidate | None]
    roles: dict[int, newspaper.Role]
    edits: Edits


def _in_box(level: Level) -> Level:
    """Return the level that a candidate has directly in a box: （1） stands for （一） there."""
    return Level.ITEM if level is Level.POINT else level


def _believed(found: Candidate, holder: Draft) -> bool:
    """Whether a number that does not follow is a new list, a repeated or a few missing ones."""
    before, number = holder.last(found.level), found.number or 0
    return before > 0 and (number == 1 or before <= number <= before + _WIDEST_GAP)


class Builder:
    """Goes through the lines and keeps the open nodes, the root first, on a stack.

    `root`, `residues` and `problems` are the result, `misfits` the number of candidates that fit
    nowhere or not where they stand.
    """

    def __init__(self, source: Source, ranks: dict[Level, float]) -> None:
        self.text = source.text
        self.lines = source.lines
        self.candidates = source.candidates
        self.roles = roles = source.roles
        self.edits = source.edits
        self.ranks = ranks
        self.misfits = 0
        self.gap = usual_gap([line for at, line in enumerate(self.lines) if at not in roles])
        self.root = Draft(None)
        self.stack = [self.root]
        self.residues: list[Residue] = []
        self.problems: list[Problem] = []
        self.last_box = 0
        self.running: dict[Level, int] = {}  # the last number of each listed level, anywhere
        self.opening: Line | None = None  # the line of the last heading that ran into its text
        self.previous: Line | None = None  # the line of the open paragraph, None after a heading

    def run(self) -> None:
        """Place every line."""
        at = 0
        while at < len(self.lines):
            at += self._place(at)

    def _place(self, at: int) -> int:
        """Place line `at` and return the number of lines that were used."""
        line, role, found = self.lines[at], self.roles.get(at), self._found(at)
        if role and role.name not in ("piece", "subheading"):
            self.residues.append(Residue(role.name, line.start, line.end))
            return 1
        if role:
            level = Level.PIECE if role.name == "piece" else Level.SUBHEADING
            self._open(Candidate(level, None, clean_title(role.title)), line, line.end)
            return 1
        if self._box() and self._box_ends_before(line):
            self._close_box()
        for heading in self.edits.inserted.get(at, ()):
            self._under(self._parent(heading, line) or self._holder(heading))
            self._open(heading, line, line.start)
        if found and (parent := self._parent(found, line)):
            return self._heading(at, found, parent)
        if found and at in self.edits.lines:
            return self._heading(at, found, self._holder(found))
        self.misfits += found is not None
        if line.mark == HEADING and not self._box():
            self._open(Candidate(Level.SUBHEADING, None, clean_title(line.text)), line, line.end)
            return 1
        if self._box() and (item := self._unnumbered(at)):
            self._open(item, line, line.start if item.run_in else line.end)
            if item.run_in:
                self._paragraph(line)
            return 1
        self._paragraph(line)
        return 1

    def _found(self, at: int) -> Candidate | None:
        """Return the candidate of a line, by where it stands.

        In an article of a law （一） is 第（一）项 and 1. under it 第1目; 1. under a
        decimal is a list.
        """
        found = self.candidates[at]
        if found is None or self._box():
            return found
        if any(draft.level is Level.ARTICLE for draft in self.stack):
            if found.level in (Level.ITEM, Level.POINT):
                return replace(found, level=Level.POINT, word="")
            in_point = any(draft.level is Level.POINT for draft in self.stack)
            if found.level is Level.SUBITEM and in_point:
                return replace(found, level=Level.ENTRY, word="")
        plain = found.level is Level.SUBITEM and found.word != DECIMAL
        if plain and any(draft.word == DECIMAL for draft in self.stack):
            return replace(found, level=Level.ENTRY, word="1.")
        return found

    def _heading(self, at: int, found: Candidate, parent: Draft) -> int:
        line = self.lines[at]
        self._under(parent)
        if self._box():
            word = "" if found.level is Level.POINT else found.word
            found = replace(found, level=_in_box(found.level), word=word)
        if found.run_in:
            self._open(found, line, line.start)
            self.opening = line
            self._paragraph(line)
            return 1
        used, end = 1, line.end
        if self._continues(at, found):
            end = self.lines[at + 1].end
            found = replace(found, title=clean_title(found.title + self.lines[at + 1].text))
            used = 2
        self._open(found, line, end)
        self.stack[-1].cells = line.cell
        follows = self.lines[at + used] if at + used < len(self.lines) else line
        self.stack[-1].frame = line.frame or follows.frame
        return used

    def _under(self, parent: Draft) -> None:
        """Close what is open under `parent`."""
        while self.stack[-1] is not parent:
            self.stack.pop()

    def _holder(self, found: Candidate) -> Draft:
        """Return the innermost open node that may hold a level."""
        return next(d for d in reversed(self.stack) if self._rank(d) < self._rank(found))

    def _open(self, found: Candidate, line: Line, body: int) -> None:
        """Add a node under the top of the stack that may hold it and put it on the stack."""
        draft = Draft(
            found.level, found.number, found.title, line.start, body, found.sub, found.word
        )
        draft.depth = len(found.above)
        while len(self.stack) > 1 and self._rank(self.stack[-1]) >= self._rank(draft):
            self.stack.pop()
        parent = self.stack[-1]
        before = self.last_box if found.level is Level.BOX else parent.last(found.level, found.word)
        runs_on = found.level in LISTED and self._runs_on(found, parent)
        parent.add_child(draft)
        self._report(draft, found.number - 1 if runs_on and found.number else before, line)
        if found.level is Level.ANNEX:
            self.running.clear()
        elif found.number and not self._box():
            self.running[found.level] = found.number
        self.stack.append(draft)
        self.previous = None

    def _rank(self, draft: Draft | Candidate) -> float:
        if draft.level is None:
            return 0
        if draft.word == DECIMAL:
            depth = draft.depth if isinstance(draft, Draft) else len(draft.above)
            return DECIMAL_RANK + depth / 10
        return self.ranks[draft.level]

    def _report(self, found: Draft, before: int, line: Line) -> None:
        """Report a number that does not follow `before`, or that a sibling has too."""
        if found.number is None or found.sub:
            return
        where = line.text[:20]
        if found.repeat > 1:
            message = f"“{where}”的序号在同一处出现了两次，地址加〔2〕等以示区别"
            self.problems.append(Problem("number-repeats", message, line.start, line.end))
            self.misfits += 1
        elif found.number != before + 1 and not (found.level is Level.ARTICLE and before == 0):
            message = (
                f"“{where}”之前缺序号 {before + 1}"
                if found.number > before
                else f"“{where}”的序号倒退"
            )
            self.problems.append(Problem("number-gap", message, line.start, line.end))
            self.misfits += 1
        if found.level is Level.BOX:
            self.last_box = found.number

    # -- where a candidate belongs -------------------------------------------------------------

    def _parent(self, found: Candidate, line: Line) -> Draft | None:
        """Return the open node under which `found` is a heading, None where it is none."""
        if found.above:
            return self._decimal_parent(found, line)
        if found.level is Level.BOX:
            return self._holder(found)
        box = self._box()
        if box and (holder := self._holder_in_box(box, found)):
            return holder
        holders = [d for d in reversed(self.stack) if self._rank(d) < self._rank(found)]
        if found.level not in LISTED:
            return holders[0]
        if found.level is Level.POINT and holders[0].level not in HOLDS_POINTS:
            return None
        if found.level is Level.ENTRY and holders[0].level not in HOLDS_ENTRIES:
            return None
        outside = [d for d in holders if d.level is not Level.BOX] if box else holders[:1]
        for holder in outside:
            if found.number == holder.last(found.level) + 1:
                return holder
        fits = self._runs_on(found, holders[0]) or _believed(found, holders[0])
        return holders[0] if fits else None

    def _runs_on(self, found: Candidate, holder: Draft) -> bool:
        """Whether a level is numbered through the document: （四） under 二、 after （三）."""
        before = self.running.get(found.level, 0)
        return not self._box() and holder.last(found.level) == 0 and found.number == before + 1

    def _decimal_parent(self, found: Candidate, line: Line) -> Draft | None:
        """Return the open node with the number that `found` has above its own.

        1.1 directly under 第一章 has none: a node without a heading of its own stands for it.
        """
        chain: list[int] = []
        for draft in self.stack:
            if draft.word == DECIMAL and draft.number:
                chain.append(draft.number)
                if tuple(chain) == found.above:
                    fits = found.number == draft.last(found.level) + 1
                    return draft if fits or _believed(found, draft) else None
        if len(found.above) > 1 or found.number != 1:
            return None
        for draft in reversed(self.stack):
            if draft.number == found.above[0] and self._rank(draft) < DECIMAL_RANK:
                self._open(
                    Candidate(Level.SUBITEM, draft.number, "", word=DECIMAL), line, line.start
                )
                return self.stack[-1]
        return None

    def _holder_in_box(self, box: Draft, found: Candidate) -> Draft | None:
        """Return the innermost node of an open box in which the number follows, the box last."""
        level = _in_box(found.level)
        for draft in self.stack[: self.stack.index(box) - 1 : -1]:
            if self._rank(draft) < self.ranks[level] and found.number == draft.last(level) + 1:
                return draft
        return None

    # -- boxes ---------------------------------------------------------------------------------

    def _box(self) -> Draft | None:
        return next((draft for draft in reversed(self.stack) if draft.level is Level.BOX), None)

    def _close_box(self) -> None:
        box = self._box()
        while box and self.stack.pop() is not box:
            pass
        while self._rank(self.stack[-1]) >= self.ranks[Level.BOX]:
            self.stack.pop()
        self.previous = None

    def _box_ends_before(self, line: Line) -> bool:
        """A framed box ends with its frame, a flattened one with its cells.

        Any other ends with a gap wider than the usual one.
        """
        box = self._box()
        if box is None:
            return False
        if box.frame:
            return line.frame != box.frame and bool(box.paragraphs or box.children or line.gap)
        if box.cells:
            return not line.cell
        return line.gap >= 2 and line.gap > self.gap and bool(box.paragraphs or box.children)

    def _unnumbered(self, at: int) -> Candidate | None:
        """Return the item that a line without a number begins in a box, None for plain text."""
        follows = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if follows and (at + 1 in self.roles or self.candidates[at + 1]):
            follows = None
        if follows and self._box_ends_before(follows):
            follows = None
        return unnumbered_item(self.lines[at], follows)

    # -- text ----------------------------------------------------------------------------------

    def _continues(self, at: int, found: Candidate) -> bool:
        """Whether the next line is the title of a heading, or the rest of a long one."""
        if found.level not in OWN_LINE or found.level is Level.BOX:
            return False
        if at + 1 >= len(self.lines) or at + 1 in self.roles:
            return False
        line, follows = self.lines[at], self.lines[at + 1]
        other = self.candidates[at + 1]
        if other and (found.title or other.level is not Level.PREFACE):  # 第一章, then 总则
            return False
        if self.text[line.end : follows.start].strip() or follows.cell or follows.frame:
            return False
        if re.search("[。；;：:！？]", follows.text):
            return False
        if not found.title:
            return len(follows.text) <= LONGEST_TITLE // 2
        return (
            len(line.text) >= _WRAPPED
            and follows.gap <= min(self.gap, line.gap)
            and len(follows.text) <= len(line.text)
        )

    def _goes_on(self, line: Line) -> bool:
        """Whether a line belongs to the paragraph of the line before it."""
        before = self.previous
        if before is None or self.text[before.end : line.start].strip():
            return False
        return belongs_to_previous(before, line)

    def _paragraph(self, line: Line) -> None:
        """Add a line of text to the innermost open node.

        What follows the points of an article without a number is a paragraph (款) of the article.
        """
        if self._goes_on(line):
            top = self.stack[-1]
            top.paragraphs[-1] = Span(top.paragraphs[-1].start, line.end)
        else:
            if line is not self.opening and any(d.level is Level.ARTICLE for d in self.stack):
                while self.stack[-1].level in (Level.POINT, Level.ENTRY):
                    self.stack.pop()
            self.stack[-1].add_paragraph(Span(line.start, line.end))
        self.previous = line
