"""The page of the check-up in a real browser. Skips, and says why, where there is no Chromium."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.knowledge_base import KnowledgeBase
from tests.api.browsing import Watched, ready, serve
from tests.api.conftest import TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")

CHECKUP = "/documents/yunhe/checkup"


@pytest.fixture
def served(served: KnowledgeBase) -> KnowledgeBase:
    """A plan that lost the heading of a section and has a year that cannot be; one may write."""
    path = Path(served.settings.corpus) / "yunhe.txt"
    head, body = path.read_text(encoding="utf-8").rsplit("第一节 壮大茶叶产业\n", 1)
    path.write_text(head + body.replace("2023年底前", "20233年底前"), encoding="utf-8")
    return KnowledgeBase(replace(served.settings, admin_token=TOKEN))


def opened(page: Page, path: str = CHECKUP) -> Page:
    ready(page)
    page.goto(path)
    page.locator("#report .verdict").wait_for()
    return page


def save(page: Page, token: str = "") -> None:
    """Save; `token` is given where the page asks for it."""
    page.get_by_role("button", name="保存").click()
    if token:
        page.get_by_label("令牌", exact=True).fill(token)
        page.keyboard.press("Enter")


def test_list_and_text_lead_to_the_checkup_and_it_leads_back(page: Page) -> None:
    ready(page)
    page.goto("/documents")
    page.get_by_role("link", name="体检单").first.click()
    page.get_by_text("可用，但有疑点").wait_for()
    page.get_by_role("link", name="读这份文件").click()
    page.locator("article header").get_by_role("link", name="体检单").click()
    page.wait_for_url(f"**{CHECKUP}")


def test_the_verdict_the_figures_and_the_metadata_are_shown(page: Page) -> None:
    opened(page)
    assert page.locator(".verdict").inner_text().split() == [
        "可用，但有疑点",
        "有", "3", "个疑点，请看一遍。",
    ]  # fmt: skip
    rows = page.locator(".shares tr").all_inner_texts()
    assert any(row.startswith("目录") for row in rows)
    assert next(row for row in rows if row.startswith("去向不明")).split() == ["去向不明", "0"]
    assert page.locator(".bar span").count() == len(rows) - 2
    widths = page.locator(".bar span").evaluate_all("all => all.map(one => one.offsetWidth)")
    assert min(widths) > 0
    assert widths[0] == max(widths)
    figures = page.locator(".figures div").all_inner_texts()
    assert ["节", "2"] in [figure.split() for figure in figures]
    metadata = [row.split() for row in page.locator(".metadata tr").all_inner_texts()]
    assert ["地区", "云河县", "见于清单"] in metadata
    assert ["文号", "没有找到"] in metadata


def test_doubts_and_boxes_open_their_places_in_the_text(page: Page) -> None:
    opened(page).locator("li", has_text="年份不合常理").get_by_role("link").click()
    playwright.expect(page.locator(".chosen")).to_contain_text("20233年底前")
    playwright.expect(page.locator(".chosen")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 300})
    opened(page).locator("li", has_text="之前缺序号 1").get_by_role("link").click()
    heading = page.get_by_role("heading", name="第二节 改善饮水条件")
    playwright.expect(heading).to_be_in_viewport()
    opened(page).locator(".boxes a").click()
    playwright.expect(page.get_by_role("heading", name="专栏1")).to_be_in_viewport()


def test_a_suggested_correction_is_copied_as_one_line(page: Page) -> None:
    opened(page).get_by_role("button", name="复制这一行").first.click()
    page.get_by_text("已复制").wait_for()
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert copied["heading"] == "第一节 壮大茶叶产业"


def test_a_suggestion_is_completed_saved_and_counts(page: Page) -> None:
    opened(page).get_by_role("button", name="加到更正").first.click()
    page.keyboard.type("加强品牌建设")  # what is to be filled in is chosen
    save(page, TOKEN)
    page.get_by_text("已保存，现有 1 条").wait_for()
    assert "“加强品牌建设”之前补标题“第一节 壮大茶叶产业”" in page.locator("#kept").inner_text()
    assert page.locator(".doubt-list > li").count() == 1
    page.reload()
    page.locator("#kept li").wait_for()
    assert json.loads(page.get_by_label("全部更正").input_value())["before"] == "加强品牌建设"


def test_a_correction_that_fits_nothing_is_named_after_saving(page: Page) -> None:
    opened(page).get_by_label("全部更正").fill('{"do": "text", "line": "第九章"}')
    save(page, TOKEN)
    playwright.expect(page.locator("#saved")).to_contain_text("其中 1 条用不上")
    playwright.expect(page.locator("#saved li")).to_contain_text("没有行以“第九章”开头")


def test_what_cannot_be_saved_says_why_and_stays_in_the_field(watched: Watched) -> None:
    page = opened(watched.page)
    lines = page.get_by_label("全部更正")
    lines.fill('\n{"do": “text”}')
    save(page)  # what is no JSON is not sent, so no token is asked for
    playwright.expect(page.locator("#saved .problem")).to_contain_text("第 2 行不是完整的 JSON")
    lines.fill('{"do": "erase"}')
    save(page, "不对的令牌")
    playwright.expect(page.locator("#token-wrong")).to_have_text("令牌不对，请再试一次。")
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#saved .problem")).to_contain_text("没有给出令牌")
    save(page, TOKEN)
    playwright.expect(page.locator("#saved .problem")).to_contain_text("第 1 条更正：do")
    assert lines.input_value() == '{"do": "erase"}'
    assert len(watched.complaints) == 2  # Chromium notes the 401 and the 422
    watched.complaints.clear()


def test_the_token_is_asked_once_a_tab_and_shared_with_the_page_that_manages(page: Page) -> None:
    opened(page).get_by_label("全部更正").fill("")
    save(page, TOKEN)
    page.get_by_text("已保存，现有 0 条").wait_for()
    save(page)
    page.get_by_text("已保存，现有 0 条").wait_for()
    page.get_by_role("link", name="改信息、换文件").click()
    page.wait_for_url("**/manage?doc=yunhe")
    page.reload()
    page.locator(".describing").wait_for()
    page.get_by_role("button", name="退出").click()
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_markup_of_a_document_is_text_on_its_checkup_too(page: Page) -> None:
    opened(page, "/documents/网页-1/checkup")
    assert page.locator("h1").inner_text() == "<i>网页</i>管理办法"
    assert page.locator("#report i:not(.swatch), #report b, #report img, main script").count() == 0


def test_a_checkup_of_nothing_says_so(watched: Watched) -> None:
    watched.page.goto("/documents/没有/checkup")
    playwright.expect(watched.page.get_by_role("alert")).to_contain_text("没有文件")
    assert all("404" in each for each in watched.complaints)
    watched.complaints.clear()


def test_a_server_without_a_token_says_that_writing_is_off(
    served: KnowledgeBase, browser: Browser
) -> None:
    base = KnowledgeBase(replace(served.settings, admin_token=""))
    with serve(base) as address:
        page = browser.new_page(base_url=address)
        page.goto(CHECKUP)
        page.get_by_text("没有开放在网页上保存").wait_for()
        assert page.locator("#off").get_by_role("link").get_attribute("href") == "/manage"
        assert not page.get_by_role("button", name="保存").is_visible()
        assert page.get_by_role("button", name="加到更正").count() == 0
        assert page.get_by_role("button", name="复制这一行").count() > 0
        page.close()
