from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Document
from ingest.corrections import Correction
from ingest.pipeline import parse
from ingest.suggestions import BEFORE, TITLE, Suggestion, Suggestions
from tests.ingest.views import PROSE

_PLAN = f"""目录
第一章 供水
第一节 现状
第二节 目标
第三节 措施
第二章 保障措施

第一章 供水
第一节 现状
{PROSE}
到2025年，供水普及率达到96%。
第三节 措施
{PROSE}
保障措施
{PROSE}
"""


def _suggested(raw: str) -> list[tuple[str, Suggestion]]:
    document = parse(raw)
    suggestions = Suggestions(document, document.problems)
    return [(doubt.code, each) for doubt in document.problems for each in suggestions.of(doubt)]


def _codes(document: Document) -> set[str]:
    return {each.code for each in document.problems}


def test_a_missing_number_is_to_be_put_in_with_the_title_of_the_contents() -> None:
    inserts = [each for code, each in _suggested(_PLAN) if code == "number-gap"]
    lost = Correction("insert", before=BEFORE, heading="第二节 目标")
    assert inserts[0] == Suggestion("补上缺的标题", lost, complete=False)
    assert inserts[1].correction == Correction("text", line="第三节 措施")
    assert inserts[1].complete


def test_a_line_that_the_contents_number_is_that_heading() -> None:
    found = [each.correction for code, each in _suggested(_PLAN) if code == "toc-missing-in-body"]
    assert found[0].heading == "第二节 目标"
    assert found[1] == Correction("heading", line="保障措施", heading="第二章 保障措施")


def test_what_is_suggested_settles_the_doubts_once_people_have_completed_it() -> None:
    found = {each.correction.heading: each.correction for _, each in _suggested(_PLAN)}
    lost = replace(found["第二节 目标"], before="到2025年")
    corrected = parse(_PLAN, corrections=[lost, found["第二章 保障措施"]])
    assert _codes(corrected) == set()


@pytest.mark.parametrize(
    ("raw", "heading"),
    [
        (f"一、甲\n{PROSE}\n三、乙\n{PROSE}\n", f"二、{TITLE}"),
        (f"一、甲\n（一）乙\n{PROSE}\n（三）丙\n{PROSE}\n", f"（二）{TITLE}"),
        (f"一、甲\n1.乙\n{PROSE}\n3.丙\n{PROSE}\n", f"2.{TITLE}"),
        (f"第一章 甲\n专栏1 乙\n{PROSE}\n专栏3 丙\n{PROSE}\n", f"专栏2 {TITLE}"),
        (f"第一条 甲。\n{PROSE}\n第三条 乙。\n{PROSE}\n", f"第二条 {TITLE}"),
    ],
)
def test_the_heading_is_written_as_its_level_is(raw: str, heading: str) -> None:
    headings = [each.correction.heading for _, each in _suggested(raw)]
    assert headings[0] == heading


def test_a_line_of_which_there_are_several_is_named_by_its_place() -> None:
    raw = f"一、甲\n{PROSE}\n三、乙\n{PROSE}\n附件1\n一、丙\n{PROSE}\n三、乙\n{PROSE}\n"
    lines = [each.correction for _, each in _suggested(raw) if each.correction.do == "text"]
    assert [(each.line, each.nth) for each in lines] == [("三、乙", 1), ("三、乙", 2)]


def test_a_number_that_comes_twice_may_be_no_heading() -> None:
    raw = f"第一章 甲\n{PROSE}\n第二章 乙\n{PROSE}\n第二章 丙\n{PROSE}\n"
    [(code, suggestion)] = _suggested(raw)
    assert (code, suggestion.correction) == ("number-repeats", Correction("text", line="第二章 丙"))


def test_other_doubts_have_no_suggestion() -> None:
    assert _suggested(f"一、甲\n{PROSE}\n20244年建成。\n") == []
