"""What a view of a page weighs and how soon it can be used, in headless Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_QUIET_MS = 500  # without a request or a long task
_USABLE = """quiet => new Promise(done => {
  let last = 0;
  const seen = end => { last = Math.max(last, end); };
  const watch = type => new PerformanceObserver(list => list.getEntries().forEach(entry =>
    seen(type === 'resource' ? entry.responseEnd : entry.startTime + entry.duration)
  )).observe({ type, buffered: true });
  ['resource', 'longtask', 'largest-contentful-paint'].forEach(watch);
  const look = () => {
    const [page] = performance.getEntriesByType('navigation');
    if (page.loadEventEnd) seen(page.loadEventEnd);
    const now = performance.now();
    if ((page.loadEventEnd && now > last + quiet) || now > 20000) done(last);
    else setTimeout(look, 50);
  };
  look();
})"""


class View(NamedTuple):
    """A page seen with an empty cache: requests, kilobytes over the wire, milliseconds to use."""

    path: str
    requests: int
    kilobytes: float
    interactive_ms: float


def look(address: str, paths: Sequence[str], times: int = 5) -> list[View]:
    """View each page `times` times, each with an empty cache; times are medians.

    Interactive is when all of it has happened: loaded, everything it fetched has come, the largest
    piece is painted, and the last task of more than 50 ms has ended; after that the page was quiet.
    """
    with _browser() as browser:
        _seen(browser, address, paths[0])  # the first of all starts the browser's processes
        views = []
        for path in paths:
            found = [_seen(browser, address, path) for _ in range(times)]
            views.append(found[-1]._replace(interactive_ms=median(v.interactive_ms for v in found)))
        return views


def _seen(browser: Browser, address: str, path: str) -> View:
    context = browser.new_context()
    page = context.new_page()
    sizes: list[float] = []

    def ended(event: dict[str, Any]) -> None:
        sizes.append(event["encodedDataLength"])

    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", ended)
    page.goto(address + path)
    usable = page.evaluate(_USABLE, _QUIET_MS)
    context.close()
    return View(path, len(sizes), sum(sizes) / 1000, float(usable))


@contextmanager
def _browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=found, args=list(_ARGUMENTS))
        yield browser
        browser.close()
