from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.checkup import CheckUp
from corpus.model import Document, Meta, Span
from corpus.store import FORMAT, Store, decode, encode
from ingest.checkup import examine
from ingest.pipeline import parse
from ingest.reading import Mark, Reading

_PLAN = """云河县供水规划

目录
第一章 总体要求
第二章 重点任务
第二章附 其他

第一章 总体要求
[bookmark: _Toc9]坚持城乡一体。
坚持建管并重。

第二章 重点任务
专栏1 水源工程
（一）新建水库
新建小型水库2座。
“一户一表”：逐户安装水表，统一计量。
第四章 保障措施
"""
_LAW = """第一条之一 有下列情形的，可以申请：
（一）水源不足的；
（二）水质不达标的。
第二条 自公布之日起施行。
"""
_PAGE = """编者按
本期关注山区供水，听听基层怎么说，看看数字怎么变。
水到山顶不容易
李明
爬坡上坎修渠人
三年里，村里修通了四条支渠，家家户户都接上了自来水。
（作者单位：云河县水务局）
本版责编：王小红
"""
_TEXTS = {"plan": _PLAN, "law": _LAW, "page": _PAGE, "empty": "", "prose": "只有一句话。"}


def _document(name: str = "plan") -> Document:
    return parse(
        _TEXTS[name], name, Meta("云河县供水规划", issued="2024") if name == "plan" else None
    )


def _taken(name: str = "plan") -> tuple[Document, CheckUp]:
    document = _document(name)
    return document, examine(document, Reading(_TEXTS[name]))


_OTHER = (
    parse("换了一句话。", "plan"),
    examine(parse("换了一句话。", "plan"), Reading("换了一句话。")),
)


@pytest.mark.parametrize("name", _TEXTS)
def test_a_document_survives_json(name: str) -> None:
    document = _document(name)
    assert decode(json.loads(json.dumps(encode(document)))) == document


@pytest.mark.parametrize("name", _TEXTS)
def test_a_stored_document_comes_back_equal(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / "documents")
    store.put(*_taken(name), "key")
    assert store.get(name, "key") == _taken(name)


def test_tables_survive_json() -> None:
    document = parse(Reading("普及率\t96%\n水厂\t3座\n", marks=(Mark("table", 0, 14),)))
    assert document.tables == (Span(0, 14),)
    assert decode(json.loads(json.dumps(encode(document)))) == document


def test_the_documents_of_these_tests_have_something_of_everything() -> None:
    plan, law, page = _document(), _document("law"), _document("page")
    assert plan.nodes
    assert plan.dropped
    assert plan.problems
    assert {r.kind for r in plan.residues} >= {"title", "toc"}
    assert law.nodes[0].sub == 1
    assert any(node.number is None for node, _ in page.walk())


def test_a_document_under_another_key_is_not_served(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(*_taken(), "old")
    assert store.get("plan", "new") is None


def test_a_document_that_was_never_stored_is_none(tmp_path: Path) -> None:
    assert Store(tmp_path).get("plan", "key") is None


def test_storing_again_replaces_the_document(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(*_taken(), "old")
    store.put(*_OTHER, "new")
    assert store.get("plan", "old") is None
    assert store.get("plan", "new") == _OTHER


def _clauses(record: dict[str, Any]) -> list[list[Any]]:
    clauses: list[list[Any]] = record["document"]["clauses"]
    return clauses


def _set(record: dict[str, Any], name: str, value: object) -> None:
    record["document"][name] = value


_DAMAGE: dict[str, Callable[[dict[str, Any]], object]] = {
    "another format": lambda record: record.update(format=FORMAT + 1),
    "no key": lambda record: record.pop("key"),
    "no check-up": lambda record: record.pop("checkup"),
    "another verdict": lambda record: record["checkup"].update(verdict="excellent"),
    "no document": lambda record: record.pop("document"),
    "document is a list": lambda record: record.update(document=[]),
    "no text": lambda record: record["document"].pop("text"),
    "text is null": lambda record: _set(record, "text", None),
    "text cut off": lambda record: _set(record, "text", "云"),
    "clause too short": lambda record: _clauses(record)[0].pop(),
    "clause at no number": lambda record: _clauses(record)[0].__setitem__(3, "x"),
    "address unreadable": lambda record: _clauses(record)[0].__setitem__(1, "第五回"),
    "unknown level": lambda record: record["document"]["nodes"][0].__setitem__(0, "scroll"),
    "unknown field of the metadata": lambda record: record["document"]["meta"].update(colour="red"),
    "clauses is a number": lambda record: _set(record, "clauses", 7),
}


@pytest.mark.parametrize("damage", _DAMAGE)
def test_a_damaged_document_counts_as_none(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path)
    store.put(*_taken(), "key")
    path = tmp_path / "plan.json"
    record = json.loads(path.read_bytes())
    _DAMAGE[damage](record)
    path.write_text(json.dumps(record), encoding="utf-8")
    assert store.get("plan", "key") is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'"text"'])
def test_a_file_that_is_no_record_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "plan.json").write_bytes(content)
    assert Store(tmp_path).get("plan", "key") is None


def test_an_interrupted_write_leaves_the_old_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.put(*_taken(), "key")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        store.put(*_OTHER, "key")
    assert store.get("plan", "key") == _taken()
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_documents_that_are_no_longer_wanted_go(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in _TEXTS:
        store.put(*_taken(name), "key")
    store.keep_only(["plan", "law", "never-stored"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["law.json", "plan.json"]
