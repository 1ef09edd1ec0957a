"""Whether questions can be answered yet: the index is loaded or built once, in the background."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from api.http.memory import give_back
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
    """One attempt to make a knowledge base ready, in a thread of its own.

    Until then `check` refuses instead of waiting: a request that waited would hold a thread of the
    pool, and the pool would be empty before the index is built. The knowledge base's `progress` is
    taken over, and what was there is still called. `then` is called in the thread at its end, after
    the attempt succeeded or failed.
    """

    def __init__(self, knowledge_base: KnowledgeBase, then: Callable[[Readiness], None]) -> None:
        self.knowledge_base = knowledge_base
        self.ready = False
        self.failure = ""
        self.progress = Progress()
        self._then = then
        self._stopping = False
        self._forward = knowledge_base.progress
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin; once only."""
        self.knowledge_base.progress = self._report
        self._thread = Thread(target=self._run, name="zhangjie-readiness", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """NotReady or IndexFailed unless the index can be used."""
        if self.failure:
            raise IndexFailed(self.failure)
        if not self.ready:
            raise NotReady(self.progress)

    def stop(self) -> None:
        """End what is under way at its next step, and return when it has ended.

        A thread that is inside of torch when the interpreter ends would make it abort.
        """
        self._stopping = True
        self.wait(_PATIENCE)

    def wait(self, seconds: float | None) -> None:
        """Return when the attempt has ended, after `seconds` at the latest."""
        if self._thread:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self.knowledge_base.search(_PROBE)  # loads encoder, index and dictionary
        except _Stopped:
            self.failure = "服务正在停止"
        except ZhangjieError as error:
            self.failure = str(error)
        except Exception:
            _log.exception("the index could not be made")
            self.failure = "意外的错误，详见服务器日志"
        else:
            self.ready = True
        self.knowledge_base.progress = self._forward
        self._then(self)
        give_back()  # of what making it took, and of the index before

    def _report(self, what: str, done: int, whole: int) -> None:
        if self._stopping:
            raise _Stopped
        self.progress = Progress(what, done, whole)
        self._forward(what, done, whole)
