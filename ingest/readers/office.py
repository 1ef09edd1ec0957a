"""Binary Word and WPS files (.doc, .wps) and .rtf, turned into .docx by LibreOffice.

The conversion runs in a profile and folder of its own that are thrown away, without macros, links
and network look-ups of the document, and within a time limit.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import FileRefused
from ingest.readers import ole
from ingest.reading import Reading

PROGRAM = "soffice"
SECONDS = 120
_ZIP = b"PK\x03\x04"
_RTF = b"{\\rtf"
_SAVE_AS = "请用 Word 或 WPS 打开，另存为 docx 再加入"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = """<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">\
<value>{value}</value></prop></item>
"""
# Very high: only signed macros of trusted places, and there are none; links are never followed.
_SAFE = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
)


def read(content: bytes, name: str) -> Reading:
    """Read a .doc, .wps or .rtf; FileRefused where LibreOffice is missing or cannot.

    A file that is a .docx under another suffix needs no LibreOffice.
    """
    from ingest.readers import word

    if content.startswith(_ZIP):
        return word.read(content, name)
    suffix = _suffix(content, name)
    program = shutil.which(PROGRAM)
    if program is None:
        raise FileRefused(
            f"{name}：读 .doc、.wps、.rtf 要用 LibreOffice，本机没有 {PROGRAM} 命令",
            f"请安装（Debian/Ubuntu：apt install libreoffice-writer-nogui），或{_SAVE_AS[1:]}",
        )
    return word.read(_convert(program, content, suffix, name), name)


def _suffix(content: bytes, name: str) -> str:
    """Return the suffix that tells LibreOffice what the content is; refuse what it cannot be."""
    if content.startswith(_RTF):
        return ".rtf"
    if not ole.is_ole(content):
        start = content[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
        if start.startswith((b"<!doctype html", b"<html", b"<head", b"<meta")):
            raise FileRefused(f"{name}：内容是网页，不是 Word 文档", "请把后缀改为 .html")
        if start.startswith((b"mime-version:", b"from:")):
            raise FileRefused(f"{name}：内容是单个文件网页（mht）", _SAVE_AS)
        raise FileRefused(
            f"{name}：内容不是 Word 或 WPS 文档", "文件可能损坏；如是纯文本，请把后缀改为 .txt"
        )
    if ole.is_locked(content):
        raise FileRefused(f"{name}：文档加了密码", "请去掉密码后再加入")
    if ole.is_word(content):
        return ".doc"
    if name.lower().endswith(".wps"):
        return ".wps"  # Microsoft Works, which LibreOffice knows by its suffix
    raise FileRefused(f"{name}：里面没有 Word 文档", "如是表格或幻灯片，请另存为 docx 或 PDF")


def _convert(program: str, content: bytes, suffix: str, name: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="zhangjie-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"source{suffix}"
        source.write_bytes(content)
        _write_profile(home / "profile")
        _run([program, *_options(home), str(source)], home, name)
        converted = home / "out" / "source.docx"
        if not converted.is_file():
            raise FileRefused(f"{name}：LibreOffice 打不开，文件可能损坏", _SAVE_AS)
        return converted.read_bytes()


def _options(home: Path) -> list[str]:
    return [
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault"),
        *("--nologo", "--nofirststartwizard"),
        *("--convert-to", "docx", "--outdir", str(home / "out")),
    ]


def _write_profile(profile: Path) -> None:
    items = (_ITEM.format(path=path, name=name, value=value) for path, name, value in _SAFE)
    (profile / "user").mkdir(parents=True)
    settings = _SETTINGS.format(items="".join(items))
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")


def _run(command: list[str], home: Path, name: str) -> None:
    """Run the converter; after the time limit it is ended with all that it started."""
    environment = {"HOME": str(home), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    with subprocess.Popen(
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise FileRefused(
                f"{name}：LibreOffice 在 {SECONDS} 秒内没有转换完", _SAVE_AS
            ) from error
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
