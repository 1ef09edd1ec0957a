"""Plain text in the encodings that Chinese offices use."""

from __future__ import annotations

import codecs
import re

from corpus.errors import FileRefused
from ingest.reading import Reading

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Every kind of line end, form feeds included, reads as LF.
LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# The characters that make up nearly all of any Chinese text.
_ORDINARY = re.compile("[一-龥，。、；：“”（）《》\\s\x20-\x7e0-9０-９·〇]")
_MOSTLY = 0.7
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")


def read(content: bytes, name: str) -> Reading:
    """Read plain text; FileRefused where no encoding fits."""
    return Reading(decode(content, name))


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16 or GB18030 (GBK, GB2312); FileRefused where none of them fits.

    A byte order mark decides; without one the first encoding counts whose strict decoding gives a
    text, for GB18030 and UTF-16 one of mostly ordinary characters, since those decode almost
    anything to something.
    """
    return LINE_END.sub("\n", _found(content, name)[1])


def encoding(content: bytes) -> str | None:
    """Return the encoding in which `decode` reads a text, as HTTP calls it; None for no text."""
    try:
        return _found(content, "")[0]
    except FileRefused:
        return None


def _found(content: bytes, name: str) -> tuple[str, str]:
    """Return encoding and text without byte order mark."""
    for mark, code in _BOMS:
        if content.startswith(mark):
            text = _decode(content[len(mark) :], code)
            if text is None:
                raise FileRefused(
                    f"{name}：开头标明 {code}，内容却不是", "文件可能损坏，请重新导出"
                )
            return code, text
    for code in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        text = _decode(content, code)
        if text is not None and _is_text(text, code):
            return code, text
    raise FileRefused(
        f"{name}：不是 UTF-8、UTF-16 或 GB18030（GBK）编码的文本",
        "请用记事本“另存为”，编码选 UTF-8",
    )


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_text(text: str, encoding: str) -> bool:
    if "\x00" in text:
        return False
    if encoding == "utf-8":  # nothing else decodes as UTF-8 by chance, except what is no text
        return len(_CONTROL.findall(text)) <= 0.01 * len(text)
    letters = sum(1 for _ in _ORDINARY.finditer(text))
    return letters >= _MOSTLY * len(text)
