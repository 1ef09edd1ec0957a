"""What the ask page has beside the answer: filters, history, keys, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.browsing import Watched, assert_accessible, ready
from tests.api.test_page_ask import QUESTION, copied, fake_precedents, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def chosen(page: Page) -> str | None:
    found: str | None = page.evaluate("document.activeElement.dataset.clause")
    return found


# -- filters -----------------------------------------------------------------------------------


def test_filters_are_closed_at_first_and_restrict_at_once(watched: Watched) -> None:
    page = opened(watched.page)
    assert page.locator("#filters").is_hidden()
    page.get_by_role("button", name="筛选").click()
    page.get_by_role("checkbox", name="云河县青石镇").check()
    playwright.expect(page.locator("#chips .chip")).to_have_text(["地区：云河县青石镇×"])
    assert query(page) == {"q": [QUESTION], "region": ["云河县青石镇"]}
    title = page.locator("#clauses .group h3")
    playwright.expect(title).to_have_text(["青石镇关于加强老年人照料的实施意见"])
    assert page.get_by_role("checkbox", name="云河县青石镇").is_checked()
    page.get_by_role("checkbox", name="规划、纲要、计划").check()
    alert = page.get_by_role("alert")
    playwright.expect(alert).to_contain_text("地区 云河县青石镇")
    assert all("404" in each for each in watched.complaints)
    watched.complaints.clear()


def test_chips_take_filters_away_and_the_back_button_brings_them_again(page: Page) -> None:
    opened(page, f"/?q={QUESTION}&region=云河县&kind=plan&doc_id=yunhe")
    chips = page.locator("#chips .chip")
    playwright.expect(chips).to_have_text(
        ["地区：云河县×", "文种：规划、纲要、计划×", "《云河县“十四五”乡村发展规划》×"]
    )
    page.get_by_role("link", name="去掉筛选 文种").click()
    playwright.expect(chips).to_have_count(2)
    assert query(page) == {"q": [QUESTION], "region": ["云河县"], "doc_id": ["yunhe"]}
    page.go_back()
    playwright.expect(chips).to_have_count(3)
    page.get_by_role("link", name="全部去掉").click()
    playwright.expect(chips).to_have_count(0)
    assert query(page) == {"q": [QUESTION]}


def test_filters_stay_for_the_next_question(page: Page) -> None:
    opened(page, f"/?q={QUESTION}&region=云河县").get_by_label("问题").fill("老年食堂")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query)["q"] == ["老年食堂"])
    assert query(page)["region"] == ["云河县"]


def test_one_document_alone_is_asked_from_its_group(page: Page) -> None:
    opened(page).get_by_role("link", name="只在《青石镇").click()
    playwright.expect(page.locator("#clauses .group")).to_have_count(1)
    assert query(page)["doc_id"] == ["qingshi"]


def test_filters_that_fit_nothing_say_which_and_what_to_do(watched: Watched) -> None:
    page = watched.page
    ready(page)
    page.goto(f"/?q={QUESTION}&year=1999")
    assert "1999" in page.get_by_role("alert").inner_text()
    assert page.locator("#chips .chip").count() == 1
    assert all("404" in each for each in watched.complaints)
    watched.complaints.clear()


# -- questions to try, history -----------------------------------------------------------------


def test_questions_to_try_are_those_of_the_api(page: Page) -> None:
    ready(page)
    page.goto("/")
    links = page.locator(".examples a")
    links.first.wait_for()
    questions = page.request.get("/v1/examples").json()["questions"]
    assert links.all_inner_texts() == questions
    links.first.click()
    page.locator("#clauses > *").first.wait_for()
    assert query(page)["q"] == [questions[0]]


def test_history_is_kept_here_shown_and_forgotten(page: Page) -> None:
    opened(page)
    opened(page, "/?q=老年食堂&region=云河县")
    page.goto("/")
    recent = page.locator("#recent li > a")
    playwright.expect(recent).to_have_text(["老年食堂", QUESTION])
    recent.first.click()
    page.locator("#clauses .clause").first.wait_for()
    assert query(page) == {"q": ["老年食堂"], "region": ["云河县"]}
    page.go_back()
    page.get_by_role("button", name="从记录里删去：老年食堂").click()
    playwright.expect(recent).to_have_text([QUESTION])
    page.get_by_role("button", name="清空").press("Enter")
    playwright.expect(recent).to_have_count(0)
    assert page.evaluate("localStorage.getItem('zhangjie.asked')") is None
    assert page.context.cookies() == []


def test_history_that_is_off_keeps_nothing(page: Page) -> None:
    opened(page)
    page.goto("/")
    page.get_by_label("保留记录").uncheck()
    playwright.expect(page.locator("#recent li")).to_have_count(0)
    opened(page, "/?q=老年食堂")
    page.goto("/")
    page.locator("#recent").wait_for()
    assert page.locator("#recent li").count() == 0
    assert not page.get_by_label("保留记录").is_checked()


def test_what_stands_in_the_history_is_text_and_leads_here_only(page: Page) -> None:
    ready(page)
    page.goto("/")
    page.evaluate(
        """localStorage.setItem("zhangjie.asked", JSON.stringify([
            {question: "<img src=x onerror=alert(1)>", link: "/?q=x"},
            {question: "坏的", link: "javascript:alert(1)"}, null,
            {question: 3, link: "/?q=y"}]))"""
    )
    page.reload()
    recent = page.locator("#recent li > a")
    playwright.expect(recent).to_have_text(["<img src=x onerror=alert(1)>"])


# -- keys --------------------------------------------------------------------------------------


def test_keys_move_between_clauses_copy_and_open(page: Page) -> None:
    ready(page)
    fake_precedents(page)
    opened(page)
    first, second = page.locator("#clauses .clause").evaluate_all(
        "all => all.slice(0, 2).map(one => one.dataset.clause)"
    )
    page.keyboard.press("c")
    assert copied(page).startswith("“扩大种植规模。到2025年新建标准茶园3万亩")
    for key, expected in (
        ("j", first),
        ("j", second),
        ("k", first),
        ("ArrowDown", second),
        ("ArrowUp", first),
    ):
        page.keyboard.press(key)
        assert chosen(page) == expected
    page.keyboard.press("j")
    page.evaluate("navigator.clipboard.writeText('')")
    page.keyboard.press("c")
    playwright.expect(page.locator(".clause:focus")).to_contain_text("已复制")
    assert "到2025年，全县自来水普及率" in page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("s")
    page.locator(".similar .clause").first.wait_for()
    page.keyboard.press("s")
    playwright.expect(page.locator(".similar")).to_have_count(0)
    page.keyboard.press("o")
    page.locator(".chosen").wait_for()
    assert f"clause={second}" in page.url


def test_no_key_does_anything_while_typing(page: Page) -> None:
    opened(page)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "question"
    page.keyboard.press("End")
    page.keyboard.type("jkcos?/")
    assert page.get_by_label("问题").input_value() == f"{QUESTION}jkcos?/"
    assert not page.locator("#keys").is_visible()
    assert chosen(page) is None


def test_the_keys_are_explained_and_can_be_turned_off(page: Page) -> None:
    opened(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="快捷键")
    assert dialog.is_visible()
    assert_accessible(page)
    dialog.get_by_label("使用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    playwright.expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    assert chosen(page) is None
    page.reload()
    page.locator("#clauses .clause").first.wait_for()
    page.keyboard.press("j")
    assert chosen(page) is None


def test_going_back_from_a_document_leads_to_the_same_place(page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 500})
    opened(page)
    last = page.locator("#clauses .clause").last
    last.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 200
    last.get_by_role("link", name="在文件中查看").click()
    page.locator(".chosen").wait_for()
    page.go_back()
    page.locator("#clauses .clause").last.wait_for()
    for _ in range(50):  # wait_for_function needs eval, which the page forbids
        if abs(page.evaluate("scrollY") - before) < 3:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"at {page.evaluate('scrollY')} instead of {before}")
