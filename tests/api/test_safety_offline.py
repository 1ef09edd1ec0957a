"""No request leaves the machine: watched from within, and tried where there is no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.encoder import Encoder
from tests import small_corpus

ROOT = Path(__file__).parents[2]
# Python imports it at the start of every process, before anything of ours.
HOOK = """
import os, sys

HOME = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "", None)

def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in HOME:
        tell(f"{event} {host}")

def tell(line):
    with open(os.environ["WATCHED"], "a") as file:
        print(line, file=file)

tell("begun")
sys.addaudithook(hook)
"""


def watched(folder: Path, command: list[str], **environment: str) -> tuple[str, list[str]]:
    """Run a command and return what it prints and where its processes wanted to connect."""
    (folder / "hooks").mkdir()
    (folder / "hooks/sitecustomize.py").write_text(HOOK, encoding="utf-8")
    log = folder / "connections"
    own = {"PYTHONPATH": str(folder / "hooks"), "WATCHED": str(log)}
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | own | environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    lines = log.read_text().splitlines()
    return done.stdout.decode(), lines


def test_the_watch_sees_who_connects(tmp_path: Path) -> None:
    code = (
        "import socket, urllib.request, contextlib\n"
        "with contextlib.suppress(OSError): socket.socket(2, 2).connect(('192.0.2.1', 9))\n"
        "with contextlib.suppress(OSError): urllib.request.urlopen('http://nowhere.invalid/')\n"
        "with contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 9))\n"
    )
    _, lines = watched(tmp_path, [sys.executable, "-c", code])
    assert lines == [
        "begun",
        "socket.connect 192.0.2.1",
        "socket.getaddrinfo nowhere.invalid",
    ]


@pytest.fixture
def day(tmp_path: Path) -> list[str]:
    """The command of a day's work over the small corpus."""
    corpus = small_corpus.write(tmp_path / "文件")
    return [sys.executable, "-m", "tests.api.offline", str(corpus), str(tmp_path / "var")]


@pytest.fixture
def settings(request: pytest.FixtureRequest, encoder: Encoder) -> dict[str, str]:
    """The settings of a day's work: the default encoder, where it is unpacked already."""
    assert request.config.cache
    assert encoder.dimensions
    return {"ZHANGJIE_CACHE": str(request.config.cache.mkdir("encoder"))}


def test_a_days_work_connects_to_nothing_outside(
    tmp_path: Path, day: list[str], settings: dict[str, str]
) -> None:
    output, lines = watched(tmp_path, day, **settings)
    assert {"/", "/docs", "/static/ask.js", "/static/common.js", "/v1/ask"} <= set(output.split())
    assert set(lines) == {"begun"}
    assert len(lines) >= 3  # the work itself, the command line and the server


def test_a_days_work_needs_no_network(day: list[str], settings: dict[str, str]) -> None:
    alone = [shutil.which("unshare") or "", "-rn"]
    if not alone[0] or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("这里不能用 unshare -rn 隔离网络")
    done = subprocess.run(
        [*alone, *day, "alone"],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "/v1/ask" in done.stdout.decode()
