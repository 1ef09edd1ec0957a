"""A law of 1,260 articles on the reading page: quick, nothing jumps, links land exactly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.knowledge_base import KnowledgeBase
from tests.api import reading_files
from tests.api.reading_page import jump, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright")


@pytest.fixture
def served(served: KnowledgeBase) -> KnowledgeBase:
    """The small corpus with the law."""
    law = reading_files.law().encode()
    folder = Path(served.settings.corpus)
    reading_files.add(folder, "tiaoli", "条例.txt", law, title="云河县供水条例")
    return KnowledgeBase(served.settings)


@pytest.mark.parametrize("width", [360, 1440])
def test_in_a_long_law_an_article_stands_exactly_where_it_was_led_to(
    page: Page, width: int
) -> None:
    opened(page, "/documents/tiaoli#tiaoli/ch11/art630/p1", width)
    article = page.locator('[id="tiaoli/ch11/art630/p1"]')
    playwright.expect(article).to_be_focused()
    page.wait_for_timeout(500)

    def off_centre() -> float:
        """Return how far the middle of the article is from the middle of the room for it."""
        box = article.bounding_box()
        assert box
        return abs(box["y"] + box["height"] / 2 - 450)

    assert off_centre() < 60
    jump(page, "1260")
    playwright.expect(page.locator('[id="tiaoli/ch21/art1260/p1"]')).to_be_in_viewport()
    jump(page, "第十一章")
    heading = page.get_by_role("heading", name="第十一章")
    playwright.expect(heading).to_be_focused()
    page.wait_for_timeout(500)
    box = heading.bounding_box()
    assert box
    assert box["y"] == pytest.approx(17 if width > 960 else 68, abs=4)


def test_a_long_law_is_laid_out_in_pieces_that_keep_its_height(page: Page) -> None:
    opened(page, "/documents/tiaoli")
    assert page.locator(".chunk").count() > 10
    height = page.evaluate("document.documentElement.scrollHeight")
    page.evaluate(
        "for (const each of document.querySelectorAll('.chunk'))"
        " each.style.contentVisibility = 'visible'"
    )
    assert page.evaluate("document.documentElement.scrollHeight") == pytest.approx(height, rel=0.01)


def test_the_outline_of_a_long_law_shows_the_articles_of_one_chapter(page: Page) -> None:
    opened(page, "/documents/tiaoli#tiaoli/ch11/art630/p1")
    current = page.locator("#outline [aria-current]")
    playwright.expect(current).to_contain_text("第六百三十条")
    shown = page.locator("#outline a:visible")
    assert shown.count() == 21 + 60
