"""What the server answers from, and how it goes over to another knowledge base while it runs."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from api.http.readiness import Readiness
from api.knowledge_base import KnowledgeBase
from ingest.corrections import Correction


class Serving:
    """The newest knowledge base, and the one that answers questions.

    The newest shows documents at once. Until its index is ready, questions are answered by the one
    before, if that was ready; then the newest takes over. One writer at a time; readers never wait.
    """

    def __init__(self, base: KnowledgeBase) -> None:
        self._progress = base.progress  # before a Readiness takes it over
        self._lock = Lock()
        self._stopping = False
        self.base = base
        self.readiness = Readiness(base)
        self._coming: Readiness | None = None

    def start(self) -> None:
        """Begin to make ready what questions are answered from."""
        self.readiness.start()

    def stop(self) -> None:
        """End what is under way and return when it has ended."""
        with self._lock:
            self._stopping = True
            coming = self._coming
        for each in (coming, self.readiness):
            if each:
                each.stop()

    def require(self) -> KnowledgeBase:
        """Return the knowledge base that answers questions; NotReady or IndexFailed until then.

        Where the index of the newest could not be made, that is tried again.
        """
        if coming := self._coming:
            coming.start()
        readiness = self.readiness
        readiness.require()
        return readiness.knowledge_base

    def correct(self, doc_id: str, corrections: Sequence[Correction]) -> KnowledgeBase:
        """Keep corrections in place of those there and return the new newest knowledge base."""
        with self._lock:
            base = self.base.correct(doc_id, corrections)
            base.progress = self._progress
            before = self._coming or self.readiness
            before.abandon()  # two at once would write the same folder
            coming = Readiness(base, before, self._take_over)
            self.base = base
            if self.readiness.ready:
                self._coming = coming
            else:
                self.readiness = coming
            if not self._stopping:
                coming.start()
        return base

    def _take_over(self, readiness: Readiness) -> None:
        with self._lock:
            if readiness is self._coming:
                self.readiness, self._coming = readiness, None
