"""What the tests of the page need: a server in a thread, and a page that is watched."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import uvicorn

from api.http.app import create_app
from api.knowledge_base import KnowledgeBase

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def serve(base: KnowledgeBase) -> Iterator[str]:
    """Serve a knowledge base in a thread of this process; gives the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(base), log_level="warning", ws="none")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()


def wait_until_ready(address: str) -> None:
    """Wait until questions can be answered at an address."""
    for _ in range(600):
        try:
            urlopen(f"{address}/readyz").close()
            return
        except HTTPError:
            time.sleep(0.1)
    pytest.fail("the index was not built in 60 s")


class Watched:
    """A page, and what it asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._console)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


def ready(page: Page) -> None:
    """Wait until the index is built, so that no 503 shows up in the console."""
    for _ in range(300):
        if page.request.get("/readyz").ok:
            return
        page.wait_for_timeout(100)
    pytest.fail("the index was not built in 30 s")


GRAVE = ("serious", "critical")
MOST_SHIFT = 0.05  # half of what web.dev calls good


@cache
def _axe() -> str:
    """Return axe-core, as the package axe-playwright-python bundles it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def assert_accessible(page: Page) -> None:
    """Check that axe-core finds no serious or critical issue on what the page shows now."""
    page.evaluate(_axe())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [_named(one) for one in found["violations"] if one["impact"] in GRAVE]
    assert not grave, "\n".join(grave)
    assert found["passes"], "axe looked at nothing"


def _named(violation: dict[str, Any]) -> str:
    places = [f"{node['html'][:160]}\n    {node['failureSummary']}" for node in violation["nodes"]]
    return f"{violation['id']} ({violation['impact']}): " + "\n  ".join(places)


def layout_shift(page: Page) -> float:
    """Return how much jumped since the page was loaded: the sum of its layout shifts.

    That is stricter than CLS, which counts the worst five seconds. As there, what moves within
    half a second of a click or a key does not count: it is what the user asked for.
    """
    shift: float = page.evaluate(
        """() => new Promise((resolve) => {
            let sum = 0;
            const add = (list) => {
                for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
            };
            new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
            setTimeout(() => resolve(sum), 100);  // the observer tells of it after the next frame
        })"""
    )
    return shift


def assert_still(page: Page) -> None:
    """Check that next to nothing jumped on the page since it was loaded."""
    assert layout_shift(page) < MOST_SHIFT
