from __future__ import annotations

import pytest

from api.answering.figures import figures, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，普及率达92%以上", [("2025年", "年"), ("92%", "%")]),
        ("新建茶园1.5万亩、加工点15个", [("1.5万亩", "万亩"), ("15个", "个")]),
        ("城乡居民收入比下降到3.0以下", [("3.0", "")]),
        ("缩小到2.75:1左右", [("2.75:1", ":")]),
        ("分为三类，共20个县", [("三类", "类"), ("20个", "个")]),
        ("2—3套标准", [("2—3套", "套")]),
        ("2021～2025年", [("2021～2025年", "年")]),
        ("每年12月底前报告", [("12月", "年")]),
        ("实现“3个100万”目标", [("3个100万", "个100万")]),
        ("7个工作日内", [("7个工作日", "个工作日")]),
        ("436 万亩，2012 年 2 月 1 日", [("436 万亩", "万亩"), ("2012 年 2 月 1 日", "年")]),
        ("第一批5A级、3A级景区，千座公园，一次性奖补", []),
        ("没有数字的句子", []),
        (
            "1．鱼塘3.6万多口，12、水泵1.2亿千瓦",
            [("3.6万多口", "万口"), ("12", ""), ("1.2亿千瓦", "亿千瓦")],
        ),
        ("自印发之日起30日内", [("30日", "日")]),
        ("第十四个五年规划", [("五年", "年")]),
    ],
)
def test_figures_have_their_units(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(figure.text, figure.unit) for figure in figures(text)] == expected
    assert all(text[f.span.start : f.span.end] == f.text for f in figures(text))


def test_a_date_is_no_length_of_time() -> None:
    dates = [f.text for f in figures("2025年底前，再延长30年，12月底，三年行动") if f.is_date]
    assert dates == ["2025年", "12月"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12.54 万人", "125400人"),
        ("百分之八十", "80%"),
        ("86名", "86人"),
        ("1,200元", "1200元以上"),
        ("三类", "3类"),
        ("4.51万亿元", "45100亿元"),
        ("3.6万多处", "36000处"),
        ("1.2亿千瓦", "120000000千瓦"),
    ],
)
def test_the_same_value_is_written_in_several_ways(one: str, other: str) -> None:
    assert value(one) == value(other) is not None


@pytest.mark.parametrize(("one", "other"), [("5公里", "5米"), ("30个", "3个"), ("5%", "5个百分点")])
def test_another_unit_or_number_is_another_value(one: str, other: str) -> None:
    assert value(one) != value(other)
