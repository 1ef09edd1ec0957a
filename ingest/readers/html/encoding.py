"""In which encoding a page was saved, whatever it says of itself."""

from __future__ import annotations

import codecs
import re

from ingest.readers import txt

_HEAD = 4096  # bytes; browsers look for the declaration in the first 1024
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""")
# What pages declare, and the larger encoding that holds all of it.
_ENCODINGS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FEW = 0.005  # share of unreadable characters that still leaves a page worth reading
REPLACED = "\ufffd"


def decode(content: bytes, name: str) -> str:
    """Return the text of a page; FileRefused where no encoding fits.

    A byte order mark decides. Text that is UTF-8 is UTF-8 whatever is declared, since nothing else
    decodes as it by chance; then the declared encoding is tried strictly, then what `txt.decode`
    finds. A page that has a declaration and few broken bytes gets `REPLACED` in their place.
    """
    if content.startswith(_BOMS):
        return txt.decode(content, name)
    declared = _declared(content)
    for encoding in ("utf-8", declared):
        try:
            return txt.LINE_END.sub("\n", content.decode(encoding)).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    repaired = content.decode(declared, errors="replace").replace("\x00", "")
    if repaired.count(REPLACED) <= _FEW * len(repaired):
        return txt.LINE_END.sub("\n", repaired)
    return txt.decode(content, name)


def _declared(content: bytes) -> str:
    """Return the encoding that the head declares, GB18030 where it declares none that is known."""
    found = _DECLARED.search(content[:_HEAD])
    return _ENCODINGS.get(found[1].decode("ascii").lower() if found else "", "gb18030")
