"""Where a paragraph goes on: which line belongs to the one before it."""

from __future__ import annotations

import re

from ingest.headings import OWN_LINE, candidate
from ingest.readers.page.characters import is_ended, width
from ingest.readers.page.margins import Margins, MarginTable, Placed, is_indent

# How lines begin that are paragraphs of their own, besides what may be a heading.
_BEGINS = re.compile(
    r"[①-⑳⑴-⒇●■◆▲★◇□○▪•]|[—–\-]{2}|附\s*[件表录]\s*[\d一二三四五六七八九十]*\s*[:：.．]?"
    r"|\d{1,2}(\.\d{1,2}){1,3}\s?[^\d\s%]"
)
# How an entry of a table of contents ends: `……… 12`
LEADER = re.compile(r"[.．…·。]{4,}[\s\-—]*[IVXivx\d]{1,4}[\s\-—]*$")
_WORD = re.compile(r"[!-~]+")
_HELD = re.compile(
    r".[，。、；：！？）》”’」』】〕]*"
)  # what may not begin a line stays with its character
_SAME_SIZE = 0.08
_WIDE_GAP = 1.35  # of the usual distance of lines
_RAGGED = 5.0  # ems: how much shorter a line may be that is not filled
_DEEPEST = 4.5  # ems: no paragraph begins with a larger indent
_BROKEN = 10  # ems: a shorter heading was not broken for its length
_LARGER = 1.12  # of the usual type size: set as a title
_LONG = 20  # ems: where the right margin is not sure, a shorter line is a paragraph or a name
_MOST_BLANK = 5  # blank lines that stand for white space


class Joiner:
    """Tells lines that go on from lines that begin a paragraph, by the margins of a document."""

    def __init__(self, margins: MarginTable, size: float) -> None:
        self._margins = margins
        self._size = size

    def goes_on(self, before: Placed, line: Placed, is_first: bool) -> bool:
        """Whether `line` is of the paragraph of `before`, of which that `is_first` line or not.

        Both are in reading order; what stands between is furniture.
        """
        if before.frame != line.frame or line.ruled or "table" in (before.kind, line.kind):
            return False
        if LEADER.search(before.text.rstrip()) or not self._same_type(before, line):
            return False
        if self._is_title(before, line):
            return True
        if self._gap(before, line) or self._is_short(before, line):
            return False
        ended = is_ended(before.text)
        if begins(line.text) and (ended or begins(before.text)):
            return False
        return self._flush(before, line, ended, is_first)

    @staticmethod
    def _same_type(before: Placed, line: Placed) -> bool:
        a, b = before.line.size, line.line.size
        return abs(a - b) <= _SAME_SIZE * max(a, b)

    def _gap(self, before: Placed, line: Placed) -> bool:
        """Whether more space stands between two lines than between those of a paragraph."""
        if before.page != line.page or before.line.column != line.line.column:
            return False
        step = line.line.middle - before.line.middle
        pitch = max(self._margins[line].pitch, 1.1 * line.line.size)
        return step > _WIDE_GAP * pitch

    def blanks(self, before: Placed, line: Placed) -> int:
        """Return how many lines would have room in the white space between two paragraphs."""
        if (before.page, before.line.column) != (line.page, line.line.column):
            return 0
        pitch = max(self._margins[line].pitch, line.line.size)
        if pitch <= 0:  # letters of no size, in damaged files
            return 0
        room = (line.line.box.top - before.line.box.top) / pitch
        return max(0, min(round(room) - 1, _MOST_BLANK))

    def _is_short(self, before: Placed, line: Placed) -> bool:
        """Whether a line ends so early that the next word would have fitted in.

        Where paragraphs begin with an indent and none is there, a line that ends inside a sentence
        may be shorter: not every program fills its lines.
        """
        size, margins = before.line.size, self._margins[line]
        word, held = _WORD.match(line.text), _HELD.match(line.text)
        needed = 0.55 * len(word[0]) * size if word else len(held[0]) * size if held else size
        ended = is_ended(before.text)
        if not margins.sure and (ended or width(before.text) < _LONG):
            return True
        missing = self._margins[before].right - before.line.box.x1
        flush = line.line.box.x0 - margins.left < 0.5 * size
        if margins.indents and flush and not ended and not begins(line.text):
            return missing > needed + _RAGGED * size
        return missing > needed + (0.5 if ended else 1.0) * size

    def _flush(self, before: Placed, line: Placed, ended: bool, is_first: bool) -> bool:
        """Whether a line begins where lines inside a paragraph do, not with an indent."""
        size = line.line.size
        indent = line.line.box.x0 - self._margins[line].left
        indent_before = before.line.box.x0 - self._margins[before].left
        if is_first and indent_before > _DEEPEST * size and abs(indent - indent_before) > size:
            return False  # a date or a name at the right
        if indent <= 0.8 * size:
            return True
        if is_first and self._margins[line].indents and is_indent(indent, size):
            return False
        if abs(indent - indent_before) < 0.4 * size:  # a stretch that is indented as a whole
            return not is_first or not (ended or begins(before.text))
        hangs = is_first and indent_before < 0.5 * size and begins(before.text)
        return hangs and not ended and indent < 4 * size

    # -- titles --------------------------------------------------------------------------------

    def _is_title(self, before: Placed, line: Placed) -> bool:
        """Whether two lines are a heading or title that is set over several centred lines."""
        near = before.page == line.page and line.line.middle > before.line.middle
        if not near or line.line.middle - before.line.middle > 2.3 * line.line.size:
            return False
        large = line.line.size > _LARGER * self._size
        if not (self._is_centred(before, or_full=large) and self._is_centred(line)):
            return False
        found = candidate(before.text)
        # a heading of a chapter that was broken for its length, not one with a short line of text
        broken = width(before.text) >= max(_BROKEN, width(line.text))
        own = found is not None and found.level in OWN_LINE and broken
        return (large or own) and not begins(line.text) and line.text[-1] not in "。；"

    def _is_centred(self, placed: Placed, or_full: bool = False) -> bool:
        """Whether a line stands in the middle, or, where that counts too, fills its column."""
        margins: Margins = self._margins[placed]
        left = placed.line.box.x0 - margins.left
        right = margins.right - placed.line.box.x1
        size = placed.line.size
        stands_in = left > 0.5 * size and right > 0.5 * size
        return (stands_in or or_full) and abs(left - right) < 1.5 * size


def begins(text: str) -> bool:
    """Whether a line begins as a heading or an entry of a list does."""
    return _BEGINS.match(text) is not None or candidate(text) is not None
