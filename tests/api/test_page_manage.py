"""Describing, replacing, deleting and restoring in a real browser, and what goes on behind.

Skips, and says why, where there is no Chromium.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from api.knowledge_base import KnowledgeBase
from ingest.apart import Apart
from ingest.pipeline import take_in
from tests.api.browsing import Watched, assert_accessible, assert_still
from tests.api.conftest import TOKEN
from tests.api.managing import give_token, named, opened, rules

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")

PLAN = "云河县“十四五”乡村发展规划"
OPINION = "青石镇关于加强老年人照料的实施意见"


@pytest.fixture
def served(served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """A library that one may write to, one document restated; files are parsed in this process."""
    monkeypatch.setattr(Apart, "__call__", lambda _, *arguments: take_in(*arguments))
    manifest = Path(served.settings.corpus) / "manifest.jsonl"
    records = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    for each in records:
        each["restated"] = each["doc_id"] == "yunhe"
    manifest.write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")
    return KnowledgeBase(replace(served.settings, admin_token=TOKEN))


@pytest.fixture
def desk(page: Page) -> Page:
    """The page that manages, with the token given."""
    opened(page).get_by_role("button", name="看最近删除的").click()
    give_token(page)
    page.get_by_role("button", name="退出").wait_for()
    return page


def holding(page: Page, title: str) -> Locator:
    return page.locator(".holding", has=page.locator("h3", has_text=title))


def titles(page: Page) -> list[str]:
    return page.locator(".holding h3").all_inner_texts()


def whence(form: Locator, field: str) -> str:
    return form.locator(f".of-{field} .whence").inner_text()


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent")
    return text


# -- describing --------------------------------------------------------------------------------


def test_each_value_says_where_it_came_from(desk: Page) -> None:
    holding(desk, OPINION).get_by_role("button", name="改信息").click()
    form = desk.get_by_role("form", name=OPINION)
    origins = desk.request.get("/v1/documents/qingshi").json()["origins"]
    assert whence(form, "region").startswith("由人填写；清空就改用文件里写的")
    assert whence(form, "number").startswith("文件里没有找到")
    found = [each for each in origins if each["origin"] != "清单"]
    assert found
    for each in found:
        assert whence(form, each["field"]).startswith(f"见于{each['origin']}")
    assert form.get_by_label("文种").input_value() == "opinion"
    assert_accessible(desk)


def test_what_people_know_is_saved_and_shown_and_taken_back(desk: Page) -> None:
    holding(desk, OPINION).get_by_role("button", name="改信息").click()
    form = desk.get_by_role("form", name=OPINION)
    form.get_by_label("文号").fill("青府发〔2024〕3号")
    assert whence(form, "number") == "改过了，保存后算由人填写"
    form.get_by_label("层级").select_option("乡镇")
    form.get_by_label("发文时间").fill("2024年3月")
    desk.keyboard.press("Enter")
    row = holding(desk, OPINION)
    playwright.expect(row.locator(".known")).to_contain_text("青府发〔2024〕3号 · 2024-03")
    assert not form.is_visible()
    assert focused(desk) == "改信息"
    assert desk.locator("#toast p").inner_text() == f"《{OPINION}》的信息保存了。"
    row.get_by_role("button", name="改信息").click()
    assert whence(form, "number").startswith("由人填写")
    form.get_by_label("文号").fill("")
    assert whence(form, "number") == "清空了，保存后用文件里写的"
    form.get_by_role("button", name="保存").click()
    playwright.expect(row.locator(".known")).not_to_contain_text("青府发")
    assert desk.request.get("/v1/documents/qingshi").json()["number"] is None
    assert desk.request.get("/v1/documents/qingshi").json()["level"] == "township"


def test_a_value_that_is_none_is_refused_and_the_form_stays(watched: Watched, desk: Page) -> None:
    holding(desk, PLAN).get_by_role("button", name="改信息").click()
    form = desk.locator(".describing")
    form.get_by_label("发文机关").fill("云河县政府")
    form.get_by_label("发文时间").fill("去年")
    desk.keyboard.press("Enter")
    playwright.expect(form.get_by_role("alert")).to_contain_text("“去年”不是日期")
    assert form.get_by_label("发文机关").input_value() == "云河县政府"
    assert all("422" in each for each in watched.complaints)
    watched.complaints.clear()


def test_nothing_changed_is_nothing_sent(desk: Page) -> None:
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.method))
    button = holding(desk, PLAN).get_by_role("button", name="改信息")
    button.click()
    desk.locator(".describing").get_by_role("button", name="保存").click()
    playwright.expect(button).to_have_attribute("aria-expanded", "false")
    assert "PATCH" not in sent


def test_a_link_opens_the_form_of_a_document(page: Page) -> None:
    opened(page, "/manage?doc=qingshi")
    form = page.get_by_role("form", name=OPINION)
    form.wait_for()
    playwright.expect(form).to_be_in_viewport()
    form.get_by_role("button", name="取消").click()
    assert "doc=" not in page.url
    opened(page, "/manage?doc=没有")
    assert "doc=" not in page.url


# -- replacing ---------------------------------------------------------------------------------


def test_an_original_takes_the_place_of_a_restated_text_and_back(desk: Page) -> None:
    row = holding(desk, PLAN)
    assert row.locator(".tag").inner_text() == "摘编，非原文"
    row.get_by_role("button", name="换成原文").click()
    text = f"{PLAN}\n第一章 总则\n第一节 目标\n到2025年建成茶园20万亩。\n"
    row.get_by_label("新文件").set_input_files(named("原文.txt", text.encode()))
    row.get_by_role("button", name="换上").click()
    playwright.expect(row.locator(".replacing")).to_contain_text("换好了：可用")
    assert row.locator(".tag").count() == 0
    assert row.get_by_role("link", name="看体检单").is_visible()
    assert_accessible(desk)
    detail = desk.request.get("/v1/documents/yunhe").json()
    assert detail["region"] == "云河县"
    text_now = desk.request.get("/v1/documents/yunhe/text").text()
    assert "茶园20万亩" in text_now
    row.get_by_role("button", name="关上").click()
    assert focused(desk) == "换文件"
    deleted = desk.locator("#deleted-list li")
    playwright.expect(deleted).to_contain_text("换下来的文件 · yunhe")
    deleted.get_by_role("button", name="换回").click()
    playwright.expect(desk.locator("#toast p")).to_contain_text("换回了原来的文件")
    playwright.expect(row.locator(".tag")).to_have_text("摘编，非原文")


def test_a_file_that_cannot_be_read_replaces_nothing(watched: Watched, desk: Page) -> None:
    row = holding(desk, PLAN)
    row.get_by_role("button", name="换成原文").click()
    row.get_by_label("新文件").set_input_files(named("坏的.pdf", b"%PDF-1.4 nothing"))
    row.get_by_role("button", name="换上").click()
    playwright.expect(row.get_by_role("alert")).to_contain_text("坏的.pdf")
    row.get_by_label("新文件").set_input_files(rules(9))
    row.get_by_role("button", name="换上").click()
    playwright.expect(row.locator(".replacing")).to_contain_text("换好了")
    assert all("422" in each for each in watched.complaints)
    watched.complaints.clear()


# -- deleting ----------------------------------------------------------------------------------


def test_a_deletion_is_undone(desk: Page) -> None:
    before = titles(desk)
    holding(desk, OPINION).get_by_role("button", name="删除").click()
    playwright.expect(desk.locator("#toast p")).to_have_text(f"《{OPINION}》删除了，文件还留着。")
    playwright.expect(holding(desk, OPINION)).to_have_count(0)
    assert focused(desk) == "撤销"
    desk.wait_for_timeout(1500)
    assert desk.locator("#toast").is_visible()
    assert_accessible(desk)
    desk.keyboard.press("Enter")
    playwright.expect(desk.locator("#toast p")).to_have_text(f"《{OPINION}》恢复了。")
    playwright.expect(desk.locator(".holding h3")).to_have_text(before)
    playwright.expect(desk.locator("#deleted-list li")).to_have_count(0)


def test_what_was_deleted_lately_is_listed_and_restored(desk: Page) -> None:
    for title in (PLAN, OPINION):
        holding(desk, title).get_by_role("button", name="删除").click()
        playwright.expect(holding(desk, title)).to_have_count(0)
    desk.get_by_role("button", name="知道了").click()
    playwright.expect(desk.locator("#toast")).not_to_be_visible()
    assert focused(desk) in titles(desk)
    desk.reload()
    listed = desk.locator("#deleted-list .title")
    playwright.expect(listed).to_have_text([OPINION, PLAN])
    desk.get_by_role("button", name=f"恢复：{PLAN}").click()
    playwright.expect(listed).to_have_text([OPINION])
    playwright.expect(holding(desk, PLAN)).to_have_count(1)


def test_the_last_document_stays(watched: Watched, desk: Page) -> None:
    for _ in range(2):
        gone = titles(desk)[0]
        desk.get_by_role("button", name="删除：").first.click()
        playwright.expect(holding(desk, gone)).to_have_count(0)
    desk.get_by_role("button", name="删除：").first.click()
    playwright.expect(desk.locator("#toast p")).to_contain_text("是最后一个文件，不能删除")
    assert len(titles(desk)) == 1
    assert all("422" in each for each in watched.complaints)
    watched.complaints.clear()


# -- what goes on behind -----------------------------------------------------------------------


def status(**change: object) -> dict[str, Any]:
    now = {"documents": 3, "clauses": 15, "ready": True, "writable": True, "notes": []}
    return now | {"indexing": None, "failure": None} | change


def test_the_index_made_in_the_background_is_shown_until_it_is_done(page: Page) -> None:
    now = status(indexing={"what": "计算向量", "done": 3, "whole": 9})
    opened(page)
    page.route("**/v1/status", lambda route: route.fulfill(json=now))
    page.reload()
    words = page.locator("#state-words")
    playwright.expect(words).to_contain_text("这期间照常可以提问")
    playwright.expect(page.locator("#state-figures")).to_have_text("计算向量 3/9")
    assert page.locator("#state-bar").get_attribute("value") == "3"
    assert page.request.get("/v1/search?q=茶园").ok
    assert_accessible(page)
    now = status()
    playwright.expect(words).to_have_text("索引更新好了：3 份文件、15 个条款，都可以问。")
    assert not page.locator("#state-bar").is_visible()
    assert_still(page)


def test_an_index_that_fails_or_a_server_that_goes_is_said(watched: Watched) -> None:
    page = opened(watched.page)
    now = status(failure="磁盘满了")
    page.route("**/v1/status", lambda route: route.fulfill(json=now))
    page.reload()
    playwright.expect(page.locator("#state-words")).to_have_text("索引没有建成：磁盘满了")
    now = status(indexing={"what": "准备索引", "done": 0, "whole": 0}, ready=False)
    page.reload()
    playwright.expect(page.locator("#state-words")).to_contain_text("建好后就可以提问")
    page.unroute("**/v1/status")
    page.route("**/v1/status", lambda route: route.abort())
    playwright.expect(page.locator("#state-words")).to_contain_text("连不上服务")
    watched.complaints.clear()


# -- how it looks and is used ------------------------------------------------------------------


def test_documents_are_found_by_title_and_many_come_in_portions(page: Page) -> None:
    opened(page)
    template = page.request.get("/v1/documents").json()["documents"][0]
    many = [template | {"doc_id": f"d{at}", "title": f"文件{at}"} for at in range(500)]
    page.route("**/v1/documents", lambda route: route.fulfill(json={"documents": many}))
    page.reload()
    playwright.expect(page.locator(".holding")).to_have_count(50)
    page.get_by_role("button", name="再显示 50 份（还有 450 份）").click()
    assert page.locator(".holding").count() == 100
    assert focused(page) == "文件449"
    page.get_by_label("在标题、文号里找").fill("文件49")
    playwright.expect(page.locator("#count")).to_have_text("500 份里的 11 份")
    assert "q=" in page.url


def test_it_is_used_with_the_keyboard_alone(desk: Page) -> None:
    desk.get_by_label("在标题、文号里找").focus()
    desk.keyboard.type("青石")
    playwright.expect(desk.locator(".holding")).to_have_count(1)
    names = []
    for _ in range(6):
        desk.keyboard.press("Tab")
        names.append(focused(desk))
    assert names == [OPINION, "体检单", "原文件", "改信息", "换文件", "删除"]
    desk.keyboard.press("Enter")
    desk.locator("#toast").wait_for()
    playwright.expect(desk.get_by_role("button", name="撤销")).to_be_focused()
    desk.keyboard.press("Enter")
    playwright.expect(desk.locator("#toast p")).to_contain_text("恢复了")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440, 2560])
def test_it_fits_is_accessible_and_still(
    page: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    opened(page)
    assert_still(page)
    holding(page, PLAN).get_by_role("button", name="改信息").click()
    page.locator(".describing").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert_accessible(page)
