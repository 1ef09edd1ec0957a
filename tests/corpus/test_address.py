from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.address import Address, Level, Step, parse, slug, split_citation, titled
from corpus.errors import AddressError
from tests.strategies import ADDRESSES, LAWS, PAGES, PLANS, PREFACE_PLACES, TITLES

_MANY = settings(max_examples=400, deadline=None)


def _reads_back(steps: list[Step]) -> None:
    address = Address(tuple(steps))
    assert parse(str(address)) == address


@_MANY
@given(PLANS)
def test_every_place_of_a_plan_reads_back(steps: list[Step]) -> None:
    _reads_back(steps)


@_MANY
@given(PREFACE_PLACES)
def test_every_place_of_a_preface_reads_back(steps: list[Step]) -> None:
    _reads_back(steps)


@_MANY
@given(PAGES)
def test_every_place_of_a_newspaper_page_reads_back(steps: list[Step]) -> None:
    _reads_back(steps)


@_MANY
@given(LAWS)
def test_every_place_of_a_law_reads_back(steps: list[Step]) -> None:
    _reads_back(steps)


@_MANY
@given(TITLES, st.sampled_from([Level.PIECE, Level.SUBHEADING, Level.ITEM, Level.TOPIC]))
def test_a_title_made_fit_to_be_written_stays_as_it_is(title: str, level: Level) -> None:
    step = titled(level, title)
    assert titled(level, step.title) == step


def test_a_bracket_without_partner_between_blanks_leaves_one_blank() -> None:
    assert titled(Level.PIECE, "产业 》 人才").title == "产业 人才"


def test_a_topic_in_a_paragraph_of_an_article_reads_back() -> None:
    steps = [Step(Level.ARTICLE, 3), Step(Level.PARAGRAPH, 1), titled(Level.TOPIC, "义务教育")]
    _reads_back(steps)


@pytest.mark.parametrize(
    "canonical",
    [
        "第五章第三节",
        "第五章第四节专栏7（七）",
        "二、（二）3",
        "第十二条第三款第（二）项",
        "第一编第二分编第三章第四节第十二条之一",
        "前言",
        "前言第2段",
        "第五章第八节专栏10“教师轮岗行动”",
        "专栏2“补短板”3",
        "专栏7第1点",
        "专栏7（一）1",
        "《稳粮仓》“良种进田”第2段",
        "第三条〔2〕第二款",
        "第四章第一节第1段“住房安全”",
        "第三章二、（一）",
    ],
)
def test_canonical_forms_come_back_as_they_were(canonical: str) -> None:
    assert str(parse(canonical)) == canonical


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("第5章第3节", "第五章第三节"),
        ("5章3节", "第五章第三节"),
        ("五章三节", "第五章第三节"),
        ("第５章 第３节", "第五章第三节"),
        (" 第五章，第三节 ", "第五章第三节"),
        ("第五章的第三节", "第五章第三节"),
        ("第五章·第三节", "第五章第三节"),
        ("专栏七", "专栏7"),
        ("第五章专栏七(七)", "第五章专栏7（七）"),
        ("二(二)3", "二、（二）3"),
        ("2（2）3", "二、（二）3"),
        ("二、(二)3.", "二、（二）3"),
        ("二、（2）3、", "二、（二）3"),
        ("二", "二、"),
        ("第二部分", "第二部分"),
        ("第2部分（三）", "第二部分（三）"),
        ("第12条第3款第2项", "第十二条第三款第（二）项"),
        ("12条3款(2)项", "第十二条第三款第（二）项"),
        ("第12条之1", "第十二条之一"),
        ("第二篇第3章", "第二篇第三章"),
        ("第五章第2自然段", "第五章第2段"),
        ("第五章2段", "第五章第2段"),
        ("引言", "引言"),
        ("第三章[2]", "第三章〔2〕"),
        ("专栏7第3点", "专栏7第3点"),
        ("专栏3-1", "专栏3-1"),
        ("专栏三－2（一）", "专栏3-2（一）"),
        ("1.2.3", "1.2.3"),
        ("第二章1．2", "第二章1.2"),
        ("二(二)3(1)②", "二、（二）3（1）②"),
        ("（一）（2）3）", "（一）（2）3）"),
        ("第十二条第二项第3目", "第十二条第（二）项第3目"),
        ("附件2第三章", "附件2第三章"),
        ("附件第3条", "附件第三条"),
        ("附表一", "附表1"),
    ],
)
def test_what_people_type_is_read(typed: str, canonical: str) -> None:
    assert str(parse(typed)) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "第五回",
        "第〇章",
        "第10000章",
        "第五章如下",
        "第五章第",
        "“只有一半",
        "《只有一半",
        "第五章第三节等",
        "供水",
    ],
)
def test_what_is_no_address_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(AddressError) as refusal:
        parse(text)
    assert refusal.value.remedy


@pytest.mark.parametrize("text", ["9" * 5000, "第" + "一" * 5000 + "章"])
def test_a_number_of_thousands_of_digits_is_refused_as_an_address(text: str) -> None:
    with pytest.raises(AddressError):
        parse(text)


def test_the_word_of_a_level_does_not_count() -> None:
    assert parse("第二篇第三章") == parse("第二编第三章")
    assert parse("附件1") != parse("附表1")


@given(st.text(st.sampled_from("第五3章节条款项编（）()“”《》〔〕、之的专栏前言部分段点 x")))
def test_reading_any_text_gives_an_address_or_refuses(text: str) -> None:
    try:
        address = parse(text)
    except AddressError:
        return
    assert parse(str(address)) == address


@_MANY
@given(
    st.text(st.characters(exclude_characters="《》", exclude_categories=["Cs"]), min_size=1),
    ADDRESSES,
)
def test_a_citation_parts_into_title_and_address(title: str, address: Address) -> None:
    assert split_citation(f"《{title}》{address}") == (title.strip(), address)


@pytest.mark.parametrize(
    ("citation", "name", "address"),
    [
        ("铜仁规划第六章第二节", "铜仁规划", "第六章第二节"),
        ("铜仁规划，第六章第二节", "铜仁规划", "第六章第二节"),
        ("《云河县规划》第5章第3节", "云河县规划", "第五章第三节"),
        ("《转发〈办法〉的通知》第三条", "转发〈办法〉的通知", "第三条"),
        ("《关于印发《办法》的通知》第三条", "关于印发《办法》的通知", "第三条"),
        ("《本报专版》《稳粮仓》“良种进田”", "本报专版", "《稳粮仓》“良种进田”"),
        ("“十四五”规划第一章", "“十四五”规划", "第一章"),
        ("2021年意见二(二)3", "2021年意见", "二、（二）3"),
        ("第六章第二节", "", "第六章第二节"),
        ("云河县意见的前言", "云河县意见", "前言"),
    ],
)
def test_a_citation_names_a_document_and_an_address(citation: str, name: str, address: str) -> None:
    found, place = split_citation(citation)
    assert (found, str(place)) == (name, address)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云河县规划", "云河县规划"),
        ("《云河县规划》", "云河县规划"),
        ("《云河县《规划", "《云河县《规划"),
        ("", ""),
    ],
)
def test_a_citation_without_address_is_a_name_alone(text: str, name: str) -> None:
    assert split_citation(text) == (name, None)


def test_what_follows_a_title_must_be_an_address() -> None:
    with pytest.raises(AddressError, match="第五回"):
        split_citation("《云河县规划》第五回")


def test_a_place_is_within_itself_and_what_encloses_it() -> None:
    section = parse("第五章第三节")
    assert section.within(parse("第五章"))
    assert section.within(section)
    assert section.within(Address())
    assert not section.within(parse("第五章第三节第2段"))
    assert not section.within(parse("第六章"))


@pytest.mark.parametrize(
    ("step", "ordinal", "part"),
    [
        (Step(Level.CHAPTER, 5), 1, "ch5"),
        (Step(Level.ARTICLE, 12, sub=1), 1, "art12-1"),
        (Step(Level.ITEM, 3, repeat=2), 1, "i3~2"),
        (Step(Level.PIECE, title="稳粮仓"), 2, "a2"),
        (Step(Level.ITEM, title="补短板"), 3, "u3"),
        (Step(Level.PREFACE, title="前言"), 1, "pre"),
    ],
)
def test_slugs_are_short_and_tell_the_level(step: Step, ordinal: int, part: str) -> None:
    assert slug(step, ordinal) == part
