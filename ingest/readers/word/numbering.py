"""Automatic numbering (numbering.xml) written out as Word shows it.

Source: ECMA-376 part 1, 17.9. A list (w:num) takes its levels from a definition (w:abstractNum);
lists of one definition count on together unless a startOverride says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.word import number_formats
from ingest.readers.word.styles import Styles
from ingest.readers.word.xml import MC, Element, W, child, number, switch, value

BULLET = "-- "
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_CHINESE = re.compile("[一-龥]")  # a bullet that is a word (注：), not a sign of a symbol font
_CLOSED = re.compile("[、，。．：；）】〕》”]$")  # full-width signs hold their own distance
_ZEROS = re.compile("0+1$")  # 001, the first of a custom format


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = number_formats.DECIMAL
    text: str = ""
    start: int = 1
    restart: int | None = None
    suffix: str = "tab"
    legal: bool = False
    hidden: bool = False
    style: str = ""
    width: int = 0  # digits of a custom format with leading zeros


@dataclass(slots=True)
class _List:
    list_id: str
    definition: str
    levels: dict[int, _Level]
    overrides: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document; `label` must be asked in text order."""

    root: Element | None
    styles: Styles
    _lists: dict[str, _List | None] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """Return what Word puts before a paragraph, with the distance, empty for nothing.

        A bullet, whatever its sign, is `-- `.
        """
        place = self._place(paragraph)
        if place is None:
            return ""
        found, at = place
        counts = self._count(found, at)
        level = found.levels.get(at, _Level())
        if level.hidden:
            return ""
        if level.form == number_formats.BULLET and not _CHINESE.search(level.text):
            return BULLET if level.text else ""
        label = _PLACE.sub(lambda m: self._number(found, counts, int(m[1]) - 1, level), level.text)
        apart = label and level.suffix != "nothing" and not _CLOSED.search(label)
        return label + (" " if apart else "")

    def _place(self, paragraph: Element) -> tuple[_List, int] | None:
        """Return list and level of a paragraph: its own, else those of its style."""
        own = child(paragraph, "pPr", "numPr")
        list_id, at = value(child(own, "numId")), number(child(own, "ilvl"))
        style_ids: list[str] = []
        if not list_id:
            for style_id, style in self.styles.of(paragraph):
                style_ids.append(style_id)
                numbered = child(style, "pPr", "numPr")
                at = number(child(numbered, "ilvl")) if at is None else at
                if list_id := value(child(numbered, "numId")):
                    break
        found = self._list(list_id)
        if found is None:
            return None
        if at is None:
            linked = (n for n, level in found.levels.items() if level.style in style_ids)
            at = next(linked, 0)
        return (found, at) if 0 <= at < _LEVELS else None

    def _count(self, found: _List, at: int) -> list[int | None]:
        counts = self._counts.setdefault(found.definition, [None] * _LEVELS)
        before = counts[at]
        if (found.list_id, at) not in self._begun and at in found.overrides:
            counts[at] = found.overrides[at]
        else:
            counts[at] = self._start(found, at) if before is None else before + 1
        self._begun.add((found.list_id, at))
        for deeper in range(at + 1, _LEVELS):
            restart = found.levels.get(deeper, _Level()).restart
            if restart is None or at < restart:
                counts[deeper] = None
        return counts

    def _number(self, found: _List, counts: list[int | None], at: int, shown_in: _Level) -> str:
        level = found.levels.get(at, _Level())
        count = counts[at]
        if count is None:
            count = self._start(found, at)
        if shown_in.legal and level.form != "none":
            return str(count)
        return number_formats.write(count, level.form).zfill(level.width)

    @staticmethod
    def _start(found: _List, at: int) -> int:
        return found.overrides.get(at, found.levels.get(at, _Level()).start)

    def _list(self, list_id: str) -> _List | None:
        """Return a list by its id, None for 0 (no list) and for one that is not defined."""
        if list_id in {"", "0"} or self.root is None:
            return None
        if list_id not in self._lists:
            self._lists[list_id] = self._define(self.root, list_id)
        return self._lists[list_id]

    def _define(self, root: Element, list_id: str, depth: int = 0) -> _List | None:
        listed = _find(root, "num", "numId", list_id)
        definition_id = value(child(listed, "abstractNumId"))
        definition = _find(root, "abstractNum", "abstractNumId", definition_id)
        if listed is None or definition is None:
            return None
        if (link := value(child(definition, "numStyleLink"))) and depth < 5:
            linked = self._define(root, self.styles.numbering(link), depth + 1)
            if linked is None:
                return None
            definition_id, levels = linked.definition, dict(linked.levels)
        else:
            levels = _levels(definition)
        overrides: dict[int, int] = {}
        for override in listed.findall(f"{W}lvlOverride"):
            levels |= _levels(override)
            at, start = number(override, "ilvl"), number(child(override, "startOverride"))
            if at is not None and start is not None:
                overrides[at] = start
        return _List(list_id, definition_id, levels, overrides)


def _find(root: Element, tag: str, name: str, wanted: str) -> Element | None:
    return next((each for each in root.findall(W + tag) if value(each, name) == wanted), None)


def _levels(parent: Element) -> dict[int, _Level]:
    levels = {}
    for element in parent.findall(f"{W}lvl"):
        at = number(element, "ilvl")
        if at is not None:
            levels[at] = _level(element)
    return levels


def _level(element: Element) -> _Level:
    start = number(child(element, "start"))
    form, width = _form(element)
    return _Level(
        form=form,
        text=value(child(element, "lvlText")),
        start=0 if start is None else start,
        restart=number(child(element, "lvlRestart")),
        suffix=value(child(element, "suff")) or "tab",
        legal=bool(switch(element, "isLgl")),
        hidden=bool(switch(child(element, "rPr"), "vanish")),
        style=value(child(element, "pStyle")),
        width=width,
    )


def _form(element: Element) -> tuple[str, int]:
    """Return the number format, and the digits of a custom one such as `001, 002, …`.

    Word wraps a custom format in mc:AlternateContent with a plain one as fallback.
    """
    found = child(element, "numFmt")
    if found is not None:
        return value(found) or number_formats.DECIMAL, 0
    custom = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    first = value(custom, "format").split(",")[0].strip()
    if _ZEROS.match(first):
        return number_formats.DECIMAL, len(first)
    fallback = element.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
    return value(fallback) or number_formats.DECIMAL, 0
