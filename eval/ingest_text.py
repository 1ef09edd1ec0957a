"""Plain text: what is left of a PDF or a Word file, and encodings of Chinese offices."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.address import Level
from corpus.model import Document
from corpus.numerals import to_int
from eval.claims import Claim, Figure, document, file, files, reading, share, squeeze

_BEIJING = "plans_txt/北京*.txt"
_ZHEJIANG = "plans_txt/浙江*.txt"
_GUANGZHOU = "plans_txt/广州*.txt"
_GBK = "gov_work_reports/city_gbk*/*.txt"
# An entry of a table of contents with its leader: 第一节 目标 ........ 12
_ENTRY = re.compile(r"^\s*(.*?)\s*\.{4,}[\s.]*[\dIVX]*\s*$", re.MULTILINE)
_LABEL = re.compile(r"^第([一二三四五六七八九十]+)([章节])\s*(.*)$")
_PAGE_NUMBER = re.compile(r"^[ \t　]*(\d(?: ?\d){0,2}|[IVX](?: ?[IVX])*)[ \t　]*$", re.MULTILINE)
_ARTICLE = re.compile(r"^\s*第([一二三四五六七八九十百]+)条\s", re.MULTILINE)
_ANY_ARTICLE = re.compile(r"第([一二三四五六七八九十百]+)条 ")
_HEADING = re.compile(r"^\s*([一二三四五六七八九十]{1,3})、", re.MULTILINE)
_LEVELS = {Level.CHAPTER: "章", Level.SECTION: "节"}


def _contents_apart(data: Path) -> Figure:
    path = file(data, _BEIJING)
    entries = list(_ENTRY.finditer(reading(path).text))
    inside = _shown(document(path))
    apart = sum(not any(inside[match.start(1) : match.end()]) for match in entries)
    figure = share(apart, len(entries), 1)
    return Figure(f"{figure.text} 行", figure.met)


def _page_numbers(data: Path) -> Figure:
    path = file(data, _BEIJING)
    numbers = list(_PAGE_NUMBER.finditer(reading(path).text))
    inside = _shown(document(path))
    gone = sum(not any(inside[match.start(1) : match.end(1)]) for match in numbers)
    figure = share(gone, len(numbers), 1)
    return Figure(f"{figure.text} 个", figure.met)


def _shown(document: Document) -> bytearray:
    """Return for each character of the raw text whether a clause or a heading shows it."""
    clean = bytearray(len(document.text))
    for clause in document.clauses:
        clean[clause.start : clause.end] = b"\1" * (clause.end - clause.start)
    for node, _ in document.walk():
        clean[node.start : node.body] = b"\1" * (node.body - node.start)
    pieces = document.offsets.pieces
    raw = bytearray(max((start + length for _, start, length in pieces), default=0))
    for at, start, length in pieces:
        raw[start : start + length] = clean[at : at + length]
    return raw


def _chapters(data: Path) -> Figure:
    path = file(data, _BEIJING)
    listed = []
    for match in _ENTRY.finditer(reading(path).text):
        if label := _LABEL.match(match[1]):
            listed.append((label[2], to_int(label[1]), squeeze(label[3])))
    found = [
        (_LEVELS[node.level], node.number, squeeze(node.title))
        for node, _ in document(path).walk()
        if node.level in _LEVELS
    ]
    right = sum(a == b for a, b in zip(listed, found, strict=False))
    chapters = sum(word == "章" for word, _, _ in listed)
    figure = f"{right}/{len(listed)}（{chapters} 章 {len(listed) - chapters} 节），多出"
    return Figure(f"{figure} {len(found) - right} 个", listed == found)


def _boxes(data: Path) -> Figure:
    nodes = [node for node, _ in document(file(data, _ZHEJIANG)).walk()]
    numbers = [node.number for node in nodes if node.level is Level.BOX]
    return share(sum(number in numbers for number in range(1, 12)), max(len(numbers), 11), 1)


def _articles(data: Path) -> Figure:
    path = file(data, _GUANGZHOU)
    text = reading(path).text
    wanted = [to_int(number) for number in _ARTICLE.findall(text)]
    inside = sorted({to_int(number) for number in _ANY_ARTICLE.findall(text)} - set(wanted))
    nodes = [node for node, _ in document(path).walk()]
    found = [node.number for node in nodes if node.level is Level.ARTICLE]
    right = sum(number in found for number in wanted)
    also = sum(number in found for number in inside)
    rest = "、".join(map(str, inside))
    return Figure(
        f"起行的 {right}/{len(wanted)}；夹在行中的（第 {rest} 条）{also}/{len(inside)}",
        right == len(wanted) >= 45,
    )


def _encodings(data: Path) -> Figure:
    paths = files(data, _GBK)
    right = 0
    for path in paths:
        plain = path.read_bytes().decode("gb18030").replace("\r\n", "\n")
        text = reading(path).text
        right += text == plain and "\ufffd" not in text
    return share(right, len(paths), 1)


def _headings(data: Path) -> Figure:
    wanted = right = 0
    for path in files(data, _GBK):
        plain = path.read_bytes().decode("gb18030")
        numbers = [to_int(number) for number in _HEADING.findall(plain)]
        nodes = [node for node, _ in document(path).walk()]
        found = [node.number for node in nodes if node.level is Level.HEADING]
        wanted += len(numbers)
        right += sum(a == b for a, b in zip(numbers, found, strict=False))
    return share(right, wanted, 1)


_REPORTS = "gov_work_reports 中 GBK 编码的市级报告"
CLAIMS = (
    Claim("目录各行都不在条款和标题里", "全部", "北京规划，PDF 原始文本", _contents_apart),
    Claim("页码都不在条款和标题里", "全部", "北京规划，PDF 原始文本", _page_numbers),
    Claim("章、节的序号和标题与其目录一致", "全部", "北京规划，PDF 原始文本", _chapters),
    Claim("专栏", "11/11", "浙江内涝规划，Word 抽取文本", _boxes),
    Claim("条", "45/45", "广州办法，PDF 原始文本", _articles),
    Claim("GBK 文件与严格按 gb18030 解码一致", "全部", _REPORTS, _encodings),
    Claim("GBK 文件的一级标题（一、）", "全部", _REPORTS, _headings),
)
