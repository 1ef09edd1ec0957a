"""Damaged files for the fuzz run: small documents by real writers, then damage by seed.

The same seed, kind and number give the same bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from random import Random
from typing import NamedTuple

from eval import fuzz_text, writers
from eval.fuzz_damage import damaged, damaged_text, damaged_xml
from ingest.pipeline import parse

PARSER = "解析器"
_VARIANTS = 12  # undamaged documents of each kind
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030", "gb18030", "utf-16-le", "big5")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(NamedTuple):
    """What is fuzzed: the suffix of its files (empty for the parser), and its share of inputs."""

    name: str
    suffix: str
    share: float


# By cost: a PDF takes a hundred times as long as a text.
KINDS = (
    Kind(PARSER, "", 0.4),
    Kind("txt", ".txt", 0.18),
    Kind("md", ".md", 0.14),
    Kind("html", ".html", 0.14),
    Kind("docx", ".docx", 0.06),
    Kind("ofd", ".ofd", 0.05),
    Kind("doc", ".doc", 0.008),
    Kind("pdf", ".pdf", 0.02),
    Kind("png", ".png", 0.002),
)


def text(seed: int, number: int) -> str:
    """Return the text with this number for the parser."""
    return fuzz_text.text(Random(f"{seed}/{PARSER}/{number}"))


def content(seed: int, kind: Kind, number: int) -> bytes:
    """Return the file with this number; Missing where what writes it is not installed."""
    random = Random(f"{seed}/{kind.name}/{number}")
    make = _MAKERS[kind.suffix]
    return make(random, kind.suffix)


def _plain(random: Random, suffix: str) -> bytes:
    """Return a text in one of the encodings of offices; its bytes are seldom damaged."""
    text = fuzz_text.text(random)
    if random.random() < 0.5:
        text = damaged_text(random, text, suffix)
    written = text.encode(random.choice(_ENCODINGS), errors="ignore")
    return damaged(random, written, suffix) if random.random() < 0.1 else written


def _written(random: Random, suffix: str) -> bytes:
    """Damage what a writer wrote, its bytes or its text."""
    base = _base(suffix, random.randrange(_VARIANTS))
    if random.random() < 0.3:
        return damaged(random, base, suffix)
    return damaged_text(random, base.decode(), suffix).encode(errors="ignore")


def _binary(random: Random, suffix: str) -> bytes:
    return damaged(random, _base(suffix, random.randrange(_VARIANTS)), suffix)


def _zipped(random: Random, suffix: str) -> bytes:
    """Damage the archive itself, or more often the XML of a member."""
    base = _base(suffix, random.randrange(_VARIANTS))
    if random.random() < 0.1:
        return damaged(random, base, suffix)
    members = _members(base)
    largest = sorted(members, key=lambda name: -len(members[name]))
    for _ in range(random.randint(1, 3)):
        name = random.choice(random.choice((largest[:2], largest)))
        action = random.random()
        if action < 0.02:
            members.pop(name, None)
        elif action < 0.04:
            members[random.choice(largest)] = members.get(name, b"")
        elif action < 0.1:
            members[name] = damaged(random, members.get(name, b""), suffix)
        else:
            members[name] = damaged_xml(random, members.get(name, b""))
    return writers.archive(members)


def _old_word(random: Random, suffix: str) -> bytes:
    """Return what .doc files are that need no LibreOffice: .docx inside, or a broken OLE."""
    if random.random() < 0.5:
        return _zipped(random, ".docx")
    noise = damaged(random, random.randbytes(random.randint(0, 4096)), suffix)
    return _OLE + noise if random.random() < 0.7 else noise


def _picture(random: Random, suffix: str) -> bytes:
    size = random.choice((1, 7, 40))
    rows = zlib.compress(b"".join(b"\0" + random.randbytes(size) for _ in range(size)))
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    chunks = b"".join(map(_chunk, (b"IHDR", b"IDAT", b"IEND"), (head, rows, b"")))
    return damaged(random, b"\x89PNG\r\n\x1a\n" + chunks, suffix)


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc


@cache
def _base(suffix: str, variant: int) -> bytes:
    """Return an undamaged document, with headings and frames where its text has them."""
    random = Random(f"{suffix}/{variant}")
    raw = "\n".join(map(fuzz_text.printable, fuzz_text.text(random).split("\n")))
    lines = writers.lines(parse(f"某县发展规划\n第一章 总则\n{raw}\n专栏1 供水\n一项。\n"))
    written = _WRITERS[suffix](lines)
    return writers.archive(_members(written)) if suffix in (".docx", ".ofd") else written


def forget() -> None:
    """Forget the undamaged documents, so that they are written anew."""
    _base.cache_clear()


@cache
def _unpacked(content: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return tuple((name, file.read(name)) for name in file.namelist())


def _members(content: bytes) -> dict[str, bytes]:
    return dict(_unpacked(content))


_WRITERS: dict[str, writers.Writer] = {
    ".html": writers.html,
    ".md": writers.markdown,
    ".docx": writers.docx,
    ".ofd": writers.ofd,
    ".pdf": lambda lines: writers.pdf(lines, packed=False),
}
_MAKERS: dict[str, Callable[[Random, str], bytes]] = {
    ".txt": _plain,
    ".md": lambda random, suffix: (_plain if random.random() < 0.5 else _written)(random, suffix),
    ".html": _written,
    ".docx": _zipped,
    ".ofd": _zipped,
    ".doc": _old_word,
    ".pdf": _binary,
    ".png": _picture,
}
