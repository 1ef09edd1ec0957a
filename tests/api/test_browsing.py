"""The helpers of the page tests find what they are there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.browsing import MOST_SHIFT, assert_accessible, assert_still, layout_shift, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize("path", ["/", "/documents", "/docs"])
def test_pages_are_accessible_and_still(page: Page, path: str) -> None:
    ready(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert_accessible(page)
    assert_still(page)


def test_a_grave_issue_is_found_and_named(page: Page) -> None:
    page.goto("/docs")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    with pytest.raises(AssertionError, match="button-name"):
        assert_accessible(page)


def test_what_jumps_is_measured(page: Page) -> None:
    page.goto("/docs")
    page.evaluate(
        """() => {
            const room = document.createElement('div');
            room.style.height = '300px';
            setTimeout(() => document.querySelector('main').prepend(room), 300);
        }"""
    )
    page.wait_for_timeout(600)
    assert layout_shift(page) > MOST_SHIFT
