"""How far probabilities hold: the table, the plot and the figures of the calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.run import auroc

Vector = NDArray[np.float64]
BINS = 10
_KINDS = (
    "wrong-place",
    "wrong-year",
    "wrong-document",
    "county-figure",
    "missing-attribute",
    "unexplained-term",
    "other-subject",
    "colloquial",
)
_SIDE, _MARGIN = 300, 40  # of the plot, in pixels


@dataclass(frozen=True, slots=True)
class Row:
    """One question: its set, its features in the order of `NAMES`, and what is true of it."""

    origin: str
    features: tuple[float, ...]
    answerable: bool
    found: bool
    groups: tuple[str, ...]


def bins(guesses: Vector, labels: Vector) -> list[tuple[int, float, float]]:
    """Return count, mean probability and share that is true for each tenth that is not empty.

    >>> bins(np.array([0.05, 0.95, 0.85]), np.array([0.0, 1.0, 0.0]))
    [(1, 0.05, 0.0), (1, 0.85, 0.0), (1, 0.95, 1.0)]
    """
    places = np.minimum((guesses * BINS).astype(int), BINS - 1)
    return [
        (
            int(here.sum()),
            round(float(guesses[here].mean()), 3),
            round(float(labels[here].mean()), 3),
        )
        for place in range(BINS)
        if (here := places == place).any()
    ]


def error(guesses: Vector, labels: Vector) -> float:
    """Return the expected calibration error: the mean gap of the bins, by their sizes."""
    found = bins(guesses, labels)
    return round(sum(n * abs(mean - share) for n, mean, share in found) / len(guesses), 3)


def figures(rows: Sequence[Row], guesses: Vector, limit: float) -> dict[str, Any]:
    """Return AUROC and the shares refused among some rows."""
    yes = [float(g) for row, g in zip(rows, guesses, strict=True) if row.answerable]
    no = [float(g) for row, g in zip(rows, guesses, strict=True) if not row.answerable]
    return {
        "n": len(rows),
        "auroc": auroc(yes, no) if yes and no else None,
        "refused_answerable": round(sum(g < limit for g in yes) / max(len(yes), 1), 3),
        "refused_unanswerable": round(sum(g < limit for g in no) / max(len(no), 1), 3),
    }


def report(rows: Sequence[Row], guesses: Vector, labels: Vector, stored: dict[str, Any]) -> str:
    """Return the results in Markdown: figures by set and kind, weights, reliability."""
    limit = stored["threshold"]
    lines = [
        "# 拒答与置信度",
        "",
        "由 `python -m eval.calibrate` 生成；各数均为十折交叉验证，只用 dev 问题。",
        "",
        "| 问题集 | n | AUROC | 可答而拒 | 不可答而拒 |",
        "|---|---|---|---|---|",
    ]
    for name in dict.fromkeys(row.origin for row in rows):
        own = [at for at, row in enumerate(rows) if row.origin == name]
        got = figures([rows[at] for at in own], guesses[own], limit)
        cells = (got["n"], got["auroc"], got["refused_answerable"], got["refused_unanswerable"])
        shown = ("—" if cell is None else str(cell) for cell in cells)
        lines.append(f"| {name} | {' | '.join(shown)} |")
    lines += ["", "| 类别 | n | 拒答 |", "|---|---|---|"]
    for kind in _KINDS:
        own = [at for at, row in enumerate(rows) if kind in row.groups]
        if own:
            refused = sum(bool(guesses[at] < limit) for at in own)
            lines.append(f"| {kind} | {len(own)} | {refused} |")
    lines += ["", f"阈值 {limit}，截距 {stored['bias']}。", "", "| 缺失 | 权重 |", "|---|---|"]
    lines += [f"| {name} | {weight} |" for name, weight in stored["weights"].items()]
    lines += ["", f"可靠性（期望校准误差 {error(guesses, labels)}，见 reliability.svg）：", ""]
    lines += ["| n | 平均置信度 | 实际比例 |", "|---|---|---|"]
    lines += [f"| {n} | {mean} | {share} |" for n, mean, share in bins(guesses, labels)]
    return "\n".join(lines) + "\n"


def plot(guesses: Vector, labels: Vector) -> str:
    """Return an SVG: mean probability of each tenth against its true share, area by count."""
    whole = _SIDE + 2 * _MARGIN
    dots = "".join(
        f'<circle cx="{_x(mean):.1f}" cy="{_y(share):.1f}" r="{2 + n**0.5:.1f}" fill="#27c"/>'
        for n, mean, share in bins(guesses, labels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}" '
        'font-family="sans-serif" font-size="12">'
        f'<rect x="{_MARGIN}" y="{_MARGIN}" width="{_SIDE}" height="{_SIDE}" fill="none" '
        'stroke="#888"/>'
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#aaa"/>{dots}'
        f'<text x="{whole // 2}" y="{whole - 12}" text-anchor="middle">置信度</text>'
        f'<text x="14" y="{whole // 2}">实际</text></svg>\n'
    )


def _x(value: float) -> float:
    return _MARGIN + _SIDE * value


def _y(value: float) -> float:
    return _MARGIN + _SIDE * (1 - value)
