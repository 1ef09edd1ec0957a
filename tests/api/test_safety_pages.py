"""What a browser is told to let nobody do: run what is inline, frame the page, write from afar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from starlette.routing import Route

from api.http.pages import router
from api.knowledge_base import KnowledgeBase
from tests.api.browsing import ARGUMENTS, CHROMIUM, serve, wait_until_ready
from tests.api.conftest import TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = [
    each.path.replace("{doc_id}", "yunhe") for each in router.routes if isinstance(each, Route)
]
OTHERS = ["/static/ask.js", "/v1/documents", "/v1/nowhere", "/nowhere", "/openapi.json", "/healthz"]
HTML = {"Accept": "text/html"}


def policy(client: TestClient, path: str) -> dict[str, list[str]]:
    """Return the directives of the only policy that a response has."""
    policies = client.get(path, headers=HTML).headers.get_list("content-security-policy")
    assert len(policies) == 1
    directives = [each.split() for each in policies[0].split(";")]
    return {name: values for name, *values in directives}


@pytest.mark.parametrize("path", [*PAGES, *OTHERS])
def test_only_what_the_server_itself_sends_runs(client: TestClient, path: str) -> None:
    directives = policy(client, path)
    assert directives["default-src"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["object-src"] == directives["base-uri"] == ["'none'"]
    allowed = {value for values in directives.values() for value in values}
    assert allowed == {"'self'", "'none'"}


class Inline(HTMLParser):
    """Collects what a page has inline that could run or paint."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag in ("style", "base", "object", "embed", "iframe", "meta") and "http-equiv" in names:
            self.found.append(tag)
        if tag == "style" or (tag == "script" and not (names.get("src") or "").startswith("/")):
            self.found.append(tag)
        for name, value in names.items():
            if name.startswith("on") or name == "style" or "javascript:" in (value or "").lower():
                self.found.append(f"{tag} {name}")


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
def test_no_page_has_anything_inline(client: TestClient, path: str) -> None:
    page = Inline()
    page.feed(client.get(path, headers=HTML).text)
    assert page.found == []


def test_no_script_makes_elements_or_programs_of_text() -> None:
    static = Path(__file__).parents[2] / "api/web/static"
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
    for script in static.glob("*.js"):
        assert not re.search(ways, script.read_text(encoding="utf-8")), script.name


@contextmanager
def elsewhere(folder: Path) -> Iterator[str]:
    """Serve a folder as another origin; gives the address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def home(served: KnowledgeBase) -> Iterator[str]:
    """The address of a server that lets whoever has `TOKEN` write."""
    base = KnowledgeBase(replace(served.settings, admin_token=TOKEN, hosts=""))
    with serve(base) as address:
        wait_until_ready(address)
        yield address


@pytest.mark.parametrize("path", ["/", "/manage", "/v1/documents"])
def test_a_frame_of_another_page_stays_empty(
    browser: Browser, home: str, tmp_path: Path, path: str
) -> None:
    (tmp_path / "evil.html").write_text(f"<iframe src='{home}{path}'></iframe>", encoding="utf-8")
    with elsewhere(tmp_path) as evil:
        page = browser.new_page()
        page.goto(f"{evil}/evil.html", wait_until="networkidle")
        shown = page.frames[1].content()
        page.close()
    assert "章节" not in shown
    assert "yunhe" not in shown


WRITES = """async ([home, token]) => {
  const form = new FormData();
  form.append("file", new Blob(["一、坏事\\n"]), "坏.txt");
  const headers = { Authorization: `Bearer ${token}` };
  const ways = {
    read: () => fetch(`${home}/v1/documents`),
    deleted: () => fetch(`${home}/v1/documents/yunhe`, { method: "DELETE", headers }),
    put: () => fetch(`${home}/v1/documents/yunhe/file`, { method: "PUT", headers, body: form }),
    form: () => fetch(`${home}/v1/documents`, { method: "POST", body: form }),
    headed: () => fetch(`${home}/v1/documents`, { method: "POST", body: form, headers }),
    opaque: () => fetch(`${home}/v1/documents`, { method: "POST", body: form, mode: "no-cors" }),
  };
  const said = {};
  for (const [name, way] of Object.entries(ways)) {
    said[name] = await way().then((response) => response.type, (error) => error.name);
  }
  return said;
}"""


def test_a_page_of_another_origin_neither_reads_nor_writes(
    browser: Browser, home: str, tmp_path: Path
) -> None:
    (tmp_path / "evil.html").write_text("<p>坏页", encoding="utf-8")
    token = "".join(map(chr, TOKEN.encode()))
    with elsewhere(tmp_path) as evil:
        page = browser.new_page()
        page.goto(f"{evil}/evil.html")
        said = page.evaluate(WRITES, [home, token])
        documents = page.request.get(f"{home}/v1/documents").json()["documents"]
        page.close()
    assert set(said.values()) == {"TypeError"}  # what fetch says where it may not tell more
    assert [each["doc_id"] for each in documents] == ["yunhe", "qingshi", "网页-1"]


def test_a_name_that_is_pointed_here_gets_nothing(browser: Browser, home: str) -> None:
    rules = "--host-resolver-rules=MAP rebound.example 127.0.0.1"
    rebound = browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, rules])
    page = rebound.new_page()
    response = page.goto(home.replace("127.0.0.1", "rebound.example"))
    assert response is not None
    assert response.status == 421
    assert "设置 hosts" in page.content()
    assert page.evaluate("fetch('/v1/documents').then((response) => response.status)") == 421
    rebound.close()
