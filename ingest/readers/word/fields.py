"""Fields (w:fldChar): of each, only the result is text that is shown.

Source: ECMA-376 part 1, 17.16.18. A field has a code and, after `separate`, a result; both may
hold fields again and run over paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_PAGE = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
_EQUATION = "EQ"
_CIRCLES = frozenset("○〇◯")
# \o\ac(○,1): 1; \o\ad(\s\up(pin),字): 字
_LAST_ARGUMENT = re.compile(
    r"[,，;；]\s*([^,，;；()]+?)\s*\)[\s)]*$"
)  # \o\ac(○,1); \o(\s\up(x),字)
_FRACTION = re.compile(r"\\f\s*\(([^,，()]+)[,，]([^,，()]+)\)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    has_result: bool = False

    @property
    def kind(self) -> str:
        words = "".join(self.code).split(maxsplit=1)
        return words[0].upper() if words else ""


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of a story (body, note, text box)."""

    _open: list[_Field] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        """Whether the place is in the code of a field."""
        return any(not each.has_result for each in self._open)

    @property
    def in_contents(self) -> bool:
        """Whether the place is in a table of contents or of figures."""
        return any(each.kind == "TOC" for each in self._open)

    @property
    def in_page_number(self) -> bool:
        """Whether the place is in the result of a page-number field."""
        return any(each.kind in _PAGE for each in self._open)

    def begin(self, code: str = "") -> None:
        """Open a field, with its `code` where that is known at once (w:fldSimple)."""
        self._open.append(_Field([code], has_result=True) if code else _Field())

    def code(self, text: str) -> None:
        """Add to the code of the innermost field."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].code.append(text)

    def separate(self) -> None:
        """Begin the result of the innermost field."""
        if self._open:
            self._open[-1].has_result = True

    def end(self) -> str:
        """Close the innermost field; return what its code shows where it has no result."""
        if not self._open:
            return ""
        closed = self._open.pop()
        if closed.has_result or closed.kind != _EQUATION:
            return ""
        return equation("".join(closed.code))

    def drop_unfinished(self) -> bool:
        """Close fields that got no result by the end of a paragraph; whether there were any.

        Such a field is broken; what follows its paragraph must not be lost with it.
        """
        kept = [each for each in self._open if each.has_result]
        dropped = len(kept) < len(self._open)
        self._open = kept
        return dropped


def equation(code: str) -> str:
    r"""Return what an EQ field shows: a circled number, a fraction, the base of a pinyin guide.

    >>> equation(r"eq \o\ac(○,3)"), equation(r"EQ \f(1,2)")
    ('③', '1/2')
    """
    if fraction := _FRACTION.search(code):
        return f"{fraction[1].strip()}/{fraction[2].strip()}"
    last = _LAST_ARGUMENT.search(code)
    if last is None:
        return ""
    return _circled(last[1]) if _CIRCLES & set(code) else last[1]


def _circled(text: str) -> str:
    """Return the one character for a circled text where there is one, else the text in （）."""
    for first, last in ((0x2460, 0x2473), (0x3280, 0x3289)):
        for code in range(first, last + 1):
            if unicodedata.normalize("NFKC", chr(code)) == text:
                return chr(code)
    return f"（{text}）"
