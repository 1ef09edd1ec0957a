"""Memory that was freed goes back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give back what the C library keeps of freed memory; nothing where it cannot.

    glibc keeps it for each thread by itself: with every index that is made while people ask, some
    30 MB more would stay.
    """
    with suppress(OSError, AttributeError, TypeError):  # not glibc
        ctypes.CDLL(None).malloc_trim(0)
