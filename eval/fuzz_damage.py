"""Damage to bytes, to text and to XML, such that much of it can still be read."""

from __future__ import annotations

import copy
from random import Random
from typing import AnyStr

from lxml import etree

from eval import fuzz_text

# What the formats are made of, put in at random places.
_TOKENS = {
    ".html": """<table> </table> <td colspan=99999> <tr> <p> </p> <div> <script> <!-- --> <h1> <li>
    &nbsp; &#0; &#x110000; <meta charset=gbk> <br> <![CDATA[ <svg> <title> <ol start=-5> </html>
    <textarea> <base href=x> <pre> <td rowspan=0> <sup> <a> </div></div></div>""",
    ".md": """# ## ``` > | --- - 1. 1) * ** [a](b) ![]( <div> <!-- &nbsp; \\ :--- ~~~ <br> === |
    [^1] [^1]: |---|---| <td> 99999999999.""",
    ".pdf": """obj endobj stream endstream /Kids /Parent /Type /Pages /Page /Length -1
    99999999999 << >> [ ] ( ) BT ET Tj TJ Tf Tm Td cm q Q Do re f S /Contents /Font null R xref
    trailer %%EOF nan""",
}
_OTHER = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\n", b"\r\n", b"\t", b"(", b"|", b"--"),
    *(b"PK\x03\x04", b"%PDF-", b"%00", b"\xa3\xa8", b"\x81"),
)
_VALUES = ("", "-1", "0", "1", "7", "99999999", "nan", "1e308", "x", "../../x", "g 9 1", "第一章")
_TIMES = (*[1] * 60, *[2] * 20, *[30] * 19, 2000)  # that something is put in
_DEEP = 200  # elements in each other


def damaged(random: Random, content: bytes, suffix: str) -> bytes:
    """Return bytes with a few places damaged."""
    tokens = [token.encode() for token in _TOKENS.get(suffix, "").split()]
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        own = tokens and random.random() < 0.85
        content = _damage(random, content, random.choice(tokens if own else _OTHER))
    return content


def damaged_text(random: Random, text: str, suffix: str) -> str:
    """Return a text with pieces of its format, and lines, put in, doubled, moved and cut out."""
    tokens = _TOKENS.get(suffix, "").split()
    for _ in range(random.choice((1, 1, 2, 3, 6, 12))):
        own = tokens and random.random() < 0.7
        token = random.choice(tokens) if own else fuzz_text.line(random)
        text = _rearranged(random, text, token)
    return text


def damaged_xml(random: Random, content: bytes) -> bytes:
    """Return XML that is well-formed still, with elements, attributes and texts changed.

    Bytes that are no XML come back as they are.
    """
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return content
    for _ in range(random.choice((1, 2, 4, 8))):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        _change(random, random.choice(elements), elements)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _damage(random: Random, content: bytes, token: bytes) -> bytes:
    """Damage one place: overwrite or flip it, or what `_rearranged` does."""
    at = random.randint(0, len(content))
    length = random.choice((1, 1, 2, 4, 16, 100))
    piece = content[at : at + length]
    way = random.randrange(7)
    if way == 0:
        return content[:at] + random.randbytes(len(piece)) + content[at + length :]
    if way == 1:
        flipped = bytes(byte ^ (1 << random.randrange(8)) for byte in piece[:4])
        return content[:at] + flipped + content[at + len(flipped) :]
    return _rearranged(random, content, token)


def _rearranged(random: Random, content: AnyStr, token: AnyStr) -> AnyStr:
    """Cut out, double or move a piece, put a token in, or cut off one end."""
    at = random.randint(0, len(content))
    length = random.choice((1, 1, 4, 16, 100, 2000))
    piece, rest = content[at : at + length], content[:at] + content[at + length :]
    way = random.randrange(9)
    if way == 0:
        return rest
    if way == 1:
        return content[:at] + piece * random.choice((2, 2, 3, 50)) + content[at + length :]
    if way == 2:
        to = random.randint(0, len(rest))
        return rest[:to] + piece + rest[to:]
    if way == 3:
        return content[:at] if random.random() < 0.5 else content[at:]
    return content[:at] + token * random.choice(_TIMES) + content[at:]


def _change(random: Random, element: etree._Element, elements: list[etree._Element]) -> None:
    """Change one element: its place, its number, its name, an attribute or its text."""
    parent = element.getparent()
    other = random.choice(elements)
    way = random.randrange(8)
    if way == 0 and parent is not None:
        parent.remove(element)
    elif way == 1 and parent is not None:
        for _ in range(random.choice((1, 1, 3, 50))):
            parent.append(_copy(element))
    elif way == 2:
        other.insert(random.randint(0, len(other)), _copy(element))
    elif way == 3:
        element.tag = other.tag
    elif way == 4:
        element.text = fuzz_text.printable(fuzz_text.line(random))
    elif way == 5 and element.attrib:
        del element.attrib[random.choice(list(element.attrib))]
    elif way == 6 and random.random() < 0.1:
        for _ in range(_DEEP):
            element = etree.SubElement(element, element.tag)
    elif other.attrib:
        name = random.choice(list(other.attrib))
        element.set(name, random.choice((*_VALUES, *other.attrib.values())))


def _copy(element: etree._Element) -> etree._Element:
    copied = copy.deepcopy(element)
    copied.tail = None
    return copied
