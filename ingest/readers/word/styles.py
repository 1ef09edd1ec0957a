"""What the style of a paragraph says: heading, table of contents, list, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.word.xml import Element, W, child, number, switch, value

_HEADING = re.compile(r"(heading|标题)\s*[1-9]?|title|subtitle|副标题", re.IGNORECASE)
_CONTENTS = re.compile(r"(toc|目录)\s*([1-9]|heading|标题)?|table of figures", re.IGNORECASE)
_BODY_LEVEL = 9  # w:outlineLvl of body text; 0 to 8 are headings
_DEEPEST = 20  # styles based on each other; more is a circle


class Styles:
    """The styles of a document, found by their id."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        for style in root.findall(f"{W}style") if root is not None else ():
            style_id = value(style, "styleId")
            self._by_id.setdefault(style_id, style)
            is_default = value(style, "default") in {"1", "true", "on"}
            if is_default and value(style, "type") == "paragraph":
                self._default = style_id

    def chain(self, style_id: str) -> Iterator[tuple[str, Element]]:
        """Yield a style and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            style = self._by_id.get(style_id)
            if style is None:
                return
            yield style_id, style
            style_id = value(child(style, "basedOn"))

    def of(self, paragraph: Element) -> Iterator[tuple[str, Element]]:
        """Yield the styles of a paragraph, nearest first."""
        return self.chain(value(child(paragraph, "pPr", "pStyle")) or self._default)

    def is_heading(self, paragraph: Element) -> bool:
        """Whether outline level or style call a paragraph a heading or title."""
        level = number(child(paragraph, "pPr", "outlineLvl"))
        for _, style in self.of(paragraph):
            if level is None:
                level = number(child(style, "pPr", "outlineLvl"))
            if level is None and _HEADING.fullmatch(value(child(style, "name"))):
                level = 0
        return level is not None and level < _BODY_LEVEL

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the style is one of a table of contents."""
        names = (value(child(style, "name")) for _, style in self.of(paragraph))
        return any(_CONTENTS.fullmatch(name) for name in names)

    def numbering(self, style_id: str) -> str:
        """Return the id of the list that a numbering style stands for, empty for none."""
        for _, style in self.chain(style_id):
            if found := value(child(style, "pPr", "numPr", "numId")):
                return found
        return ""

    def is_hidden(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is set as hidden text, by itself or by a style."""
        direct = switch(child(run, "rPr"), "vanish")
        if direct is not None:
            return direct
        by_run = self._vanish(self.chain(value(child(run, "rPr", "rStyle"))))
        return by_run if by_run is not None else bool(self._vanish(self.of(paragraph)))

    def hides_end(self, paragraph: Element) -> bool:
        """Whether the end of a paragraph is hidden, so that the next goes on in its line."""
        return bool(switch(child(paragraph, "pPr", "rPr"), "vanish"))

    @staticmethod
    def _vanish(chain: Iterator[tuple[str, Element]]) -> bool | None:
        found = (switch(child(style, "rPr"), "vanish") for _, style in chain)
        return next((each for each in found if each is not None), None)
