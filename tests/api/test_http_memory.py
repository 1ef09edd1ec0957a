from __future__ import annotations

import ctypes

import pytest

from api.http.memory import give_back
from eval import machine


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="没有 glibc")
def test_what_was_freed_goes_back_to_the_system() -> None:
    kept = []
    for _ in range(1000):
        block = [bytes(1000) for _ in range(100)]
        kept.append(block[0])  # between what is freed, so that the heap cannot shrink by itself
        del block
    freed = [bytes(1000) for _ in range(100_000)]
    before = machine.memory().resident
    kept.append(freed[-1])
    del freed
    give_back()
    assert machine.memory().resident < before - 50


def test_another_c_library_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    give_back()
