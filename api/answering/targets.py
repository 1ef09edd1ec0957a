"""The addresses that a question names, each with the document it belongs to and what stands there.

An address belongs to the document named right before it, with those joined to that by 和; else to
the last one named before, else to the first named after it, else to all documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.answering.locate import Place, locate, missing
from api.answering.naming import Mention, named_before
from api.answering.typed import Typed, read_typed
from corpus.address import Level
from corpus.model import Document

# A longer text without a document's name is a draft for which precedents are looked for.
_LONGEST_LOOKUP = 120  # characters
_AFTER_NAME = re.compile(r"(?:文件|里面|里头|里|中|当中|的|上|[，,：:]|\s)*")
_JOINS = re.compile(r"(?:里|中|的)?\s?(?:[、，]|和|与|跟|同|及|以及)\s?")
_PREFACES = ("前言", "引言", "序言", "导言")
_SHORT_NAME = 12  # characters of a name that a reason repeats as it was typed
_MOST_COUNTED = 3  # documents of which a reason says what they have


@dataclass(frozen=True, slots=True)
class Target:
    """An address that a question names and the places that it leads to, none where it is missing.

    `missing` says in Chinese what is not there and what is, empty where something was found.
    `named` says whether the question names the document.
    """

    typed: Typed
    places: tuple[Place, ...]
    named: bool
    missing: str = ""


def read_targets(
    question: str, found: Sequence[Mention], documents: Sequence[Document]
) -> tuple[Target, ...]:
    """Return the addresses of a question in text order, by its names and what documents have.

    第三项 or 第五条 is an address only right after a document's name, or where articles have that
    number; other numbers without a name before them are words.
    """
    if len(question) > _LONGEST_LOOKUP and not any(m.clear for m in found):
        return ()
    typed = read_typed(question, frozenset(_end(question, m) for m in found if _names_document(m)))
    targets = (_target(question, one, found, documents) for one in typed)
    return tuple(target for target in targets if target)


def _names_document(mention: Mention) -> bool:
    """Whether a mention is more than a place: 云河第一段高速公路 has no address."""
    return mention.clear or not mention.place


def _end(question: str, mention: Mention) -> int:
    """Return where what follows a name begins."""
    match = _AFTER_NAME.match(question, mention.end)
    return match.end() if match else mention.end


def _target(
    question: str, typed: Typed, found: Sequence[Mention], every: Sequence[Document]
) -> Target | None:
    """Return an address with its places, None where it is none after all."""
    owners = _owners(question, typed, found)
    adjacent = any(
        _end(question, owner) >= typed.start for owner in owners if _names_document(owner)
    )
    unknown = [owner for owner in owners if owner.clear and not owner.documents]
    if unknown and (typed.strong or adjacent):
        return Target(typed, (), True, f"库中没有{_bare(unknown[0].text)}")
    documents = [document for owner in owners for document in owner.documents]
    name = "、".join(_called(owner) for owner in owners)
    if not documents:
        name, documents = named_before(question, typed.start, every)
        adjacent = bool(documents)
    places = tuple(p for d in documents or every for p in locate(d, typed))
    if not documents:
        places = _unmistakable(typed, places)
    if not (typed.strong or adjacent or _fits_alone(question, typed, places, bool(documents))):
        return None
    if places:
        return Target(typed, places, bool(documents))
    return _missing(typed, name, documents or every, bool(documents))


def _owners(question: str, typed: Typed, found: Sequence[Mention]) -> list[Mention]:
    """Return the names that an address belongs to, clear names before mere places."""
    before = [m for m in found if m.end <= typed.start]
    if before and _end(question, before[-1]) >= typed.start:
        joined = before[-1:]
        for m in reversed(before[:-1]):
            if not _JOINS.fullmatch(question[m.end : joined[0].start]) or not m.documents:
                break
            joined.insert(0, m)
        return joined
    candidates = (
        [m for m in before if m.clear][-1:],
        [m for m in found if m.clear and m.documents][:1],
        [m for m in before if m.documents][-1:],
        [m for m in found if m.documents][:1],
    )
    return next((one for one in candidates if one), [])


def _called(mention: Mention) -> str:
    """Return what to call the document of a name: as the question does, or by its title."""
    if mention.clear and len(mention.text) <= _SHORT_NAME:
        return _bare(mention.text)
    titles = "、".join(f"《{d.meta.title}》" for d in mention.documents[:2])
    return titles + ("等" if len(mention.documents) > 2 else "")


def _bare(name: str) -> str:
    return re.sub(r"(?:里|中|的|\s)+$", "", name)


def _unmistakable(typed: Typed, places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places that an address can mean where no document is named.

    The beginning of any document might be its 前言, and any third item 第三条.
    """
    kept = (place for place in places if place.address.steps)
    if typed.steps[0].unit == "条":
        kept = (p for p in kept if any(s.level is Level.ARTICLE for s in p.address.steps))
    return tuple(kept)


def _fits_alone(question: str, typed: Typed, places: Sequence[Place], named: bool) -> bool:
    """Whether a weak address (第三条, 前言) is one by what the documents have."""
    unit = typed.steps[0].unit
    if not places:
        return False
    if unit == "条":
        return True
    if unit == "前言":
        return named or question.startswith(_PREFACES, typed.start)
    return unit in ("篇", "编")


def _missing(typed: Typed, name: str, documents: Sequence[Document], named: bool) -> Target:
    if len(documents) == 1:
        [document] = documents
        reason = missing(document, typed, name or f"《{document.meta.title}》")
        return Target(typed, (), named, reason)
    said = [
        (document.meta.title, missing(document, typed, "").partition("；")[2])
        for document in documents
    ]
    said.sort(key=lambda pair: "在" not in pair[1])  # 第六条在第三章 before 第二章共五节
    counts = [f"《{title}》{has}" for title, has in said if "共" in has or "在" in has]
    having = f"；{'，'.join(counts[:_MOST_COUNTED])}" if counts else ""
    return Target(typed, (), named, f"{name or '各文件'}都没有{typed}{having}")
