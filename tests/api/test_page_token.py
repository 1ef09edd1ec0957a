"""Who may write, as the pages ask for it. Skips, and says why, where there is no Chromium."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from api.knowledge_base import KnowledgeBase
from ingest.apart import Apart
from ingest.pipeline import take_in
from tests.api.browsing import Watched, assert_accessible, serve
from tests.api.conftest import TOKEN
from tests.api.managing import choose, give_token, opened, rules, settled, states

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")


@pytest.fixture
def served(served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """A library that one may write to; files are parsed in this process, which is quicker."""
    monkeypatch.setattr(Apart, "__call__", lambda _, *arguments: take_in(*arguments))
    return KnowledgeBase(replace(served.settings, admin_token=TOKEN))


def test_a_wrong_token_is_said_and_nothing_is_lost(watched: Watched) -> None:
    page = opened(watched.page)
    choose(page, rules(1), rules(2))
    give_token(page, "不对的令牌")
    playwright.expect(page.locator("#token-wrong")).to_have_text("令牌不对，请再试一次。")
    assert page.evaluate("document.activeElement.id") == "token"
    assert_accessible(page)
    assert page.evaluate("sessionStorage.length") == 0
    give_token(page)
    settled(page)
    assert states(page) == ["stored", "stored"]
    assert len(watched.complaints) == 1  # Chromium notes the 401
    watched.complaints.clear()


def test_who_gives_no_token_goes_on_later(page: Page) -> None:
    opened(page)
    choose(page, rules(1), rules(2))
    page.get_by_label("令牌", exact=True).wait_for()
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#tally")).to_contain_text("没有给出令牌。还有 2 个没有传")
    page.get_by_role("button", name="接着传").click()
    give_token(page)
    settled(page)
    assert states(page) == ["stored", "stored"]


def test_the_token_is_kept_for_the_tab_alone_and_forgotten_on_request(page: Page) -> None:
    opened(page).get_by_role("button", name="看最近删除的").click()
    give_token(page)
    playwright.expect(page.locator("#deleted-state")).to_have_text("没有删除过文件。")
    assert page.evaluate("[...Object.values(sessionStorage)]") == [TOKEN]
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []
    page.reload()
    playwright.expect(page.locator("#deleted-state")).to_have_text("没有删除过文件。")
    other = page.context.new_page()
    other.goto("/manage")
    playwright.expect(other.locator("#token-state")).to_contain_text("改动时会问令牌")
    other.close()
    page.get_by_role("button", name="退出").click()
    assert page.evaluate("sessionStorage.length") == 0
    assert page.get_by_role("button", name="看最近删除的").is_visible()


def test_a_token_that_no_longer_counts_is_asked_for_again(watched: Watched) -> None:
    page = opened(watched.page)
    refusals = [1]

    def changed(route: Route) -> None:
        if refusals and "村规2.txt".encode() in (route.request.post_data_buffer or b""):
            refusals.pop()
            problem = {"title": "令牌不对", "status": 401, "detail": "令牌不对"}
            route.fulfill(status=401, json=problem)
        else:
            route.continue_()

    page.route("**/v1/documents", changed)
    choose(page, *(rules(number) for number in range(1, 4)))
    give_token(page)
    playwright.expect(page.locator("#token-wrong")).to_contain_text("不再认原来的令牌")
    give_token(page)
    settled(page)
    assert states(page) == ["stored"] * 3
    watched.complaints.clear()


def test_a_token_of_another_day_is_forgotten_without_a_question(watched: Watched) -> None:
    page = opened(watched.page)
    page.evaluate("sessionStorage.setItem('zhangjie-token', '昨天的')")
    page.reload()
    playwright.expect(page.locator("#token-state")).to_contain_text("改动时会问令牌")
    assert page.locator("dialog[open]").count() == 0
    watched.complaints.clear()


def test_a_server_without_a_token_says_how_to_turn_writing_on(
    served: KnowledgeBase, browser: Browser
) -> None:
    with serve(KnowledgeBase(replace(served.settings, admin_token=""))) as address:
        page = browser.new_page(base_url=address)
        opened(page)
        off = page.locator("#off")
        assert "ZHANGJIE_ADMIN_TOKEN=自己定的令牌 zhangjie serve" in off.inner_text()
        assert 'admin_token = "自己定的令牌"' in off.inner_text()
        assert "再启动" in off.inner_text()
        assert off.get_by_role("button", name="复制").count() == 2
        assert not page.get_by_role("button", name="选择文件").is_visible()
        assert page.get_by_role("button", name="删除").count() == 0
        assert page.locator(".holding").count() == 3
        assert_accessible(page)
        page.close()
