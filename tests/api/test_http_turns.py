"""Many who ask at once: who computes, who waits, who is told to come back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest
from fastapi.testclient import TestClient

from api.http.turns import RETRY_AFTER, Busy, Turns
from api.knowledge_base import Finding, KnowledgeBase
from corpus.model import Query
from tests.api.conftest import problem


class Gate:
    """Work that counts who is inside, and lets nobody out before it is opened."""

    def __init__(self) -> None:
        self.open = Event()
        self.entered = Event()
        self.inside = self.most = 0
        self._lock = Lock()

    def __call__(self) -> None:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.entered.set()
        assert self.open.wait(60)
        with self._lock:
            self.inside -= 1


def test_no_more_than_the_workers_compute_at_once_and_all_have_their_turn() -> None:
    gate = Gate()

    async def crowd() -> None:
        turns = Turns(workers=2)
        asked = [asyncio.create_task(turns.run(gate)) for _ in range(20)]
        await asyncio.sleep(0.2)
        gate.open.set()
        await asyncio.gather(*asked)

    asyncio.run(crowd())
    assert gate.most == 2


def test_who_came_first_is_served_first() -> None:
    served: list[int] = []

    async def crowd() -> None:
        turns = Turns(workers=1)
        await asyncio.gather(*(turns.run(lambda n=n: served.append(n)) for n in range(20)))

    asyncio.run(crowd())
    assert served == list(range(20))


def test_who_finds_the_queue_full_is_refused_and_nobody_else() -> None:
    gate = Gate()

    async def crowd() -> list[BaseException | None]:
        turns = Turns(workers=1, most=2)
        asked = [asyncio.create_task(turns.run(gate)) for _ in range(4)]
        await asyncio.sleep(0.1)
        gate.open.set()
        found = await asyncio.gather(*asked, return_exceptions=True)
        await turns.run(gate)  # there is room again
        return found

    refused = [type(each) for each in asyncio.run(crowd())]
    assert refused == [type(None)] * 3 + [Busy]


def test_steps_come_one_by_one_and_what_is_raised_between_them_is_raised() -> None:
    second = Event()

    def work() -> Iterator[int]:
        yield 1
        assert second.wait(60)
        yield 2
        raise KeyError

    async def fetch() -> list[int]:
        steps = Turns(workers=1).steps(work)
        found = [await anext(steps)]
        second.set()
        found.append(await anext(steps))
        with pytest.raises(KeyError):
            await anext(steps)
        return found

    assert asyncio.run(fetch()) == [1, 2]


def test_steps_that_nobody_fetches_keep_nobody_waiting() -> None:
    async def leave() -> str:
        turns = Turns(workers=1)
        steps = turns.steps(lambda: iter("abc"))
        assert await anext(steps) == "a"
        return await turns.run(lambda: "next")

    assert asyncio.run(leave()) == "next"


@pytest.mark.parametrize("headers", [{}, {"Accept": "text/event-stream"}])
def test_documents_are_read_while_all_turns_are_taken(
    client: TestClient,
    served: KnowledgeBase,
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
) -> None:
    gate, find = Gate(), served.find

    def slow(query: Query) -> Finding:
        gate()
        return find(query)

    monkeypatch.setattr(served, "find", slow)
    with ThreadPoolExecutor() as people:
        body = {"question": "茶园"}
        asked = [
            people.submit(client.post, "/v1/ask", json=body, headers=headers) for _ in range(8)
        ]
        assert gate.entered.wait(60)
        for path in ("/v1/documents", "/v1/documents/yunhe/text", "/readyz", "/"):
            assert client.get(path).status_code == 200
        assert not any(each.done() for each in asked)
        gate.open.set()
        assert {each.result(60).status_code for each in asked} == {200}


@pytest.mark.parametrize("headers", [{}, {"Accept": "text/event-stream"}])
def test_too_many_questions_are_told_when_to_come_back(
    client: TestClient, headers: dict[str, str]
) -> None:
    client.app.state.turns = Turns(workers=1, most=-1)  # type: ignore[attr-defined]
    refusal = client.post("/v1/ask", json={"question": "茶园"}, headers=headers)
    assert "秒后再试" in problem(refusal, 503)["detail"]
    assert refusal.headers["retry-after"] == str(RETRY_AFTER)
    assert client.get("/v1/documents").status_code == 200
