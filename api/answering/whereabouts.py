"""Whether a clause speaks of the place, the year and the document that a question means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from api.answering import places, years
from api.answering.asked import Asked
from api.answering.cover import plain
from corpus.model import Clause, Document, Span

_OWN, _NEAR, _FAR, _WIDER, _ELSEWHERE = 1.0, 0.8, 0.5, 0.4, 0.0
_SAID, _DUE, _UNDER, _PERIOD, _UNSAID, _WITHIN, _UNKNOWN_YEAR, _OTHER_YEAR = (
    1.0,
    0.9,
    0.75,
    0.8,
    0.5,
    0.4,
    0.25,
    0.0,
)
# Words for the whole of a level where a question names no place.
_LEVELS = (
    (re.compile("全省|我省|省里|省规划|省级规划"), "province"),
    (re.compile("全国|国家层面|中央要求"), "nation"),
)
_COMPARES = re.compile("各(?![级类项])|分别|相比|哪个更")
_BETWEEN = 3  # letters between two places that are named in one breath: 黔西南州和铜仁
_KINDS = re.compile("(?:规划|意见|办法|方案|报告|政策|报道|专题|文章|条例|文件)$")
_SAME_DOCUMENT = 0.5  # of the pairs of letters of what a question calls a document


@lru_cache(1024)
def own_places(region: str | None, title: str) -> tuple[str, ...]:
    """Return the stems of the places that a document is of, outermost first.

    >>> own_places("贵州省铜仁市", "铜仁市规划")
    ('贵州', '铜仁')
    """
    text = f"{region or ''}，{title}"
    return tuple(dict.fromkeys([*places.listed(text), *places.by_form(text)]))


def homes(documents: Iterable[Document]) -> frozenset[str]:
    """Return the stems of the places that documents are of and no list has."""
    own = {name for d in documents for name in own_places(d.meta.region, d.meta.title)}
    return frozenset(own - set(places.listed("，".join(own))))


def place(asked: Asked, clause: Clause, sentence: str, document: Document) -> float:
    """Return how well a sentence fits the places that a question names, 1 where it names none.

    Of several provinces and prefectures that are compared one that fits is enough; a county must be
    named in the sentence or the clause, or be the document's own.
    """
    own = own_places(document.meta.region, document.meta.title)
    around = "，".join((*clause.heads, clause.text))
    if not asked.places and not asked.small_places:
        return _level(asked.question, document)
    large = [_fit(name, own, sentence, around, False) for name in asked.places]
    small = [_fit(name, own, sentence, around, True) for name in asked.small_places]
    if len(large) > 1 and not _compared(asked):
        return min((sum(large) / len(large), *small))
    return min((max(large, default=1.0), *small))


def _level(question: str, document: Document) -> float:
    """Return 1 unless the question means a level as a whole and the document is of another."""
    wanted = {level for pattern, level in _LEVELS if pattern.search(question)}
    return _OWN if not wanted or document.meta.level in (*wanted, None) else _WIDER


def _compared(asked: Asked) -> bool:
    """Whether a question names its places side by side: 黔西南州和铜仁各有几个县."""
    pairs = zip(asked.places, asked.places[1:], strict=False)
    return bool(_COMPARES.search(asked.question)) or any(
        re.search(rf"{one}[^，。]{{0,{_BETWEEN}}}[和跟与及、]{other}", asked.question)
        for one, other in pairs
    )


def _fit(name: str, own: tuple[str, ...], sentence: str, around: str, small: bool) -> float:
    if own and (name == own[-1] or (small and name in own)):
        return _OWN
    if name in plain(sentence):
        return _OWN
    if name in plain(around):
        return _NEAR if small else _FAR
    if name in own:  # a city's document where the province is asked about
        return _WIDER
    return _ELSEWHERE


@lru_cache(1024)
def speaks_in(document_title: str, issued: str | None) -> int | None:
    """Return the year that a document calls 今年, None where nothing tells.

    >>> speaks_in("2026年上海市政府工作报告", None), speaks_in("发展规划", "2021-12")
    (2026, 2021)
    """
    found = re.search(r"(?:19|20)\d{2}", document_title[:12]) or re.match(r"\d{4}", issued or "")
    return int(found[0]) if found else None


def year(
    wanted: Iterable[range], held: range | None, clause: Clause, span: Span, document: Document
) -> float:
    """Return how well the sentence at `span` of a clause fits the years wanted, 1 where none are.

    `held` is for which years its figure holds, None where the sentence does not say.
    """
    wanted = tuple(wanted)
    if not wanted:
        return 1.0
    if held is not None:
        return _match(wanted, held) if years.share(wanted, held) else _OTHER_YEAR
    title = document.meta.title
    now = speaks_in(title, document.meta.issued)
    if said := _mentions(wanted, clause.text[span.start : span.end], now):
        return said
    if said := _mentions(wanted, "，".join(clause.heads), now):
        return _DUE * said
    before = years.governing(clause.text, span.start, now)
    if before and years.share(wanted, before):
        return _DUE * _match(wanted, before)  # 到2025年，…。机械化率达到75%。
    beside = _UNDER * _mentions(wanted, clause.text, now)
    if any(_years_of(head, now) for head in clause.heads):
        return max(beside, _UNKNOWN_YEAR)  # under 2025年工作回顾 there is nothing of 2026
    if now is not None and (speaks_in(title, None) or document.meta.kind == "report"):
        # a yearly report speaks of its own year and the one before
        near = any(now in one or now - 1 in one for one in wanted)
        return max(beside, _DUE if near else _UNKNOWN_YEAR)
    if any(_ends(period, wanted) for period in _years_of(title, now)):
        return _DUE  # what a plan for 2021-2023 wants without a date is due in 2023
    said = _mentions(wanted, title, now)
    return beside or _UNDER * said or _UNSAID * (_mentions(wanted, document.text, now) or 0.5)


def _ends(period: range, wanted: tuple[range, ...]) -> bool:
    return len(period) > 1 and any(period[-1] in one for one in wanted)


def _mentions(wanted: tuple[range, ...], text: str, now: int | None) -> float:
    """Return how well the years that a text mentions fit those wanted, 0 for none that does."""
    fitting = (f for f in _years_of(text, now) if years.share(wanted, f))
    return max((_match(wanted, found) for found in fitting), default=0.0)


def _match(wanted: tuple[range, ...], found: range) -> float:
    """Return how well a stretch of years fits one wanted with which it has a year in common.

    The last year of a five-year period is when its goals are due.
    """
    if len(found) == 1 or any(len(one) > 1 for one in wanted):
        return _SAID
    return _PERIOD if any(found[-1] in one for one in wanted) else _WITHIN


@lru_cache(4096)
def _years_of(text: str, now: int | None) -> tuple[range, ...]:
    return tuple(dict.fromkeys(found for _, found in years.mentioned(text, now)))


def meant(asked: Asked, documents: Mapping[str, Document]) -> frozenset[str]:
    """Return the documents that a question means by name, none where it names none that is there.

    Those whose title, region and year hold most pairs of letters of the name, and at least half.
    """
    name = _KINDS.sub("", re.sub(r"[“”\"《》\s]|那篇|那个|这份|讲|^按照?|的$", "", asked.document))
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    if not pairs:
        return frozenset()
    held = {
        doc_id: sum(pair in _called(document) for pair in pairs) / len(pairs)
        for doc_id, document in documents.items()
    }
    best = max(held.values(), default=0.0)
    if best < _SAME_DOCUMENT:
        return frozenset()
    return frozenset(doc_id for doc_id, share in held.items() if share > best - 0.05)


def _called(document: Document) -> str:
    meta = document.meta
    title = re.sub(r"[“”\"《》\s]", "", meta.title)
    return f"{title}，{meta.region or ''}，{(meta.issued or '')[:4]}年"
