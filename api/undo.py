"""Changes of files that are taken back where a later step fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from corpus.manifest import write_atomically

Undo = ExitStack
"""Holds how to take back what was done so far; what was done last is taken back first."""


@contextmanager
def undone_on_failure() -> Iterator[Undo]:
    """Take back what was registered where the block fails, whatever the failure is."""
    with Undo() as undo:
        yield undo
        undo.pop_all()


def remember(undo: Undo, path: Path) -> None:
    """Let a file get back the bytes that it has now, or go away where there is none now."""
    if path.is_file():
        undo.callback(write_atomically, path, path.read_bytes())
    else:
        undo.callback(path.unlink, missing_ok=True)
