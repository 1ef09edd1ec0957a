"""Which figure of a sentence is meant: invented sentences of the forms that reports use."""

from __future__ import annotations

import pytest

from api.answering.asked import analyse
from api.answering.cover import Cover
from api.answering.marks import Reading, choose
from index.base import Passage
from index.bm25 import BM25Index

LISTED = "新建60个育苗车间、饲料工厂，打造20个水产示范点，带动塘户增收两成。"
ASIDE = "新增240口（累计360口）池塘接入水质监测平台，加强巡查。"
LIMITS = "普通塘口排水能力不低于100立方米的标准（其中低洼塘口排水能力不低于150立方米），按期检查。"
BEFORE = "完成17座旧泵站改造、25公里渠道清淤、8座水闸建设。"
IN_ORDER = "草鱼投苗、起捕机械化率分别达到41%和52%，鲈鱼投苗、起捕机械化率分别达到33%和47%。"
NUMBERED = "1．塘口防洪标准偏低，每小时只能承受36毫米的雨。"
SENTENCES = [LISTED, ASIDE, LIMITS, BEFORE, IN_ORDER, NUMBERED]


@pytest.fixture(scope="module")
def cover() -> Cover:
    return Cover(BM25Index.build([Passage(str(n), (), s) for n, s in enumerate(SENTENCES)]))


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("育苗车间和饲料工厂要新建多少个？", LISTED, "60个"),
        ("打造多少个水产示范点？", LISTED, "20个"),
        ("新接入水质监测平台的池塘有多少口？", ASIDE, "240口"),
        ("低洼塘口要有多大的排水能力？", LIMITS, "150立方米"),
        ("旧泵站改造了多少座？", BEFORE, "17座"),
        ("鲈鱼投苗的机械化率要到多少？", IN_ORDER, "33%"),
        ("草鱼起捕的机械化率要到多少？", IN_ORDER, "52%"),
        ("每小时能承受多大的雨？", NUMBERED, "36毫米"),
    ],
)
def test_the_figure_of_the_thing_is_marked(
    cover: Cover, question: str, sentence: str, value: str
) -> None:
    marks = choose(analyse(question), Reading(sentence, "", None, cover))
    assert [sentence[m.span.start : m.span.end] for m in marks] == [value]


def test_an_everyday_word_is_held_where_its_official_word_stands(cover: Cover) -> None:
    assert cover.of("看病", "方便群众就医") > cover.of("看病", "方便群众出行") == 0
    assert cover.of("看病", "看病") == 1
