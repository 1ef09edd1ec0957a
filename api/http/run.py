"""How the application is served: by uvicorn, in one process."""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI

# Longer than people take to read: who asks again just when an idle connection is closed is cut off.
KEPT_S = 75
# Where questions compute in two threads, a light request would wait 5 ms (Python's default) at each
# of its steps for one of them to let go of the interpreter.
_SWITCH_S = 0.0005


def run(app: FastAPI, host: str, port: int) -> None:
    """Serve until the process is told to end."""
    sys.setswitchinterval(_SWITCH_S)
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_keep_alive=KEPT_S)
