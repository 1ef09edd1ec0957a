from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Level
from corpus.numerals import LARGEST
from ingest import headings
from ingest.headings import PATTERNS, Pattern, candidate, clean_title


def _id(pattern: Pattern) -> str:
    return pattern.level.value


@pytest.mark.parametrize("pattern", PATTERNS, ids=_id)
def test_the_example_of_a_pattern_is_a_candidate_of_its_level(pattern: Pattern) -> None:
    found = candidate(pattern.example)
    assert found is not None
    assert found.level is pattern.level


_TRAPS = [pattern for pattern in PATTERNS if pattern.trap]


# A trap that begins with a bracketed number is known by its place alone, see test_structure.
@pytest.mark.parametrize(
    "pattern", [p for p in _TRAPS if p.level not in (Level.ITEM, Level.POINT)], ids=_id
)
def test_the_trap_of_a_pattern_is_no_candidate_of_its_level(pattern: Pattern) -> None:
    found = [candidate(line.strip()) for line in pattern.trap.split(";")]
    assert pattern.level not in {each.level for each in found if each}


@pytest.mark.parametrize(
    ("line", "level", "number", "title"),
    [
        ("第五章建设水网", Level.CHAPTER, 5, "建设水网"),
        ("第5 章　建设水网", Level.CHAPTER, 5, "建设水网"),
        ("第十二节 水源", Level.SECTION, 12, "水源"),
        ("第一篇 总论", Level.PART, 1, "总论"),
        ("第二分编 物权", Level.SUBPART, 2, "物权"),
        ("专栏 3：水源工程", Level.BOX, 3, "水源工程"),
        ("专栏三 水源工程", Level.BOX, 3, "水源工程"),
        ("专栏3中小学供水改造工程", Level.BOX, 3, "中小学供水改造工程"),
        ("专栏12和美乡村建设工程", Level.BOX, 12, "和美乡村建设工程"),
        ("专栏3、水源工程", Level.BOX, 3, "水源工程"),
        ("三、保障措施", Level.HEADING, 3, "保障措施"),
        ("（三）资金投入", Level.ITEM, 3, "资金投入"),
        ("(三) 资金投入。", Level.ITEM, 3, "资金投入"),
        ("（3）资金投入", Level.POINT, 3, "资金投入"),
        ("3．资金投入：", Level.SUBITEM, 3, "资金投入"),
        ("12、资金投入", Level.SUBITEM, 12, "资金投入"),
        ("前  言", Level.PREFACE, None, "前言"),
        ("引言", Level.PREFACE, None, "引言"),
    ],
)
def test_a_heading_gives_level_number_and_a_clean_title(
    line: str, level: Level, number: int | None, title: str
) -> None:
    found = candidate(line)
    assert found is not None
    assert (found.level, found.number, found.title, found.run_in) == (level, number, title, False)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("（一）资金投入。县级财政每年安排专项资金。", "资金投入"),
        ("1.坚持节水优先。严格控制用水总量；推广滴灌。", "坚持节水优先"),
        ("第十二条 本办法自公布之日起施行。", ""),
        ("一、" + "水" * 50 + "。县级财政安排资金。", ""),
    ],
)
def test_a_heading_that_runs_into_its_text_is_titled_by_a_short_first_sentence(
    line: str, title: str
) -> None:
    found = candidate(line)
    assert found is not None
    assert (found.run_in, found.title) == (True, title)


@pytest.mark.parametrize(
    "line",
    [
        "第二节点位于县城以东。",
        "第三章程序另行规定",
        "第一章所列任务，由水务局牵头；其余由乡镇负责。",
        "第十二条规定的情形除外。",
        "第十二条、第十三条另有规定的",
        "第五编制办公室",
        "11.5.14.2的试验按本节进行",
        "3.5亿元用于水源工程",
        "一、二、三产业融合发展",
        "前言部分说明来由",
        "第零章 空缺",
        "第一节课由校长讲授",
        "（）空括号",
        "专栏所列项目",
        "专栏12所列项目",
        "专栏十一所列项目",
        "专栏1和专栏2所列项目",
        "专栏1、专栏2所列项目",
        "专栏1中的项目",
    ],
)
def test_a_line_that_only_begins_like_a_heading_is_none(line: str) -> None:
    assert candidate(line) is None


@given(st.text(st.sampled_from("第零一九十百千廿9０编章节条之分专栏、（）().前言 供水。；")))
def test_every_number_of_a_candidate_can_be_written_in_an_address(line: str) -> None:
    found = candidate(line.strip())
    if found and found.number is not None:
        assert 1 <= found.number <= LARGEST
        assert 0 <= found.sub <= LARGEST


def test_an_article_between_articles_keeps_both_numbers() -> None:
    found = candidate("第十二条之三 村级水管员由村民推选。")
    assert found is not None
    assert (found.number, found.sub) == (12, 3)


def test_an_article_whose_second_number_no_address_can_hold_is_none() -> None:
    found = candidate("第一条之九九九九九 收尾。")
    assert found is None or found.sub <= LARGEST


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (" 保障措施。 ", "保障措施"),
        ("总 　则", "总则"),
        ("水网  建设", "水网 建设"),
        ("水源工程 |", "水源工程"),
        ("“一户一表”", "“一户一表”"),
        ("。、", ""),
    ],
)
def test_a_title_is_clean_at_its_ends_and_has_single_blanks(text: str, title: str) -> None:
    assert clean_title(text) == title


@pytest.mark.parametrize("pattern", PATTERNS, ids=_id)
@given(st.data())
def test_no_line_that_a_pattern_takes_is_passed_over(pattern: Pattern, data: st.DataObject) -> None:
    line = data.draw(st.from_regex(pattern.regex)).strip()
    if pattern.regex.match(line):
        assert line[0] in headings._FIRST
