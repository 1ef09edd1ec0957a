from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Document
from eval.questions import SetRefused, read_questions
from ingest.pipeline import parse

LAW = parse("第一条 村民可以申请补助。\n第二条 补助每年发放一次。补助不得转让。\n", "law")
DOCUMENTS: dict[str, Document] = {"law": LAW}
GOLD = {"doc": "law", "path": "第二条", "anchor": "每年发放", "group": 0}
RECORD: dict[str, Any] = {"id": "q1", "question": "多久发一次？", "type": "figure", "gold": [GOLD]}


def write(path: Path, *lines: str) -> Path:
    file = path / "set.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def line(**changes: object) -> str:
    return json.dumps(RECORD | changes, ensure_ascii=False)


def test_a_set_is_read_in_order(tmp_path: Path) -> None:
    file = write(tmp_path, line(), "", line(id="q2", gold=[], tags=["colloquial"]))
    first, second = read_questions(file, DOCUMENTS)
    assert first.gold[0].anchor == "每年发放"
    assert second.gold == ()
    assert second.groups == ["colloquial", "figure"]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{", "读不懂"),
        ("[]", "读不懂"),
        (line(gold=[{"doc": "law"}]), "读不懂"),
        (line(gold_mode="some"), "读不懂"),
        (line(id="q0"), "与第 1 行重复"),
        (line(gold=[GOLD | {"doc": "plan"}]), "不在库中"),
        (line(gold=[GOLD | {"anchor": "每月发放"}]), "没有出现"),
        (line(gold=[GOLD | {"anchor": "补助"}]), "出现了 3 次"),
        (line(gold=[GOLD | {"anchor": " "}]), "没有出现"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(tmp_path: Path, broken: str, said: str) -> None:
    file = write(tmp_path, line(id="q0"), broken)
    with pytest.raises(SetRefused, match=said) as refusal:
        read_questions(file, DOCUMENTS)
    assert f"{file} 第 2 行" in str(refusal.value)


def test_a_missing_and_an_empty_set_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SetRefused, match="读不了"):
        read_questions(tmp_path / "none.jsonl", DOCUMENTS)
    with pytest.raises(SetRefused, match="没有问题"):
        read_questions(write(tmp_path, ""), DOCUMENTS)
