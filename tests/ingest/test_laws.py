from __future__ import annotations

from tests.ingest.views import outline, parsed, problems, quotes, titles

_LAW = """第一编 总则
第一分编 一般规定
第一章 适用范围
第一节 定义
第一条 为了加强农村供水管理，制定本办法。
第二条 本办法适用于云河县境内的集中供水工程。
分散供水工程参照本办法执行。
第二章 供水单位
第三条 供水单位应当履行下列义务：
（一）保证水质符合国家标准；
（二）公布水价和服务电话；
（三）每年清洗蓄水设施。
第三条之一 供水单位不得擅自停水。
第二编 附则
第四条 本办法自公布之日起施行。
"""
_PLACE = "第一编第一分编第一章第一节"


def test_articles_stand_under_every_level_above_them() -> None:
    assert outline(_LAW) == [
        "第一编",
        "第一编第一分编",
        "第一编第一分编第一章",
        _PLACE,
        f"{_PLACE}第一条",
        f"{_PLACE}第二条",
        "第一编第一分编第二章",
        "第一编第一分编第二章第三条",
        "第一编第一分编第二章第三条第（一）项",
        "第一编第一分编第二章第三条第（二）项",
        "第一编第一分编第二章第三条第（三）项",
        "第一编第一分编第二章第三条之一",
        "第二编",
        "第二编第四条",
    ]
    assert problems(_LAW) == []


def test_the_paragraphs_of_an_article_are_counted_as_such() -> None:
    texts = quotes(_LAW)
    assert texts[f"{_PLACE}第一条"] == "第一条 为了加强农村供水管理，制定本办法。"
    assert texts[f"{_PLACE}第二条第二款"] == "分散供水工程参照本办法执行。"


def test_each_point_of_an_article_is_quoted_with_its_number() -> None:
    article = "第一编第一分编第二章第三条"
    texts = quotes(_LAW)
    assert texts[f"{article}第（二）项"] == "（二）公布水价和服务电话；"
    assert texts[f"{article}第（三）项"] == "（三）每年清洗蓄水设施。"


def test_a_paragraph_after_the_points_belongs_to_the_article() -> None:
    raw = """第一条 有下列情形之一的，可以申请减免水费：
（一）家庭生活困难的；
（二）遭受自然灾害的。
前款申请由村民委员会核实。
"""
    texts = quotes(raw)
    assert texts["第一条第一款第（二）项"] == "（二）遭受自然灾害的。"
    assert texts["第一条第二款"] == "前款申请由村民委员会核实。"


def test_points_of_two_paragraphs_are_told_apart_by_their_paragraph() -> None:
    raw = """第一条 有下列情形之一的，减收水费：
（一）家庭生活困难的；
（二）遭受自然灾害的。
有下列情形之一的，免收水费：
（一）特困供养人员；
（二）孤儿。
"""
    assert quotes(raw)["第一条第二款第（一）项"] == "（一）特困供养人员；"


def test_points_of_the_only_paragraph_of_an_article_stand_directly_under_it() -> None:
    raw = "第一条 供水单位应当：\n（一）公布水价；\n（二）公布水质。\n"
    assert list(quotes(raw)) == ["第一条", "第一条第（一）项", "第一条第（二）项"]


def test_a_paragraph_with_points_is_a_place_of_its_own_among_several() -> None:
    raw = "第一条 水价公开。\n供水单位应当公布：\n（一）水价；\n（二）水质。\n村民可以查询。\n"
    document = parsed(raw)
    assert [(clause.clause_id, str(clause.address)) for clause in document.clauses] == [
        ("document/art1/para1/p1", "第一条第一款"),
        ("document/art1/para2/p1", "第一条第二款"),
        ("document/art1/para2/pt1/p1", "第一条第二款第（一）项"),
        ("document/art1/para2/pt2/h", "第一条第二款第（二）项"),
        ("document/art1/para3/p1", "第一条第三款"),
    ]


def test_a_reference_to_an_article_is_no_article() -> None:
    raw = "第一条 供水单位应当公布水价。\n第一条规定的水价由县人民政府核定。\n"
    assert outline(raw) == ["第一条"]
    assert quotes(raw)["第一条第二款"] == "第一条规定的水价由县人民政府核定。"


def test_an_article_has_no_title() -> None:
    assert titles("第一条 为了加强供水管理，制定本办法。\n") == {"第一条": ""}


def test_a_missing_article_is_reported() -> None:
    assert problems("第一条 甲方供水。\n第四条 乙方用水。\n") == ["number-gap"]


def test_an_excerpt_may_begin_with_any_article() -> None:
    assert problems("第十二条 甲方供水。\n第十三条 乙方用水。\n") == []


def test_a_long_paragraph_of_an_article_is_divided_at_its_topic_sentences() -> None:
    rest = "各乡镇按照年度计划组织施工，定期公布进展情况，接受村民监督。" * 3
    raw = f"第一条 水源保护。{rest}管网改造。{rest}水质检测。{rest}{rest}"
    assert list(quotes(raw)) == [
        "第一条第一款",
        "第一条第一款“管网改造”",
        "第一条第一款“水质检测”",
    ]


def test_a_second_number_that_no_address_can_hold_does_not_break_the_document() -> None:
    assert "收尾" in parsed("第一条之九九九九九 收尾。").text


def test_articles_that_lost_their_line_end_are_found_again() -> None:
    raw = """第一章 总则
第一条 为了供水，制定本办法。 第二条 本办法适用于云河县。
第三条 依照第四条 办理。 第四条 县水务局负责。
第二章 责任 第五条 违反第六条规定的，责令改正。
"""
    assert outline(raw) == [
        "第一章",
        "第一章第一条",
        "第一章第二条",
        "第一章第三条",
        "第一章第四条",
        "第二章",
        "第二章第五条",
    ]
    assert titles(raw)["第二章"] == "责任"
