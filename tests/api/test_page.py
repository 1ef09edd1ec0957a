"""The page in a real browser. Skips, and says why, where there is no Chromium."""

from __future__ import annotations

import re
from threading import Event
from typing import TYPE_CHECKING, Literal

import pytest

from api.knowledge_base import KnowledgeBase
from corpus.model import Hit, Query
from tests.api.browsing import Watched, ready

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")

QUESTION = "云河县2025年要新建多少万亩标准茶园？"
CITATION = "《云河县“十四五”乡村发展规划》第二章第一节第2段"


def ask(page: Page, question: str = QUESTION) -> None:
    ready(page)
    page.goto("/")
    page.get_by_label("问题").fill(question)
    page.keyboard.press("Enter")
    page.locator("#clauses li.clause").first.wait_for()


def test_an_answer_shows_its_figure_and_citation(page: Page) -> None:
    ask(page)
    best = page.locator("#answer .best")
    assert best.locator("mark").inner_text() == "3万亩"
    assert best.locator("figcaption a").inner_text() == CITATION
    assert page.locator("#answer .notice").inner_text() == "已关闭向量检索，只用 BM25"
    assert page.locator("#answer").get_attribute("aria-live") == "polite"
    assert "新建" in page.locator("#clauses mark.word").all_inner_texts()
    heads = page.locator("#clauses .heads").first.inner_text()
    assert "重点任务" in heads


def test_a_citation_opens_its_clause_in_the_document(page: Page) -> None:
    ask(page)
    page.locator("#answer .best figcaption a").click()
    chosen = page.locator(".chosen")
    chosen.wait_for()
    assert "clause=yunhe/ch2/s1/p2" in page.url
    assert "到2025年新建标准茶园3万亩" in chosen.inner_text()
    assert page.evaluate("document.activeElement.id") == "yunhe/ch2/s1/p2"
    assert page.locator("#clause cite").inner_text().replace("\n", "") == CITATION
    playwright.expect(chosen).to_be_in_viewport()


def test_the_back_button_leads_back_to_the_question(page: Page) -> None:
    ask(page)
    ask_url = page.url
    page.get_by_label("问题").fill("老年食堂收费多少？")
    page.get_by_role("button", name="查找").click()
    page.wait_for_url(re.compile("%E8%80%81"))
    page.go_back()
    page.wait_for_url(ask_url)
    page.locator("#answer .best mark").wait_for()
    assert page.get_by_label("问题").input_value() == QUESTION
    assert page.locator("#answer .best mark").inner_text() == "3万亩"


def test_a_link_with_a_question_shows_its_answer(page: Page) -> None:
    ready(page)
    page.goto(f"/?q={QUESTION}")
    assert page.locator("#answer .best mark").inner_text() == "3万亩"
    assert QUESTION in page.title()


def test_abstention_is_said_plainly(page: Page) -> None:
    ready(page)
    page.goto("/?q=深圳市地铁票价是多少？")
    box = page.locator("#answer .abstained")
    box.wait_for()
    assert "库中没有依据" in box.inner_text()
    assert page.locator("#answer mark").count() == 0


def test_a_quote_is_copied_with_its_citation(page: Page) -> None:
    ask(page)
    page.locator("#answer .best").get_by_role("button", name="复制引文").click()
    page.get_by_text("已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“扩大种植规模。到2025年新建标准茶园3万亩")
    assert copied.endswith(f"。”——{CITATION}")


def test_markup_of_a_document_is_shown_as_text(page: Page) -> None:
    ask(page, "公开网页不得夹带什么代码？")
    assert "<script>document.title" in page.locator("#answer").inner_text()
    page.goto("/documents/网页-1")
    assert page.locator("article h1").inner_text() == "<i>网页</i>管理办法"
    text = page.locator("article .text").inner_text()
    assert '<script>document.title = "坏了"</script>' in text
    assert "<img src=x onerror=alert(1)>" in text
    assert page.locator("article script, article img, article b").count() == 0
    assert "坏了" not in page.title()


def test_marks_are_right_after_a_character_outside_the_bmp(page: Page) -> None:
    ask(page, "𬭊字（生僻字）之后的数字是多少处？")
    assert page.locator("#answer mark").first.inner_text() == "7处"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1600])
def test_nothing_is_wider_than_the_window(
    page: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    ask(page)
    places = ["/documents", "/documents/yunhe?clause=yunhe/ch2/s1/p2", "/documents/网页-1", "/docs"]
    places += ["/documents/yunhe/checkup", "/documents/网页-1/checkup"]
    for place in ["", *places]:
        if place:
            page.goto(place)
            page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, place


def test_it_is_used_with_the_keyboard_alone(page: Page) -> None:
    ready(page)
    page.goto("/")
    assert page.evaluate("document.activeElement.id") == "question"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#answer .best").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "查找"
    for name in ("筛选", "快捷键", CITATION):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == name
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator(".chosen").wait_for()


def test_a_refusal_shows_what_to_do(watched: Watched) -> None:
    page = watched.page
    ready(page)
    page.goto("/")
    page.get_by_label("问题").fill("问" * 2001)
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    assert "最多 2000 个" in alert.inner_text()
    page.goto("/documents/没有这份")
    assert "没有文件" in page.get_by_role("alert").inner_text()
    page.wait_for_load_state("networkidle")
    assert len(watched.complaints) == 4  # Chromium notes the 422 and the three 404
    assert all("Failed to load resource" in each for each in watched.complaints)
    watched.complaints.clear()


def test_a_question_waits_for_the_index(
    served: KnowledgeBase,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    go = Event()
    search = served.search

    def slow(query: Query) -> list[Hit]:
        if query.text != QUESTION:  # the first search, which makes the index ready
            served.progress("计算向量", 3, 9)
            assert go.wait(60)
        return search(query)

    monkeypatch.setattr(served, "search", slow)
    page = browser.new_page(base_url=request.getfixturevalue("site"))
    page.goto(f"/?q={QUESTION}")
    page.get_by_text("正在建立索引：计算向量 3/9").wait_for()
    go.set()
    page.locator("#answer .best mark").wait_for()
    assert page.locator("#status").inner_text() == ""
    page.close()
