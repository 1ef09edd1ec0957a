"""Small words for WordprocessingML: names, attributes, and what wraps nothing but content.

Source of every element name in this package: ECMA-376 part 1, 17 (WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_ALTERNATE = f"{MC}AlternateContent"
# Elements that only wrap content of the kind that stands around them.
_WRAPPERS = INSERTED | {
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "dir", "bdo")
}
_OFF = frozenset({"0", "false", "off"})


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of the w: namespace, empty where element or attribute are missing."""
    return "" if element is None else element.get(W + name) or ""


def number(element: Element | None, name: str = "val") -> int | None:
    """Return a whole number from an attribute, None where there is none to read."""
    text = value(element, name)
    digits = text[1:] if text.startswith("-") else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first descendant by a path of w: names, None where a step is missing."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def switch(properties: Element | None, name: str) -> bool | None:
    """Return an on/off property, None where it is not given (ECMA-376 part 1, 17.17.4)."""
    found = child(properties, name)
    return None if found is None else value(found) not in _OFF


def is_wrapper(element: Element) -> bool:
    """Whether an element only wraps content of the kind that stands around it."""
    return element.tag in _WRAPPERS


def alternative(element: Element) -> Element | None:
    """Return the one branch of mc:AlternateContent that counts: the first choice with text.

    The fallback says the same for older programs; it counts where no choice holds a text.
    """
    branches = [*element.findall(f"{MC}Choice"), *element.findall(f"{MC}Fallback")]
    with_text = (b for b in branches if next(b.iter(f"{W}t"), None) is not None)
    return next(with_text, branches[0] if branches else None)


def is_alternate(element: Element) -> bool:
    """Whether an element holds the same content in several forms."""
    return element.tag == _ALTERNATE


def content(parent: Element, *, deleted: bool = False) -> Iterator[Element]:
    """Yield the children of an element, wrappers opened, one of alternatives, in text order.

    What was deleted or moved away is yielded, not opened, where `deleted` says so.
    """
    for each in parent:
        if not isinstance(each.tag, str):
            continue  # a comment or processing instruction
        if is_alternate(each):
            branch = alternative(each)
            if branch is not None:
                yield from content(branch, deleted=deleted)
        elif is_wrapper(each):
            yield from content(each, deleted=deleted)
        elif deleted or each.tag not in DELETED:
            yield each
