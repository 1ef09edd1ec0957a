from __future__ import annotations

import io
import re

import pytest

from api import library, trash
from api.incoming import received
from api.knowledge_base import KnowledgeBase
from api.parsing import Taken
from corpus.errors import AlreadyThere, FileRefused, InputError, NotFound
from corpus.manifest import NAME, read_manifest
from corpus.model import Meta, Query
from ingest.corrections import file_for, read_corrections, write_corrections
from ingest.pipeline import take_in
from tests import small_corpus
from tests.api.changing import (
    DATE,
    LOST,
    NOTICE,
    ORIGINAL,
    added,
    deleted,
    done,
    exchanged,
    files,
    keys,
    restored,
)


def test_a_file_becomes_a_document_under_a_name_of_ours(base: KnowledgeBase) -> None:
    after, plan = added(base, NOTICE, "../供水 办法（试行）.txt")
    assert list(after.documents) == ["yunhe", "qingshi", "供水-办法-试行"]
    meta = after.document("供水-办法-试行").meta
    assert (meta.title, meta.number) == ("云河县供水办法", "云府发〔2021〕3号")
    assert files(after)["供水-办法-试行.txt"].decode() == NOTICE
    assert read_manifest(base.corpus)[2] == plan.entry
    assert plan.entry.meta == Meta("云河县供水办法")
    assert plan.entry.further == {"original": "供水 办法（试行）.txt"}
    assert library.original_name(plan.entry) == "供水 办法（试行）.txt"
    assert after.search(Query("检修管网"))[0].clause.doc_id == "供水-办法-试行"


def test_only_what_is_new_is_read(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def take(*arguments: object) -> Taken:
        read.append(str(arguments[1]))
        return take_in(*arguments)  # type: ignore[arg-type]

    def fail(*_: object) -> Taken:
        raise AssertionError("parsed again")

    monkeypatch.setattr("api.parsing.take_in", fail)
    with received(base.corpus, io.BytesIO(NOTICE.encode()), "办法.txt") as incoming:
        planner = library.add(incoming, take)
        planner(base)
        after, _ = done(base, planner)
    assert read == ["办法"]
    assert after.documents["yunhe"] is base.documents["yunhe"]
    hashed: list[str] = []
    monkeypatch.setattr("api.parsing.digest", lambda path: hashed.append(path.name) or "")
    after.changed(lambda _: None)
    assert hashed == []


def test_what_another_did_meanwhile_counts(base: KnowledgeBase) -> None:
    """The second of two that were planned together gets a number, or is refused."""
    with (
        received(base.corpus, io.BytesIO(NOTICE.encode()), "供水 办法.txt") as first,
        received(base.corpus, io.BytesIO(ORIGINAL.encode()), "供水-办法.txt") as second,
        received(base.corpus, io.BytesIO(b"x"), "供水 办法.txt") as third,
    ):
        planners = [library.add(each, take_in) for each in (first, second, third)]
        for planner in planners:
            planner(base)
        one, _ = done(base, planners[0])
        two, plan = done(one, planners[1])
        assert plan.entry.doc_id == "供水-办法-2"
        assert two.document("供水-办法-2").clauses[0].clause_id.startswith("供水-办法-2/")
        with pytest.raises(AlreadyThere, match="同名"):
            planners[2](two)


def test_what_is_there_by_name_or_content_is_not_added_again(base: KnowledgeBase) -> None:
    before = files(base)
    with pytest.raises(AlreadyThere, match="同名文件") as by_name:
        added(base, NOTICE, "qingshi.txt")
    with pytest.raises(AlreadyThere, match="完全相同") as by_content:
        added(base, small_corpus.PLAN, "新.txt")
    assert (by_name.value.doc_id, by_content.value.doc_id) == ("qingshi", "yunhe")
    assert files(base) == before


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("", "空.txt"),
        (" \n ", "空白.txt"),
        ("a\0b", "二进制.txt"),
        (NOTICE, "文字.pdf"),
        ("%PDF-1.7 坏", "坏.pdf"),
        (NOTICE, "x.exe"),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(
    base: KnowledgeBase, content: str, name: str
) -> None:
    before = files(base)
    with pytest.raises(FileRefused) as refusal:
        added(base, content, name)
    assert refusal.value.remedy
    assert files(base) == before
    with pytest.raises(FileRefused):
        exchanged(base, content, name)
    assert files(base) == before
    assert not list(base.corpus.glob(".incoming*"))


def test_an_original_takes_the_place_of_what_was_restated(base: KnowledgeBase) -> None:
    after, plan = exchanged(base, ORIGINAL, "规划原文.md")
    entry = after.entries["yunhe"]
    assert list(after.documents) == ["yunhe", "qingshi"]
    assert not entry.restated
    assert (entry.meta, entry.further["note"]) == (base.entries["yunhe"].meta, "甲")
    assert entry.path.name == "yunhe.md"
    assert "13.5万亩" in after.document("yunhe").text
    assert after.document("yunhe").meta.issued == "2021-12-03"
    assert read_corrections(entry.path) == (LOST, DATE)
    assert not file_for(base.entries["yunhe"].path).exists()
    assert keys(after) == [plan.retired.key if plan.retired else ""]


def test_a_file_that_was_replaced_can_take_its_place_back(base: KnowledgeBase) -> None:
    before = base.entries["yunhe"]
    after, plan = exchanged(base, ORIGINAL, "规划原文.txt")
    write_corrections(after.entries["yunhe"].path, [LOST])
    assert plan.retired
    again, _ = restored(after, plan.retired.key)
    assert again.entries["yunhe"] == before
    assert again.document("yunhe").text == base.document("yunhe").text
    assert read_corrections(before.path) == (LOST,)
    assert len(keys(again)) == 1


def test_a_title_that_was_found_is_that_of_the_new_text(base: KnowledgeBase) -> None:
    after, plan = added(base, NOTICE, "办法.txt")
    doc_id = plan.entry.doc_id
    after, _ = exchanged(after, NOTICE.replace("供水办法", "供水条例"), "条例.txt", doc_id)
    assert after.document(doc_id).meta.title == "云河县供水条例"
    after, _ = done(after, library.describe(doc_id, {"title": "供水"}, take_in))
    after, _ = exchanged(after, NOTICE.replace("供水办法", "供水规定"), "规定.txt", doc_id)
    assert after.document(doc_id).meta.title == "供水"


def test_a_document_that_is_deleted_can_be_restored_as_it_was(base: KnowledgeBase) -> None:
    before = files(base)
    after, key = deleted(base, "yunhe")
    assert list(after.documents) == ["qingshi"]
    assert set(files(after)) == {
        NAME,
        "qingshi.txt",
        *(f".deleted/{key}/{name}" for name in ("record.json", "yunhe.txt")),
        f".deleted/{key}/yunhe.txt.corrections.jsonl",
    }
    [listed] = trash.all_deleted(base.corpus, list(after.entries.values()))
    assert (listed.entry.doc_id, listed.replaced, listed.deleted[:2]) == ("yunhe", False, "20")
    again, _ = restored(after, key)
    assert files(again) == before
    assert list(again.documents) == ["yunhe", "qingshi"]
    assert again.document("yunhe") == base.document("yunhe")
    assert keys(again) == []
    with pytest.raises(NotFound):
        library.restore(key, take_in)(again)


def test_what_is_restored_beside_a_namesake_gets_a_number(base: KnowledgeBase) -> None:
    after, key = deleted(base, "qingshi")
    after, _ = added(after, NOTICE, "qingshi.txt")
    after, plan = restored(after, key)
    assert list(after.documents) == ["yunhe", "qingshi-2", "qingshi"]
    assert plan.entry.path.name == "qingshi-2.txt"
    assert library.original_name(plan.entry) == "qingshi.txt"
    assert "老年食堂" in after.document("qingshi-2").text


def test_what_was_added_again_is_not_restored(base: KnowledgeBase) -> None:
    after, key = deleted(base, "qingshi")
    after, _ = added(after, small_corpus.OPINION, "意见.txt")
    with pytest.raises(AlreadyThere):
        library.restore(key, take_in)(after)
    assert keys(after) == [key]


def test_the_newest_deletion_comes_first(base: KnowledgeBase) -> None:
    one, _ = added(base, NOTICE, "办法.txt")
    two, first = deleted(one, "qingshi")
    three, second = deleted(two, "办法")
    assert keys(three) == [second, first]


def test_the_last_document_stays(base: KnowledgeBase) -> None:
    after, _ = deleted(base, "yunhe")
    before = files(base)
    with pytest.raises(InputError, match="最后一个"):
        library.delete("qingshi")(after)
    assert files(base) == before


@pytest.mark.parametrize(
    "key", ["", "..", "../..", "x/../..", "20260101T000000000000-abcdef", "\0"]
)
def test_a_key_that_is_none_leads_nowhere(base: KnowledgeBase, key: str) -> None:
    with pytest.raises(NotFound, match="没有这个删除记录"):
        library.restore(key, take_in)(base)


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"entry": {"doc_id": "x", "file": "../x"}}'])
def test_a_record_that_is_none_is_passed_over(base: KnowledgeBase, record: str) -> None:
    after, key = deleted(base, "yunhe")
    path = base.corpus / trash.FOLDER / key / "record.json"
    path.write_text(record, encoding="utf-8")
    assert keys(after) == []


def test_what_people_know_wins_and_can_be_taken_back(base: KnowledgeBase) -> None:
    one, plan = added(base, NOTICE, "办法.txt")
    said = {"title": " 供水 办法 ", "issued": "2020年1月", "kind": "regulation", "region": None}
    two, _ = done(one, library.describe("办法", said, take_in))
    meta = two.document("办法").meta
    assert (meta.title, meta.issued, meta.kind) == ("供水 办法", "2020-01", "regulation")
    assert meta.number == "云府发〔2021〕3号"
    assert dict(two.document("办法").origins)["issued"] == "清单"
    back = dict.fromkeys(said)
    three, _ = done(two, library.describe("办法", back, take_in))
    assert three.document("办法") == one.document("办法")
    assert three.entries["办法"] == plan.entry


def test_a_correction_of_what_people_now_say_goes(base: KnowledgeBase) -> None:
    after, _ = done(base, library.describe("yunhe", {"issued": "2022"}, take_in))
    assert after.document("yunhe").meta.issued == "2022"
    assert read_corrections(after.entries["yunhe"].path) == (LOST,)
    again, _ = done(after, library.describe("yunhe", {"number": "云府发〔2022〕1号"}, take_in))
    assert read_corrections(again.entries["yunhe"].path) == (LOST,)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"kind": "规划"}, "可用：plan（规划"),
        ({"level": "town"}, "可用：nation（国家）"),
        ({"issued": "去年"}, "2021-12-03"),
        ({"issued": "2021-02-30"}, "不是日期"),
        ({"title": "长" * 301}, "最多 300"),
        ({"issuer": "县\x07府"}, "控制字符"),
        ({"region": "\ud800"}, "Unicode"),
    ],
)
def test_a_value_that_is_none_is_refused(
    base: KnowledgeBase, values: dict[str, str | None], says: str
) -> None:
    before = files(base)
    with pytest.raises(InputError, match=re.escape(says)):
        library.describe("yunhe", values, take_in)(base)
    assert files(base) == before


def test_no_document_can_be_neither_replaced_nor_described_nor_deleted(
    base: KnowledgeBase,
) -> None:
    with received(base.corpus, io.BytesIO(b"x"), "x.txt") as incoming:
        planners = [
            library.exchange("没有", incoming, take_in),
            library.describe("没有", {"title": "x"}, take_in),
            library.correct("没有", [], take_in),
            library.delete("没有"),
        ]
        for planner in planners:
            with pytest.raises(NotFound, match="yunhe、qingshi"):
                planner(base)


def test_a_line_that_another_wrote_into_the_manifest_meanwhile_stays(base: KnowledgeBase) -> None:
    (base.corpus / "新.txt").write_text(NOTICE, encoding="utf-8")
    with (base.corpus / NAME).open("a", encoding="utf-8") as manifest:
        manifest.write('{"doc_id": "新", "file": "新.txt", "title": "办法"}\n')
    after, _ = deleted(base, "qingshi")
    assert list(after.documents) == ["yunhe", "新"]
