"""What the ask page makes of a question: answer, place, groups, stream, similar, comparison."""

from __future__ import annotations

import json
from itertools import pairwise
from threading import Event
from typing import TYPE_CHECKING, Any, Literal

import pytest

from api.knowledge_base import Finding, KnowledgeBase
from corpus.model import Answer
from tests.api.browsing import Watched, assert_accessible, assert_still, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")

QUESTION = "云河县2025年要新建多少万亩标准茶园？"
PLAN = "《云河县“十四五”乡村发展规划》"
ANSWERED = "yunhe/ch2/s1/p2"
LIMIT = 100_000  # bytes of one view: page, styles and scripts


def opened(page: Page, link: str = f"/?q={QUESTION}") -> Page:
    ready(page)
    page.goto(link)
    page.locator("#clauses .clause, #clauses .column, #clauses details").first.wait_for()
    return page


def copied(page: Page) -> str:
    page.get_by_text("已复制").first.wait_for()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def changed(page: Page, path: str, **values: object) -> None:
    """Let the page get some values of a real response replaced; plain JSON, not streamed."""

    def change(route: Route) -> None:
        plain = {**route.request.headers, "accept": "application/json"}
        response = route.fetch(headers=plain)
        route.fulfill(response=response, json={**response.json(), **values})

    page.route(f"**{path}", change)


def similar_hits(page: Page) -> list[dict[str, Any]]:
    """Return hits as /v1/precedents gives them: the small corpus has no clauses that are alike."""
    found = page.request.post("/v1/ask", data={"question": "老年食堂"}).json()["hits"]
    return [{**hit, "similarity": 0.9 - hit["rank"] / 10} for hit in found]


def fake_precedents(page: Page) -> None:
    hits = similar_hits(page)

    def answer(route: Route) -> None:
        clause = page.request.get(f"/v1/clauses/{route.request.post_data_json['clause_id']}").json()
        top = route.request.post_data_json["top_k"]
        route.fulfill(json={"text": clause["text"], "clause": clause, "hits": hits[:top]})

    page.route("**/v1/precedents", answer)


# -- the answer --------------------------------------------------------------------------------


def test_an_answer_says_how_sure_it_is_and_is_copied_whole(page: Page) -> None:
    opened(page)
    assert page.locator("#answer .certainty").inner_text() == "依据明确"
    page.get_by_role("button", name="复制整个回答").click()
    lines = copied(page).split("\n")
    assert lines[0] == f"问：{QUESTION}"
    assert lines[2].startswith("“扩大种植规模。")
    assert lines[2].endswith(f"”——{PLAN}第二章第一节第2段")
    assert lines[3] == "（依据明确）"
    assert lines[-1].startswith("http://127.0.0.1")


def test_clauses_are_grouped_by_document_in_the_order_of_their_best_rank(page: Page) -> None:
    opened(page)
    titles = page.locator("#clauses .group > header h3").all_inner_texts()
    assert titles == ["云河县“十四五”乡村发展规划", "青石镇关于加强老年人照料的实施意见"]
    groups = page.locator("#clauses .group").all()
    ranks = [
        [
            int("".join(filter(str.isdigit, rank)))
            for rank in group.locator(".rank").all_inner_texts()
        ]
        for group in groups
    ]
    assert all(each == sorted(each) for each in ranks)
    assert [each[0] for each in ranks] == sorted(each[0] for each in ranks)
    assert sorted(rank for each in ranks for rank in each) == list(range(1, 9))
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => +one.tagName[1])")
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_a_clause_is_copied_with_its_number_as_official_documents_cite(page: Page) -> None:
    ready(page)
    real = page.request.post("/v1/ask", data={"question": QUESTION}).json()
    hit = {
        **real["hits"][0],
        "reference": "《规划》（云府发〔2021〕3号）第二章",
        "text": "用“云河绿”商标",
    }
    changed(page, "/v1/ask", hits=[hit])
    opened(page).locator("#clauses").get_by_role("button", name="复制引文").click()
    assert copied(page) == "“用‘云河绿’商标”——《规划》（云府发〔2021〕3号）第二章"


def test_a_word_is_found_and_marked_in_the_sentences(page: Page) -> None:
    opened(page, "/?q=茶园")
    assert page.locator("#answer .best mark.word").first.inner_text() == "茶园"
    assert page.get_by_role("heading", name="也讲到这件事的句子").count() == 1


def test_figures_that_contradict_each_other_stand_together(page: Page) -> None:
    ready(page)
    real = page.request.post("/v1/ask", data={"question": QUESTION}).json()["sentences"][0]
    sentences = [real, {**real, "text": "新建标准茶园4万亩。", "marks": [[6, 9]]}]
    note = "原文前后不一：第二章写3万亩，专栏1写4万亩，请核对。"
    changed(page, "/v1/ask", sentences=sentences, notes=[note])
    opened(page)
    pair = page.locator("#answer .conflict .best mark").all_inner_texts()
    assert pair == ["3万亩", "4万亩"]
    assert page.locator("#answer .conflict").inner_text().count("原文前后不一") == 2
    assert page.locator("#answer .notice").count() == 0


def test_no_basis_says_what_is_nearest_and_what_to_try(page: Page) -> None:
    opened(page, "/?q=茶园的游泳池有多少个？&region=云河县&kind=plan")
    box = page.locator("#answer .abstained")
    assert "库中没有依据" in box.inner_text()
    assert box.get_by_role("link", name=PLAN).count() == 1
    assert page.get_by_role("heading", name="最接近的条款").count() == 1
    assert box.get_by_role("link", name="“茶园的游泳池”").count() == 1
    box.get_by_role("link", name="去掉筛选").click()
    page.wait_for_url(lambda url: "region" not in url and "kind" not in url)
    assert page.locator("#chips li").count() == 0
    assert box.get_by_role("link", name="翻看库里有哪些文件").get_attribute("href") == "/documents"


# -- citations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cited", ["云河规划第二章第一节", "第2章第1节", "云河规划第二章第一节讲什么？"]
)
def test_a_citation_shows_what_stands_there(page: Page, cited: str) -> None:
    opened(page, f"/?q={cited}")
    place = page.locator("#answer .place")
    assert place.locator("h3").inner_text() == f"{PLAN}第二章第一节"
    quotes = place.locator("blockquote").all_inner_texts()
    assert [text[:6] for text in quotes] == [
        "加强品牌建设",
        "扩大种植规模",
        "建设良种繁育",
        "在产茶村建设",
        "引导企业到产",
    ]
    place.get_by_role("button", name="复制引文").click()
    assert copied(page).endswith(f"”——{PLAN}第二章第一节")
    place.get_by_role("link", name="在文件中查看").click()
    page.locator(".chosen").wait_for()
    assert "clause=yunhe/ch2/s1/p1" in page.url


def test_an_unclear_citation_lists_its_places_and_guesses_none(page: Page) -> None:
    ready(page)
    page.goto("/?q=二、")
    page.get_by_text("“二、”可能指 2 处").wait_for()
    assert page.locator("#answer .best, #answer .place, #answer .abstained").count() == 0
    page.get_by_role("link", name="《青石镇关于加强老年人照料的实施意见》二、").click()
    page.locator("#answer .place").wait_for()
    assert "闲置校舍" in page.locator("#answer .place").inner_text()
    page.go_back()
    page.get_by_text("可能指 2 处").wait_for()


# -- streaming ---------------------------------------------------------------------------------


def test_clauses_are_there_before_a_slow_answer_and_nothing_jumps(
    served: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, page: Page
) -> None:
    ready(page)
    go = Event()
    answer = served.answer

    def slow(finding: Finding) -> Answer:
        assert go.wait(60)
        return answer(finding)

    monkeypatch.setattr(served, "answer", slow)
    page.goto(f"/?q={QUESTION}")
    page.locator("#clauses .clause").first.wait_for()
    assert page.locator("#status").inner_text() == "正在查找…"
    assert page.locator("#answer figure").count() == 0
    page.wait_for_timeout(600)  # what moves right after a click or a key does not count
    go.set()
    page.locator("#answer .best mark").wait_for()
    assert page.locator("#status").inner_text() == ""
    assert_still(page)


def test_an_answer_that_is_not_streamed_is_shown_all_the_same(page: Page) -> None:
    changed(page, "/v1/ask")
    opened(page)
    assert page.locator("#answer .best mark").inner_text() == "3万亩"


def test_a_stream_that_breaks_off_can_be_tried_again(page: Page) -> None:
    ready(page)
    problem = {
        "type": "urn:zhangjie:problem:unexpected",
        "title": "服务器出错",
        "detail": "请稍后重试。",
    }
    event = f"event: problem\ndata: {json.dumps(problem, ensure_ascii=False)}\n\n"
    body = event.encode()
    page.route("**/v1/ask", lambda r: r.fulfill(body=body, content_type="text/event-stream"))
    page.goto(f"/?q={QUESTION}")
    assert "请稍后重试" in page.get_by_role("alert").inner_text()
    page.unroute("**/v1/ask")
    page.get_by_role("button", name="再试一次").click()
    page.locator("#answer .best mark").wait_for()


# -- similar clauses ---------------------------------------------------------------------------


def test_similar_clauses_open_in_place_with_a_link_of_their_own(page: Page) -> None:
    ready(page)
    fake_precedents(page)
    opened(page)
    item = page.locator(f'[data-clause="{ANSWERED}"]')
    item.get_by_role("link", name="别处相似的条款").click()
    panel = item.locator(".similar")
    panel.locator(".clause").first.wait_for()
    assert "相似度 80%" in panel.inner_text()
    assert page.url.endswith("similar=yunhe%2Fch2%2Fs1%2Fp2")
    page.reload()
    panel.locator(".clause").first.wait_for()
    assert page.locator(".similar").count() == 1
    assert_still(page)
    page.go_back()
    playwright.expect(page.locator(".similar")).to_have_count(0)
    assert page.locator("#answer .best mark").inner_text() == "3万亩"
    page.go_forward()
    panel.get_by_role("link", name="看更多").click()
    page.locator("#answer .source").wait_for()
    assert "q=" not in page.url
    assert "扩大种植规模" in page.locator("#answer .source").inner_text()
    assert page.locator("#clauses .group h3").inner_text() == "青石镇关于加强老年人照料的实施意见"
    assert PLAN in page.title()


def test_a_clause_that_nothing_is_like_says_so(page: Page) -> None:
    opened(page, f"/?q={QUESTION}&similar={ANSWERED}")
    assert "没有找到相似的条款" in page.locator(".similar").inner_text()
    page.get_by_role("link", name="收起相似条款").click()
    assert page.locator(".similar").count() == 0


def test_a_server_without_a_route_leaves_the_rest_of_the_page_alone(watched: Watched) -> None:
    page = watched.page
    missing = {
        "type": "urn:zhangjie:problem:no-route",
        "title": "没有这个地址",
        "status": 404,
        "detail": "没有。",
    }
    for path in ("precedents", "status", "examples"):
        page.route(f"**/v1/{path}", lambda route: route.fulfill(status=404, json=missing))
    opened(page, f"/?q={QUESTION}&similar={ANSWERED}")
    assert "没有这个地址" in page.locator(".similar .problem").inner_text()
    assert page.locator("#answer .best mark").inner_text() == "3万亩"
    page.goto("/")
    page.locator("#recent").wait_for()
    assert page.locator("#indexing").is_hidden()
    page.wait_for_load_state("networkidle")
    assert all("404" in each for each in watched.complaints)
    watched.complaints.clear()


# -- comparison --------------------------------------------------------------------------------


def test_a_question_is_put_to_several_documents_side_by_side(page: Page) -> None:
    opened(page).get_by_role("link", name="逐份文件对照").click()
    columns = page.locator(".column")
    columns.first.wait_for()
    assert "compare=yunhe&compare=qingshi" in page.url
    assert columns.nth(0).locator(".best mark").inner_text() == "3万亩"
    assert "这份文件里没有依据" in columns.nth(1).inner_text()
    tops = [column.bounding_box()["y"] for column in columns.all()]
    assert tops[0] == tops[1]
    page.get_by_label("再加一份").select_option(label="<i>网页</i>管理办法")
    playwright.expect(columns).to_have_count(3)
    page.get_by_role("link", name="不看《青石镇").click()
    playwright.expect(columns).to_have_count(2)
    page.reload()
    playwright.expect(columns).to_have_count(2)
    page.go_back()
    playwright.expect(columns).to_have_count(3)
    page.get_by_role("link", name="回到合在一起的回答").click()
    page.locator("#answer .best mark").wait_for()


# -- the page as a whole -----------------------------------------------------------------------

VIEWS = [
    "/",
    f"/?q={QUESTION}",
    "/?q=云河规划第二章第一节",
    "/?q=茶园的游泳池有多少个？&region=云河县&kind=plan&doc_id=yunhe",
    f"/?q={QUESTION}&similar={ANSWERED}",
    f"/?similar={ANSWERED}",
    f"/?q={QUESTION}&compare=yunhe&compare=qingshi",
]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_every_view_is_accessible_and_still_and_fits(
    page: Page, view: str, scheme: Literal["light", "dark"], width: int
) -> None:
    ready(page)
    fake_precedents(page)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(view)
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert_still(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_view_weighs_less_than_100_kilobytes(watched: Watched) -> None:
    opened(watched.page)
    files = [url for url in watched.requests if "/v1/" not in url and "/readyz" not in url]
    sizes = [len(watched.page.request.get(url).body()) for url in files]
    assert 30_000 < sum(sizes) < LIMIT


def test_what_is_exported_is_what_was_asked(page: Page) -> None:
    opened(page, f"/?q={QUESTION}&kind=plan&doc_id=yunhe")
    for name, start in (("条款存为 Word", b"PK"), ("存为表格", "\ufeff".encode())):
        link = page.get_by_role("link", name=name).get_attribute("href")
        assert link
        assert "kind=plan" in link
        assert "doc_id=yunhe" in link
        response = page.request.get(link)
        assert response.ok
        assert response.body().startswith(start)


def test_print_shows_question_answer_and_clauses_without_the_tools(page: Page) -> None:
    opened(page)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).inner_text() == QUESTION
    assert page.get_by_role("heading", level=1).bounding_box()["height"] > 20
    assert page.locator("#answer .best mark").is_visible()
    assert page.locator("#clauses .clause").first.is_visible()
    for hidden in ("#ask", "#options", "#tools", "nav", ".clause .tools a"):
        assert not page.locator(hidden).first.is_visible()


def test_the_header_shows_that_the_index_is_made_anew(page: Page) -> None:
    status = {"indexing": {"what": "计算向量", "done": 3, "whole": 9}, "failure": None}
    page.route("**/v1/status", lambda route: route.fulfill(json=status))
    for path in ("/", "/documents", "/documents/yunhe", "/docs"):
        page.goto(path)
        page.get_by_text("正在更新索引：计算向量").wait_for()
        assert page.locator("#indexing progress").get_attribute("value") == "3"
    assert_accessible(page)
    assert_still(page)
