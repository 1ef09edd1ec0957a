"""A zip archive that may come from anybody: limits before and while reading, never to disk."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from corpus.errors import FileRefused

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 96 * 2**20  # bytes, unpacked, of one that is read whole
LARGEST_TOTAL = 512 * 2**20  # bytes, unpacked, each reading of a member counted
LARGEST_XML = 96 * 2**20  # bytes of all XML that is held at once; a tree takes ten times as much
RATIO = 250  # unpacked to packed, of the archive; text of one repeated line stays below
_SMALL = 16 * 2**20  # bytes; what unpacks to less is no bomb whatever its ratio
_PIECE = 2**20
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_DAMAGED = "文件可能没有下载完整，请重新下载或重新导出"
_SUSPICIOUS = "正常软件不会这样写，请核实文件来源后重新导出"
# What zipfile raises on archives that are broken, or packed in a way it does not know.
_RAISED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    OSError,
)


class Archive:
    """A zip in memory; names are those of the archive, parted by `/`."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open it; FileRefused for no zip, a truncated, encrypted or suspicious one."""
        self._name = name
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = [info for info in self._zip.infolist() if info.filename[-1:] != "/"]
        except _RAISED as error:
            raise FileRefused(f"{name}：压缩包损坏或不完整", _DAMAGED) from error
        if len(members) > MOST_MEMBERS:
            raise FileRefused(f"{name}：压缩包内有 {len(members)} 个文件，过多", _DAMAGED)
        total = sum(info.file_size for info in members)
        if total > LARGEST_TOTAL or total > max(_SMALL, RATIO * len(content)):
            raise self._bomb(total)
        for info in members:
            if info.flag_bits & _ENCRYPTED:
                raise FileRefused(f"{name}：压缩包加了密", "请取消密码后重新导出")
            if _leads_out(info.filename):
                path = info.filename[:80]
                raise FileRefused(f"{name}：压缩包内有指向包外的路径“{path}”", _SUSPICIOUS)
        self._members = {info.filename: info for info in members}
        self._any_case = {member.lower(): member for member in self._members}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files in it, in the order of the archive."""
        return tuple(self._members)

    def find(self, reference: str, base: str = "") -> str | None:
        """Return the member that a reference in the file `base` names, None where there is none.

        A reference is relative to the folder of `base`, from the root where it begins with `/`.
        Case counts only where two names differ in nothing else. FileRefused where it leads out.
        """
        place = reference.strip().replace("\\", "/")
        path = place if place.startswith("/") else f"{posixpath.dirname(base)}/{place}"
        path = posixpath.normpath(path.lstrip("/"))
        if _leads_out(path) or _DRIVE.match(place):
            where = base or "文件"
            raise FileRefused(f"{self._name}：{where} 引用了包外的“{reference[:80]}”", _SUSPICIOUS)
        return path if path in self._members else self._any_case.get(path.lower())

    def read(self, member: str) -> bytes:
        """Return the content of a member (KeyError for none); FileRefused over a limit or broken.

        The limits hold for what really comes out, whatever the directory says.
        """
        content = bytearray()
        for piece in self._pieces(self._members[member]):
            content += piece
            if len(content) > LARGEST_MEMBER:
                raise self._bomb(len(content))
        return bytes(content)

    def check(self) -> None:
        """Unpack every member once, for a library that reads the archive without these limits.

        FileRefused where one is broken, where all XML together is too large, and where one has a
        DTD, which OOXML has not (ECMA-376 part 2, 8.2.5), so nobody loses a document by that.
        """
        texts = sum(info.file_size for info in self._members.values() if _is_xml(info))
        if texts > LARGEST_XML:
            raise self._bomb(texts)
        for info in self._members.values():
            tail = b""
            for piece in self._pieces(info):
                if _is_xml(info) and any(mark in tail + piece for mark in _DOCTYPES):
                    raise FileRefused(
                        f"{self._name}：内部 XML 带有 DTD，可能是恶意文件", _SUSPICIOUS
                    )
                tail = piece[-max(map(len, _DOCTYPES)) :]

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as file:
                while piece := file.read(_PIECE):
                    self._read += len(piece)
                    if self._read > LARGEST_TOTAL:
                        raise self._bomb(self._read)
                    yield piece
        except _RAISED as error:
            message = f"{self._name}：包内的 {info.filename[:80]} 损坏，或压缩方式不认识"
            raise FileRefused(message, _DAMAGED) from error

    def _bomb(self, size: int) -> FileRefused:
        message = f"{self._name}：解压后有 {size // 2**20} MB，超出正常文档，可能是压缩炸弹"
        return FileRefused(message, "请核实文件来源，或拆成几个文件")


def _leads_out(path: str) -> bool:
    parts = re.split(r"[/\\]", path)
    return ".." in parts or path[:1] in ("/", "\\") or "\x00" in path or ":" in parts[0]


def _is_xml(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith((".xml", ".rels"))
