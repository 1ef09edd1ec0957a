"""A day's work in processes of their own: `python -m tests.api.offline CORPUS DATA`.

Asks on the command line, with the default encoder, and of a server without it, and fetches
everything that the server's pages are made of. Settings come from the environment. Prints what was
fetched; what fails is an error. With a third argument it has to find its way without a network.
"""

from __future__ import annotations

import fcntl
import json
import re
import socket
import struct
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

from starlette.routing import Route

from api.http.pages import router
from eval.service_process import Server

QUESTION = "云河县2025年要新建多少万亩标准茶园？"
ANSWER = "3万亩"
MAIN = "import sys; sys.argv[0] = 'zhangjie'; from eval.cli import main; main()"
_UP = 0x1  # IFF_UP and SIOCSIFFLAGS of <linux/if.h>
_SET_FLAGS = 0x8914


def loopback() -> None:
    """Let a network namespace without anything have its loopback, which is down at first."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", _UP))


def ask(corpus: str, data: str) -> str:
    """Return what `zhangjie ask` prints."""
    flags = ["--corpus", corpus, "--data", data]
    command = [sys.executable, "-c", MAIN, "ask", *flags, QUESTION]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def visit(address: str) -> dict[str, str]:
    """Return the pages, what they are made of, and an answer, by path."""
    pages = [each.path for each in router.routes if isinstance(each, Route)]
    paths = [path.replace("{doc_id}", "yunhe") for path in (*pages, "/v1/documents")]
    found = {path: _get(address + path) for path in paths}
    while missing := _named(found) - found.keys():
        found |= {path: _get(address + path) for path in missing}
    body = json.dumps({"question": QUESTION}).encode()
    asked = Request(f"{address}/v1/ask", body, {"Content-Type": "application/json"})
    return found | {"/v1/ask": _get(asked)}


def _get(request: str | Request) -> str:
    with urlopen(request, timeout=120) as response:
        content: bytes = response.read()
    return content.decode()


def _named(found: dict[str, str]) -> set[str]:
    """Return the paths below /static that texts name, by themselves or as neighbours."""
    text = "".join(found.values())
    neighbours = re.findall(r"from \"\./([\w.-]+)\"", text)
    return set(re.findall(r"/static/[\w.-]+\w", text)) | {f"/static/{each}" for each in neighbours}


def main() -> None:
    """Do the day's work."""
    corpus, data, *rest = sys.argv[1:]
    if rest:
        loopback()
    if ANSWER not in ask(corpus, data):
        raise SystemExit("no answer on the command line")
    with Server(Path(corpus), Path(data), "none") as server:
        found = visit(server.address)
    if ANSWER not in found["/v1/ask"]:
        raise SystemExit("no answer of the server")
    sys.stdout.write("\n".join(found))


if __name__ == "__main__":
    main()
