"""The list of documents in a real browser. Skips, and says why, where there is no Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest

from api.knowledge_base import KnowledgeBase
from tests.api.browsing import Watched, assert_accessible, assert_still

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")

PLAN = "云河县“十四五”乡村发展规划"
OPINION = "青石镇关于加强老年人照料的实施意见"
MARKUP = "<i>网页</i>管理办法"
KNOWN = {
    "yunhe": {
        "kind": "plan",
        "level": "county",
        "issued": "2021-12",
        "number": "云府发〔2021〕7号",
    },
    "qingshi": {"kind": "opinion", "level": "township", "issuer": "青石镇党委、青石镇政府"},
}
PROVINCES = {"贵州省": ("铜仁市", "遵义市"), "四川省": ("广安市",), "云南省": ("昆明市",)}


@pytest.fixture
def served(served: KnowledgeBase) -> KnowledgeBase:
    """The corpus, with more known of its documents."""
    manifest = Path(served.settings.corpus) / "manifest.jsonl"
    records = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(each | KNOWN.get(each["doc_id"], {})) for each in records]
    manifest.write_text("\n".join(lines), encoding="utf-8")
    return KnowledgeBase(served.settings)


def opened(page: Page, address: str = "/documents") -> Page:
    page.goto(address)
    page.locator("#list > *").first.wait_for()
    return page


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name)


def titles(page: Page) -> list[str]:
    return page.locator(".entry > :first-child").all_inner_texts()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def counts(page: Page, field: str) -> dict[str, str]:
    rows = page.locator(f".facet[data-field={field}] .choice").all_inner_texts()
    return {row.split()[0]: row.split()[-1] for row in rows}


# -- what is shown -----------------------------------------------------------------------------


def test_each_document_says_what_is_known_and_where_it_leads(page: Page) -> None:
    opened(page)
    plan = page.locator(".entry", has_text=PLAN)
    assert plan.locator(".known").inner_text() == "规划 · 云河县 · 云府发〔2021〕7号 · 2021-12"
    assert "处疑点" in plan.inner_text() or "可用" in plan.inner_text()
    assert "纯文本" in plan.inner_text()
    links = plan.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert links == ["/documents/yunhe", "/documents/yunhe/checkup", "/v1/documents/yunhe/file"]
    assert all(page.request.get(link).ok for link in links)
    assert plan.get_by_role("link", name=f"体检单：{PLAN}").is_visible()


def test_the_verdict_tells_the_doubts_from_the_sound(page: Page) -> None:
    opened(page)
    documents = page.request.get("/v1/documents").json()["documents"]
    for each in documents:
        shown = page.locator(".entry", has_text=each["title"])
        doubts = each["counts"]["problems"]
        expected = f"{doubts} 处疑点" if each["verdict"] == "doubts" else "可用"
        assert expected in shown.inner_text()


def test_markup_of_titles_is_text(page: Page) -> None:
    opened(page)
    assert MARKUP in titles(page)
    assert page.locator("#list i, #list b, main script").count() == 0


# -- narrowing ---------------------------------------------------------------------------------


def test_facets_count_narrow_and_stand_in_the_address(page: Page) -> None:
    opened(page)
    assert counts(page, "kind")["意见"] == "1"
    assert counts(page, "region") == {"云河县": "2", "青石镇": "1"}
    box(page, "意见").check()
    assert titles(page) == [OPINION]
    assert query(page) == {"kind": ["opinion"]}
    assert page.locator("#count").inner_text() == "3 份里的 1 份"
    # The other fields count what they would leave, the ticked one what it would add.
    assert counts(page, "region") == {"云河县": "1", "青石镇": "1"}
    assert counts(page, "kind")["规划、纲要、计划"] == "1"
    box(page, "规划").check()
    assert sorted(titles(page)) == sorted([PLAN, OPINION])


def test_a_region_takes_in_what_lies_in_it(page: Page) -> None:
    box(opened(page), "云河县，").check()
    assert sorted(titles(page)) == sorted([PLAN, OPINION])
    box(page, "云河县，").uncheck()
    box(page, "云河县青石镇").check()
    assert titles(page) == [OPINION]


def test_one_of_several_issuers_is_enough(page: Page) -> None:
    opened(page, "/documents?issuer=青石镇政府")
    assert titles(page) == [OPINION]
    assert box(page, "青石镇政府").is_checked()


def test_what_the_list_shows_is_what_the_api_finds(page: Page) -> None:
    for search in (
        "region=云河县&year=2021",
        "level=township",
        "q=发展 规划",
        "q=〔2021〕7",
        "q=网页-1",
    ):
        opened(page, f"/documents?{search}")
        found = page.request.get(f"/v1/documents?{search}").json()["documents"]
        assert titles(page) == [each["title"] for each in found], search


def test_back_and_forward_undo_and_redo(page: Page) -> None:
    box(opened(page), "意见").check()
    page.get_by_label("排列").select_option("title")
    page.get_by_label("在标题、文号里找").press_sequentially("照料", delay=10)
    page.wait_for_url("**q=*")
    assert query(page) == {"kind": ["opinion"], "sort": ["title"], "q": ["照料"]}
    page.go_back()
    assert query(page) == {"kind": ["opinion"], "sort": ["title"]}
    assert page.get_by_label("在标题、文号里找").input_value() == ""
    page.go_back()
    assert page.get_by_label("排列").input_value() == "region"
    page.go_back()
    assert not box(page, "意见").is_checked()
    assert len(titles(page)) == 3
    page.go_forward()
    assert titles(page) == [OPINION]


def test_a_link_shows_the_same_view(page: Page) -> None:
    opened(page, "/documents?region=云河县&region=没有的县&sort=title&q=规划")
    assert titles(page) == [PLAN]
    assert page.get_by_label("排列").input_value() == "title"
    assert page.locator("#chips .chip").all_inner_texts() == ["云河县", "没有的县", "“规划”"]


def test_a_condition_is_taken_away_by_its_chip(page: Page) -> None:
    opened(page, "/documents?kind=plan&q=云河")
    page.get_by_role("button", name="去掉条件：规划").click()
    assert query(page) == {"q": ["云河"]}
    assert page.evaluate("document.activeElement.textContent") == "“云河”"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.get_by_label("在标题、文号里找").input_value() == ""
    assert len(titles(page)) == 3


def test_nothing_that_fits_is_said_with_the_way_out(page: Page) -> None:
    opened(page, "/documents?kind=plan&q=照料&region=云河县")
    playwright.expect(page.locator(".empty")).to_contain_text("没有符合的文件")
    page.get_by_role("button", name="去掉全部条件").click()
    assert len(titles(page)) == 3
    assert urlsplit(page.url).query == ""


# -- many and none -----------------------------------------------------------------------------


def summary(at: int) -> dict[str, Any]:
    province = list(PROVINCES)[at % 3]
    region = province + (*PROVINCES[province], "")[at % (len(PROVINCES[province]) + 1)]
    year = 2010 + at % 12
    return {
        "doc_id": f"d{at}", "title": f"{region}文件第{at}号", "kind": "notice", "kind_name": "通知",
        "region": region, "level": "city", "level_name": "市州", "issuer": None, "number": None,
        "issued": f"{year}-03", "year": year, "format": "pdf", "verdict": "good",
        "reference": "", "restated": False,
        "counts": {"characters": 900, "nodes": 3, "clauses": 9, "problems": 0, "pages": 4},
    }  # fmt: skip


@pytest.fixture
def many(page: Page) -> Page:
    """A page that is told of 500 documents."""
    documents = [summary(at) for at in range(500)]
    regions = sorted({each["region"] for each in documents})
    facets: dict[str, Any] = {"level": [], "kind": [], "year": [], "issuer": []}
    facets["region"] = [{"value": each, "name": each, "count": 1} for each in regions]
    answer = {"documents": documents, "facets": facets}
    page.route("**/v1/documents", lambda route: route.fulfill(json=answer))
    return opened(page)


def test_many_documents_stand_in_groups_a_portion_at_a_time(many: Page) -> None:
    assert many.locator(".entry").count() == 100
    assert many.locator(".group > h2").first.inner_text().split() == ["贵州省", "167", "份"]
    many.get_by_role("button", name="再显示 100 份（还有 400 份）").click()
    assert many.locator(".entry").count() == 200
    assert query(many) == {"shown": ["200"]}
    assert "文件第" in many.evaluate("document.activeElement.textContent")
    assert [each.split()[0] for each in many.locator(".group > h2").all_inner_texts()] == [
        "贵州省",
        "四川省",
    ]
    many.get_by_label("排列").select_option("year")
    assert many.locator(".group > h2").first.inner_text().startswith("2021年")
    many.get_by_label("排列").select_option("added")
    assert titles(many)[0].endswith("第499号")
    assert many.locator(".group").count() == 0


def test_all_of_them_are_printed(many: Page) -> None:
    many.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert many.locator(".entry").count() == 500
    many.emulate_media(media="print")
    assert not many.get_by_label("在标题、文号里找").is_visible()
    assert not many.locator("#filters").is_visible()
    many.evaluate("dispatchEvent(new Event('afterprint'))")
    assert many.locator(".entry").count() == 100


def test_many_documents_are_accessible_and_do_not_jump(many: Page) -> None:
    assert_accessible(many)
    assert_still(many)


def test_an_empty_library_leads_to_the_page_that_fills_it(page: Page) -> None:
    answer = {"documents": [], "facets": {}}
    page.route("**/v1/documents", lambda route: route.fulfill(json=answer))
    opened(page).locator(".empty").get_by_role("link").click()
    page.wait_for_url("**/manage")


def test_a_server_that_fails_says_so(watched: Watched) -> None:
    page = watched.page
    problem = {"type": "x", "title": "数据不能使用", "status": 503, "detail": "请重建"}
    page.route("**/v1/documents", lambda route: route.fulfill(status=503, json=problem))
    opened(page)
    assert page.get_by_role("alert").inner_text().split() == ["数据不能使用", "请重建"]
    assert all("503" in each for each in watched.complaints)
    watched.complaints.clear()


# -- how it looks and is used ------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440, 2560])
def test_it_fits_is_accessible_and_still(
    page: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    opened(page, "/documents?kind=plan")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert_accessible(page)
    assert_still(page)


def test_on_a_narrow_screen_the_filters_open_on_demand(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    opened(page)
    assert not box(page, "意见").is_visible()
    page.get_by_text("筛选", exact=True).click()
    box(page, "意见").check()
    assert "已选 1 项" in page.locator("#filters summary").inner_text()


def test_it_is_used_with_the_keyboard_alone(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    opened(page).get_by_label("在标题、文号里找").focus()
    page.keyboard.type("规划")
    page.wait_for_url("**q=*")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "sort"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**region=*")
    assert page.evaluate("document.activeElement.checked")
    page.keyboard.press("Enter")
    for _ in range(40):
        if page.evaluate("document.activeElement.textContent") == PLAN:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/yunhe")
