"""People at work, in a process of its own: what `eval.bench_service` starts.

    python -m eval.service_load < PLAN > SAMPLES

PLAN is `Plan` as JSON; each line of SAMPLES is `Sample` as a JSON list, in the order in which the
requests ended. Locust (https://locust.io) runs a greenlet for each of the people.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import gevent
from locust import FastHttpUser, task
from locust.env import Environment

from eval.service_plan import (
    ASK,
    DETAIL,
    FIRST,
    LIST,
    MIX,
    OUTLINE,
    RESOLVE,
    SEARCH,
    STATUS,
    STEPS,
    TEXT,
    Plan,
    Sample,
)

_FINISH = 60  # seconds that what is under way at the end may take
_EVENTS = {"Accept": "text/event-stream"}


class _Staff(FastHttpUser):
    """One person; the class attributes are set by `run`."""

    plan: Plan
    questions: itertools.cycle[str]
    numbers = itertools.count()
    network_timeout = connection_timeout = float(_FINISH)

    def on_start(self) -> None:
        self.random = random.Random(next(self.numbers))

    def wait_time(self) -> float:
        return self.random.uniform(0.5, 1.5) * self.plan.think

    @task
    def act(self) -> None:
        """Do one thing of the mix."""
        name = self.random.choices(list(MIX), list(MIX.values()))[0]
        doc_id = quote(self.random.choice(self.plan.doc_ids))
        actions: dict[str, Callable[[], None]] = {
            ASK: self._ask,
            STEPS: self._ask_in_steps,
            SEARCH: lambda: self._get(
                SEARCH, f"/v1/search?q={quote(next(self.questions))}", "hits"
            ),
            LIST: lambda: self._get(LIST, "/v1/documents", "facets"),
            TEXT: lambda: self._read(doc_id),
            RESOLVE: self._resolve,
            STATUS: lambda: self._get(STATUS, "/readyz", "ready"),
        }
        actions[name]()

    def _ask(self) -> None:
        body = {"question": next(self.questions)}
        with self.client.post("/v1/ask", json=body, name=ASK, catch_response=True) as response:
            _check(response, "hits")

    def _ask_in_steps(self) -> None:
        begun, at = time.perf_counter(), time.time()
        body = {"question": next(self.questions)}
        with self.client.post(
            "/v1/ask", json=body, name=STEPS, headers=_EVENTS, stream=True, catch_response=True
        ) as response:
            events = b""
            if response.status_code == 200:
                for chunk in iter(lambda: response.stream.read(1 << 14), b""):
                    if not events:
                        first = (time.perf_counter() - begun) * 1000
                        self._tell(FIRST, at, first, len(chunk))
                    events += chunk
            if b"event: answer" not in events:
                response.failure(f"{response.status_code} {events[:200]!r}")
            response.request_meta["response_time"] = (time.perf_counter() - begun) * 1000
            response.request_meta["response_length"] = len(events)

    def _tell(self, name: str, at: float, ms: float, size: int) -> None:
        self.environment.events.request.fire(
            request_type="POST",
            name=name,
            start_time=at,
            response_time=ms,
            response_length=size,
            exception=None,
        )

    def _search(self) -> None:
        self._get(SEARCH, f"/v1/search?q={quote(next(self.questions))}", "hits")

    def _read(self, doc_id: str) -> None:
        self._get(DETAIL, f"/v1/documents/{doc_id}", "counts")
        self._get(OUTLINE, f"/v1/documents/{doc_id}/outline", "nodes")
        self._get(TEXT, f"/v1/documents/{doc_id}/text", "blocks")

    def _resolve(self) -> None:
        citation = quote(self.random.choice(self.plan.citations))
        self._get(RESOLVE, f"/v1/resolve?citation={citation}", "places")

    def _get(self, name: str, path: str, member: str) -> None:
        with self.client.get(path, name=name, catch_response=True) as response:
            _check(response, member)


def _check(response: Any, member: str) -> None:  # noqa: ANN401 (locust's own type has no json)
    """Fail a response that is not a 200 with the member that every good one has."""
    content = response.content or b""
    if response.status_code != 200 or f'"{member}":'.encode() not in content:
        response.failure(f"{response.status_code} {content[:200]!r} {response.error or ''}")


def run(plan: Plan, tell: Callable[[Sample], None]) -> None:
    """Let the people of a plan work; `tell` gets each request when it has ended."""
    _Staff.plan = plan
    _Staff.questions = itertools.cycle(plan.questions)
    environment = Environment(user_classes=[_Staff], host=plan.host, stop_timeout=_FINISH)

    def told(**request: Any) -> None:  # noqa: ANN401
        error = request["exception"]
        tell(
            Sample(
                request["name"],
                request["start_time"],
                request["response_time"],
                request["response_length"],
                str(error) if error else "",
            )
        )

    environment.events.request.add_listener(told)  # type: ignore[no-untyped-call]
    runner = environment.create_local_runner()
    # Whoever pauses did not come at the same instant as all the others.
    runner.start(plan.users, spawn_rate=plan.users / max(plan.think, 1))
    gevent.spawn_later(plan.seconds, runner.quit)
    runner.greenlet.join()


def main() -> None:
    """Read the plan and write the samples."""
    plan = Plan(**json.load(sys.stdin))
    samples: list[Sample] = []
    run(plan, samples.append)
    for sample in samples:
        sys.stdout.write(json.dumps(sample, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
