"""The examples in docs/api.md do what it says: each is run, and prints what stands below it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import corpus
from api.answering.question import LONGEST, MOST
from api.http.guard import LARGEST
from api.http.patience import GRACE, LEAST
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from tests.api.browsing import serve, wait_until_ready
from tests.api.conftest import TOKEN
from tests.small_corpus import OPINION

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = (Path(__file__).parents[2] / "docs/api.md").read_text(encoding="utf-8")
HOME = "http://127.0.0.1:8000"
TITLED = re.compile(r"^## (\S+)\n((?:.|\n)*?)(?=^## |\Z)", re.M)
FENCED = re.compile(r"^```(\w+)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.M | re.S)


class Example(NamedTuple):
    """A fenced block and what it prints, where `…` stands for anything."""

    language: str
    code: str
    prints: str

    def printed(self, output: str) -> bool:
        """Whether an output is as promised; space at the ends does not count."""
        pieces = [re.escape(piece.strip()) for piece in self.prints.split("…")]
        return bool(re.fullmatch(".*".join(pieces), output.strip(), re.S))


EXAMPLES = {
    f"{title}-{language}": Example(language, code, prints)
    for title, section in TITLED.findall(DOCS)
    for language, code, prints in FENCED.findall(section)
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a copy of what ships, which may be written to."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(Path(corpus.__file__).parent / "documents", folder / "corpus")
    settings = Settings(
        corpus=str(folder / "corpus"),
        data=str(folder / "var"),
        model="none",
        rate=0,
        admin_token=TOKEN,
    )
    with serve(KnowledgeBase(settings)) as address:
        wait_until_ready(address)
        yield address


def run(command: list[str], folder: Path) -> str:
    token = {"ZHANGJIE_ADMIN_TOKEN": TOKEN, "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env=os.environ | token, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the file that is uploaded."""
    (tmp_path / "意见.txt").write_text(OPINION, encoding="utf-8")
    return tmp_path


def of(language: str) -> list[str]:
    return [name for name, example in EXAMPLES.items() if example.language == language]


def test_there_is_an_example_of_each_kind() -> None:
    assert {
        *("提问-sh", "提问-python", "提问-javascript"),
        *("分步取回答-python", "上传文件-sh", "出错时-sh"),
    } <= EXAMPLES.keys()
    assert all(example.prints.strip() for example in EXAMPLES.values())
    assert DOCS.count("```") == 2 * 2 * len(EXAMPLES)


@pytest.mark.parametrize("name", of("sh"))
def test_an_example_of_curl_prints_what_it_says(name: str, address: str, desk: Path) -> None:
    if not (shutil.which("curl") and shutil.which("sh")):
        pytest.skip("没有 curl")
    example = EXAMPLES[name]
    output = run(["sh", "-c", example.code.replace(HOME, address)], desk)
    assert example.printed(output), output


@pytest.mark.parametrize("name", of("python"))
def test_an_example_of_python_prints_what_it_says(name: str, address: str, desk: Path) -> None:
    example = EXAMPLES[name]
    output = run([sys.executable, "-c", example.code.replace(HOME, address)], desk)
    assert example.printed(output), output


@pytest.mark.parametrize("name", of("javascript"))
def test_an_example_of_javascript_prints_what_it_says(name: str, address: str, desk: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("没有 node，同一例子在 Chromium 里运行")
    example = EXAMPLES[name]
    (desk / "ask.mjs").write_text(example.code.replace(HOME, address), encoding="utf-8")
    output = run([node, "ask.mjs"], desk)
    assert example.printed(output), output


@pytest.mark.parametrize("name", of("javascript"))
def test_an_example_of_javascript_runs_in_a_page_too(
    name: str, address: str, browser: Browser
) -> None:
    example = EXAMPLES[name]
    page = browser.new_page()
    lines: list[str] = []
    page.on("console", lambda message: lines.append(message.text))
    page.goto(f"{address}/healthz")
    page.evaluate(f"(async () => {{ {example.code.replace(HOME, address)} }})()")
    page.close()
    assert example.printed("\n".join(lines)), lines


def test_the_limits_are_as_they_are() -> None:
    settings = Settings()
    assert f"| {LONGEST} 个字符 |" in DOCS
    assert f"| {MOST} 个 |" in DOCS
    assert f"| {LARGEST >> 20} MB |" in DOCS
    assert f"| {GRACE:.0f} 秒内，更长的须每秒 {LEAST >> 10} KB 以上 |" in DOCS
    assert f"| {settings.upload_mb} MB | `upload_mb` |" in DOCS
    assert f"每分钟 {settings.rate} 个" in DOCS
    assert f"http://{settings.host}:{settings.port}/v1" in DOCS
