"""Who computes when: as many questions at once as there are cores, the others wait their turn.

Without it 50 people who ask at once have 40 threads in the encoder at once: each answer takes as
long as all of them, memory grows with the threads, and what needs no encoder waits as well.
"""

from __future__ import annotations

import os
from asyncio import Queue, Task, get_running_loop
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request

from corpus.errors import ZhangjieError

RETRY_AFTER = 5  # seconds; what a client is told to wait
MOST = 200  # questions that may wait; two cores answer as many in about five seconds
T = TypeVar("T")


class Busy(ZhangjieError):
    """More questions wait than can be answered soon."""

    def __init__(self) -> None:
        super().__init__("同时提问的人太多，排队已满", f"请 {RETRY_AFTER} 秒后再试")


class Turns:
    """Runs work in `workers` threads of its own, first come, first served.

    Who waits holds no thread. Busy where `most` wait already. Not for several event loops.
    """

    def __init__(self, workers: int = 0, most: int = MOST) -> None:
        """Take as many threads as there are cores for this process, or `workers`."""
        self._workers = workers or _cores()
        self._pool = ThreadPoolExecutor(self._workers, "zhangjie-turn")
        self._most = most
        self._pending = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, or raise what it raises, when its turn has come."""
        if self._pending >= self._most + self._workers:
            raise Busy
        self._pending += 1
        try:
            return await get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._pending -= 1

    async def steps(self, work: Callable[[], Iterable[T]]) -> AsyncIterator[T]:
        """Yield what `work` yields, all of it in one turn, whether or not it is fetched yet.

        So a client that reads slowly keeps nobody waiting.
        """
        loop = get_running_loop()
        found: Queue[T | None] = Queue()

        def go() -> None:
            for each in work():
                loop.call_soon_threadsafe(found.put_nowait, each)

        def ended(running: Task[None]) -> None:
            running.exception()  # who went away does not ask for it
            found.put_nowait(None)

        running = loop.create_task(self.run(go))
        running.add_done_callback(ended)
        while (each := await found.get()) is not None:
            yield each
        await running


def _cores() -> int:
    """Return how many cores this process may use, which a container may hold below the whole."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


async def _turns(request: Request) -> Turns:
    return cast(Turns, request.app.state.turns)


InTurn = Annotated[Turns, Depends(_turns)]
"""What routes that search or answer run in."""
