"""What an OLE file (.doc, .wps, a locked .docx) holds, told by its directory.

Source: [MS-CFB] 2.2 (header) and 2.6.1 (directory entries), [MS-DOC] 2.5.2 (FibBase).
"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "WordDocument"  # stream of every binary Word or WPS text
_LOCKED = ("EncryptedPackage", "EncryptionInfo", "DRMEncryptedDataSpace")
_NAME = 64  # bytes that the name of an entry takes, filled up with zeros
_FIRST_SECTOR = 0x74  # where an entry says in which sector its stream begins
_FIB_FLAGS = 0x0A
_ENCRYPTED = 0x0100  # fEncrypted: also set where the text is only obfuscated by XOR


def is_ole(content: bytes) -> bool:
    """Whether this is an OLE compound file."""
    return content.startswith(MAGIC)


def is_word(content: bytes) -> bool:
    """Whether an OLE file holds a binary Word or WPS text."""
    return _entry(content, WORD) >= 0


def is_locked(content: bytes) -> bool:
    """Whether an OLE file needs a password, be it a wrapped .docx or a binary .doc."""
    return any(_entry(content, name) >= 0 for name in _LOCKED) or _is_locked_doc(content)


def _entry(content: bytes, name: str) -> int:
    """Return the offset of the directory entry of a stream, -1 where there is none.

    The name with its padding and length is not met by chance in other data.
    """
    encoded = name.encode("utf-16-le")
    return content.find(encoded.ljust(_NAME, b"\0") + struct.pack("<H", len(encoded) + 2))


def _is_locked_doc(content: bytes) -> bool:
    entry = _entry(content, WORD)
    if entry < 0:
        return False
    try:
        (shift,) = struct.unpack_from("<H", content, 0x1E)
        (sector,) = struct.unpack_from("<I", content, entry + _FIRST_SECTOR)
        (flags,) = struct.unpack_from("<H", content, ((sector + 1) << min(shift, 12)) + _FIB_FLAGS)
    except struct.error:
        return False  # cut short: whoever reads it will say so
    return bool(flags & _ENCRYPTED)
