from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.serving import Serving
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from corpus.manifest import NAME, read_manifest, write_manifest
from corpus.model import Hit, Query
from ingest.apart import Apart
from ingest.corrections import write_corrections
from ingest.pipeline import take_in
from tests import small_corpus
from tests.api.browsing import ARGUMENTS, CHROMIUM, Watched, serve
from tests.api.changing import DATE, LOST

if TYPE_CHECKING:
    from httpx2 import Response
    from playwright.sync_api import Browser, Page

CHINESE = re.compile(r"[一-龥]")
INJECTION = """<b>网页</b>里的写法
一、脚本
公开网页不得夹带代码 <script>document.title = "坏了"</script> 和 <img src=x onerror=alert(1)>。
二、图标
每页最多放3个图标，𬭊字（生僻字）之后的数字是7处。
三、检查
"""
# One paragraph of three topic sentences: three clauses in one line.
TOPICS = ("日常巡查登记。", "定期通报情况。", "限期改正问题。")
FILLER = "各单位逐页查看、逐条登记，负责人每月核对一遍，结果留存备查。"
DIVIDED = "".join(topic + FILLER * 4 for topic in TOPICS)

_PATIENCE = 30_000  # milliseconds that a page may take for a step; disks of busy machines stall


@pytest.fixture
def served(tmp_path: Path) -> KnowledgeBase:
    """A knowledge base of the small corpus and of a document that is full of HTML."""
    folder = small_corpus.write(tmp_path / "文件")
    (folder / "网页-1.txt").write_text(INJECTION + DIVIDED + "\n", encoding="utf-8")
    record = {"doc_id": "网页-1", "file": "网页-1.txt", "title": "<i>网页</i>管理办法"}
    with (folder / "manifest.jsonl").open("a", encoding="utf-8") as manifest:
        manifest.write(json.dumps(record, ensure_ascii=False) + "\n")
    settings = Settings(
        corpus=str(folder), data=str(tmp_path / "var"), model="none", hosts="testserver"
    )
    return KnowledgeBase(settings)


@pytest.fixture
def client(served: KnowledgeBase) -> Iterator[TestClient]:
    app = create_app(served)
    with TestClient(app, raise_server_exceptions=False) as client:
        app.state.serving.readiness.wait(60)
        yield client


def problem(response: Response, status: int) -> dict[str, Any]:
    """Check that a response is a problem document in Chinese without any inside, and return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    content: dict[str, Any] = response.json()
    assert {"type", "title", "status", "detail"} <= content.keys()
    assert content["status"] == status
    assert content["type"].startswith("urn:zhangjie:problem:")
    assert CHINESE.search(content["title"])
    assert CHINESE.search(content["detail"])
    assert "Traceback" not in response.text
    return content


def raiser(error: Exception) -> Callable[[Query], list[Hit]]:
    """Return a search that raises `error`."""

    def fail(_query: Query) -> list[Hit]:
        raise error

    return fail


def settled(serving: Serving) -> None:
    """Wait until nothing goes on in the background."""
    for _ in range(600):
        if serving.indexing is None:
            return
        time.sleep(0.1)
    pytest.fail("the index was not made in 60 s")


TOKEN = "开门-7"


@pytest.fixture
def writer(served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client of a server that lets whoever has `TOKEN` write; it sends it.

    Files are parsed in this process, which is quicker.
    """
    monkeypatch.setattr(Apart, "__call__", lambda _, *arguments: take_in(*arguments))
    base = KnowledgeBase(replace(served.settings, admin_token=TOKEN))
    app = create_app(base)
    headers = {"Authorization": f"Bearer {TOKEN}".encode()}
    with TestClient(app, raise_server_exceptions=False, headers=headers) as client:
        app.state.serving.readiness.wait(60)
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; tests that need it skip, and say why, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")
    if not Path(CHROMIUM).is_file():
        pytest.skip(f"没有 {CHROMIUM}，可运行 tests/browser.sh 安装")
    playwright.expect.set_options(timeout=_PATIENCE)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(served: KnowledgeBase) -> Iterator[str]:
    """The address of a server over the small corpus."""
    with serve(served) as address:
        yield address


@pytest.fixture
def watched(browser: Browser, site: str) -> Iterator[Watched]:
    """A page that must stay at home and quiet."""
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    watched = Watched(page)
    yield watched
    context.close()
    assert watched.requests
    assert all(url.startswith(f"{site}/") for url in watched.requests)
    assert watched.complaints == []


@pytest.fixture
def page(watched: Watched) -> Page:
    return watched.page


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    """The small corpus; yunhe is restated and has corrections, its manifest a field of its own."""
    folder = small_corpus.write(tmp_path / "库")
    lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0]) | {"restated": True, "note": "甲"}
    (folder / NAME).write_text(json.dumps(first) + "\n" + lines[1] + "\n", encoding="utf-8")
    write_corrections(folder / "yunhe.txt", [LOST, DATE])
    write_manifest(folder, read_manifest(folder))
    return KnowledgeBase(Settings(corpus=str(folder), data=str(tmp_path / "var"), model="none"))
