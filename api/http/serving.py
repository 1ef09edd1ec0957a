"""What the server answers from, and how it goes over to another knowledge base while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from api.http.readiness import Progress, Readiness
from api.incoming import sweep
from api.knowledge_base import KnowledgeBase
from api.library import Planner
from api.plans import Plan
from ingest.apart import Apart

_WRITERS = 2  # threads; whoever writes waits for one, so that readers never do


T = TypeVar("T")


class Serving:
    """The newest knowledge base, and the one that answers questions.

    The newest shows documents at once. Until its index is ready, questions are answered by the one
    before. One index is made at a time, and always to its end, since what it encodes serves the
    next; of all that changes meanwhile only the newest is made after it. Where none is ready yet,
    the first that is answers. One writer at a time; readers never wait.
    """

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self._progress = base.progress  # before a Readiness takes it over
        self.take_in = Apart()
        self.readiness = Readiness(base, self._ended)
        self._latest = self.readiness  # the last attempt, under way or ended
        self._under_way = False
        self._stopping = False
        self._lock = Lock()
        self._writing = Lock()
        self._writers = ThreadPoolExecutor(_WRITERS, "zhangjie-writing")

    def start(self) -> None:
        """Begin to make ready what questions are answered from."""
        sweep(self.base.corpus)
        with self._lock:
            self._begin(self.readiness)

    def stop(self) -> None:
        """End what is under way and return when it has ended."""
        self.take_in.stop()
        self._writers.shutdown(cancel_futures=True)
        with self._lock:
            self._stopping = True
        self._latest.stop()

    def require(self) -> KnowledgeBase:
        """Return the knowledge base that answers questions; NotReady or IndexFailed until then.

        Where the index of the newest could not be made, that is tried again.
        """
        readiness = self.readiness
        try:
            readiness.check()
        finally:
            with self._lock:
                if self._latest.failure:
                    self._begin_newest()
        return readiness.knowledge_base

    @property
    def indexing(self) -> Progress | None:
        """What goes on in the background, None where nothing does."""
        return self._latest.progress if self._under_way else None

    @property
    def failure(self) -> str:
        """Why the index of the newest could not be made, empty where it was or is being made."""
        return "" if self._under_way else self._latest.failure

    async def write(self, work: Callable[[], T]) -> T:
        """Return what `work` does in a thread kept for writers."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, work)

    def change(self, planner: Planner) -> tuple[KnowledgeBase, Plan]:
        """Carry out a change of the corpus folder; return the new newest knowledge base and it.

        `planner` is called for what takes long before other writers have to wait, and again when it
        is its turn, with what the newest is then.
        """
        planner(self.base)
        with self._writing:
            plan = planner(self.base)
            base = plan.apply(self.base)
            base.progress = self._progress  # not that of the one before, which would stay for it
            with self._lock:
                self.base = base
                self._begin_newest()
        return base, plan

    def _begin_newest(self) -> None:
        """Begin with the newest unless something is under way, whose end will begin with it."""
        if self._under_way or self._stopping:
            return
        self.base.borrow(self._latest.knowledge_base)
        coming = Readiness(self.base, self._ended)
        if not self.readiness.ready:
            self.readiness = coming
        self._begin(coming)

    def _begin(self, readiness: Readiness) -> None:
        self._latest = readiness
        self._under_way = True
        readiness.start()

    def _ended(self, readiness: Readiness) -> None:
        with self._lock:
            self._under_way = False
            if readiness.ready:
                self.readiness = readiness
            if self.base is not readiness.knowledge_base:
                self._begin_newest()
