"""What reading costs: characters a second of the parser, memory of a long PDF."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.errors import FileRefused
from eval import writers
from eval.claims import Claim, Figure, Missing, require_reader
from ingest.pipeline import parse
from ingest.readers import read
from ingest.reading import Reading

_GOAL = 1_000_000  # characters a second
_PASSES = 5
_SUFFIXES = (".txt", ".md")
_PAGES = 500
_LIMIT = 2**30  # bytes
_TIMEOUT = 400  # seconds
_PROSE = (
    "县乡两级共同抓好供水设施的改造和管护，每季度通报一次进展，接受村民监督；"
    "对连续两个季度没有进展的乡镇，由县水务局约谈负责人，并在年度考核中扣分。"
)
_PER_PAGE = 8  # paragraphs of this prose, and a heading
# What the peer does with the same text: split it, and one pass of one pattern.
_PEER = re.compile("第[一二三四五六七八九十]+[章节条]")
# Prints the pages and the peak of the memory in bytes. VmHWM is of this program alone; ru_maxrss
# would keep the peak of the parent that started it.
_CHILD = """
import re, sys
from pathlib import Path
from ingest.pipeline import take_in
document, _ = take_in(Path(sys.argv[1]))
status = Path("/proc/self/status").read_text()
print(len(document.pages), int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) * 1024)
"""


def _speed(data: Path) -> Figure:
    readings = _readings(data)
    characters = sum(len(reading.text) for reading in readings)
    ours, peers = [], []  # the fastest pass counts: whatever disturbs a pass makes it slower
    for _ in range(_PASSES):
        ours.append(_seconds(parse, readings))
        peers.append(_seconds(_peer, readings))
    rate = characters / min(ours)
    peer = characters / min(peers)
    text = (
        f"每秒 {rate / 1e6:.2f} 百万字（{characters / 1e6:.2f} 百万字；"
        f"同时 str.split 加一个正则为每秒 {peer / 1e6:.0f} 百万字，即其 1/{peer / rate:.0f}）"
    )
    return Figure(text, rate >= _GOAL)


def _readings(data: Path) -> list[Reading]:
    readings = []
    for path in sorted(data.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file():
            try:
                readings.append(read(path))
            except FileRefused:
                continue
    if not readings:
        raise Missing("没有 .txt 和 .md 文件")
    return readings


def _seconds(work: Callable[[Reading], object], readings: Sequence[Reading]) -> float:
    """Return the processor seconds of one pass; what other programs take does not count."""
    start = time.process_time()
    for reading in readings:
        work(reading)
    return time.process_time() - start


def _peer(reading: Reading) -> int:
    return len(reading.text.split("\n")) + sum(1 for _ in _PEER.finditer(reading.text))


def _memory(_: Path) -> Figure:
    require_reader(".pdf")
    lines = []
    for page in range(_PAGES + 60):  # some fit less than a page
        lines.append(writers.Line(f"{page // 99 + 1}.{page % 99 + 1} 第 {page + 1} 项任务"))
        lines += [writers.Line(f"{_PROSE}编号{page}-{at}。") for at in range(_PER_PAGE)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        path.write_bytes(writers.pdf(lines))
        start = time.perf_counter()
        run = subprocess.run(
            [sys.executable, "-c", _CHILD, str(path)],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
    if run.returncode or not run.stdout.strip():
        return Figure(f"读取失败：{run.stderr.strip()[-80:]}", False)
    pages, peak = map(int, run.stdout.split())
    seconds = time.perf_counter() - start
    text = f"{peak / 2**20:.0f} MB（{pages} 页，{seconds:.0f} 秒）"
    return Figure(text, peak <= _LIMIT and pages >= _PAGES)


CLAIMS = (
    Claim(
        "解析结构的速度（单核）",
        "每秒 1 百万字",
        "全部 txt、md 各一遍，处理器时间，五轮中最快的",
        _speed,
    ),
    Claim(
        "500 页 PDF 的内存峰值",
        "1 GB",
        "reportlab 当场写的 PDF，另一进程的 VmHWM",
        _memory,
    ),
)
