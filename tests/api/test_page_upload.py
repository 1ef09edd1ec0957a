"""Uploading in a real browser. Skips, and says why, where there is no Chromium."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from api.knowledge_base import KnowledgeBase
from ingest.apart import Apart
from ingest.pipeline import take_in
from tests.api.browsing import MOST_SHIFT, Watched, assert_accessible, layout_shift
from tests.api.conftest import TOKEN
from tests.api.managing import choose, give_token, named, opened, rules, settled, states, upload

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")

UPLOADS = "**/v1/documents"
# How many uploads there were, NaN where one began before the last had ended.
TIMES = """() => {
    const all = performance.getEntriesByType("resource");
    const sent = all.filter((one) => one.initiatorType === "xmlhttprequest");
    const apart = sent.every((one, at) => !at || one.startTime >= sent[at - 1].responseEnd);
    return apart ? sent.length : NaN;
}"""
BROKEN = named("坏的.pdf", b"%PDF-1.4 nothing of a PDF")


@pytest.fixture
def served(served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """A library that one may write to; files are parsed in this process, which is quicker."""
    monkeypatch.setattr(Apart, "__call__", lambda _, *arguments: take_in(*arguments))
    return KnowledgeBase(replace(served.settings, admin_token=TOKEN, rate=0))


@pytest.fixture
def desk(page: Page) -> Page:
    return opened(page)


def quiet(watched: Watched, *expected: str) -> None:
    """Check that Chromium noted these refusals and nothing else."""
    noted = [re.search(r"status of (\d+)|net::(\w+)", each) for each in watched.complaints]
    assert sorted(found[1] or found[2] if found else "?" for found in noted) == sorted(expected)
    watched.complaints.clear()


def hold(page: Page) -> None:
    """Let uploads go out and never be answered."""
    page.route(UPLOADS, lambda _route: None)


def test_a_file_is_stored_checked_found_and_listed(desk: Page) -> None:
    choose(desk, rules(3))
    give_token(desk)
    row = upload(desk, "村规3.txt")
    playwright.expect(row).to_contain_text("第3村规民约管理办法 已入库：可用")
    assert row.locator("progress").is_hidden()
    desk.get_by_role("button", name="放进列表").click()
    playwright.expect(desk.locator("#count")).to_have_text("共 4 份")
    assert "第3村规民约管理办法" in desk.locator(".holding").first.inner_text()
    playwright.expect(desk.locator("#state-words")).to_contain_text("索引更新好了：4 份文件")
    answer = desk.request.post("/v1/ask", data={"question": "红白喜事每桌不超过几个菜？"}).json()
    assert "不超过3个菜" in answer["answer"]
    row.get_by_role("link", name="看体检单").click()
    desk.get_by_role("heading", name="第3村规民约管理办法").wait_for()


def test_the_doubts_of_a_file_are_counted(desk: Page) -> None:
    text = "关于修路的意见\n一、目标\n20233年底前修好村道。\n三、保障\n经费由县里统筹。\n"
    choose(desk, named("修路.txt", text.encode()))
    give_token(desk)
    settled(desk)
    doubts = desk.request.get("/v1/documents/修路/checkup").json()["doubts"]
    assert doubts
    expected = f"可用，但有疑点（{len(doubts)} 处）"
    playwright.expect(upload(desk, "修路.txt")).to_contain_text(expected)


def test_thirty_files_go_one_after_another(watched: Watched) -> None:
    page = opened(watched.page)
    same = rules(1) | {"name": "换了名字.txt"}
    files = [rules(number) for number in range(1, 29)]
    choose(page, *files[:10], BROKEN, *files[10:], same)
    page.get_by_label("令牌", exact=True).wait_for()
    playwright.expect(page.locator(".holding")).to_have_count(3)
    shifted = layout_shift(page)
    give_token(page)
    page.locator("#clear").wait_for(timeout=180_000)
    assert page.evaluate(TIMES) == 30
    assert layout_shift(page) - shifted < MOST_SHIFT
    told = "30 个文件：入库 28 个，库里已有 1 个，没收 1 个"
    assert page.locator("#tally").inner_text() == told
    assert page.locator("#ended").inner_text() == told
    assert "坏的.pdf" in upload(page, "坏的.pdf").locator(".outcome").inner_text()
    twin = upload(page, "换了名字.txt")
    assert (
        twin.get_by_role("link", name="看已有的那份").get_attribute("href")
        == f"/documents/{quote('村规1')}"
    )
    assert states(page).count("stored") == 28
    page.get_by_role("button", name="放进列表").click()
    playwright.expect(page.locator("#count")).to_have_text("共 31 份")
    assert_accessible(page)
    quiet(watched, "409", "422")


def test_a_connection_that_breaks_in_the_middle_stops_only_that_file(watched: Watched) -> None:
    page = opened(watched.page)

    def breaks(route: Route) -> None:
        content = route.request.post_data_buffer or b""
        if "村规2.txt".encode() in content:
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(UPLOADS, breaks)
    choose(page, rules(1), rules(2), rules(3))
    give_token(page)
    settled(page)
    assert states(page) == ["stored", "lost", "stored"]
    playwright.expect(upload(page, "村规2.txt")).to_contain_text("没有传完。连接断了")
    page.unroute(UPLOADS)
    page.get_by_role("button", name="再传：村规2.txt").click()
    playwright.expect(page.locator("#tally")).to_have_text("3 个文件：入库 3 个")
    quiet(watched, "ERR_CONNECTION_RESET")


def test_a_server_that_is_gone_lets_the_rest_wait(watched: Watched) -> None:
    page = opened(watched.page)
    page.evaluate(f"sessionStorage.setItem('zhangjie-token', '{TOKEN}')")
    page.route("**/v1/**", lambda route: route.abort("connectionrefused"))
    choose(page, *(rules(number) for number in range(1, 6)))
    page.get_by_role("button", name="接着传").wait_for()
    assert page.locator("#tally").inner_text() == "停下了：没有传完。还有 4 个没有传。"
    page.unroute("**/v1/**")
    page.get_by_role("button", name="接着传").click()
    settled(page)
    assert states(page) == ["lost", *["stored"] * 4]
    page.get_by_role("button", name="再传：村规1.txt").click()
    playwright.expect(page.locator("#tally")).to_have_text("5 个文件：入库 5 个")
    assert all("ERR_CONNECTION_REFUSED" in each for each in watched.complaints)
    watched.complaints.clear()


def test_a_server_that_wants_it_slower_is_obeyed(watched: Watched) -> None:
    page = opened(watched.page)
    refusals = [1, 1]

    def slow(route: Route) -> None:
        if refusals and route.request.method == "POST":
            refusals.pop()
            problem: dict[str, Any] = {"title": "请求太快", "status": 429, "detail": "请稍候"}
            route.fulfill(status=429, headers={"Retry-After": "1"}, json=problem)
        else:
            route.continue_()

    page.route(UPLOADS, slow)
    choose(page, rules(1))
    give_token(page)
    playwright.expect(upload(page, "村规1.txt")).to_contain_text("1 秒后接着传")
    settled(page)
    assert states(page) == ["stored"]
    quiet(watched, "429", "429")


def test_one_is_cancelled_and_the_others_go_on(desk: Page) -> None:
    held: list[Route] = []
    desk.route(UPLOADS, lambda route: route.continue_() if held else held.append(route))
    choose(desk, rules(1), rules(2), rules(3))
    give_token(desk)
    playwright.expect(upload(desk, "村规1.txt")).to_have_attribute(
        "data-state", re.compile("sending|reading")
    )
    desk.get_by_role("button", name="取消：村规3.txt").click()
    desk.get_by_role("button", name="取消：村规1.txt").click()
    settled(desk)
    assert states(desk) == ["cancelled", "stored", "cancelled"]
    desk.get_by_role("button", name="再传没传完的 2 个").click()
    playwright.expect(desk.locator("#tally")).to_have_text("3 个文件：入库 3 个")


def test_all_that_wait_are_cancelled_at_once(desk: Page) -> None:
    hold(desk)
    choose(desk, rules(1), rules(2), rules(3))
    give_token(desk)
    desk.get_by_role("button", name="取消其余的").click()
    settled(desk)
    assert states(desk) == ["cancelled"] * 3
    desk.get_by_role("button", name="收起这张单子").click()
    assert desk.locator(".upload").count() == 0
    assert desk.evaluate("document.activeElement.id") == "choose"


def test_files_are_dropped_anywhere_on_the_page(desk: Page) -> None:
    transfer = desk.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["护林公约\\n一、防火\\n上山不带火种。\\n"], "护林.txt"));
            transfer.items.add(new File(["节水公约\\n一、节水\\n洗菜水浇园。\\n"], "节水.txt"));
            return transfer;
        }"""
    )
    desk.dispatch_event("body", "dragenter", {"dataTransfer": transfer})
    assert "over" in (desk.locator("#zone").get_attribute("class") or "")
    desk.dispatch_event("body", "drop", {"dataTransfer": transfer})
    give_token(desk)
    settled(desk)
    assert states(desk) == ["stored", "stored"]
    assert not desk.locator("#zone").get_attribute("class")


def test_names_of_files_are_text(watched: Watched) -> None:
    page = opened(watched.page)
    choose(page, named("<img src=x onerror=alert(1)>.txt", b""))
    give_token(page)
    settled(page)
    assert page.locator(".upload .name").inner_text().startswith("<img src=x onerror=alert(1)>.txt")
    assert page.locator(".upload img").count() == 0
    watched.complaints.clear()


def test_who_leaves_while_files_are_on_their_way_is_asked(desk: Page) -> None:
    hold(desk)
    choose(desk, rules(1))
    give_token(desk)
    desk.locator(".upload[data-state=sending], .upload[data-state=reading]").wait_for()
    asked: list[str] = []
    desk.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.close(run_before_unload=True)
    desk.context.pages[0].wait_for_event("close", timeout=5000) if desk.context.pages else None
    assert asked == ["beforeunload"]


def test_an_added_file_is_described_from_its_row(desk: Page) -> None:
    choose(desk, rules(5))
    give_token(desk)
    upload(desk, "村规5.txt").get_by_role("button", name="改信息").click()
    form = desk.locator(".describing")
    assert form.get_by_label("标题").input_value() == "第5村规民约管理办法"
    playwright.expect(form).to_be_in_viewport()
