from __future__ import annotations

import pytest

from api.answering import places, whereabouts, years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广西壮族自治区和内蒙古自治区", ["广西", "内蒙古"]),
        ("黔西南州、黔东南苗族侗族自治州", ["黔西南", "黔东南"]),
        ("朝阳产业和白银时代", []),
        ("朝阳市的规划", ["朝阳"]),
    ],
)
def test_listed_places_are_found_by_their_stems(text: str, expected: list[str]) -> None:
    assert places.listed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("碧江区到2025年要有多少家？", ["碧江"]),
        ("邢台市的内丘县和浦东新区", ["内丘", "浦东"]),
        ("海拉尔区奋斗镇有多少人？", ["海拉尔", "奋斗"]),
        ("各区县、城乡社区、示范区、重点帮扶县、乡镇和超市", []),
        ("跨区县搬到主城区的群众", []),
        ("哪几个县市？", []),
        ("内蒙古自治区的地级市和综保区", []),
        ("什么是“先入区、后检测”", []),
    ],
)
def test_small_places_are_told_by_their_form(text: str, expected: list[str]) -> None:
    assert places.by_form(text) == expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("2021年底8户，2025年底20户", "20户", range(2025, 2026)),
        ("2015年达到69口，是2010年的2.6倍，鱼塘36口", "36口", range(2015, 2016)),
        ("由2010年的21%提高到25%", "21%", range(2010, 2011)),
        ("由2010年的21%提高到25%", "25%", None),
        ("“十四五”期间建36口", "36口", range(2021, 2026)),
        ("建36口", "36口", None),
    ],
)
def test_a_figure_holds_for_the_year_before_it(text: str, at: str, expected: range | None) -> None:
    assert years.governing(text, text.index(at)) == expected


def test_this_year_is_that_of_the_report() -> None:
    assert years.governing("今年新增36口", 4, now=2026) == range(2026, 2027)
    assert whereabouts.speaks_in("巨鹿县2026年工作报告", None) == 2026
    assert whereabouts.speaks_in("水乡振兴规划", None) is None
