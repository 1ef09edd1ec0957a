"""What the tests of the page that manages need: it opened, files chosen, the token given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.api.browsing import ready
from tests.api.conftest import TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator, Page

RULES = """{place}村规民约管理办法
一、环境卫生
各户每周清扫门前道路{number}次，垃圾定点投放。
二、移风易俗
红白喜事每桌不超过{number}个菜，由村民小组登记。
"""


def rules(number: int) -> FilePayload:
    """A small file that nothing is wrong with, another for each number."""
    text = RULES.format(place=f"第{number}", number=number)
    return {"name": f"村规{number}.txt", "mimeType": "text/plain", "buffer": text.encode()}


def named(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def opened(page: Page, address: str = "/manage") -> Page:
    """Open the page that manages, over what the server really says of itself."""
    ready(page)
    page.goto(address)
    page.locator("#shelf li").first.wait_for()
    return page


def choose(page: Page, *files: FilePayload) -> None:
    page.locator("#files").set_input_files(list(files))


def give_token(page: Page, token: str = TOKEN) -> None:
    """Answer the question for the token."""
    page.get_by_label("令牌", exact=True).fill(token)
    page.keyboard.press("Enter")


def upload(page: Page, name: str) -> Locator:
    """The row of a file that was chosen."""
    return page.locator(".upload", has=page.locator(".name", has_text=name))


def states(page: Page) -> list[str]:
    found: Iterable[str] = page.locator(".upload").evaluate_all(
        "all => all.map(one => one.dataset.state)"
    )
    return list(found)


def settled(page: Page) -> None:
    """Wait until no file is on its way."""
    page.locator("#clear").wait_for()
