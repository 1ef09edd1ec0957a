"""How well files become documents, on real files: one row a claim, with its goal beside it.

The files lie outside the project (`../shared/data`); what is missing leaves its row unmeasured.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import ingest_cost, ingest_formats, ingest_laws, ingest_pages, ingest_pdf, ingest_text
from eval.claims import Claim, Missing

DATA = Path("../shared/data")
# Speed comes first: nothing has filled the memory yet.
CLAIMS: tuple[Claim, ...] = (
    *ingest_cost.CLAIMS,
    *ingest_pages.CLAIMS,
    *ingest_pdf.CLAIMS,
    *ingest_text.CLAIMS,
    *ingest_laws.CLAIMS,
    *ingest_formats.CLAIMS,
)
_MARKS = {True: "是", False: "否", None: "未测"}


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with its figure; `met` is None where it could not be measured, `figure` says why."""

    claim: str
    figure: str
    goal: str
    met: bool | None
    source: str
    seconds: float


def run(
    data: Path,
    progress: Callable[[str, int, int], None],
    claims: Sequence[Claim] = CLAIMS,
) -> list[Row]:
    """Measure all claims in order. Never raises for what is missing in `data` or not installed."""
    rows = []
    for done, claim in enumerate(claims):
        progress(claim.text, done, len(claims))
        rows.append(_row(claim, data))
    return rows


def _row(claim: Claim, data: Path) -> Row:
    start = time.perf_counter()
    met: bool | None
    try:
        text, met = claim.measure(data)
    except Missing as missing:
        text, met = f"未测：{missing}", None
    seconds = time.perf_counter() - start
    return Row(claim.text, text, claim.goal, met, claim.source, round(seconds, 1))


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown document."""
    met = sum(row.met is True for row in rows)
    measured = sum(row.met is not None for row in rows)
    lines = [
        "# 导入的实测",
        "",
        f"真实文件在仓库之外（`{DATA}`），这里只有数字。{len(rows)} 项中测了 {measured} 项，"
        f"{met} 项达到目标；全部用时 {sum(row.seconds for row in rows):.0f} 秒。",
        f"{platform.machine()}，Python {platform.python_version()}，{os.cpu_count()} 核；"
        f"结束时一分钟平均负载 {os.getloadavg()[0]:.1f}。",
        "重做：`zhangjie eval ingest --out eval/results/ingest.md`",
        "",
        "| 要求 | 实测 | 目标 | 达到 | 测于 |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {_cell(row.claim)} | {_cell(row.figure)} | {_cell(row.goal)} | {_MARKS[row.met]} "
        f"| {_cell(row.source)} |"
        for row in rows
    ]
    return "\n".join(lines)


def records(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows as JSON objects: claim, figure, goal, met, source, seconds."""
    names = ("claim", "figure", "goal", "met", "source", "seconds")
    return [{name: getattr(row, name) for name in names} for row in rows]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
