"""PDFs: 江西意见 against its .docx, 湖北文物规划 against its contents and its pages."""

from __future__ import annotations

import difflib
import random
import re
from collections import Counter
from functools import lru_cache
from itertools import filterfalse
from pathlib import Path

from corpus.address import Level
from corpus.model import Clause, Document
from eval.claims import Claim, Figure, document, file, outline, share, squeeze

_JIANGXI = ("policy_docx/1、江西*.docx", "policy_pdf/江西*.pdf")
_HUBEI = "policy_pdf/省文化和旅游厅*湖北*.pdf"
# Its table of contents, read by eye: 一、 to 九、, 1. to 33. running through, 7 boxes with this
# many items each, and as many lines with its label.
_HEADINGS = 9
_SUBITEMS = 33
_BOX_ITEMS = (2, 2, 7, 5, 4, 3, 2)
_ENTRIES = 75
_SEED = 4
_DRAWN = 30
_BEGINNING = 15  # characters of a clause that must stand on its page
# As many of the row of a table: pdfplumber goes from line to line through all its cells.
_CELL = 8
_LEADER = re.compile(r"[.．…]{6}")
_REPEATED = 3  # pages that begin with the same line: a running head
_JOINT = 6  # characters on each side of a page end


def _same_outline(data: Path) -> Figure:
    word, page = (outline(document(file(data, pattern))) for pattern in _JIANGXI)
    matcher = difflib.SequenceMatcher(None, word, page, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return Figure(f"{same} 个相同，.docx {len(word)} 个，.pdf {len(page)} 个", word == page)


def _same_text(data: Path) -> Figure:
    word, page = (
        "".join(squeeze(clause.text) for clause in document(file(data, pattern)).clauses)
        for pattern in _JIANGXI
    )
    matcher = difflib.SequenceMatcher(None, word, page, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    figure = share(same, max(len(word), len(page)), 0.99)
    return Figure(f"{figure.text}；.docx 的字见于 .pdf 的 {same / len(word):.2%}", figure.met)


def _structure(data: Path) -> Figure:
    nodes = [node for node, _ in document(file(data, _HUBEI)).walk()]
    headings = [node.number for node in nodes if node.level is Level.HEADING]
    boxes = [node for node in nodes if node.level is Level.BOX]
    inside = {id(child) for box in boxes for child in box.children}
    subitems = [
        node.number for node in nodes if node.level is Level.SUBITEM and id(node) not in inside
    ]
    text = (
        f"一、 {len(headings)}/{_HEADINGS}，1. {len(subitems)}/{_SUBITEMS}，"
        f"顺序{'相同' if _counts_up(headings) and _counts_up(subitems) else '不同'}"
    )
    wanted = (list(range(1, _HEADINGS + 1)), list(range(1, _SUBITEMS + 1)))
    return Figure(text, (headings, subitems) == wanted)


def _counts_up(numbers: list[int | None]) -> bool:
    return numbers == list(range(1, len(numbers) + 1))


def _boxes(data: Path) -> Figure:
    boxes = [node for node, _ in document(file(data, _HUBEI)).walk() if node.level is Level.BOX]
    numbers = [box.number for box in boxes]
    found = sum(number in numbers for number in range(1, len(_BOX_ITEMS) + 1))
    items = [len(box.children) for box in boxes]
    right = sum(a == b for a, b in zip(items, _BOX_ITEMS, strict=False))
    text = f"{found}/{len(_BOX_ITEMS)}，各项数目相同的 {right} 个"
    return Figure(text, items == list(_BOX_ITEMS))


def _contents(data: Path) -> Figure:
    plan = document(file(data, _HUBEI))
    apart = sum(residue.kind == "toc" for residue in plan.residues)
    inside = sum(_LEADER.search(clause.text) is not None for clause in plan.clauses)
    inside += sum(_LEADER.search(node.title) is not None for node, _ in plan.walk())
    text = f"目录 {apart}/{_ENTRIES} 行在外，条款和标题里有目录行 {inside} 处"
    return Figure(text, apart == _ENTRIES and inside == 0)


@lru_cache(maxsize=2)
def _page_lines(path: Path) -> list[list[str]]:
    """Return pdfplumber's own lines of each page, without blanks."""
    import pdfplumber

    with pdfplumber.open(path) as source:
        return [
            [squeeze(line) for line in (page.extract_text() or "").split("\n")]
            for page in source.pages
        ]


def _is_number(line: str) -> bool:
    return re.fullmatch(r"[-—–·]*\d{1,3}[-—–·]*", line) is not None


def _pages(data: Path) -> Figure:
    path = file(data, _HUBEI)
    plan = document(path)
    texts = ["".join(filterfalse(_is_number, lines)) for lines in _page_lines(path)]
    clauses = [clause for clause in plan.clauses if len(squeeze(clause.text)) >= _BEGINNING]
    drawn = random.Random(_SEED).sample(clauses, min(_DRAWN, len(clauses)))
    right = sum(_begins_on_its_page(plan, clause, texts) for clause in drawn)
    return share(right, len(drawn), 1)


def _begins_on_its_page(plan: Document, clause: Clause, pages: list[str]) -> bool:
    """Whether the beginning of a clause stands on its page, or runs from its end to the next."""
    page = plan.page(clause.start)
    if page is None or page > len(pages):
        return False
    cell, tab, _ = clause.text.strip().partition("\t")
    beginning = squeeze(cell)[: _CELL if tab else _BEGINNING]
    following = pages[page][:_BEGINNING] if page < len(pages) else ""
    at = (pages[page - 1] + following).find(beginning)
    return 0 <= at < len(pages[page - 1])


def _furniture(data: Path) -> Figure:
    path = file(data, _HUBEI)
    clauses = [squeeze(clause.text) for clause in document(path).clauses]
    pages = [lines for lines in _page_lines(path) if lines != [""]]
    first = Counter(lines[0] for lines in pages)
    heads = [line for line, count in first.items() if count >= _REPEATED and line]
    with_head = sum(head in text for text in clauses for head in heads)
    joints = _joints(pages)
    with_number = sum(joint in text for text in clauses for joint in joints)
    return Figure(
        f"含页码 {with_number} 条，含页眉 {with_head} 条（共 {len(clauses)} 条；"
        f"{len(joints)} 个页码，{len(heads)} 种页眉）",
        with_number == with_head == 0,
    )


def _joints(pages: list[list[str]]) -> list[str]:
    """Return the ends of pages with their numbers, as they would stand in a clause."""
    return [
        lines[-2][-_JOINT:] + lines[-1]
        for lines in pages
        if len(lines) > 1 and _is_number(lines[-1])
    ]


_BOTH = "江西意见，.docx 与 .pdf"
_PLAN = "湖北文物规划，44 页 PDF"
CLAIMS = (
    Claim("两种格式的提纲相同", "相同", _BOTH, _same_outline),
    Claim("两种格式的条款文字相同（不计空白）", "99 %", _BOTH, _same_text),
    Claim("两级标题与其目录一致", "9 + 33", _PLAN, _structure),
    Claim("专栏，各专栏的项数与其目录一致", "7/7", _PLAN, _boxes),
    Claim("目录识别", "全部", _PLAN, _contents),
    Claim("抽取的条款页码正确（与 pdfplumber 该页文字比）", "30/30", _PLAN, _pages),
    Claim("条款里没有页码和页眉", "0 条", _PLAN, _furniture),
)
