from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import split_lines
from ingest.paragraphs import LONG, belongs_to_previous, divide, topic
from tests.ingest.views import PROSE, quotes

_REST = "各乡镇按照年度计划组织施工，定期公布进展情况，接受村民监督。"


def _join(first: str, second: str) -> bool:
    lines, _ = split_lines(f"{first}\n{second}")
    return belongs_to_previous(lines[0], lines[1])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("新建水库2座；", "新修支渠12公里。"),
        ("重点支持下列方向：", "水源、管网、计量。"),
        ("-- 水源工程", "-- 管网工程"),
        ("坚持节水优先。", "——县委书记在会上的话"),
        ("新修支渠和 |", "田间道路 |"),
    ],
)
def test_a_line_goes_on_with_an_unfinished_paragraph(first: str, second: str) -> None:
    assert _join(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("新建水库2座。", "新修支渠12公里。"),
        ("新建水库2座", "新修支渠12公里"),
        ("重点支持下列方向：", PROSE * 6),
        ("-- 水源工程" + PROSE * 2, "-- 管网工程"),
        ("新修支渠。 |", "田间道路 |"),
    ],
)
def test_a_line_after_a_finished_paragraph_begins_another(first: str, second: str) -> None:
    assert not _join(first, second)


def test_a_list_led_in_by_a_colon_is_one_clause() -> None:
    raw = "第一章 任务\n支持下列项目：\n新建水库2座；\n新修支渠12公里。\n其余项目另行安排。"
    assert quotes(raw) == {
        "第一章第1段": "支持下列项目：\n新建水库2座；\n新修支渠12公里。",
        "第一章第2段": "其余项目另行安排。",
    }


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("加强水源保护。" + _REST, "加强水源保护"),
        ("“一户一表”改造。" + _REST, "“一户一表”改造"),
        ("水源保护县：" + _REST, "水源保护县"),
        ("“一户一表”：" + _REST, "一户一表"),
        ("（一）加强水源保护。" + _REST, "加强水源保护"),
        ("3.加强水源保护。" + _REST, "加强水源保护"),
        ("-- 加强水源保护。" + _REST, "加强水源保护"),
        ("强化要素保障。" + _REST, "强化要素保障"),
    ],
)
def test_a_paragraph_that_opens_with_a_topic_sentence_has_it_as_its_head(
    text: str, head: str
) -> None:
    assert topic(text) == head


@pytest.mark.parametrize(
    "text",
    [
        "加强水源保护。",
        "加强水源保护。完。",
        "水是命脉。" + _REST,
        "要加强水源保护。" + _REST,
        "必须加强水源保护。" + _REST,
        "我县将加强水源保护。" + _REST,
        "水从哪里来？" + _REST,
        "新建水库2座。" + _REST,
        "落实《云河县供水办法》。" + _REST,
        "管好水源，管好水厂，管好水网。" + _REST,
        "具体任务如下：" + _REST,
        "其中：" + _REST,
        "2024年：" + _REST,
        "加强水源保护，" + _REST,
        "",
    ],
)
def test_a_sentence_that_says_what_is_or_must_be_is_no_topic(text: str) -> None:
    assert topic(text) == ""


def _divided(text: str) -> list[str]:
    return [text[start:end] for start, end in divide(text)]


_PARTS = [head + _REST * 3 for head in ("水源保护。", "管网改造。", "水质检测。")]


def test_a_long_paragraph_is_divided_before_its_topic_sentences() -> None:
    text = "".join(_PARTS) + _REST
    assert len(text) > LONG
    assert _divided(text) == [*_PARTS[:2], _PARTS[2] + _REST]


def test_blanks_between_the_parts_belong_to_none() -> None:
    assert _divided("  ".join(_PARTS) + _REST) == [*_PARTS[:2], _PARTS[2] + _REST]


@pytest.mark.parametrize(
    "text",
    [
        "".join(head + _REST for head in ("水源保护。", "管网改造。", "水质检测。")),
        "".join(_PARTS[:2]) + _REST * 4,
        _REST + "".join(_PARTS),
        "".join([*_PARTS[:2], _PARTS[1]]) + _REST,
    ],
    ids=["short", "two topics", "no topic at its beginning", "a topic twice"],
)
def test_any_other_paragraph_stays_whole(text: str) -> None:
    assert _divided(text) == [text]


def test_a_part_is_never_shorter_than_a_quotable_length() -> None:
    text = (
        _PARTS[0] + "管网改造。按年度计划施工，定期公布进展情况，接受监督。" + _PARTS[2] + _REST * 3
    )
    assert len(text) > LONG
    assert min(map(len, _divided(text))) >= 60


@given(
    st.lists(
        st.sampled_from(
            ["水源保护。", "管网改造。", "水质检测。", _REST, PROSE, "到2025年：", " ", "\n"]
        ),
        max_size=40,
    )
)
def test_the_parts_of_a_paragraph_are_the_whole_paragraph(pieces: list[str]) -> None:
    text = "".join(pieces).strip()
    spans = divide(text)
    assert spans == sorted(spans)
    assert "".join("".join(_divided(text)).split()) == "".join(text.split())
