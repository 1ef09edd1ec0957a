"""What a table of measurements says of the machine, and how times and memory are summed up."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

_STATUS = Path("/proc/self/status")


class Memory(NamedTuple):
    """Megabytes of this process: all that is resident, and what of it belongs to no file.

    The difference is mostly mapped files, which the system drops where memory is short.
    """

    resident: float
    anonymous: float


def described() -> str:
    """Return date, processor, Python, cores and load in one Chinese sentence."""
    today = datetime.now(UTC).date().isoformat()
    return (
        f"{today}，{platform.machine()}，Python {platform.python_version()}，{os.cpu_count()} 核；"
        f"开始时一分钟平均负载 {os.getloadavg()[0]:.1f}。"
    )


def memory(status: str | None = None) -> Memory:
    """Return what this process holds, after Linux' /proc/self/status (or a text like it).

    >>> memory("VmRSS:    2000 kB\\nRssAnon:    1000 kB\\n")
    Memory(resident=2.0, anonymous=1.0)
    """
    text = _STATUS.read_text(encoding="ascii") if status is None else status
    found = dict(re.findall(r"^(VmRSS|RssAnon):\s+(\d+) kB$", text, re.MULTILINE))
    return Memory(int(found["VmRSS"]) / 1000, int(found["RssAnon"]) / 1000)


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value below which `share` per cent lie, between two where need be; 0 for none.

    >>> percentile([1, 2, 3, 4], 50)
    2.5
    """
    return float(np.percentile(values, share)) if len(values) else 0.0


def megabytes(paths: Sequence[Path]) -> float:
    """Return the size of files and of all files in folders; what is missing has none."""
    total = 0
    for path in paths:
        files = path.rglob("*") if path.is_dir() else (path,)
        total += sum(file.stat().st_size for file in files if file.is_file())
    return total / 1e6


def spread(items: Sequence[str], count: int) -> list[str]:
    """Return `count` items spread evenly over all, all where there are fewer.

    >>> spread(["a", "b", "c", "d", "e"], 3)
    ['a', 'c', 'e']
    """
    places = np.linspace(0, len(items) - 1, min(count, len(items)))
    return [items[place] for place in places.astype(int)]
