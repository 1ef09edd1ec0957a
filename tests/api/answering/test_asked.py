from __future__ import annotations

import pytest

from api.answering.asked import Kind, analyse


@pytest.mark.parametrize(
    ("question", "unit", "attribute"),
    [
        ("邢台市要培育多少家渔业合作社？", "家", "渔业合作社"),
        ("水乡卫生厕所普及率要达到多少？", "%", "水乡卫生厕所普及率"),
        ("每口鱼塘财政补助多少钱？", "元", "每口鱼塘财政补助"),
        ("莲池物流港总投资多少亿元？", "亿元", "莲池物流港总投资"),
        ("放养鱼苗的水面占多大比重？", "%", "放养鱼苗的水面"),
        ("拿出多少钱做渔民资助？", "元", "做渔民资助"),
        ("几个工作日内答复申请？", "个工作日", "答复申请"),
        ("水库要防几十年一遇的洪水？", "年", "一遇的洪水"),
        ("塘口保险不良率降到了多少？", "%", "塘口保险不良率"),
        ("塘长的补贴涨几个点？", "个点", "塘长的补贴涨"),
        ("新招渔工要占员工多少？", "%", "新招渔工要占员工"),
        ("一共接待多少游客？", "人", "游客"),
        ("渠道要修多长？", "公里", "渠道要修"),
        ("草鱼成活率2025年的目标？", "%", "草鱼成活率"),
        ("水面面积正文和专栏1写的数对不上，各是多少？", "亩", "水面面积"),
    ],
)
def test_a_figure_is_wanted_with_unit_and_attribute(
    question: str, unit: str, attribute: str
) -> None:
    asked = analyse(question)
    assert asked.kind is Kind.FIGURE
    assert (asked.wanted[0].unit, asked.wanted[0].attribute) == (unit, attribute)


def test_several_figures_are_wanted_one_by_one() -> None:
    asked = analyse("选派多少名渔技员，捐建多少口鱼塘？")
    assert (asked.wanted[0].unit, asked.wanted[0].attribute) == ("名", "渔技员")
    assert "鱼塘" in asked.wanted[1].attribute
    again = analyse("2020年鱼产值是多少亿元？2015年又是多少？").wanted
    assert [one.before for one in again] == ["鱼产值", "鱼产值"]
    assert [one.years for one in again] == [(range(2020, 2021),), (range(2015, 2016),)]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("那个意见的文号是多少？", Kind.CODE),
        ("发现病鱼打哪个电话？", Kind.PHONE),
        ("规划从哪一天起施行？", Kind.DATE),
        ("“三养”办法是哪三养？", Kind.MEMBERS),
        ("塘长由谁来当？", Kind.OPEN),
        ("报道里说围绕“五大行动”要推动哪些领域的协作？", Kind.OPEN),
    ],
)
def test_the_kind_of_answer_is_told(question: str, kind: Kind) -> None:
    assert analyse(question).kind is kind


@pytest.mark.parametrize(
    ("question", "term", "members"),
    [
        ("“三养”办法是哪三养？", "三养", 3),
        ("农村的“八要素”具体是哪八个？", "八要素", 8),
        ("“水乡精神”是哪十六个字？", "水乡精神", 4),
        ("“十百千”工程里的十、百、千各指什么？", "十百千", 3),
        ("“塘长”是什么意思？", "塘长", 0),
    ],
)
def test_a_term_has_members(question: str, term: str, members: int) -> None:
    asked = analyse(question)
    assert (asked.terms[0], asked.members) == (term, members)


def test_place_year_and_document_are_told_apart() -> None:
    asked = analyse("按邢台规划，巨鹿县2025年要新增多少口鱼塘？")
    assert (asked.places, asked.small_places) == (("邢台",), ("巨鹿",))
    assert asked.years == (range(2025, 2026),)
    assert asked.document == "按邢台规划"
    assert "邢台" not in asked.subject


def test_a_small_place_of_the_corpus_is_known_without_its_suffix() -> None:
    asked = analyse("莲花坞去年建了多少口鱼塘？", {"莲花坞", "清水"})
    assert asked.small_places == ("莲花坞",)
    assert (asked.wanted[0].before, asked.wanted[0].after) == ("", "鱼塘")
    assert analyse("把清水引进鱼塘", {"清水"}).small_places == ()
    assert analyse("清水区有多少口鱼塘？", {"清水"}).small_places == ("清水",)


def test_a_year_that_names_a_report_is_none_that_is_asked_for() -> None:
    assert analyse("2022年那篇报道里写了多少口鱼塘？").years == ()


@pytest.mark.parametrize(
    ("question", "lay"),
    [
        ("我家那几口塘没人管了，咋办？", True),
        ("娃儿想学养鱼，有没有人教？", True),
        ("水乡居民收入比的目标是多少？", False),
        ("“四看”机制指什么？", False),
        ("鱼塘漏水，村里给修吗？", True),
        ("塘边的树让不让砍？", True),
    ],
)
def test_everyday_words_are_noticed(question: str, lay: bool) -> None:
    assert analyse(question).lay is lay
    assert not (lay and analyse(question).precise)
