"""Whether questions can be answered yet: the index is loaded or built once, in the background."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread

from api.knowledge_base import KnowledgeBase
from corpus.errors import ZhangjieError
from corpus.model import Query

RETRY_AFTER = 2  # seconds; what a client is told to wait
_PATIENCE = 15  # seconds that the end of the server waits for a step of the work to end
_PROBE = Query("规划", 1)
_log = logging.getLogger("zhangjie.http")


@dataclass(frozen=True, slots=True)
class Progress:
    """What is going on (Chinese), how much of it is done and how much there is to do."""

    what: str = "准备索引"
    done: int = 0
    whole: int = 0

    def __str__(self) -> str:
        return f"{self.what} {self.done}/{self.whole}" if self.whole else self.what


class NotReady(ZhangjieError):
    """The index is still being made."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(f"索引还没有准备好（{progress}）", "请稍候再查")
        self.progress = progress


class IndexFailed(ZhangjieError):
    """The index could not be made."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"索引没有建成：{reason}", "改正后再查一次，会重新建立")


class _Stopped(Exception):
    """The server ends, and what is under way with it."""


class Readiness:
    """Makes a knowledge base ready in one thread, however many requests ask for it.

    Until then `require` refuses instead of waiting: a request that waited would hold a thread of
    the pool, and the pool would be empty before the index is built. The knowledge base's
    `progress` is taken over, and what was there is still called. The work waits until that of
    `after` has ended; `then` is called in its thread once the index can be used.
    """

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        after: Readiness | None = None,
        then: Callable[[Readiness], None] | None = None,
    ) -> None:
        self.knowledge_base = knowledge_base
        self._after = after
        self._then = then
        self._lock = Lock()
        self._thread: Thread | None = None
        self.ready = self._stopping = False
        self._failure = ""
        self._progress = Progress()
        self._forward = knowledge_base.progress
        knowledge_base.progress = self._report

    def start(self) -> None:
        """Begin, unless it is under way or done; a failed attempt is made again."""
        with self._lock:
            under_way = self._thread and self._thread.is_alive()
            if self.ready or self._stopping or under_way:
                return
            self._failure = ""
            self._progress = Progress()
            self._thread = Thread(target=self._run, name="zhangjie-readiness", daemon=True)
            self._thread.start()

    def check(self) -> None:
        """NotReady or IndexFailed unless the index can be used."""
        if self._failure:
            raise IndexFailed(self._failure)
        if not self.ready:
            raise NotReady(self._progress)

    def require(self) -> None:
        """Like `check`, and begin again where the last attempt failed."""
        try:
            self.check()
        except (NotReady, IndexFailed):
            self.start()
            raise

    def stop(self) -> None:
        """End what is under way at its next step, and return when it has ended.

        A thread that is inside of torch when the interpreter ends would make it abort.
        """
        self.abandon()
        self.wait(_PATIENCE)

    def abandon(self) -> None:
        """Let what is under way end at its next step, and begin no more."""
        with self._lock:
            self._stopping = True

    def wait(self, seconds: float | None) -> None:
        """Return when the attempt under way has ended, after `seconds` at the latest."""
        if self._thread:
            self._thread.join(seconds)

    def _run(self) -> None:
        if self._after:
            self._after.wait(None)
            self._after = None  # with all its documents
        try:
            if self._stopping:
                raise _Stopped
            self.knowledge_base.search(_PROBE)  # loads encoder, index and dictionary
        except _Stopped:
            self._failure = "服务正在停止"
        except ZhangjieError as error:
            self._failure = str(error)
        except Exception:
            _log.exception("the index could not be made")
            self._failure = "意外的错误，详见服务器日志"
        else:
            self.ready = True
            if self._then:
                self._then(self)

    def _report(self, what: str, done: int, whole: int) -> None:
        if self._stopping:
            raise _Stopped
        self._progress = Progress(what, done, whole)
        self._forward(what, done, whole)
