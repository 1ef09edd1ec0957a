from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Meta
from corpus.terms import KINDS, LEVELS
from ingest import kinds, places
from ingest.metadata import Found, find
from ingest.pipeline import parse
from ingest.reading import Fact, Mark, Reading
from ingest.regions import PREFECTURES, PROVINCES

_TABLE = "网页元数据表"
_NOTICE = """云河县人民政府办公室关于印发《云河县供水规划》的通知
云河府办发[2021] 12 号
各乡镇人民政府，县直各部门：
根据《青山省供水条例》和《关于节水的意见》（青府发〔2018〕1号），现将规划印发给你们。
云河县人民政府办公室
二〇二一年十二月三日
云河县供水规划
第一章 总则
到2025年，全县供水普及率达到96%。
云河县水务局
2020年5月6日
"""


def _find(text: str, *facts: tuple[str, str], known: Meta | None = None, seen: str = "") -> Found:
    return find(text, [Fact(*fact, _TABLE) for fact in facts], seen, known or Meta(""))


def _meta(text: str, *facts: tuple[str, str]) -> Meta:
    return _find(text, *facts).meta


def test_a_notice_tells_all_of_itself() -> None:
    found = _find(_NOTICE)
    assert found.meta == Meta(
        "云河县人民政府办公室关于印发《云河县供水规划》的通知",
        kind="plan",
        region="云河县",
        level="county",
        issuer="云河县人民政府办公室",
        number="云河府办发〔2021〕12号",
        issued="2021-12-03",
    )
    assert found.origins == {
        "title": "正文第 1 行",
        "number": "正文第 2 行",
        "issuer": "标题",
        "issued": "落款",
        "kind": "标题",
        "region": "标题",
        "level": "标题",
    }


def test_what_people_say_wins() -> None:
    known = Meta("供水规划", issuer="青山市人民政府", issued="2020")
    found = _find(_NOTICE, ("发文机关", "云河县水务局"), known=known)
    assert (found.meta.title, found.meta.issuer, found.meta.issued) == (
        "供水规划",
        "青山市人民政府",
        "2020",
    )
    assert {found.origins[name] for name in ("title", "issuer", "issued")} == {"清单"}
    assert found.meta.number == "云河府办发〔2021〕12号"


def test_a_plain_text_tells_nothing() -> None:
    found = _find("县乡两级按季度通报进展，2021年3月5日前约谈进度滞后的乡镇。\n以上。")
    assert found == Found(Meta(""), {})


# -- title -------------------------------------------------------------------------------------


def test_a_title_over_several_lines_is_joined() -> None:
    text = (
        "云河县人民政府办公室\n关于加强农村供水\n工作的实施意见\n云河府办发〔2021〕3号\n各乡镇：\n"
    )
    assert _meta(text).title == "云河县人民政府办公室关于加强农村供水工作的实施意见"


def test_spaced_letters_of_a_title_are_one_word() -> None:
    assert _meta("政 府 工 作 报 告\n各位代表：").title == "政府工作报告"


def test_a_title_keeps_the_brackets_below_it() -> None:
    assert _meta("云河县供水规划\n（2021年-2035年）\n（草案）\n一、总则").title == (
        "云河县供水规划（2021年-2035年）（草案）"
    )


def test_a_title_never_ends_with_the_name_of_a_site() -> None:
    assert _meta("云河县供水办法_政策文件_云河县人民政府网\n第一条 略。").title == "云河县供水办法"
    assert _meta("正文。", ("ArticleTitle", "云河县供水办法 - 云河县人民政府")).title == (
        "云河县供水办法"
    )


def test_the_title_of_a_table_that_the_text_bears_out_is_taken_as_it_is_written_there() -> None:
    found = _find(
        "云河县关于\n“一户一表”改造的办法\n正文。", ("标题", "云河县关于“一户一表”改造的办法")
    )
    assert found.meta.title == "云河县关于“一户一表”改造的办法"
    assert found.origins["title"] == "网页元数据表“标题”"


def test_properties_of_a_file_that_the_text_does_not_bear_out_are_no_title() -> None:
    facts = [Fact("标题", "去年的通知模板", "文档属性")]
    assert find("云河县供水规划\n正文。", facts, "", Meta("")).meta.title == "云河县供水规划"
    assert find("正文只有一句。", facts, "", Meta("")).meta.title == ""


def test_menus_of_a_site_are_no_title() -> None:
    text = "首页 > 政务公开 > 政策\n下载\n打印\n【字号：\n】\n云河县供水规划\n一、总则"
    assert _meta(text).title == "云河县供水规划"


def test_the_law_that_an_order_publishes_gives_the_title() -> None:
    text = (
        "中华人民共和国国务院令\n第999号\n现公布《供水条例》，自2019年1月1日起施行。\n"
        "总理　　李明\n2018年12月18日\n供水条例\n第一条 略。"
    )
    assert _meta(text) == Meta(
        "供水条例", "regulation", "全国", "nation", "国务院", "国务院令第999号", "2018-12-18"
    )


# -- number ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("云府发〔2021〕3号", "云府发〔2021〕3号"),
        ("云府发[2021]3号", "云府发〔2021〕3号"),
        ("（云府发〔2021〕3号）", "云府发〔2021〕3号"),
        ("云府发（２０２１）３号", "云府发〔2021〕3号"),
        ("云 府 发 【2021】 第 3 号", "云府发〔2021〕3号"),
        ("云府发〔2021〕003号　　　签发人：李明", "云府发〔2021〕3号"),
        ("文　号：云府发〔2021〕3号", "云府发〔2021〕3号"),
        ("云河市人民政府令第61号", "云河市人民政府令第61号"),
        ("云河市人民政府令\n第 61 号", "云河市人民政府令第61号"),
        ("财政部 税务总局公告2021年第5号", "财政部 税务总局公告2021年第5号"),
    ],
)
def test_a_number_has_one_form(written: str, number: str) -> None:
    assert _meta(f"云河市供水办法\n{written}\n正文。").number == number


def test_a_number_behind_the_title_is_its_own() -> None:
    assert _meta("云河县关于供水的意见（云府发〔2021〕3号）\n正文。").number == "云府发〔2021〕3号"


@pytest.mark.parametrize(
    "text",
    [
        "云河县关于供水的意见\n根据《供水条例》（国发〔2018〕1号）制定。",
        "云河县关于贯彻国发〔2018〕1号文件的意见\n正文。",
        "云河县供水规划\n一、依据\n国发〔2018〕1号\n正文。",
    ],
)
def test_a_number_that_is_only_mentioned_is_not_its_own(text: str) -> None:
    assert _meta(text).number is None


def test_a_value_that_is_no_number_is_not_taken_for_one() -> None:
    assert _meta("正文。", ("文号", "无"), ("发文字号", "云府发[2021]3号")).number == (
        "云府发〔2021〕3号"
    )
    assert _meta("正文。", ("文号", "—")).number is None


# -- issuer and date ---------------------------------------------------------------------------


def test_several_bodies_are_parted_alike() -> None:
    for bodies in (
        "云河县水务局 云河县财政局",
        "云河县水务局、云河县财政局",
        "云河县水务局\n云河县财政局",
    ):
        assert _meta(f"供水规划\n{bodies}\n2021.12\n目录").issuer == "云河县水务局、云河县财政局"


def test_a_red_header_names_the_issuer() -> None:
    text = "云河县人民政府文件\n云府发〔2021〕3号\n关于加强供水的通知\n各乡镇人民政府：\n正文。"
    found = _find(text)
    assert (found.meta.issuer, found.origins["issuer"]) == ("云河县人民政府", "正文第 1 行")
    assert found.meta.title == "关于加强供水的通知"


def test_the_signature_must_agree_with_the_title() -> None:
    text = (
        "云河县人民政府转发县水务局关于供水报告的通知\n各乡镇：\n请照办。\n县水务局\n2020年5月6日\n"
    )
    assert _meta(text).issued is None
    assert _meta(text + "云河县人民政府\n2021年5月6日").issued == "2021-05-06"


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("2021年12月3日", "2021-12-03"),
        ("２０２１年１２月３日", "2021-12-03"),
        ("二○二一年十二月三日", "2021-12-03"),
        ("二〇二一年十二月二十三日", "2021-12-23"),
        ("2021.12.3", "2021-12-03"),
        ("2021年12月", "2021-12"),
        ("2021年13月3日", None),
        ("2021年2月30日", None),
    ],
)
def test_dates_become_iso(written: str, issued: str | None) -> None:
    assert _meta(f"关于供水的通知\n各乡镇：\n请照办。\n云河县水务局\n{written}").issued == issued


def test_a_date_under_the_last_sentence_is_the_signature() -> None:
    assert _meta("关于供水的通知\n各乡镇：\n请照办。\n2021年12月3日").issued == "2021-12-03"
    chronicle = "供水志\n开头。\n2021年12月3日\n县城停水，次日恢复。\n2021年12月9日\n再次停水。"
    assert _meta(chronicle).issued is None


def test_the_day_of_signing_goes_before_the_day_of_posting() -> None:
    posted = ("发布日期", "2022-01-05 10:30")
    assert _meta("正文。", posted, ("成文日期", "2021年12月03日")).issued == "2021-12-03"
    assert _meta(_NOTICE, posted).issued == "2021-12-03"
    assert _meta("正文。", posted).issued == "2022-01-05"


def test_the_last_day_in_the_story_of_a_law_is_its_date() -> None:
    text = (
        "云河省供水条例\n（2001年3月4日云河省第九届人民代表大会常务委员会第二次会议通过　"
        "根据2015年12月27日"
        "云河省第十二届人民代表大会常务委员会第九次会议\n《关于修改〈供水条例〉的决定》修正　"
        "自2016年1月1日起施行）\n第一条 略。"
    )
    meta = _meta(text)
    assert (meta.issued, meta.issuer) == ("2015-12-27", "云河省人民代表大会常务委员会")


def test_the_number_of_a_decision_that_amends_is_not_the_own_one() -> None:
    text = (
        "供水管理办法\n（2011年12月15日云河市人民政府令第61号公布，根据2015年9月30日云河市人民政府令"
        "第132号《关于修改部分规章的决定》修订）\n第一条 略。"
    )
    meta = _meta(text)
    assert (meta.number, meta.issuer, meta.issued) == (
        "云河市人民政府令第61号",
        "云河市人民政府",
        "2015-09-30",
    )


def test_a_report_tells_the_meeting_and_the_speaker() -> None:
    text = (
        "政府工作报告\n——2018年3月7日在云河区第十五届人民代表大会第二次会议上\n"
        "云河区人民政府区长　　李明\n各位代表：\n正文。"
    )
    meta = _meta(text)
    assert (meta.issued, meta.issuer, meta.region, meta.level) == (
        "2018-03-07",
        "云河区人民政府",
        "云河区",
        "county",
    )


def test_labels_in_the_text_are_read_like_a_table() -> None:
    text = (
        "索 引 号： 0145/2025\n发文机关： 云河县人民政府办公室\n文 号： 云府办〔2025〕6号\n"
        "成文日期： 2025-04-03　有效性： 有效\n标 题： 云河县供水办法\n云河县供水办法\n正文。"
    )
    found = _find(text)
    assert found.meta == Meta(
        "云河县供水办法",
        "measures",
        "云河县",
        "county",
        "云河县人民政府办公室",
        "云府办〔2025〕6号",
        "2025-04-03",
    )
    assert found.origins["number"] == "正文第 3 行“文号”"


# -- place and kind ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "region", "level"),
    [
        ("国务院办公厅", "全国", "nation"),
        ("财政部", "全国", "nation"),
        ("中共中央办公厅", "全国", "nation"),
        ("贵州省人民政府", "贵州省", "province"),
        ("重庆市水利局", "重庆市", "province"),
        ("内蒙古自治区人民政府", "内蒙古自治区", "province"),
        ("铜仁市乡村振兴局", "贵州省铜仁市", "city"),
        ("中共黔西南州委", "贵州省黔西南州", "city"),
        ("贵州省黔西南布依族苗族自治州人民政府", "贵州省黔西南布依族苗族自治州", "city"),
        ("阿拉善盟行政公署", "内蒙古自治区阿拉善盟", "city"),
        ("喀什地区行政公署", "新疆维吾尔自治区喀什地区", "city"),
        ("国家税务总局铜仁市税务局", "贵州省铜仁市", "city"),
        ("北京市朝阳区人民政府", "北京市朝阳区", "county"),
        ("上海市浦东新区人民政府", "上海市浦东新区", "county"),
        ("铜仁市碧江区水务局", "贵州省铜仁市碧江区", "county"),
        ("阜新蒙古族自治县人民政府", "阜新蒙古族自治县", "county"),
        ("麻城市人民政府", "麻城市", "county"),
        ("云河县青石镇人民政府", "云河县青石镇", "township"),
        ("青石乡人民政府", "青石乡", "township"),
        ("省文化和旅游厅", None, "province"),
    ],
)
def test_a_body_says_where_it_sits(body: str, region: str | None, level: str) -> None:
    assert places.of_body(body) == (region, level)


@pytest.mark.parametrize(
    "body", ["市场监督管理局", "社区建设办公室", "乡村振兴局", "开发区管理委员会"]
)
def test_words_that_look_like_places_are_none(body: str) -> None:
    assert places.of_body(body) is None


@pytest.mark.parametrize(
    "title",
    ["城市更新条例", "乡镇企业法", "社区矫正办法", "贫困县退出办法", "地区生产总值核算办法"],
)
def test_titles_without_a_place_have_none(title: str) -> None:
    assert places.of_title(title) is None


def test_a_body_without_a_name_takes_it_from_the_title() -> None:
    meta = _meta("省文化和旅游厅关于印发《贵州省文物规划》的通知\n各市：\n正文。")
    assert (meta.region, meta.level) == ("贵州省", "province")
    meta = _meta("省文化和旅游厅关于印发文物规划的通知\n各市：\n正文。")
    assert (meta.region, meta.level) == (None, "province")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云河县供水规划", "plan"),
        ("云河县供水规划纲要（2021—2035年）", "plan"),
        ("关于供水的实施意见", "opinion"),
        ("供水管理办法（试行）", "measures"),
        ("供水工作方法", None),
        ("中华人民共和国水法", "law"),
        ("水法实施细则", "rules"),
        ("关于加强供水的通知", "notice"),
        ("关于印发《云河县供水规划》的通知", "plan"),
        ("关于印发供水工作方案的函", "scheme"),
        ("关于印发供水名单的通知", "notice"),
        ("县政府印发《关于供水的意见》", "opinion"),
        ("《云河县供水办法》政策解读", "explainer"),
        ("关于修改《供水办法》的决定", "decision"),
        ("关于供水问题的复函", "letter"),
        ("山里通了自来水", None),
    ],
)
def test_the_kind_is_that_of_the_text_which_a_notice_carries(title: str, kind: str | None) -> None:
    assert kinds.of_title(title) == kind


def test_every_kind_and_level_has_a_chinese_name() -> None:
    assert set(kinds._WORDS.values()) | {"article", "page"} == set(KINDS)
    assert {"nation", "province", "city", "county", "township"} == set(LEVELS)


def test_the_lists_of_places_are_complete() -> None:
    full = [name for name in PREFECTURES if name.endswith(("市", "盟", "地区", "自治州"))]
    assert len(PROVINCES) == 34
    assert len(full) == 333
    assert set(PREFECTURES.values()) <= set(PROVINCES)


# -- in the pipeline ---------------------------------------------------------------------------


def test_a_parsed_document_carries_values_and_origins() -> None:
    document = parse(_NOTICE, "notice")
    assert document.meta == _meta(_NOTICE)
    assert dict(document.origins)["issued"] == "落款"


def test_a_document_without_a_title_goes_by_its_id() -> None:
    document = parse("县乡两级按季度通报进展。", "progress")
    assert document.meta == Meta("progress")
    assert document.origins == ()


def test_what_the_layout_sets_apart_tells_nothing() -> None:
    chrome = "主办：青山市人民政府\n云府发〔1999〕9号\n"
    text = f"{chrome}{_NOTICE}"
    document = parse(Reading(text, marks=(Mark("chrome", 0, len(chrome)),)), "page")
    assert document.meta == _meta(_NOTICE)
    assert dict(document.origins)["title"] == "正文第 1 行"


@given(
    st.text(
        st.sampled_from(
            "云河县人民政府关于印发通知规划令第号〔〕（）《》〈〉2021年月日一二十：。\n\t １٣①②"
        ),
        max_size=200,
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["标题", "文号", "发文机关", "成文日期", "发布机构", "发布日期"]),
            st.text(max_size=30),
        ),
        max_size=4,
    ),
)
def test_it_never_raises(text: str, facts: list[tuple[str, str]]) -> None:
    found = _find(text, *facts, seen=text[:40])
    values = {name: getattr(found.meta, name) for name in Meta.__dataclass_fields__}
    assert {name for name, value in values.items() if value} == set(found.origins)
