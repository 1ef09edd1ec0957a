"""A zip archive that may come from anybody: limits before and while reading, never to disk."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib

from corpus.errors import FileRefused

MOST_MEMBERS = 20_000
LARGEST_MEMBER = 96 * 2**20  # bytes, unpacked
LARGEST_TOTAL = 512 * 2**20  # bytes, unpacked, each reading of a member counted
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_DAMAGED = "文件可能没有下载完整，请重新下载或重新导出"


class Archive:
    """A zip in memory. Names are those of the archive, parted by `/`, without a leading one."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open it; FileRefused for no zip, a truncated, encrypted or suspicious one."""
        self._name = name
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = [info for info in self._zip.infolist() if info.filename[-1:] != "/"]
        except (
            zipfile.BadZipFile,
            struct.error,
            ValueError,
            OSError,
            NotImplementedError,
        ) as error:
            raise FileRefused(f"{name}：压缩包损坏或不完整", _DAMAGED) from error
        if len(members) > MOST_MEMBERS:
            raise FileRefused(f"{name}：压缩包内有 {len(members)} 个文件，过多", _DAMAGED)
        if sum(info.file_size for info in members) > LARGEST_TOTAL:
            raise self._bomb()
        for info in members:
            if info.flag_bits & _ENCRYPTED:
                raise FileRefused(f"{name}：压缩包加了密", "请取消密码后重新导出")
            if _leads_out(info.filename):
                raise FileRefused(
                    f"{name}：压缩包内的文件名“{info.filename[:80]}”指向包外",
                    "正常软件不会这样写，请核实文件来源后重新导出",
                )
        self._members = {info.filename.lstrip("/"): info for info in members}
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
            raise FileRefused(
                f"{self._name}：{base or '文件'} 引用了包外的“{reference[:80]}”",
                "正常软件不会这样写，请核实文件来源后重新导出",
            )
        return path if path in self._members else self._any_case.get(path.lower())

    def read(self, member: str) -> bytes:
        """Return the content of a member (KeyError for none); FileRefused over a limit or broken.

        The limits hold for what really comes out, whatever the directory says.
        """
        try:
            with self._zip.open(self._members[member]) as file:
                content = file.read(LARGEST_MEMBER + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            struct.error,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise FileRefused(f"{self._name}：包内的 {member[:80]} 损坏", _DAMAGED) from error
        self._read += len(content)
        if len(content) > LARGEST_MEMBER or self._read > LARGEST_TOTAL:
            raise self._bomb()
        return content

    def _bomb(self) -> FileRefused:
        limit = LARGEST_TOTAL // 2**20
        return FileRefused(
            f"{self._name}：解压后超过 {limit} MB，可能是压缩炸弹", "请核实文件来源，或拆成几个文件"
        )


def _leads_out(path: str) -> bool:
    parts = re.split(r"[/\\]", path)
    return ".." in parts or "\x00" in path or _DRIVE.match(path) is not None
