"""A document full of what pages and spreadsheets might take for something to do."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest
from docx import Document as WordDocument
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from tests.api.browsing import serve, wait_until_ready
from tests.api.conftest import TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HIT = "document.documentElement.dataset.hit=1"
SCRIPT = f"</title></textarea><script>{HIT};alert(1)</script>"
IMAGE = f"<img src=x onerror='{HIT};alert(2)'>"
LINK = f'<a href="javascript:{HIT};alert(3)">点这里</a> javascript:{HIT}'
BREAKOUT = f"\"' onmouseover='{HIT}' autofocus onfocus='{HIT}' x='"
TEMPLATE = "{{1234*1234}} ${1234*1234} <%= 1234*1234 %> {% raw %}"
COMPUTED = "1522756"
FORMULA = "=cmd|' /C calc'!A0"
OVERRIDE = "\u202e转过来\u2066"
ALL = (SCRIPT, IMAGE, LINK, BREAKOUT, TEMPLATE, FORMULA)
TITLE = f"{FORMULA}{SCRIPT}{BREAKOUT}{TEMPLATE}办法"
DOC_ID = "恶意"
TEXT = f"""{TITLE}
一、{SCRIPT}{IMAGE}
每年建设茶园3万亩，{LINK}，{IMAGE}，{BREAKOUT}，{OVERRIDE}。
二、{TEMPLATE}
{FORMULA}每年建设茶园5万亩，{SCRIPT}。
+1+1每年建设茶园6万亩。
@SUM(1+1)每年建设茶园7万亩。
－1+1每年建设茶园8万亩。
专栏1 {SCRIPT}
（一）{IMAGE}
每年建设茶园9万亩，{TEMPLATE}。
第三章 {LINK}
"""
QUESTION = "每年建设茶园多少万亩？"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A knowledge base of two hostile documents, each the precedent of the other."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = []
    for number, doc_id in enumerate((DOC_ID, "另一份")):
        (folder / f"{number}.txt").write_text(TEXT, encoding="utf-8")
        fields = dict.fromkeys(("region", "issuer", "number"), f"{SCRIPT}{FORMULA}")
        record = {"doc_id": doc_id, "file": f"{number}.txt", "title": TITLE, **fields}
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    (folder / "manifest.jsonl").write_text("".join(lines), encoding="utf-8")
    settings = Settings(
        corpus=str(folder),
        data=str(folder / "var"),
        model="none",
        rate=0,
        admin_token=TOKEN,
        hosts="testserver",
    )
    return KnowledgeBase(settings)


@pytest.fixture(scope="module")
def home(hostile: KnowledgeBase) -> Iterator[str]:
    with serve(hostile) as address:
        wait_until_ready(address)
        yield address


@pytest.fixture
def reader(browser: Browser, home: str) -> Iterator[Page]:
    """A page on which nothing may run that documents bring along."""
    context = browser.new_context(base_url=home)
    page = context.new_page()
    page.set_default_timeout(30_000)
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("popup", lambda popup: seen.append(popup.url))
    page.on("console", lambda message: seen.append(message.text))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.log('CSP', e.blockedURI))"
    )
    yield page
    context.close()
    assert [each for each in seen if "status of 404" not in each] == []


def untouched(page: Page) -> None:
    """Check that nothing ran, nothing became an element, and nothing was computed."""
    assert page.evaluate("document.documentElement.dataset.hit") is None
    assert COMPUTED not in page.content()
    made = "body img, body b, body [onerror], body [onmouseover], body [onfocus]"
    assert page.locator(made).count() == 0
    assert page.locator("[href^='javascript' i]").count() == 0
    sources = "all => all.map((script) => script.getAttribute('src') ?? '')"
    scripts = page.eval_on_selector_all("script", sources)
    assert all(source.startswith("/static/") for source in scripts)


def look(page: Page, path: str, text: str) -> None:
    """Open a page, wait for a text, and let everything be pointed at."""
    page.goto(path)
    page.get_by_text(text).locator("visible=true").first.wait_for()
    page.evaluate(
        "for (const each of document.querySelectorAll('body *'))"
        " for (const type of ['mouseover', 'error']) each.dispatchEvent(new Event(type))"
    )
    untouched(page)


PLACES = {
    "/": "可以这样问",
    f"/?q={quote(QUESTION)}": "每年建设茶园",
    f"/?q={quote(SCRIPT + TEMPLATE)}": "alert(1)",
    f"/?q={quote(FORMULA)}&region={quote(SCRIPT)}": "每年建设",
    "/documents": "alert(1)",
    f"/documents?q={quote(IMAGE)}": "没有",
    f"/documents/{quote(DOC_ID)}": "每年建设茶园3万亩",
    f"/documents/{quote(DOC_ID)}/checkup": "疑点",
    f"/documents/{quote(IMAGE)}": "没有",
    "/manage": "alert(1)",
    "/docs": "/v1/ask",
    f"/{quote(SCRIPT)}": "没有这个地址",
}


@pytest.mark.parametrize(
    ("path", "text"), PLACES.items(), ids=[unquote(path)[:20] for path in PLACES]
)
def test_nothing_of_a_document_runs_in_a_page(reader: Page, path: str, text: str) -> None:
    look(reader, path, text)


def test_the_text_is_shown_as_it_stands(reader: Page) -> None:
    look(reader, f"/documents/{quote(DOC_ID)}", "每年建设茶园3万亩")
    text = reader.locator("main").inner_text()
    assert all(each in text for each in (*ALL, TITLE))


def test_what_turns_the_direction_around_is_no_part_of_the_text(hostile: KnowledgeBase) -> None:
    document = hostile.document(DOC_ID)
    assert not set("\u202e\u2066") & set(document.text)
    assert "转过来" in document.text


@pytest.fixture(scope="module")
def rows(hostile: KnowledgeBase) -> Iterator[TestClient]:
    app = create_app(hostile)
    with TestClient(app) as client:
        app.state.serving.readiness.wait(60)
        yield client


def exported(client: TestClient, form: str) -> bytes:
    params = {"q": f"{FORMULA} 每年建设茶园", "form": form, "top_k": "50"}
    response = client.get("/v1/search/export", params=params)
    assert response.is_success
    disposition = response.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''")
    assert disposition.isascii()
    assert not set('<>|"\r\n') & set(disposition)
    return response.content


def test_no_cell_of_a_table_is_a_formula(rows: TestClient) -> None:
    lines = list(csv.reader(io.StringIO(exported(rows, "csv").decode("utf-8-sig"))))
    cells = [cell for line in lines for cell in line]
    assert sum(cell.startswith("'=cmd") for cell in cells) >= 4  # titles and texts
    assert {cell[:2] for cell in cells} >= {"'+", "'@", "'－"}
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝＋－＠") and cell]
    assert any(SCRIPT in cell for cell in cells)


def test_a_document_of_clauses_holds_text_alone(rows: TestClient) -> None:
    content = exported(rows, "docx")
    text = "\n".join(each.text for each in WordDocument(io.BytesIO(content)).paragraphs)
    assert FORMULA in text
    assert SCRIPT in text
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = package.read("word/document.xml").decode()
        assert "<w:hyperlink" not in body
        assert "<w:instrText" not in body
        assert "<w:fldSimple" not in body
        outside = package.read("word/_rels/document.xml.rels").decode()
        assert "External" not in outside


def test_responses_are_of_a_kind_that_no_browser_takes_for_a_page(rows: TestClient) -> None:
    paths = ["/v1/documents", f"/v1/documents/{DOC_ID}", f"/v1/documents/{DOC_ID}/text"]
    for path in [*paths, f"/v1/search?q={SCRIPT}", f"/v1/documents/{SCRIPT}", "/openapi.json"]:
        response = rows.get(path)
        assert "json" in response.headers["content-type"]
        assert response.headers["x-content-type-options"] == "nosniff"
    original = rows.get(f"/v1/documents/{DOC_ID}/file")
    assert original.headers["content-type"].startswith("text/plain")
    assert original.headers["x-content-type-options"] == "nosniff"
