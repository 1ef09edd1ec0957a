"""Property tests of the API over its own OpenAPI description, with schemathesis.

    python -m eval.service_calls --calls 20000

Each call is made from the description (https://schemathesis.readthedocs.io): as it demands, as it
forbids, at its borders, and in chains that use what earlier responses named. A failure is a
response of 5xx, or one that the description does not foresee.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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

_PER_OPERATION = 40  # calls of one kind in one round
_ROUNDS = 1000
_SHOWN = 400  # characters of a failure

Progress = Callable[[int], None]


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

    `failed` counts the failures of each check, of all calls.
    """

    seed: int
    seconds: float = 0.0
    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    failures: dict[tuple[str, str, str], Failure] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def calls(self) -> int:
        """The number of calls that were answered."""
        return sum(each.total() for each in self.statuses.values())


def run(address: str, token: str, calls: int, seed: int, tell: Progress = lambda _: None) -> Report:
    """Make calls at a server until there are `calls`, and return what became of them.

    `token` is the server's admin token. The same seed makes the same calls, as far as the server
    says the same.
    """
    report = Report(seed)
    begun = time.monotonic()
    for each in range(_ROUNDS):
        before = report.calls
        _round(_schema(address, token, seed + each), report, calls, tell)
        if report.calls >= calls or report.calls == before:
            break
    report.seconds = time.monotonic() - begun
    return report


def _schema(address: str, token: str, seed: int) -> BaseSchema:
    import schemathesis

    settings: dict[str, Any] = {
        "seed": seed,
        "base-url": address,
        "headers": {"Authorization": f"Bearer {token}"},
        "continue-on-failure": True,
        "suppress-health-check": ["all"],
        "generation": {"max-examples": _PER_OPERATION, "database": "none", "no-shrink": True},
        "checks": {"enabled": False, **{check: {"enabled": True} for check in CHECKS}},
    }
    config = schemathesis.Config.from_dict(settings)
    return schemathesis.openapi.from_url(f"{address}/openapi.json", config=config)


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
            report.errors.append(f"{operation}: no response")
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
