"""Where an address that somebody types leads within the document that is being read."""

from __future__ import annotations

import re
from collections.abc import Collection

from api.answering import locate, naming
from api.answering.locate import Place
from api.answering.typed import Typed, read_typed
from corpus.address import parse
from corpus.errors import AddressError, NotFound
from corpus.model import Document
from corpus.numerals import CHINESE

_HOW = "请写成“五章三节”“专栏7”或“二（三）2”"
_BEFORE = " 　,，的《》"  # what stands between the name of a document and an address
_NUMBER = re.compile(rf"\d{{1,4}}|[{CHINESE}]{{1,7}}")


def jump(document: Document, text: str, documents: Collection[Document]) -> list[Place]:
    """Return the places of a document that a typed address may mean, in text order.

    An address as the document writes it is meant as it stands; any other is read as people type
    them, and may mean several places (第三节 where each chapter has one). `documents` are all that
    a name before the address may mean. AddressError for text without an address, NotFound, which
    says what there is instead, for one that leads nowhere or into another document.
    """
    exact = _exact(document, text)
    if exact:
        return [exact]
    readings = [(each, typed) for each in _spellings(text) if (typed := _typed(each))]
    if not readings:
        raise AddressError(f"“{text[:60]}”里没有地址", _HOW)
    for spelling, typed in readings:
        _check_name(spelling[: typed.start], document, documents)
        places = locate.locate(document, typed)
        if places:
            return sorted(places, key=lambda place: place.clauses[0].start)
    first = readings[0][1]
    lacking = locate.missing(document, first, "这份文件")
    raise NotFound(lacking or f"这份文件没有{first}", "请核对章节号，或从大纲里找")


def _exact(document: Document, text: str) -> Place | None:
    """Return the place of an address that the document has just so, None for none."""
    try:
        address = parse(text)
    except AddressError:
        return None
    held = any(own == address for _, own in document.walk())
    held = held or any(clause.address == address for clause in document.clauses)
    return locate.at(document, address) if held else None


def _spellings(text: str) -> list[str]:
    """Return a text and what is short for: 三章 for 第三章, 120 for 第120条."""
    bare = text.strip()
    if _NUMBER.fullmatch(bare):
        return [f"第{bare}条", f"{bare}、", f"第{bare}章"]
    return [bare, f"第{bare}"]


def _typed(text: str) -> Typed | None:
    """Return the first address of a text, which may begin with the name of the document."""
    begins = len(text) - len(text.lstrip(_BEFORE))
    title_ends = text.rfind("》") + 1
    found = read_typed(text, frozenset({begins, title_ends or begins}))
    return found[0] if found else None


def _check_name(before: str, document: Document, documents: Collection[Document]) -> None:
    name = before.strip(_BEFORE)
    if len(name) > 1 and document not in naming.named(documents, name):
        how = "请去掉名称，只写地址；要看别的文件，请在首页查"
        raise NotFound(f"“{name[:40]}”不是这份文件的名称", how)
