from __future__ import annotations

import pytest

from ingest import newspaper
from tests.ingest.views import outline, quotes, residues, titles

_A = "三年里，村里修通了四条支渠，家家户户都接上了自来水。"
_B = "县里把水价、水质、水压公开到户，谁家断水一个电话就有人上门。"
_PAGE = f"""山区供水专版

编者按
{_A}{_B}

水到山顶不容易
李明 王小红
爬坡上坎修渠人
{_A}
{_B}
家门口的水管员
{_B}
(作者单位：云河县水务局)

一渠清水润茶园
张建国
{_A}
（作者系云河县农校教师）
云河县茶园村，采茶时节山坡上一片忙碌。李明 摄
扫码观看
《一滴水的旅程》
微视频
本版责编：王小红
赵云
版式设计：孙立
"""


def test_a_page_falls_into_its_articles_and_their_subheadings() -> None:
    assert outline(_PAGE) == [
        "《编者按》",
        "《水到山顶不容易》",
        "《水到山顶不容易》“爬坡上坎修渠人”",
        "《水到山顶不容易》“家门口的水管员”",
        "《一渠清水润茶园》",
    ]


def test_what_is_no_article_on_a_page_is_named() -> None:
    assert residues(_PAGE) == [
        ("title", "山区供水专版"),
        ("byline", "李明 王小红"),
        ("byline", "(作者单位：云河县水务局)"),
        ("byline", "张建国"),
        ("byline", "（作者系云河县农校教师）"),
        ("caption", "云河县茶园村，采茶时节山坡上一片忙碌。李明 摄"),
        ("chrome", "扫码观看"),
        ("chrome", "《一滴水的旅程》"),
        ("chrome", "微视频"),
        ("imprint", "本版责编：王小红"),
        ("imprint", "赵云"),
        ("imprint", "版式设计：孙立"),
    ]


def test_an_editors_note_in_the_first_line_is_an_article_and_no_title() -> None:
    assert outline(_PAGE.removeprefix("山区供水专版\n\n"))[0] == "《编者按》"


def test_the_paragraphs_of_a_page_stand_under_their_subheadings() -> None:
    texts = quotes(_PAGE)
    assert texts["《水到山顶不容易》“爬坡上坎修渠人”第2段"] == _B
    assert texts["《水到山顶不容易》“家门口的水管员”"] == _B
    assert texts["《一渠清水润茶园》"] == _A


def test_words_whose_speaker_is_named_below_them_are_an_article() -> None:
    words = f"总结会上的话\n{_A}\n——2024年3月云河县供水工作会议\n"
    quoted = _PAGE.replace("编者按", words + "编者按")
    assert outline(quoted)[:2] == ["《总结会上的话》", "《编者按》"]
    assert quotes(quoted)["《总结会上的话》"].endswith("供水工作会议")


def test_a_short_line_with_no_prose_under_it_is_a_mark_of_the_page() -> None:
    assert ("mark", "基层的声音") in residues(_PAGE.replace("编者按", "基层的声音\n编者按"))


def test_an_article_that_comes_twice_gets_an_address_of_its_own() -> None:
    twice = _PAGE.replace("一渠清水润茶园", "水到山顶不容易")
    assert "《水到山顶不容易》〔2〕" in outline(twice)


def test_a_title_in_quotes_keeps_them() -> None:
    quoted = _PAGE.replace("一渠清水润茶园", "“一渠清水”润茶园")
    assert titles(quoted)["《“一渠清水”润茶园》"] == "“一渠清水”润茶园"


@pytest.mark.parametrize(
    "text",
    [
        "第一章 总则\n" + _A,
        _A + "\n本版责编：王小红",
        _A + "\n云河县茶园村，采茶时节山坡上一片忙碌。李明 摄",
        "",
    ],
)
def test_one_sign_alone_makes_no_newspaper_page(text: str) -> None:
    assert not newspaper.looks_like_page(text)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("责任编辑：王小红", "imprint"),
        ("来源：云河日报", "imprint"),
        ("采茶时节，一片忙碌。通讯员 李明 摄", "caption"),
        ("采茶时节，一片忙碌。李明/摄", "caption"),
        ("（作者单位：云河县农校）", "byline"),
        ("扫描二维码看视频", "chrome"),
        ("来源于省级的资金专款专用", None),
        ("两家单位联合拍摄", None),
        ("编辑一本供水手册", None),
        (_A, None),
    ],
)
def test_the_kind_of_a_line_is_known_by_its_form(line: str, kind: str | None) -> None:
    assert newspaper.residue_kind(line) == kind


@pytest.mark.parametrize("line", ["李明", "李明 王小红", "记者 欧阳明华、李明", "本报记者 赵云"])
def test_names_are_authors(line: str) -> None:
    assert newspaper.AUTHORS.match(line)


@pytest.mark.parametrize("line", ["供水规划", "水到山顶不容易", "乡镇 村组"])
def test_other_short_lines_are_no_authors(line: str) -> None:
    assert not newspaper.AUTHORS.match(line)


_SIGNS = """本版责编：李明
责任编辑：李明
值班编委：李明
编者按：
【开栏的话】
开栏语
（作者系云河县农校教师）
(本文作者单位：云河县农校)
版式设计：孙立
校对：孙立
美编：孙立"""


@pytest.mark.parametrize("sign", _SIGNS.splitlines())
@pytest.mark.parametrize("credit", ["摄", "摄影", "制图", "图"])
def test_any_sign_with_a_credited_photo_is_a_page(sign: str, credit: str) -> None:
    caption = f"采茶时节山坡上一片忙碌。李明 {credit}"
    assert newspaper.looks_like_page(f"茶园\n　{sign} \n{caption}\n")
    assert not newspaper.looks_like_page(f"茶园\n{caption}\n{caption}。\n")
