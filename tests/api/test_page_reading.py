"""The page on which a document is read, in a real browser. Skips where there is no Chromium."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from api.knowledge_base import KnowledgeBase
from tests.api import reading_files
from tests.api.browsing import Watched, assert_accessible, assert_still
from tests.api.conftest import TOPICS
from tests.api.reading_page import jump, opened

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")

YUNHE = "/documents/yunhe"
SECOND = "yunhe/ch2/s1/p2"
NUMBER = "云府发〔2024〕7号"
SCOPE = "第二章第一节第2段"


@pytest.fixture
def served(served: KnowledgeBase) -> KnowledgeBase:
    """The small corpus with a year that cannot be, a Word document and a PDF."""
    folder = Path(served.settings.corpus)
    path = folder / "yunhe.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2023年底前", "20233年底前"), encoding="utf-8")
    add = reading_files.add
    add(folder, "fengong", "分工.docx", reading_files.word(), title="分工方案", number=NUMBER)
    add(folder, "gongshui", "供水.pdf", reading_files.pdf(), title="供水规划")
    return KnowledgeBase(served.settings)


def chosen(page: Page) -> Locator:
    return page.locator("#clause cite .address")


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


# -- the text ----------------------------------------------------------------------------------


def test_a_document_is_read_with_its_outline_and_boxes(page: Page) -> None:
    opened(page)
    labels = page.locator("#outline nav a").all_inner_texts()
    assert labels[:2] == ["第一章 总体要求", "第一节 主要目标"]
    assert "专栏1 茶叶提质工程" in labels
    assert "良种繁育基地2个" in page.locator(".policy-box").inner_text()
    assert "收购站" not in page.locator(".policy-box").inner_text()
    page.get_by_role("link", name="第二节 改善饮水条件").click()
    playwright.expect(page.get_by_role("heading", name="第二节 改善饮水条件")).to_be_in_viewport()
    assert not page.get_by_text("目录", exact=True).is_visible()
    page.get_by_label("也显示目录").check()
    assert page.get_by_text("目录", exact=True).is_visible()


def test_the_outline_leads_away_from_a_chosen_clause(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 300})
    page.goto("/documents/yunhe?clause=yunhe/ch1/s1/p1")
    page.locator(".chosen").wait_for()
    page.get_by_role("link", name="第二节 改善饮水条件").click()
    heading = page.get_by_role("heading", name="第二节 改善饮水条件")
    playwright.expect(heading).to_be_in_viewport()
    playwright.expect(page.locator(".chosen")).not_to_be_in_viewport()
    current = page.locator("#outline [aria-current]")
    playwright.expect(current).to_have_text("第二节 改善饮水条件")
    page.goto("/documents/yunhe#yunhe/ch2/s2/p1")
    playwright.expect(page.locator(".chosen")).to_contain_text("水源改造")
    playwright.expect(page.locator(".chosen")).to_be_in_viewport()


def test_a_clause_inside_a_paragraph_is_marked_alone(page: Page) -> None:
    page.goto("/documents/网页-1")
    paragraph = page.locator(".paragraph", has_text=TOPICS[0])
    paragraph.wait_for()
    assert paragraph.locator(".clause").count() == 3
    paragraph.locator(".anchor").nth(1).click()
    marked = page.locator(".chosen").inner_text()
    assert marked.startswith(TOPICS[1])
    assert TOPICS[2] not in marked
    assert "定期通报情况" in chosen(page).inner_text()
    page.go_back()
    playwright.expect(page.locator(".chosen")).to_have_count(0)


def test_a_clause_that_is_gone_is_said_to_be(page: Page) -> None:
    page.goto("/documents/yunhe?clause=yunhe/ch9/p9")
    assert "没有条款 yunhe/ch9/p9" in page.locator("#missing").inner_text()


def test_a_table_is_a_table_and_its_row_a_clause(page: Page) -> None:
    opened(page, "/documents/fengong")
    heads = page.locator("th").evaluate_all("all => all.map((each) => each.firstChild.textContent)")
    assert heads == list(reading_files.ROWS[0])
    row = page.get_by_role("row", name=re.compile("水质检测"))
    cells = [text.replace("¶", "").strip() for text in row.locator("td").all_inner_texts()]
    assert cells == list(reading_files.ROWS[2])
    row.locator(".anchor").click()
    assert "chosen" in (row.get_attribute("class") or "")
    assert row.get_attribute("id") == page.url.split("clause=")[1]


def test_pages_are_marked_where_they_begin_and_the_original_opens_at_one(page: Page) -> None:
    opened(page, "/documents/gongshui")
    marks = page.locator(".page-mark")
    assert [mark.get_attribute("data-page") for mark in marks.all()] == ["1", "2", "3"]
    paragraph = page.locator(".paragraph:has(.page-mark)")  # the second page begins inside of one
    before = paragraph.evaluate("p => p.querySelector('.page-mark').previousSibling.data.length")
    assert 0 < before < len(reading_files.PROSE)
    text = paragraph.evaluate("p => p.querySelector('.clause').textContent")
    assert text == f"{reading_files.PROSE}¶"
    assert page.get_by_role("link", name="看原件").get_attribute("href") == (
        "/v1/documents/gongshui/file"
    )
    page.locator("#document .clause").last.locator(".anchor").click()
    link = page.get_by_role("link", name="原件第 3 页")
    assert link.get_attribute("href") == "/v1/documents/gongshui/file#page=3"


def test_a_file_that_has_no_pages_is_offered_for_download(page: Page) -> None:
    opened(page, "/documents/fengong")
    link = page.get_by_role("link", name="下载原件")
    assert link.get_attribute("href") == "/v1/documents/fengong/file"
    assert page.locator(".page-mark").count() == 0


def test_doubts_stand_at_their_place_when_they_are_asked_for(page: Page) -> None:
    opened(page)
    assert page.locator(".doubt").count() == 0
    page.get_by_label("标出疑点").check()
    note = page.locator(".paragraph", has_text="20233").locator("+ .doubt")
    note.wait_for()
    assert "20233" in note.inner_text()
    page.locator("#doubts a").last.click()
    playwright.expect(note).to_be_in_viewport()
    page.get_by_label("标出疑点").uncheck()
    playwright.expect(note).to_be_hidden()


# -- the chosen clause -------------------------------------------------------------------------


def test_a_clause_is_copied_in_the_form_of_official_documents(page: Page) -> None:
    opened(page, "/documents/fengong?clause=fengong/h1/p1")
    quote, link = page.locator("#clause .tools button").all()
    quote.click()
    playwright.expect(quote).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"“{reading_files.DUTY}”——《分工方案》（{NUMBER}）一、"
    link.click()
    playwright.expect(link).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_clause_leads_to_its_neighbours_and_to_similar_ones(page: Page) -> None:
    opened(page, f"{YUNHE}?clause={SECOND}")
    assert chosen(page).inner_text() == SCOPE
    link = page.get_by_role("link", name="找别处相似").get_attribute("href")
    assert link == "/?similar=yunhe%2Fch2%2Fs1%2Fp2"
    page.get_by_role("button", name="下一条").click()
    playwright.expect(chosen(page)).to_have_text("第二章第一节专栏1（一）")
    for _ in range(3):
        page.get_by_role("button", name="上一条").click()
    playwright.expect(chosen(page)).to_have_text("第一章第一节")
    playwright.expect(page.get_by_role("button", name="上一条")).to_be_disabled()
    assert page.url.endswith("?clause=yunhe/ch1/s1/p1")


# -- jumping -----------------------------------------------------------------------------------


def test_an_address_leads_to_its_heading(page: Page) -> None:
    opened(page)
    jump(page, "专栏1")
    heading = page.get_by_role("heading", name="专栏1 茶叶提质工程")
    playwright.expect(heading).to_be_focused()
    playwright.expect(heading).to_be_in_viewport()
    url = page.url
    page.goto("/docs")
    page.goto(url)
    playwright.expect(heading).to_be_focused()


def test_an_address_that_is_a_clause_chooses_it(page: Page) -> None:
    opened(page, "/documents/qingshi")
    jump(page, "二(一)2")
    playwright.expect(chosen(page)).to_have_text("二、（一）2")
    playwright.expect(page.locator(".chosen")).to_contain_text("每季度公布一次收支")


def test_of_several_places_one_is_chosen(page: Page) -> None:
    opened(page)
    jump(page, "第一节")
    choices = page.locator("#places button")
    playwright.expect(choices.first).to_be_focused()
    assert choices.all_inner_texts() == ["第一章第一节 主要目标", "第二章第一节 壮大茶叶产业"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_role("heading", name="第一节 壮大茶叶产业")).to_be_focused()
    assert page.locator("#places").inner_text() == ""


@pytest.mark.parametrize(("typed", "said"), [("九章", "共二章"), ("随便", "五章三节")])
def test_an_address_that_is_not_there_is_refused_in_place(
    watched: Watched, typed: str, said: str
) -> None:
    page = opened(watched.page)
    url = page.url
    jump(page, typed)
    playwright.expect(page.locator("#places .refusal")).to_contain_text(said)
    playwright.expect(page.locator("#address")).to_be_focused()
    assert page.url == url
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#places .refusal")).to_have_count(0)
    watched.complaints.clear()  # Chromium notes the 404 or 422


# -- keys --------------------------------------------------------------------------------------


def test_the_page_is_read_with_keys(page: Page) -> None:
    opened(page)
    page.keyboard.press("j")
    playwright.expect(chosen(page)).to_have_text("第一章第一节")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == SECOND
    page.keyboard.press("k")
    assert focused(page) == "yunhe/ch2/s1/p1"
    page.keyboard.press("c")
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("“加强品牌建设。")
    page.keyboard.press("o")
    assert page.evaluate("document.activeElement.closest('#outline') !== null")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="快捷键").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    playwright.expect(chosen(page)).to_have_text("第二章第一节第1段")


def test_keys_are_text_while_typing_and_can_be_turned_off(page: Page) -> None:
    opened(page)
    page.locator("#address").focus()
    page.keyboard.type("jkco?")
    assert page.locator("#address").input_value() == "jkco?"
    page.get_by_role("button", name="快捷键").click()
    page.get_by_label("使用单键快捷键").uncheck()
    page.get_by_role("button", name="关上").click()
    page.keyboard.press("j")
    assert page.locator(".chosen").count() == 0


def test_only_one_clause_is_a_stop_of_the_tab_key(page: Page) -> None:
    opened(page, f"{YUNHE}?clause={SECOND}")
    stops = page.locator('.text .anchor[tabindex="0"]')
    assert [each.get_attribute("title") for each in stops.all()] == [SCOPE]


# -- every width, screen readers, print ------------------------------------------


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "light"),
        (360, "dark"),
        (768, "light"),
        (1440, "light"),
        (1440, "dark"),
        (2560, "dark"),
    ],
)
def test_every_width_and_scheme_is_sound(
    page: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in ("/documents/fengong", "/documents/gongshui", YUNHE):
        opened(page, path, width)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert_still(page)
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.locator(".chosen").first.wait_for()
        if page.get_by_label("标出疑点").count():
            page.get_by_label("标出疑点").check()
            page.locator("#doubts li").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert_accessible(page)


@pytest.mark.parametrize("width", [360, 1440])
def test_choosing_a_clause_moves_no_text(page: Page, width: int) -> None:
    opened(page, f"{YUNHE}?clause={SECOND}", width)
    first = page.locator('[id="yunhe/ch2/s1/p1"]')
    before = first.bounding_box()
    page.locator('[id="yunhe/ch2/s2/p1"] .anchor').evaluate("each => each.click()")
    playwright.expect(chosen(page)).to_have_text("第二章第二节")
    assert first.bounding_box() == before


def test_paper_has_the_text_and_not_the_tools(page: Page) -> None:
    opened(page, f"{YUNHE}?clause={SECOND}")
    page.emulate_media(media="print")
    for tool in ("#side", "#clause", ".anchor", ".links", ".switches"):
        assert not page.locator(tool).first.is_visible(), tool
    assert page.locator(".policy-box").evaluate("each => getComputedStyle(each).breakInside") == (
        "avoid"
    )
    footer = page.evaluate("[...document.adoptedStyleSheets].map((s) => s.cssRules[0].cssText)")
    assert "《云河县“十四五”乡村发展规划》" in footer[0]
    assert page.pdf(format="A4").startswith(b"%PDF")
