from __future__ import annotations

import sys
from typing import Any

import pytest
import uvicorn

from api.http import run
from api.http.app import create_app
from api.knowledge_base import KnowledgeBase


def test_connections_outlive_a_pause_and_light_requests_need_not_wait_for_the_interpreter(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}

    def noted(_app: object, **options: object) -> None:
        given.update(options, switch=sys.getswitchinterval())

    monkeypatch.setattr(uvicorn, "run", noted)
    before = sys.getswitchinterval()
    try:
        run.run(create_app(served), "127.0.0.1", 0)
    finally:
        sys.setswitchinterval(before)
    assert given["timeout_keep_alive"] >= 60
    assert given["switch"] < before
