"""Saved web pages of www.gov.cn: title, number, headings, and nothing of the site in a clause."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.address import Level
from corpus.model import Document
from eval.claims import Claim, Figure, Missing, document, files, imported, share, squeeze

_PAGES = "gov_cn_html/*.html"
_SOURCE = "gov_cn_html 的网页"
_EXPECTED = Path(__file__).resolve().parents[1] / "tests/ingest/readers/expected_html.json"
_GOAL = 29 / 30
# Words of a site's frame, and of the table over its documents, that no clause of a policy has.
_CHROME = re.compile(
    r"扫一扫|索\s*引\s*号|主题分类|发文字号：|发文机关：|成文日期：|发布日期：|主\s*题\s*词：|打印本页|关闭窗口"
    r"|版权所有|网站标识码|ICP备|公网安备|网站地图|联系我们|字体：|【\s*[大中小]|分享到|当前位置|上一篇|下一篇"
    r"|责任编辑：|首页\s*[>＞|]|相关稿件|客户端下载|javascript|function\s*\(",
    re.IGNORECASE,
)
_EVERYWHERE = 3  # pages that have the same clause: a text of the site, not of its documents
_NO_HEADING = frozenset({Level.PARAGRAPH, Level.SEGMENT, Level.TOPIC})


def _title(data: Path) -> Figure:
    pages = files(data, _PAGES)
    right = sum(
        squeeze(imported(path).meta.title) == _table(path).get("标题", "?") for path in pages
    )
    return share(right, len(pages), _GOAL)


def _title_by_name(data: Path) -> Figure:
    """File names hold a number, then the title without its punctuation."""
    pages = files(data, _PAGES)
    right = sum(
        _letters(imported(path).meta.title) == _letters(path.stem.partition("_")[2])
        for path in pages
    )
    return share(right, len(pages), _GOAL)


def _number(data: Path) -> Figure:
    pages = files(data, _PAGES)
    right = sum(
        squeeze(imported(path).meta.number or "") == _table(path).get("发文字号", "?")
        for path in pages
    )
    return share(right, len(pages), _GOAL)


def _chrome(data: Path) -> Figure:
    pages: dict[str, set[str]] = defaultdict(set)
    texts = []
    for path in files(data, _PAGES):
        for clause in document(path).clauses:
            texts.append(clause.text)
            pages[squeeze(clause.text)].add(path.name)
    words = sum(_CHROME.search(text) is not None for text in texts)
    repeated = sum(len(pages[squeeze(text)]) >= _EVERYWHERE for text in texts)
    figure = f"含网站用语 {words} 条，见于 {_EVERYWHERE} 页以上 {repeated} 条（共 {len(texts)} 条）"
    return Figure(figure, words == repeated == 0)


def _headings(data: Path) -> Figure:
    if not _EXPECTED.is_file():
        raise Missing(f"没有 {_EXPECTED.name}（只在源码目录里）")
    expected = json.loads(_EXPECTED.read_text(encoding="utf-8"))
    pages = {path.name[:3]: path for path in files(data, _PAGES)}
    known = [each for each in expected if each["file"] in pages]
    right = sum(_hashed(document(pages[each["file"]])) == each["headings"] for each in known)
    count = sum(len(each["headings"]) for each in known)
    figure = share(right, len(known), 1)
    return Figure(f"{figure.text} 页全对（{count} 个标题）", figure.met)


def _hashed(document: Document) -> list[list[Any]]:
    """Return level, number and hash of the title, as the frozen expectations have them."""
    return [
        [node.level.value, node.number, hashlib.sha1(node.title.encode()).hexdigest()[:8]]
        for node, _ in document.walk()
        if node.level not in _NO_HEADING
    ]


@lru_cache(maxsize=64)
def _table(path: Path) -> dict[str, str]:
    """Return the page's own table of metadata, read apart from the reader: label and next cell."""
    from lxml import html

    page = html.fromstring(path.read_bytes().decode("utf-8"))
    cells = [squeeze("".join(cell.itertext())) for cell in page.iter("td")]
    found: dict[str, str] = {}
    for label, value in pairwise(cells):
        if len(label) <= 8 and label.endswith("："):
            found.setdefault(label[:-1], value)
    return found


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


CLAIMS = (
    Claim("网页标题与页面元数据表一致", "29/30", _SOURCE, _title),
    Claim("网页标题与文件名一致（不计标点）", "29/30", _SOURCE, _title_by_name),
    Claim("网页文号与页面元数据表一致", "29/30", _SOURCE, _number),
    Claim("条款里没有网站导航文字", "0 条", _SOURCE, _chrome),
    Claim("各级标题与人工核对的一致", "10/10 页", "gov_cn_html 中冻结的 10 页", _headings),
)
