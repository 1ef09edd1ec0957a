"""Fuzzing of every reader and of the parser: each input ends in a whole document or a refusal.

Inputs are made by seed and number (`fuzz_inputs`), so each can be made again. Whatever is neither
a document without faults nor a refusal with a remedy is written out.
"""

from __future__ import annotations

import json
import logging
import re
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

from corpus.errors import FileRefused
from eval import fuzz_inputs
from eval.claims import Missing
from eval.fuzz_inputs import KINDS, PARSER, Kind
from ingest.checkup import check, examine
from ingest.pipeline import parse
from ingest.readers import READERS, read
from ingest.reading import Reading

DOCUMENT, REFUSED = "document", "refused"
GOOD = frozenset({DOCUMENT, REFUSED})
_SECONDS = 20.0  # for one input
_ROUNDS = 100
_KEPT = 3  # files that are written out of each failure


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that ended otherwise; `detail` names the fault or the exception and its place."""

    kind: str
    number: int
    outcome: str
    detail: str

    @property
    def group(self) -> tuple[str, str, str]:
        """What failures share that have one cause: a fault names each time another character."""
        return self.kind, self.outcome, re.sub(r"[0-9]+|“.*?”", "…", self.detail)


@dataclass(slots=True)
class Tally:
    """What became of the inputs of one kind; `missing` says in Chinese why there were none."""

    kind: str
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: float = 0.0
    missing: str = ""

    @property
    def inputs(self) -> int:
        """The number of inputs that were tried."""
        return self.outcomes.total()


@dataclass(frozen=True, slots=True)
class Report:
    """The tallies of all kinds, in order, and the failures."""

    seed: int
    tallies: list[Tally]
    failures: list[Failure]


class _TooSlow(BaseException):
    """An input took too long; no `except Exception` of a reader may take it for its own."""


def run(
    inputs: int,
    seed: int,
    folder: Path,
    minutes: float,
    progress: Callable[[str, int, int], None],
) -> Report:
    """Try `inputs` inputs, parted among the kinds by their shares, within `minutes`.

    All kinds go on together, so that a run that stops early has tried the same part of each; the
    tallies say so. Failures are written into `folder`. Only in the main thread.
    """
    report = Report(seed, [Tally(kind.name) for kind in KINDS], [])
    whole = sum(kind.share for kind in KINDS)
    counts = [max(round(inputs * kind.share / whole), 1) for kind in KINDS]
    end = time.monotonic() + minutes * 60
    with tempfile.TemporaryDirectory() as scratch, _quiet():
        for done in range(_ROUNDS):
            progress("输入", done, _ROUNDS)
            for kind, tally, count in zip(KINDS, report.tallies, counts, strict=True):
                for number in range(count * done // _ROUNDS, count * (done + 1) // _ROUNDS):
                    if time.monotonic() > end:
                        tally.missing = tally.missing or "时间到"
                    if tally.missing:
                        break
                    found = _made_and_tried(kind, seed, number, Path(scratch), tally)
                    report.failures.extend(found)
    _write(report, folder)
    return report


def _made_and_tried(
    kind: Kind, seed: int, number: int, scratch: Path, tally: Tally
) -> Iterator[Failure]:
    try:
        reader = _made(kind, seed, number, scratch)
    except Missing as missing:
        tally.missing = str(missing)
    else:
        yield from _tried(reader, number, tally)


def _tried(reader: Callable[[], Reading], number: int, tally: Tally) -> Iterator[Failure]:
    """Try an input, put it into the tally, and yield its failure if it is one."""
    start = time.perf_counter()
    outcome, detail = outcome_of(reader)
    seconds = time.perf_counter() - start
    tally.outcomes[outcome] += 1
    tally.seconds += seconds
    tally.slowest = max(tally.slowest, seconds)
    if outcome not in GOOD:
        yield Failure(tally.kind, number, outcome, detail)


def _made(kind: Kind, seed: int, number: int, scratch: Path) -> Callable[[], Reading]:
    """Return what gives the reading of an input: for the parser its text, else from a file."""
    if kind.name == PARSER:
        text = fuzz_inputs.text(seed, number)
        return lambda: Reading(text)
    if kind.suffix not in READERS:
        raise Missing(f"没有 {kind.suffix} 阅读器")
    path = scratch / f"input{kind.suffix}"
    path.write_bytes(fuzz_inputs.content(seed, kind, number))
    return lambda: read(path)


def outcome_of(reader: Callable[[], Reading]) -> tuple[str, str]:
    """Return what became of an input, and what was wrong.

    One of document, refused, no-remedy (a refusal that does not say how to mend it), fault (of
    the document or the reading), crash (any other exception), slow.
    """
    try:
        with _limit(_SECONDS):
            reading = reader()
            document = parse(reading, "fuzz")
            examine(document, reading)
            faults = _contract(reading) or [each.message for each in check(document, reading.text)]
    except FileRefused as refused:
        return (REFUSED, "") if refused.remedy else ("no-remedy", refused.message)
    except _TooSlow:
        return "slow", f"超过 {_SECONDS:g} 秒"
    except Exception as error:  # whatever a reader lets through is what we look for
        return "crash", _place(error)
    return ("fault", faults[0]) if faults else (DOCUMENT, "")


def _contract(reading: Reading) -> list[str]:
    """Return where a reading breaks its contract: marks of whole lines, in order, within it."""
    text = reading.text
    faults = []
    starts = [mark.start for mark in reading.marks]
    if starts != sorted(starts):
        faults.append("标记的次序不对")
    if list(reading.pages) != sorted(reading.pages):
        faults.append("页的次序不对")
    if any(not 0 <= page <= len(text) for page in reading.pages):
        faults.append("页在文字之外")
    for kind, start, end in reading.marks:
        whole = 0 <= start < end <= len(text)
        begins = whole and (start == 0 or text[start - 1] == "\n")
        ends = whole and (end == len(text) or "\n" in (text[end], text[end - 1]))
        if not (begins and ends):
            faults.append(f"标记 {kind} 不是整行")
    return faults


def _place(error: Exception) -> str:
    """Return the exception and the last place in our own code."""
    frames = traceback.extract_tb(error.__traceback__)
    root = Path(__file__).resolve().parents[1]
    ours = [each for each in frames if Path(each.filename).is_relative_to(root / "ingest")]
    last = (ours or frames)[-1]
    return f"{type(error).__name__}: {str(error)[:80]}（{Path(last.filename).name}:{last.lineno}）"


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep libraries from logging each damaged file."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _write(report: Report, folder: Path) -> None:
    """Write the first inputs of each failure, and a line for each failure, into `folder`."""
    if not report.failures:
        return
    folder.mkdir(parents=True, exist_ok=True)
    kinds = {kind.name: kind for kind in KINDS}
    written: Counter[tuple[str, str, str]] = Counter()
    lines = []
    for failure in report.failures:
        kind = kinds[failure.kind]
        record = {"seed": report.seed, **asdict(failure)}
        written[failure.group] += 1
        if written[failure.group] <= _KEPT:
            name = f"{kind.suffix[1:] or 'parser'}-{report.seed}-{failure.number}"
            record["file"] = name + (kind.suffix or ".txt")
            made = _content(kind, report.seed, failure.number)
            (folder / record["file"]).write_bytes(made)
        lines.append(json.dumps(record, ensure_ascii=False))
    (folder / "failures.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _content(kind: Kind, seed: int, number: int) -> bytes:
    if kind.name == PARSER:
        return fuzz_inputs.text(seed, number).encode()
    return fuzz_inputs.content(seed, kind, number)


def table(report: Report) -> str:
    """Return a report as Markdown: a row a kind, then the failures."""
    inputs = sum(tally.inputs for tally in report.tallies)
    seconds = sum(tally.seconds for tally in report.tallies)
    lines = [
        f"种子 {report.seed}：{inputs} 个输入，{len(report.failures)} 个失败，"
        f"每秒 {inputs / max(seconds, 1e-9):.0f} 个",
        "",
        "| 阅读器 | 输入 | 成文 | 拒绝 | 失败 | 每秒 | 最慢 ms | 说明 |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for tally in report.tallies:
        good = [tally.outcomes[name] for name in (DOCUMENT, REFUSED)]
        rate = tally.inputs / max(tally.seconds, 1e-9)
        lines.append(
            f"| {tally.kind} | {tally.inputs} | {good[0]} | {good[1]} | {tally.inputs - sum(good)} "
            f"| {rate:.0f} | {tally.slowest * 1000:.0f} | {tally.missing} |"
        )
    groups = Counter(each.group for each in report.failures)
    lines += [""] if groups else []
    for (kind, outcome, detail), count in groups.most_common(40):
        lines.append(f"- {kind} {outcome} {count} 次：{detail}")
    return "\n".join(lines)
