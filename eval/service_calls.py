"""Property tests of the API over its own OpenAPI description, with schemathesis.

    python -m eval.service_calls [--calls 20000] [--out eval/results/service.md]

Each call is made from the description (https://schemathesis.readthedocs.io): as it demands, as it
forbids, at its borders, and in chains that use what earlier responses named. A failure is a
response of 5xx, or one that the description does not foresee.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.request import urlopen

from api.settings import Settings
from corpus.manifest import read_manifest, write_manifest
from eval import machine
from eval.columns import markdown
from eval.service_process import TOKEN, Server

if TYPE_CHECKING:
    from schemathesis.engine.recorder import ScenarioRecorder
    from schemathesis.schemas import BaseSchema

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
    "negative_data_rejection",
    "ignored_auth",
)
"""What is checked. Left out are checks that need what a schema cannot say: whether a text is a
citation, whether a file can be read, whether a document is the last one."""

FULL, BRIEF = ("examples", "coverage", "fuzzing", "stateful"), ("examples", "fuzzing")
"""Which kinds of calls there are, and those of them that take less than a minute."""

_FILE = 'form-data; name="file"; filename="文件{}.txt"'
_PATIENCE = 60  # seconds that a call may take
_ROUNDS = 1000
_ROUND = 50  # so many calls of each operation, of which there are about thirty, at least
_MOST = 40  # calls of an operation in one round, so that what is new is used soon
_SHOWN = 400  # characters of a failure

_HEADING = "## 接口调用"
_COLUMNS = ("次数", "2xx", "4xx", "5xx")

Progress = Callable[[int], None]


class Plan(NamedTuple):
    """Make about `calls` calls at a server with an admin token.

    What is sent follows from the seed and from what the server has said so far. Documents are
    written, deleted and corrected: give it a copy.
    """

    address: str
    token: str
    calls: int
    seed: int = 1
    phases: Sequence[str] = FULL


@dataclass(frozen=True, slots=True)
class Failure:
    """What was wrong with the response to one call; `call` makes it again (a curl command)."""

    check: str
    operation: str
    message: str
    call: str


@dataclass(slots=True)
class Report:
    """What became of the calls: statuses by operation, and the failures, each kind once.

    `failed` counts the failures of each check, of all calls, `unanswered` the calls that got no
    response in time; `errors` says why, and what else went wrong with a call.
    """

    seed: int
    seconds: float = 0.0
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    failures: dict[tuple[str, str, str], Failure] = field(default_factory=dict)
    unanswered: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def calls(self) -> int:
        """The number of calls that were answered."""
        return sum(each.total() for each in self.statuses.values())


def run(plan: Plan, tell: Progress = lambda _: None) -> Report:
    """Make the calls of a plan, and return what became of them; `tell` gets their number so far."""
    report = Report(plan.seed)
    begun = time.monotonic()
    for seed in range(plan.seed, plan.seed + _ROUNDS):
        before = report.calls
        schema = _schema(_description(plan.address, seed), _settings(plan, seed))
        _round(schema, report, plan.calls, tell)
        if report.calls >= plan.calls or report.calls == before:
            break
    report.seconds = time.monotonic() - begun
    return report


def _description(address: str, number: int) -> dict[str, Any]:
    """Return the server's description, with a name for uploaded files that a reader goes by.

    Each number gives another name: the same one would be refused.
    """
    with urlopen(f"{address}/openapi.json") as response:
        description: dict[str, Any] = json.load(response)
    disposition = {
        "Content-Disposition": {"schema": {"type": "string", "example": _FILE.format(number)}}
    }
    for methods in description["paths"].values():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {})
            if form := content.get("multipart/form-data"):
                form["encoding"] = {"file": {"headers": disposition}}
    return description


def _settings(plan: Plan, seed: int) -> dict[str, Any]:
    most = min(max(1, plan.calls // _ROUND), _MOST)
    return {
        "seed": seed,
        "base-url": plan.address,
        "headers": {"Authorization": f"Bearer {plan.token}"},
        "continue-on-failure": True,
        "request-timeout": _PATIENCE,
        "suppress-health-check": ["all"],
        "generation": {"max-examples": most, "database": "none", "no-shrink": True},
        "checks": {"enabled": False, **{check: {"enabled": True} for check in CHECKS}},
        "phases": {phase: {"enabled": phase in plan.phases} for phase in FULL},
    }


def _schema(description: dict[str, Any], settings: dict[str, Any]) -> BaseSchema:
    import schemathesis
    from hypothesis import strategies
    from schemathesis.transport.serialization import Binary

    texts = strategies.text(min_size=1, max_size=200)
    files = texts.map(lambda text: f"关于试验的意见\n一、目标\n{text}\n".encode())
    either = strategies.one_of(files, strategies.binary()).map(Binary)
    schemathesis.openapi.format("binary", either)
    config = schemathesis.Config.from_dict(settings)
    return schemathesis.openapi.from_dict(description, config=config)


def _round(schema: BaseSchema, report: Report, calls: int, tell: Progress) -> None:
    from schemathesis.engine import events, from_schema

    stream = from_schema(schema).execute()
    for event in stream:
        if isinstance(event, events.ScenarioFinished):
            _count(event.recorder, report)
            tell(report.calls)
            if report.calls >= calls:
                stream.stop()
        elif isinstance(event, events.NonFatalError):
            report.errors.append(f"{event.label}: {event.value}"[:_SHOWN])
        elif isinstance(event, events.FatalError):
            raise event.exception


def _count(recorder: ScenarioRecorder, report: Report) -> None:
    for case_id, interaction in recorder.interactions.items():
        operation = recorder.cases[case_id].value.operation.label
        if interaction.response is None:
            report.unanswered += 1
            continue
        counted = report.statuses.setdefault(operation, Counter())
        counted[interaction.response.status_code] += 1
        for check in recorder.checks.get(case_id, ()):
            if check.failure_info is None:
                continue
            report.failed[check.name] += 1
            failure = check.failure_info.failure
            found = Failure(
                check.name,
                operation,
                f"{failure.title}: {failure.message}"[:_SHOWN],
                check.failure_info.code_sample[:_SHOWN],
            )
            report.failures.setdefault((check.name, operation, failure.title), found)


def table(report: Report) -> list[str]:
    """Return the section “接口调用” of `eval/results/service.md`."""
    rows = {
        operation: {
            "次数": statuses.total(),
            **{f"{kind}xx": _of_class(statuses, kind) for kind in (2, 4, 5)},
        }
        for operation, statuses in sorted(report.statuses.items())
    }
    failed = "、".join(f"{check} {count}" for check, count in report.failed.items()) or "没有"
    return [
        _HEADING,
        "",
        machine.described(),
        f"schemathesis 按 OpenAPI 说明调用 {report.calls} 次（种子 {report.seed}），"
        f"用时 {report.seconds:.0f} 秒。不合说明的：{failed}；没有应答的：{report.unanswered}。",
        "有照说明的、有违反说明的、有取边界值的，也有用先前的应答接着调用的；写入的接口也在内，"
        "文件随之增减。查的是：" + "、".join(CHECKS) + "。",
        "重做：`python -m eval.service_calls --out eval/results/service.md`",
        "",
        *markdown(_COLUMNS, rows, "接口", dict.fromkeys(_COLUMNS, 0)),
        *(["", "不合说明的："] if report.failures else []),
        *(f"- {each.operation}：{each.check}，{each.message}" for each in report.failures.values()),
    ]


def _of_class(statuses: Counter[int], kind: int) -> int:
    return sum(count for status, count in statuses.items() if status // 100 == kind)


def insert(text: str, section: Sequence[str]) -> str:
    """Return a Markdown text with a section in place of the one of the same heading, or behind."""
    before, _, rest = text.partition(section[0] + "\n")
    _, mark, after = rest.partition("\n## ")
    behind = f"\n## {after}" if mark else ""
    return f"{before.rstrip()}\n\n" * bool(before) + "\n".join(section) + "\n" + behind


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the calls at a server of its own and print the table; 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m eval.service_calls", description=__doc__)
    parser.add_argument("--calls", type=int, default=20_000, help="调用几次")
    parser.add_argument("--seed", type=int, default=1, help="种子")
    parser.add_argument("--out", type=Path, help="把结果写入这个 Markdown 文件的“接口调用”一节")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="zhangjie-calls-") as folder:
        corpus = _corpus(Path(folder) / "corpus")
        with Server(corpus, Path(folder) / "var", "none") as server:
            plan = Plan(server.address, TOKEN, options.calls, options.seed)
            report = run(plan, _tell)
    section = table(report)
    sys.stdout.write("\n" + "\n".join(section) + "\n")
    for failure in report.failures.values():
        sys.stdout.write(f"{failure.call}\n")
    for error in report.errors[:10]:
        sys.stdout.write(f"{error}\n")
    if options.out:
        there = options.out.read_text(encoding="utf-8") if options.out.exists() else ""
        options.out.write_text(insert(there, section), encoding="utf-8")
    return int(bool(report.failed or report.unanswered or report.errors))


def _corpus(folder: Path) -> Path:
    """Copy the two shortest of the documents that ship, so that writing is quick."""
    shipped = Path(Settings().corpus)
    shutil.copytree(shipped, folder)
    entries = sorted(read_manifest(folder), key=lambda entry: entry.path.stat().st_size)[:2]
    write_manifest(folder, entries)
    return folder


def _tell(calls: int) -> None:
    sys.stderr.write(f"\r{calls}")


if __name__ == "__main__":
    sys.exit(main())
