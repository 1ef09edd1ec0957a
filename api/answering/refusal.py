"""What a refusal says: what was looked for and not found, and what comes nearest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from api.answering import years
from api.answering.asked import Asked, Kind
from api.answering.evidence import Evidence
from corpus.model import Document
from corpus.numerals import to_chinese

_Say = Callable[[Asked, Sequence[Evidence], Mapping[str, Document]], str]
_NAMED = 3  # documents that a refusal names
_HOLDS = 0.7  # of an attribute's information; then a sentence speaks of it
_SHORT = 14  # characters of a title in a refusal
_NEAREST = "下面是最接近的条款。"


def reason(
    asked: Asked,
    found: Sequence[Evidence],
    weights: Mapping[str, float],
    features: Mapping[str, float],
    documents: Mapping[str, Document],
) -> str:
    """Return in Chinese why there is no answer, after the lack that weighs most.

    `weights` and `features` are those of the model that refused.
    """
    heaviest = max(features, key=lambda name: (-weights[name] * features[name], name))
    words: dict[str, _Say] = {
        "place": _place,
        "year": _year,
        "document": _document,
        "members": _members,
        "value": _value,
        "astray": _value,
    }
    say = words.get(heaviest)
    said = say(asked, found, documents) if say and features[heaviest] > 0 else ""
    return said or _nothing(asked)


def _what(asked: Asked) -> str:
    """Return what is asked for as a refusal names it: “森林覆盖率”, empty where unclear."""
    named = asked.wanted[0].attribute if asked.wanted else ""
    named = re.sub(r"[“”\s]", "", named)
    return f"“{named}”" if 1 < len(named) <= 24 else ""


def _titles(found: Sequence[Evidence], documents: Mapping[str, Document]) -> str:
    """Return the titles of the documents whose sentences hold the attribute, best first."""
    ids = dict.fromkeys(
        one.clause.doc_id
        for one in found
        if one.parts["attribute"] >= _HOLDS and one.parts["value"] > 0 and one.parts["near"] > 0.5
    )
    return "、".join(f"《{_title(documents[doc_id])}》" for doc_id in list(ids)[:_NAMED])


def _title(document: Document) -> str:
    title = document.meta.title
    return title if len(title) <= 2 * _SHORT else f"{title[:_SHORT]}…{title[-_SHORT:]}"


def _place(asked: Asked, found: Sequence[Evidence], documents: Mapping[str, Document]) -> str:
    where = "、".join(_in_full(name, asked) for name in asked.small_places or asked.places)
    what = _what(asked) or "所问内容"
    others = _titles(found, documents)
    if others:
        return f"{others}写有{what}，但没有找到{where}的，{_NEAREST}"
    return f"没有找到{where}的{what}，{_NEAREST}"


def _in_full(stem: str, asked: Asked) -> str:
    """Return a place as the question writes it: 毕节市 for 毕节."""
    found = re.search(rf"{stem}(?:自治县|新区|[省市州县区镇乡])?", asked.question)
    return found[0] if found else stem


def _year(asked: Asked, found: Sequence[Evidence], _: Mapping[str, Document]) -> str:
    wanted = "、".join(_span(one) for one in asked.years)
    what = _what(asked) or "此项"
    held = [mark.years for one in found[:3] for mark in one.marks if mark.years]
    there = [one for one in dict.fromkeys(held) if not years.share(asked.years, one)]
    if there:
        return f"有{_span(there[0])}的{what}，没有{wanted}的，{_NEAREST}"
    return f"没有找到{wanted}的{what}，{_NEAREST}"


def _span(stretch: range) -> str:
    last = stretch.stop - 1
    return f"{stretch.start}年" if stretch.start == last else f"{stretch.start}至{last}年"


def _document(asked: Asked, found: Sequence[Evidence], documents: Mapping[str, Document]) -> str:
    what = _what(asked) or "所问内容"
    others = _titles([one for one in found if not one.parts["document"]], documents)
    elsewhere = f"{others}写有此项，" if others else ""
    return f"所问的文件（{asked.document}）里没有找到{what}，{elsewhere}{_NEAREST}"


def _members(asked: Asked, found: Sequence[Evidence], _: Mapping[str, Document]) -> str:
    if not asked.terms:
        return ""
    term = asked.terms[0]
    if not any(name in one.clause.text for one in found for name in asked.terms):
        return f"库中没有条款提到“{term}”，{_NEAREST}"
    number = "两" if asked.members == 2 else to_chinese(asked.members)
    which = f"是哪{number}个" if asked.members else "指什么"
    return f"条款提到了“{term}”，但没有写明{which}，{_NEAREST}"


def _value(asked: Asked, *_: object) -> str:
    kinds = {Kind.DATE: "时间", Kind.CODE: "文号", Kind.PHONE: "电话号码"}
    if asked.kind in kinds:
        return f"相近的条款里没有写明所问的{kinds[asked.kind]}，{_NEAREST}"
    what = _what(asked)
    if not what:
        return ""
    unit = asked.wanted[0].unit
    how_much = f"是多少{unit}" if unit and unit != "%" else "是多少"
    return f"找到的条款讲到相近内容，但没有写明{what}{how_much}，{_NEAREST}"


def _nothing(asked: Asked) -> str:
    pieces = re.split(r"[\s“”，。？?]+", asked.subject)
    longest = max(pieces, key=len, default="").strip("的是为有了")
    named = f"“{longest}”" if 3 < len(longest) <= 24 else "所问内容"
    return f"库中没有条款讲到{named}，{_NEAREST}"
