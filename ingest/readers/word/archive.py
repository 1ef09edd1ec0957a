"""Look over a zip before anything is made of it: no bomb, no lock, nothing cut off.

Members are never written to disk. The sizes that the directory gives are checked first; then every
member is unpacked in small pieces, since a directory can lie and a checksum can be wrong.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from corpus.errors import FileRefused

MEMBERS = 10_000
UNPACKED = 512 * 2**20  # bytes of all members together
UNPACKED_XML = 96 * 2**20  # bytes of all XML members; a tree takes some ten times as much
RATIO = 250  # unpacked to packed, of the archive; text of one repeated line stays below
_SMALL = 16 * 2**20  # bytes; what unpacks to less is no bomb whatever its ratio
_PIECE = 2**20
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_BROKEN = "文件可能没有下载完整，请重新下载或导出"
_MADE = "请用 Word 或 WPS 打开后另存为 docx，再加入"


def check(content: bytes, name: str) -> None:
    """Refuse an archive that is broken, locked, dangerous or holds XML with a DTD.

    OOXML has no DTD (ECMA-376 part 2, 8.2.5), so nobody loses a document by that.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_directory(members, len(content), name)
            read = 0
            for member in members:
                read += _check_member(archive, member, UNPACKED - read, name)
    except FileRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise FileRefused(f"{name}：压缩包残缺或损坏", _BROKEN) from error
    except (NotImplementedError, RuntimeError) as error:  # method or encryption not known
        raise FileRefused(f"{name}：压缩方式不认识", _MADE) from error


def _check_directory(members: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    if len(members) > MEMBERS:
        raise FileRefused(f"{name}：压缩包里有 {len(members)} 个文件，不是正常的文档", _MADE)
    for member in members:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
            raise FileRefused(f"{name}：压缩包里有指向包外的路径，可能是恶意文件", _MADE)
        if member.flag_bits & 1:
            raise FileRefused(f"{name}：压缩包设了密码", "请去掉密码后再加入")
    unpacked = sum(member.file_size for member in members)
    texts = sum(member.file_size for member in members if _is_xml(member))
    too_dense = unpacked > _SMALL and unpacked > RATIO * packed
    if unpacked > UNPACKED or texts > UNPACKED_XML or too_dense:
        raise _bomb(name, unpacked)


def _check_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowed: int, name: str
) -> int:
    """Unpack a member piece by piece and return its size."""
    size, tail = 0, b""
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > allowed:
                raise _bomb(name, size)
            if _is_xml(member) and any(mark in tail + piece for mark in _DOCTYPES):
                raise FileRefused(f"{name}：内部 XML 带有 DTD，可能是恶意文件", _MADE)
            tail = piece[-max(map(len, _DOCTYPES)) :]
    return size


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels"))


def _bomb(name: str, size: int) -> FileRefused:
    return FileRefused(
        f"{name}：解压后有 {size // 2**20} MB，超出正常文档，可能是压缩炸弹", "请核对文件来源"
    )
