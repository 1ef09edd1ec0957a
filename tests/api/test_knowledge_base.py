from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from corpus.errors import AddressError, InputError, ManifestError, NotFound, StoreError
from corpus.model import Query
from index.encoder import Encoder
from index.hybrid import HybridIndex
from tests import small_corpus


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = small_corpus.write(tmp_path / "文件")
    return Settings(corpus=str(folder), data=str(tmp_path / "var"), model="none")


@pytest.fixture
def base(settings: Settings) -> KnowledgeBase:
    return KnowledgeBase(settings)


def test_an_answer_is_verbatim_cited_and_marked(base: KnowledgeBase) -> None:
    answer = base.ask(Query("云河县2025年要新建多少万亩标准茶园？"))
    sentence = answer.sentences[0]
    quote = sentence.citation.quote
    assert str(sentence.citation) == "《云河县“十四五”乡村发展规划》第二章第一节第2段"
    assert [quote[a:b] for a, b in sentence.marks] == ["3万亩"]
    document = base.document("yunhe")
    assert document.text[sentence.citation.start : sentence.citation.end] == quote


def test_hits_are_ranked_from_one_without_gaps(base: KnowledgeBase) -> None:
    hits = base.search(Query("老年食堂", top_k=4))
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert hits[0].clause.doc_id == "qingshi"


def test_the_same_question_gives_the_same_answer(settings: Settings) -> None:
    question = Query("谁负责采茶节？")
    assert KnowledgeBase(settings).ask(question) == KnowledgeBase(settings).ask(question)


def test_a_filter_keeps_to_its_documents(base: KnowledgeBase) -> None:
    hits = base.search(Query("村集体经济组织由谁负责", filters=frozenset({"qingshi"})))
    assert {hit.clause.doc_id for hit in hits} == {"qingshi"}
    with pytest.raises(NotFound, match="yunhe"):
        base.search(Query("由谁负责", filters=frozenset({"没有"})))


def test_a_question_without_any_basis_is_not_answered(base: KnowledgeBase) -> None:
    answer = base.ask(Query("量子计算机的纠错码怎么设计？"))
    assert answer.abstained
    assert not answer.sentences
    assert answer.reason


def test_without_an_encoder_the_answer_says_so(base: KnowledgeBase) -> None:
    assert "BM25" in base.ask(Query("采茶节")).notes[0]


def test_where_passages_cannot_be_encoded_bm25_goes_on_alone(
    settings: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise StoreError("torch 装得不完整", "请重新安装")

    monkeypatch.setattr(encoder, "encode_passages", broken)
    monkeypatch.setattr("api.knowledge_base.open_encoder", lambda *_: encoder)
    base = KnowledgeBase(replace(settings, model=""))
    answer = base.ask(Query("采茶节"))
    assert answer.hits
    assert answer.notes == ("没有语义模型，只用 BM25：torch 装得不完整。请重新安装",)
    assert not (base.folder / "index").exists()


@pytest.mark.parametrize("question", ["", " \n　", "问" * 100_000])
def test_no_question_and_an_overlong_one_are_refused(base: KnowledgeBase, question: str) -> None:
    with pytest.raises(InputError, match="问题"):
        base.ask(Query(question))


@pytest.mark.parametrize("top_k", [0, -1, 10**9])
def test_a_top_k_out_of_range_is_refused(base: KnowledgeBase, top_k: int) -> None:
    with pytest.raises(InputError, match="top_k"):
        base.search(Query("茶", top_k=top_k))


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("云河规划第二章第一节", "yunhe 第二章第一节"),
        ("《云河县“十四五”乡村发展规划》2章1节专栏1(二)", "yunhe 第二章第一节专栏1（二）"),
        ("qingshi 二(一)2", "qingshi 二、（一）2"),
        ("第二章第二节", "yunhe 第二章第二节"),
    ],
)
def test_a_citation_is_resolved_as_people_type_it(
    base: KnowledgeBase, citation: str, expected: str
) -> None:
    [place] = base.resolve(citation)
    assert f"{place.document.doc_id} {place.address}" == expected
    assert all(clause.address.within(place.address) for clause in place.clauses)


def test_a_citation_that_means_several_documents_stays_unclear(tmp_path: Path) -> None:
    folder = small_corpus.write(tmp_path / "c")
    (folder / "copy.txt").write_text(small_corpus.PLAN, encoding="utf-8")
    with (folder / "manifest.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"doc_id": "copy", "file": "copy.txt", "title": "云河旧规划"}) + "\n")
    base = KnowledgeBase(Settings(corpus=str(folder), data=str(tmp_path / "v"), model="none"))
    assert len(base.resolve("第二章第一节")) == 2


def test_a_place_that_is_not_there_is_not_found(base: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="第九章"):
        base.resolve("云河规划第九章")
    with pytest.raises(AddressError):
        base.resolve("随便说说")


def test_a_quote_that_is_not_in_the_store_is_not_vouched_for(base: KnowledgeBase) -> None:
    clause = base.search(Query("采茶节"))[0].clause
    with pytest.raises(StoreError):
        base.cite(replace(clause, text=clause.text.replace("采茶", "摘茶")))


def test_nothing_is_indexed_twice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    KnowledgeBase(settings).search(Query("茶"))

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr(HybridIndex, "build", fail)
    monkeypatch.setattr("api.parsing.take_in", fail)
    assert KnowledgeBase(settings).search(Query("茶"))


def test_a_changed_document_is_indexed_again(settings: Settings) -> None:
    KnowledgeBase(settings).search(Query("茶"))
    path = Path(settings.corpus) / "qingshi.txt"
    path.write_text(small_corpus.OPINION.replace("老年食堂", "长者饭堂"), encoding="utf-8")
    hits = KnowledgeBase(settings).search(Query("长者饭堂"))
    assert "长者饭堂" in hits[0].clause.text


def test_a_damaged_index_is_rebuilt(settings: Settings) -> None:
    first = KnowledgeBase(settings)
    before = first.search(Query("老年食堂"))
    for path in (first.folder / "index-bm25").rglob("*"):
        if path.is_file():
            path.write_bytes(b"broken")
    assert KnowledgeBase(settings).search(Query("老年食堂")) == before


def test_an_interrupted_run_harms_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = KnowledgeBase(settings).search(Query("老年食堂"))
    path = Path(settings.corpus) / "qingshi.txt"
    original = path.read_text(encoding="utf-8")
    path.write_text(original + "（三）补充\n食堂每月公布菜单。\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("index.bm25.BM25Index.save", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            KnowledgeBase(settings).search(Query("老年食堂"))
    path.write_text(original, encoding="utf-8")
    monkeypatch.setattr(HybridIndex, "build", _interrupt)
    assert KnowledgeBase(settings).search(Query("老年食堂")) == before


def _interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_broken_manifest_line_is_named(settings: Settings) -> None:
    manifest = Path(settings.corpus) / "manifest.jsonl"
    manifest.write_text(manifest.read_text(encoding="utf-8") + '{"doc_id": "x"\n', encoding="utf-8")
    with pytest.raises(ManifestError, match="第 3 行"):
        KnowledgeBase(settings)


def test_a_topic_is_answered_with_what_is_said_of_it(base: KnowledgeBase) -> None:
    sentence = base.ask(Query("怎样加强品牌建设？")).sentences[0]
    assert sentence.citation.quote.startswith("加强品牌建设。统一使用“云河绿”商标")
