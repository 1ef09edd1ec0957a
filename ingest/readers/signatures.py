"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from corpus.errors import FileRefused

# First bytes of formats, what they are called, the suffixes that such a file may have.
_SIGNATURES: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (b"%PDF-", "PDF", frozenset({".pdf"})),
    (b"\x89PNG\r\n\x1a\n", "PNG 图片", frozenset({".png"})),
    (b"\xff\xd8\xff", "JPEG 图片", frozenset({".jpg", ".jpeg"})),
    (b"GIF8", "GIF 图片", frozenset()),
    (b"II*\x00", "TIFF 图片", frozenset({".tif", ".tiff"})),
    (b"MM\x00*", "TIFF 图片", frozenset({".tif", ".tiff"})),
    (b"PK\x03\x04", "ZIP 压缩包（docx、ofd 也是）", frozenset({".docx", ".ofd", ".wps", ".doc"})),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "旧版 Word/WPS 或加密文档",
        frozenset({".doc", ".wps", ".docx"}),
    ),
    (b"Rar!", "RAR 压缩包", frozenset()),
    (b"7z\xbc\xaf", "7z 压缩包", frozenset()),
    (b"\x1f\x8b", "gzip 压缩包", frozenset()),
    (b"{\\rtf", "RTF", frozenset({".doc", ".wps", ".rtf"})),
    (b"\x7fELF", "程序", frozenset()),
    (b"MZ", "程序", frozenset()),
)
_BMP = (b"BM", "BMP 图片", frozenset({".bmp"}))  # too short to tell from text
# Formats that always begin with one of the signatures above.
_BINARY = frozenset().union(*(suffixes for _, _, suffixes in (*_SIGNATURES, _BMP)))


def check(content: bytes, suffix: str, name: str) -> None:
    """Refuse a file whose content is not what its suffix (lower case) says.

    FileRefused names what the content looks like, where that is known.
    """
    found = next((row for row in _SIGNATURES if content.startswith(row[0])), None)
    if content.startswith(_BMP[0]) and content[6:10] == bytes(4):  # after its size, four zeros
        found = _BMP
    if found and suffix not in found[2]:
        fitting = "、".join(sorted(found[2]))
        remedy = (
            f"如确是{found[1]}，请把后缀改为 {fitting}" if fitting else "请解压或另存为能读的格式"
        )
        raise FileRefused(f"{name}：内容是{found[1]}，不是 {suffix} 文件", remedy)
    if found is None and suffix in _BINARY - {".doc", ".wps"} and content.strip():
        raise FileRefused(
            f"{name}：内容不是 {suffix} 文件", "文件可能损坏或改错了后缀，请重新下载或导出"
        )
