"""An address typed into the field over a document that is being read."""

from __future__ import annotations

import pytest

from api.answering.jump import jump
from corpus.errors import AddressError, NotFound
from corpus.model import Document, Meta
from ingest.pipeline import parse
from tests.small_corpus import OPINION, PLAN

_PLAN = parse(PLAN, "yunhe", Meta("云河县“十四五”乡村发展规划", region="云河县"))
_OPINION = parse(OPINION, "qingshi", Meta("青石镇关于加强老年人照料的实施意见"))
_LAW = parse(
    "第一章 总则\n第一条 为了供水。\n第二条 供水由县里负责。\n第三条 自公布之日起施行。\n", "law"
)
_ALL = (_PLAN, _OPINION, _LAW)


def _addresses(document: Document, typed: str) -> list[str]:
    return [str(place.address) for place in jump(document, typed, _ALL)]


@pytest.mark.parametrize(
    ("document", "typed", "address"),
    [
        (_PLAN, "二章二节", "第二章第二节"),
        (_PLAN, " 第2章第2节 ", "第二章第二节"),
        (_PLAN, "专栏1", "第二章第一节专栏1"),
        (_PLAN, "专栏一（二）", "第二章第一节专栏1（二）"),
        (_PLAN, "第二章第一节第2段", "第二章第一节第2段"),
        (_PLAN, "二章", "第二章"),
        (_PLAN, "云河规划第二章", "第二章"),
        (_PLAN, "《云河县“十四五”乡村发展规划》第二章", "第二章"),
        (_OPINION, "二(一)2", "二、（一）2"),
        (_OPINION, "一", "一、"),
        (_LAW, "第三条", "第一章第三条"),
        (_LAW, "3", "第一章第三条"),
    ],
)
def test_an_address_leads_to_its_place(document: Document, typed: str, address: str) -> None:
    assert _addresses(document, typed) == [address]


def test_an_address_that_stands_in_several_places_leads_to_all_in_text_order() -> None:
    assert _addresses(_PLAN, "第一节") == ["第一章第一节", "第二章第一节"]


@pytest.mark.parametrize(
    ("document", "typed", "said"),
    [(_PLAN, "九章", "共二章"), (_PLAN, "专栏7", "没有专栏7"), (_LAW, "99", "没有第九十九条")],
)
def test_what_is_not_there_is_said_with_what_there_is(
    document: Document, typed: str, said: str
) -> None:
    with pytest.raises(NotFound, match=said):
        jump(document, typed, _ALL)


def test_the_name_of_another_document_leads_nowhere() -> None:
    with pytest.raises(NotFound, match="不是这份文件"):
        jump(_PLAN, "青石镇意见第二部分", _ALL)


@pytest.mark.parametrize("typed", ["随便说说", "!", "《》"])
def test_text_without_an_address_is_refused_with_the_form(typed: str) -> None:
    with pytest.raises(AddressError, match="五章三节"):
        jump(_PLAN, typed, _ALL)
