"""Formulas (m:oMath) in one line: 1/2, 10^3, √(x).

Source: ECMA-376 part 1, 22.1. Only what would otherwise give a false figure gets a sign.
"""

from __future__ import annotations

from ingest.readers.word.xml import Element, M, W

_PROPERTIES = "Pr"  # m:fPr, m:rPr …: how it looks, no text


def linear(element: Element) -> str:
    """Return the text of a formula, fractions and powers with a sign of their own."""
    tag = element.tag
    if tag in {f"{M}t", f"{W}t"}:
        return element.text or ""
    if tag == f"{M}f":
        return f"{_bracketed(_part(element, 'num'))}/{_bracketed(_part(element, 'den'))}"
    if tag == f"{M}sSup":
        return f"{_part(element, 'e')}^{_bracketed(_part(element, 'sup'))}"
    if tag == f"{M}rad":
        return f"{_part(element, 'deg')}√{_bracketed(_part(element, 'e'))}"
    return "".join(
        linear(each)
        for each in element
        if isinstance(each.tag, str) and not each.tag.endswith(_PROPERTIES)
    )


def _part(element: Element, name: str) -> str:
    found = element.find(M + name)
    return "" if found is None else linear(found)


def _bracketed(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
