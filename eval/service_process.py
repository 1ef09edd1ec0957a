"""A server in a process of its own, and what it takes of the machine while it works."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple, Self

import numpy as np

from eval import machine

TOKEN = "bench-service"
_SERVE = "import sys; sys.argv[0] = 'zhangjie'; from eval.cli import main; main()"
_START = 900  # seconds that a server may take to build its index
_EVERY = 2.0  # seconds between two samples
_TICKS = os.sysconf("SC_CLK_TCK")


class Usage(NamedTuple):
    """When (seconds since the epoch), megabytes held, and processor seconds taken until then."""

    at: float
    memory: machine.Memory
    processor: float


class Server:
    """`zhangjie serve` with `TOKEN` and without a limit on the rate, sampled while it lives."""

    def __init__(self, corpus: Path, data: Path, model: str = "") -> None:
        """Start it and wait until questions can be asked; RuntimeError where it ends or hangs."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        flags = ("--corpus", corpus, "--data", data, "--port", port)
        model_flags = ("--model", model) if model else ()
        command = [sys.executable, "-c", _SERVE, "serve", *map(str, (*flags, *model_flags))]
        own = {"ZHANGJIE_RATE": "0", "ZHANGJIE_ADMIN_TOKEN": TOKEN}
        self._process = subprocess.Popen(command, env=os.environ | own, start_new_session=True)
        self.samples: list[Usage] = []
        self._ended = Event()
        self._watch = Thread(target=self._sample, daemon=True)
        try:
            self._wait()
        except BaseException:
            self.close()
            raise
        self._watch.start()

    def close(self) -> None:
        """End the process and wait for that."""
        self._ended.set()
        self._process.terminate()
        self._process.wait(60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, path: str) -> Any:  # noqa: ANN401 (JSON)
        """Return what the API says at a path; urllib's errors."""
        return fetch(self.address + path)

    def usage(self) -> Usage:
        """Return what the process holds and has taken; OSError where it has ended."""
        folder = Path("/proc", str(self._process.pid))
        status = (folder / "status").read_text(encoding="ascii")
        ticks = (folder / "stat").read_text().rpartition(")")[2].split()[11:13]
        return Usage(time.time(), machine.memory(status), sum(map(int, ticks)) / _TICKS)

    def _wait(self) -> None:
        end = time.monotonic() + _START
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self.get("/readyz")
                return
            except OSError:  # urllib's are OSErrors: no port yet, or 503
                time.sleep(0.2)
        raise RuntimeError("the server did not become ready")

    def _sample(self) -> None:
        while not self._ended.wait(_EVERY):
            try:
                self.samples.append(self.usage())
            except OSError:
                return


def fetch(url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 (JSON)
    """Return the JSON at an address, of a POST where there are `data`; urllib's errors."""
    request = urllib.request.Request(url, data, dict(headers or {}))
    with urllib.request.urlopen(request, timeout=600) as response:
        return json.load(response)


def slope(samples: Sequence[Usage]) -> float:
    """Return by how many megabytes a minute memory grew over the second half of the samples."""
    half = samples[len(samples) // 2 :]
    if len(half) < 2:
        return 0.0
    minutes = [(one.at - half[0].at) / 60 for one in half]
    return float(np.polyfit(minutes, [one.memory.resident for one in half], 1)[0])
