from __future__ import annotations

import pytest

from ingest.clean import clean

_COLUMNS = 52  # of a full line, two a Chinese character
_PARAGRAPHS = [
    f"第{number}条 各镇应当在当年{number}月底前把渠道清淤、闸门检修和泵站试车的情况报送县水务部门，"
    f"由县水务部门汇总后向村民公布，公布的日子不少于{number}天；村民在公布期内提出疑问的，由镇政府在七日之内答复，"
    f"并把答复抄送县水务部门，村民对答复仍有疑问的，可以请县水务部门派人到现场核对一遍。"
    for number in range(1, 13)
]


def _set(paragraphs: list[str], indent: int) -> str:
    """Break paragraphs at the margin, the first line of each by `indent` columns earlier."""
    lines = []
    for paragraph in paragraphs:
        line, room = "", _COLUMNS - indent
        for character in paragraph:
            if len((line + character).encode("gb18030")) > room:
                lines.append(line)
                line, room = "", _COLUMNS
            line += character
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("indent", [0, 4])
def test_lines_broken_at_the_margin_are_joined_also_where_the_indent_was_lost(indent: int) -> None:
    assert clean(_set(_PARAGRAPHS, indent)).text.split() == "\n".join(_PARAGRAPHS).split()


def test_a_short_line_within_a_paragraph_ends_it() -> None:
    lines = _set(_PARAGRAPHS, 4).split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("第6条"))
    lines.insert(at, "县水务部门负责解释")
    assert "县水务部门负责解释\n" in clean("\n".join(lines)).text


def test_short_lines_of_a_text_without_a_margin_stay() -> None:
    names = "\n".join("云河县青石镇水务站渠道管护员名册" * 3)
    ragged = "\n".join(names.replace("\n", "")[: 8 + 7 * number % 23] for number in range(40))
    assert clean(ragged).text == ragged
