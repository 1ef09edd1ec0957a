from __future__ import annotations

import pytest

from corpus.model import Meta
from ingest.pipeline import parse
from tests.ingest.views import PROSE, outline, parsed, quotes, residues

_BODY = f"第一章 总则\n{PROSE}\n第二章 附则\n{PROSE}"


def test_a_title_block_is_named_line_by_line() -> None:
    raw = f"云河县城乡供水\n一体化规划\n云河县水务局\n云河县发展和改革委员会\n2024年5月\n{_BODY}"
    assert residues(raw) == [
        ("title", "云河县城乡供水"),
        ("title", "一体化规划"),
        ("issuer", "云河县水务局"),
        ("issuer", "云河县发展和改革委员会"),
        ("date", "2024年5月"),
    ]
    assert parsed(raw).meta.title == "云河县城乡供水一体化规划"


def test_a_kicker_over_the_headline_is_part_of_the_title_block() -> None:
    raw = f"山上有水，田里有粮——\n云河县供水见闻\n{PROSE}"
    assert [kind for kind, _ in residues(raw)] == ["title", "title"]
    assert parsed(raw).meta.title == "云河县供水见闻"


@pytest.mark.parametrize("date", ["2024年5月6日", "2024.5", "（2024年12月1日）", "2024-05-06"])
def test_a_date_under_the_title_is_residue(date: str) -> None:
    assert ("date", date) in residues(f"云河县供水规划\n{date}\n{_BODY}")


def test_a_known_title_is_found_in_the_text_and_kept_as_it_is_known() -> None:
    raw = f"云河县\n供水规划\n{_BODY}"
    document = parse(raw, meta=Meta("云河县 供水规划"))
    assert document.meta.title == "云河县 供水规划"
    assert [each.kind for each in document.residues] == ["title", "title"]


def test_a_text_without_title_is_titled_by_its_id() -> None:
    assert parse(_BODY, "water-plan").meta.title == "water-plan"


def test_metadata_other_than_the_title_is_kept() -> None:
    document = parse(f"云河县供水规划\n{_BODY}", meta=Meta("", issuer="云河县水务局"))
    assert (document.meta.title, document.meta.issuer) == ("云河县供水规划", "云河县水务局")
    assert dict(document.origins)["issuer"] == "清单"


@pytest.mark.parametrize(
    "chrome",
    [
        "扫一扫在手机打开当前页面",
        "【字体：大 中 小】",
        "打印本页",
        "【关闭】",
        "索引号：YH-2024-01",
    ],
)
def test_what_a_web_page_puts_around_a_text_is_chrome(chrome: str) -> None:
    assert residues(f"{_BODY}\n{chrome}\n") == [("chrome", chrome)]
    assert residues(f"{chrome}\n{_BODY}") == [("chrome", chrome)]


def test_chrome_inside_a_list_stays_out_of_the_clause() -> None:
    raw = f"第一节 项目\n支持下列项目；\n扫一扫在手机打开当前页面\n{PROSE}"
    assert residues(raw) == [("chrome", "扫一扫在手机打开当前页面")]
    assert all("扫一扫" not in quote for quote in quotes(raw).values())


@pytest.mark.parametrize(
    "prose", ["村民扫一扫二维码就能报修。" * 4, "字体大小应当便于老年人阅读，" + PROSE]
)
def test_prose_that_speaks_of_such_things_is_text(prose: str) -> None:
    assert residues(f"第一章 总则\n{prose}") == []


def test_a_source_line_at_the_end_is_an_imprint() -> None:
    assert residues(f"{_BODY}\n数据来源：云河县水务局") == [("imprint", "数据来源：云河县水务局")]


def test_an_issuer_is_one_only_under_a_title() -> None:
    assert outline(f"第一章 总则\n云河县水务局\n{PROSE}") == ["第一章"]
    assert residues(f"第一章 总则\n云河县水务局\n{PROSE}") == []


def test_a_very_long_first_line_is_no_history() -> None:
    raw = "（" + "2021年2022" * 20_000 + "）\n" + _BODY  # found by fuzzing: took minutes
    assert "history" not in [kind for kind, _ in residues(raw)]
