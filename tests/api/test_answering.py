from __future__ import annotations

import pytest

from api.answering.figures import figures
from api.answering.question import asks_for_figure, wanted_unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，普及率达92%以上", [("2025年", "年"), ("92%", "%")]),
        ("新建茶园1.5万亩、加工点15个", [("1.5万亩", "万亩"), ("15个", "个")]),
        ("城乡居民收入比下降到3.0以下", [("3.0", "")]),
        ("分为三类，共20个县", [("三类", "类"), ("20个", "个")]),
        ("2—3套标准", [("2—3套", "套")]),
        ("2021～2025年", [("2021～2025年", "年")]),
        ("没有数字的句子", []),
    ],
)
def test_figures_have_their_units(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(figure.text, figure.unit) for figure in figures(text)] == expected
    assert all(text[f.span.start : f.span.end] == f.text for f in figures(text))


@pytest.mark.parametrize(
    ("question", "wants", "unit"),
    [
        ("要创建多少个试点？", True, "个"),
        ("林下种植多少万亩", True, "万亩"),
        ("自来水普及率要达到多少", True, "%"),
        ("哪一年完成？", True, "年"),
        ("什么是边缘易致贫户", False, ""),
        ("几乎所有村都通路吗", False, ""),
    ],
)
def test_a_question_tells_the_figure_it_wants(question: str, wants: bool, unit: str) -> None:
    assert asks_for_figure(question) is wants
    assert (wanted_unit(question) if wants else "") == unit
