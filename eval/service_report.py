"""The tables of `eval/results/service.md`: what was measured of the service, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eval import machine
from eval.columns import markdown
from eval.service_pages import View
from eval.service_plan import FIRST, NAMES, SEARCHING, Sample
from eval.service_process import Usage, slope
from eval.service_uploads import Uploaded

HEAVY, LIGHT, ALL = "要检索的合计", "不检索的合计", "全部"

_TIMES = ("次数", "每秒", "p50", "p95", "p99", "最长", "错误")
_WHOLE_NUMBERS = dict.fromkeys(_TIMES, 0) | {"每秒": 1}
_MEMORY = ("开始", "一分钟后", "结束", "其中匿名", "后半程每分钟增加")
_MEGABYTES = dict.fromkeys(_MEMORY, 0) | {"后半程每分钟增加": 2}
_UPLOADS = ("p50", "最长")
_PAGES = ("请求", "kB", "可用 ms")


class Run(NamedTuple):
    """A load: its title, the samples, what the server took of the machine meanwhile, what was
    uploaded of how many, and how busy others had made the machine before."""

    title: str
    samples: Sequence[Sample]
    usage: Sequence[Usage]
    uploads: Sequence[Uploaded] = ()
    planned: int = 0
    before: float = 0.0


def run(one: Run) -> list[str]:
    """Return the section of a load: its figures in a sentence, the tables, what went wrong."""
    rows = times(one)
    whole, heavy = rows[ALL], rows[HEAVY]
    lines = [
        f"## {one.title}",
        "",
        f"每秒 {whole['每秒']:.1f} 个请求，其中要检索的 {heavy['每秒']:.1f} 个；"
        f"要检索的 p50 {heavy['p50']:.0f} 毫秒、p95 {heavy['p95']:.0f} 毫秒，"
        f"不检索的 p95 {rows[LIGHT]['p95']:.0f} 毫秒；错误 {whole['错误']:.0f} 个。"
        f"服务平均用 {cores(one.usage):.2f} 个核；开始前一分钟平均负载 {one.before:.1f}。",
        "",
        *markdown(_TIMES, rows, "请求（毫秒）", _WHOLE_NUMBERS),
        "",
        *markdown(
            _MEMORY,
            {"服务": held(one.usage)},
            "内存（MB）",
            dict.fromkeys(_MEMORY, 0) | {_MEMORY[-1]: 2},
        ),
    ]
    if one.planned:
        lines += ["", *_uploads(one)]
    wrong = sorted({f"{each.name}：{each.error[:200]}" for each in one.samples if each.error})
    return [*lines, *(["", "出错的："] if wrong else []), *(f"- {each}" for each in wrong[:10])]


def times(one: Run) -> dict[str, dict[str, float]]:
    """Return the row of each kind of request and of `HEAVY`, `LIGHT` and `ALL`, milliseconds.

    How many there were, how many a second, percentiles, the longest, how many went wrong. `FIRST`
    counts as no request of its own.
    """
    begun = min(each.at for each in one.samples)
    seconds = max(each.at + each.ms / 1000 for each in one.samples) - begun
    real = [each for each in one.samples if each.name != FIRST]
    groups = {name: [each for each in one.samples if each.name == name] for name in NAMES}
    groups[HEAVY] = [each for each in real if each.name in SEARCHING]
    groups[LIGHT] = [each for each in real if each.name not in SEARCHING]
    groups[ALL] = real
    return {name: _row(samples, seconds) for name, samples in groups.items()}


def _row(samples: Sequence[Sample], seconds: float) -> dict[str, float]:
    taken = [each.ms for each in samples]
    return {
        "次数": len(samples),
        "每秒": len(samples) / seconds,
        "p50": machine.percentile(taken, 50),
        "p95": machine.percentile(taken, 95),
        "p99": machine.percentile(taken, 99),
        "最长": max(taken, default=0),
        "错误": sum(bool(each.error) for each in samples),
    }


def cores(usage: Sequence[Usage]) -> float:
    """Return how many cores the server used on the average."""
    if len(usage) < 2:
        return 0.0
    return (usage[-1].processor - usage[0].processor) / (usage[-1].at - usage[0].at)


def held(usage: Sequence[Usage]) -> dict[str, float]:
    """Return the megabytes resident at the start, after a minute and at the end, and the slope."""
    minute = next((each for each in usage if each.at >= usage[0].at + 60), usage[-1])
    resident = [each.memory.resident for each in (usage[0], minute, usage[-1])]
    return dict(zip(_MEMORY, [*resident, usage[-1].memory.anonymous, slope(usage)], strict=True))


def _uploads(one: Run) -> list[str]:
    good = [each for each in one.uploads if not each.error]
    rows = {
        heading: {"p50": machine.percentile(taken, 50), "最长": max(taken, default=0)}
        for heading, taken in (
            ("上传到回复（解析、体检）", [each.answered_s for each in good]),
            ("上传到能够问到（索引建好）", [each.indexed_s for each in good]),
        )
    }
    said = f"期间上传 {len(good)} 个文件（计划 {one.planned} 个，"
    refused = [f"- {each.name}：{each.error[:200]}" for each in one.uploads if each.error]
    said += f"未成 {len(refused)} 个），一个建好索引再传下一个。"
    return [said, "", *markdown(_UPLOADS, rows, "秒", dict.fromkeys(_UPLOADS, 1)), *refused]


def pages(views: Sequence[View]) -> list[str]:
    """Return the section of the pages."""
    rows = {
        each.path: {"请求": each.requests, "kB": each.kilobytes, "可用 ms": each.interactive_ms}
        for each in views
    }
    return [
        "## 页面",
        "",
        "空缓存下打开一次所取的全部字节（含响应头）；“可用”：页面已载入、所取的都已到达、"
        "最大的一块已画出、最后一个超过 50 毫秒的任务已结束，此后半秒没有动静；"
        "无界面 Chromium，五次的中位数，服务没有别的负载。",
        "",
        *markdown(_PAGES, rows, "页面", dict.fromkeys(_PAGES, 0)),
    ]
