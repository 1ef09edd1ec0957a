"""Take in files in processes of their own, for a server.

Nobody knows what a file from outside does to a reader. Apart, it can neither hold up what else the
server does nor take its memory for good, and what takes too long is ended. The other side is this
module run as a program: a request as JSON on standard input, the answer on standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Any

from corpus import checkup
from corpus.checkup import CheckUp
from corpus.errors import FileRefused, ZhangjieError
from corpus.model import Document, Meta
from corpus.store import decode, encode
from ingest.corrections import Correction, from_bytes, to_bytes
from ingest.pipeline import take_in

SECONDS = 600  # for one file; a scan of a hundred pages takes about as long
_COMMAND = (sys.executable, "-m", "ingest.apart")
_MEND = "请确认它能正常打开，另存或重新导出后再试，或拆成几个文件"
_NICENESS = 10  # whoever asks comes first


class Apart:
    """Takes in files as `pipeline.take_in` does, each in a process of its own, until stopped."""

    def __init__(self, seconds: float = SECONDS, command: Sequence[str] = _COMMAND) -> None:
        """Give each file `seconds`; `command` starts the other side."""
        self._seconds = seconds
        self._command = list(command)
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._lock = Lock()

    def __call__(
        self, path: Path, doc_id: str, meta: Meta, corrections: Sequence[Correction]
    ) -> tuple[Document, CheckUp]:
        """Return a file parsed and checked up.

        FileRefused where no reader can turn it into text, where it takes too long, and where the
        process dies of it.
        """
        request = {
            "path": str(path),
            "doc_id": doc_id,
            "meta": asdict(meta),
            "corrections": to_bytes(corrections).decode(),
        }
        answer = self._ask(json.dumps(request).encode(), path.name)
        if "message" in answer:
            raise FileRefused(answer["message"], answer["remedy"])
        return decode(answer["document"]), checkup.decode(answer["checkup"])

    def stop(self) -> None:
        """End what is under way, and take in no more."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                process.kill()

    def _ask(self, request: bytes, name: str) -> dict[str, Any]:
        with self._start(name) as process:
            try:
                output, _ = process.communicate(request, self._seconds)
            except subprocess.TimeoutExpired as error:
                minutes = max(1, round(self._seconds / 60))
                raise FileRefused(f"{name}：解析超过 {minutes} 分钟，已停止", _MEND) from error
            finally:
                process.kill()
                with self._lock:
                    self._running.discard(process)
        try:
            answer: dict[str, Any] = json.loads(output)
        except ValueError as error:
            raise FileRefused(f"{name}：解析时出错，没有结果", _MEND) from error
        return answer

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
        with self._lock:
            if self._stopped:
                raise FileRefused(f"{name} 没有解析：服务正在停止", "请在服务启动后再试")
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,  # Ctrl+C is for the server, which ends this one
            )
            self._running.add(process)
        return process


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    path = Path(request["path"])
    corrections = from_bytes(request["corrections"].encode(), path.name)
    try:
        document, report = take_in(path, request["doc_id"], Meta(**request["meta"]), corrections)
    except ZhangjieError as error:
        return {"message": error.message, "remedy": error.remedy}
    return {"document": encode(document), "checkup": checkup.encode(report)}


def _yield_to_others() -> None:
    """Let others go first, and be the one that is ended where memory is short."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def main() -> None:
    """Answer the one request on standard input."""
    # Libraries print what they like; only the answer belongs on standard output.
    with os.fdopen(os.dup(1), "wb") as output:
        os.dup2(2, 1)
        _yield_to_others()
        request = json.loads(sys.stdin.buffer.read())
        output.write(json.dumps(_answer(request)).encode())


if __name__ == "__main__":
    main()
