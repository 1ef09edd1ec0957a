from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from index import hybrid
from index.hybrid import HybridIndex
from index.thesaurus import Thesaurus
from tests.index.letters import PASSAGES, LetterEncoder

THESAURUS = Thesaurus({"娃娃": ("幼儿园", "学前教育")})


@pytest.fixture
def index() -> HybridIndex:
    built = HybridIndex.build(PASSAGES, LetterEncoder())
    return HybridIndex(built.bm25, built.texts, THESAURUS)


@pytest.fixture
def words() -> HybridIndex:
    return HybridIndex(HybridIndex.build(PASSAGES, None).bm25, None, THESAURUS)


def ids(index: HybridIndex, query: str, **options: object) -> list[str]:
    return [hit.clause_id for hit in index.search(query, 4, **options)]  # type: ignore[arg-type]


def test_every_hit_carries_all_signals(index: HybridIndex) -> None:
    for hit in index.search("娃娃的幼儿园", 4):
        assert set(hit.sources) == {"words", "thesaurus", "dense", "late"}


def test_the_thesaurus_finds_what_shares_no_word(words: HybridIndex) -> None:
    assert ids(words, "娃娃") == ["plan/p3"]
    assert HybridIndex(words.bm25, None, Thesaurus({})).search("娃娃", 4) == []


def test_without_vectors_every_ranking_is_one_of_words(words: HybridIndex) -> None:
    for ranking in hybrid.RANKINGS:
        assert ids(words, "通村公路", ranking=ranking) == ["plan/p2", "plan/p4"]


def test_words_alone_find_only_what_shares_one(index: HybridIndex) -> None:
    assert ids(index, "通村公路", ranking="bm25") == ["plan/p2", "plan/p4"]
    assert len(ids(index, "通村公路", ranking="late")) == 4


def test_weights_replace_those_of_the_ranking(index: HybridIndex) -> None:
    assert ids(index, "娃娃", weights={"thesaurus": 1.0}) == ["plan/p3"]


@pytest.mark.parametrize("ranking", hybrid.RANKINGS)
def test_fewer_hits_are_the_first_of_more(index: HybridIndex, ranking: str) -> None:
    more = index.search("卫生院和公路", 4, ranking=ranking)
    for top_k in (1, 2, 3):
        assert index.search("卫生院和公路", top_k, ranking=ranking) == more[:top_k]


@pytest.mark.parametrize("ranking", hybrid.RANKINGS)
def test_within_keeps_the_order(index: HybridIndex, ranking: str) -> None:
    everything = ids(index, "卫生院和公路", ranking=ranking)
    kept = {"plan/p4", "plan/p1", "unknown"}
    assert ids(index, "卫生院和公路", ranking=ranking, within=kept) == [
        each for each in everything if each in kept
    ]


def test_an_empty_query_and_no_hits_wanted_give_nothing(index: HybridIndex) -> None:
    assert index.search(" ", 4) == []
    assert index.search("公路", 0) == []
    assert HybridIndex.build([], LetterEncoder()).search("公路", 4) == []


def test_what_was_saved_answers_the_same(index: HybridIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "i", "made for this")
    assert hybrid.made_for(tmp_path / "i") == "made for this"
    loaded = HybridIndex.load(tmp_path / "i", LetterEncoder())
    assert loaded
    assert loaded.search("公路养护", 4) == HybridIndex(index.bm25, index.texts).search(
        "公路养护", 4
    )
    alone = HybridIndex.load(tmp_path / "i", None)
    assert alone
    assert alone.texts is None


def test_the_words_of_an_abbreviation_count_together(words: HybridIndex) -> None:
    entries = {"三好": ("卫生院", "幼儿园", "学位", "教师")}

    def share(thesaurus: Thesaurus) -> float:
        hits = HybridIndex(words.bm25, None, thesaurus).search("三好", 4)
        return next(hit.sources["thesaurus"] for hit in hits if hit.clause_id == "plan/p1")

    assert share(Thesaurus(entries, ["三好"])) < 0.75 * share(Thesaurus(entries))


def test_an_index_that_nobody_holds_is_gone_at_once() -> None:
    index = HybridIndex.build(PASSAGES, LetterEncoder())
    index.search("幼儿园", 4)
    held = weakref.ref(index)
    gc.disable()  # which would find it at last, if it held itself
    try:
        del index
        assert held() is None
    finally:
        gc.enable()
