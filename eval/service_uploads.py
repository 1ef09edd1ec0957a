"""Documents put into a library that is in use, one after the other."""

from __future__ import annotations

import json
import time
import urllib.error
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from eval.service_process import TOKEN, fetch

_LONGEST = 300  # seconds that an index may take
_EVERY = 0.5


class Uploaded(NamedTuple):
    """A file, the seconds until the answer and until questions find it, what went wrong or ''."""

    name: str
    answered_s: float
    indexed_s: float
    error: str


def upload(address: str, files: Sequence[Path], seconds: float) -> list[Uploaded]:
    """Upload files, spread evenly over `seconds`; each waits until the one before is indexed.

    What has not begun when the time is over is left out.
    """
    begun = time.monotonic()
    found = []
    for number, file in enumerate(files):
        at = begun + number * seconds / len(files)
        time.sleep(max(at - time.monotonic(), 0))
        if time.monotonic() > begun + seconds:
            break
        found.append(_one(address, file))
    return found


def _one(address: str, file: Path) -> Uploaded:
    begun = time.monotonic()
    body, kind = _multipart(file)
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": kind}
    try:
        fetch(f"{address}/v1/documents", body, headers)
        answered = time.monotonic() - begun
        while (status := fetch(f"{address}/v1/status"))["indexing"]:
            if time.monotonic() > begun + _LONGEST:
                raise TimeoutError("the index was not made in time")
            time.sleep(_EVERY)
    except urllib.error.HTTPError as error:
        said = json.loads(error.read() or b"{}").get("detail", "")
        return Uploaded(file.name, time.monotonic() - begun, 0, f"{error.code} {said}")
    except OSError as error:
        return Uploaded(file.name, time.monotonic() - begun, 0, str(error))
    return Uploaded(file.name, answered, time.monotonic() - begun, status["failure"] or "")


def _multipart(file: Path) -> tuple[bytes, str]:
    """Return the body that uploads a file, and its media type (RFC 7578)."""
    boundary = uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"'
    kind = "\r\nContent-Type: application/octet-stream\r\n\r\n"
    body = b"".join([(head + kind).encode(), file.read_bytes(), f"\r\n--{boundary}--\r\n".encode()])
    return body, f"multipart/form-data; boundary={boundary}"
