"""Question sets: read, checked against a corpus, refused with file and line where they are wrong.

One JSON object a line, in the schema of the design, section 5. A question with no gold must be
refused by the system; with `gold_mode` all, one gold of each group must be found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.model import Document

MODES = ("any", "all")


class SetRefused(InputError):
    """A question set that cannot be trusted: the message names file and line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A clause that answers: its document, its address, a verbatim piece of it, its group."""

    doc: str
    path: str
    anchor: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its gold; `answer` is empty where there is none."""

    id: str
    question: str
    type: str
    gold: tuple[Gold, ...]
    gold_mode: str
    answer: str
    answer_type: str
    tags: tuple[str, ...]

    @property
    def groups(self) -> list[str]:
        """The names under which its result is counted."""
        return sorted({self.type, *self.tags})


def read_questions(path: Path, documents: Mapping[str, Document]) -> list[Question]:
    """Return the questions of a set in order.

    SetRefused for a line that is no JSON or lacks a field, an id that comes twice, a document that
    the corpus does not have, and an anchor that stands nowhere in its document or more than once.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SetRefused(f"读不了 {path}", "请确认文件存在且是 UTF-8") from error
    texts = {doc_id: _squeeze(document.text) for doc_id, document in documents.items()}
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path} 第 {number} 行"
        question = _question(line, where)
        if question.id in seen:
            first = seen[question.id]
            raise SetRefused(f"{where}：id“{question.id}”与第 {first} 行重复", "请改成不同的 id")
        seen[question.id] = number
        for gold in question.gold:
            _check(gold, texts, where)
        questions.append(question)
    if not questions:
        raise SetRefused(f"{path} 里没有问题", "每行写一个 JSON 对象")
    return questions


def _question(line: str, where: str) -> Question:
    try:
        record: Any = json.loads(line)
        mode = record.get("gold_mode", "any")
        if mode not in MODES:
            raise ValueError(mode)
        return Question(
            str(record["id"]),
            str(record["question"]),
            str(record["type"]),
            tuple(
                Gold(one["doc"], one["path"], one["anchor"], int(one.get("group", 0)))
                for one in record["gold"]
            ),
            mode,
            str(record.get("answer") or ""),
            str(record.get("answer_type") or "text"),
            tuple(record.get("tags", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "每行须有 id、question、type、gold；gold 每项须有 doc、path、anchor"
        raise SetRefused(f"{where}读不懂（{error}）", remedy) from error


def _check(gold: Gold, texts: Mapping[str, str], where: str) -> None:
    if gold.doc not in texts:
        known = "、".join(texts)
        raise SetRefused(f"{where}：文件“{gold.doc}”不在库中", f"库中有：{known}")
    times = texts[gold.doc].count(_squeeze(gold.anchor)) if gold.anchor.strip() else 0
    if times != 1:
        found = f"出现了 {times} 次" if times else "没有出现"
        message = f"{where}：锚文“{gold.anchor}”在 {gold.doc} 里{found}"
        raise SetRefused(message, "请换成只在那一个条款里出现一次的原文片段")


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
