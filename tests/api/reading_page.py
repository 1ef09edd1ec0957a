"""What the tests of the reading page do again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def opened(page: Page, path: str = "/documents/yunhe", width: int = 1440) -> Page:
    """Open a document and wait until it can be read."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    page.locator(".text").wait_for()
    return page


def jump(page: Page, address: str) -> None:
    """Type an address into the field, which the key g leads to."""
    page.keyboard.press("g")
    page.locator("#address:focus").wait_for()
    page.locator("#address").fill(address)
    page.keyboard.press("Enter")
