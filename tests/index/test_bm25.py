import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.errors import StoreError
from index import tokenize
from index.base import Passage
from index.bm25 import BM25Index
from index.tokenize import tokens
from tests.index.ranking import best

PASSAGES = [
    Passage(
        "plan/ch1/p1",
        ("坪上县水利规划", "第一章 水源"),
        "新建小型水库6座，年供水能力增加800万立方米。",
    ),
    Passage("plan/ch1/p2", ("坪上县水利规划", "第一章 水源"), "加固老旧山塘，汛期安排专人值守。"),
    Passage("plan/ch2/p1", ("坪上县水利规划", "第二章 灌溉"), "推广滴灌和喷灌，亩均用水下降12%。"),
    Passage(
        "plan/ch2/p2", ("坪上县水利规划", "第二章 灌溉"), "水费由用水合作社收取，收支每季公开。"
    ),
    Passage("rule/a1", ("坪上县茶园补贴办法",), "新种茶园每亩补贴400元，验收合格后发放。"),
    Passage("rule/a2", ("坪上县茶园补贴办法",), "虚报面积的，追回补贴，三年内不得再次申请。"),
]
QUERIES = [
    "水库",
    "茶园补贴多少钱",
    "用水用水用水",
    "坪上县",
    "谁来收水费",
    "虚报面积会怎样，12%",
    "新建水库和山塘，增加供水800万立方米",
]
WORDS = st.sampled_from(["水", "库", "茶", "园", "路", "桥", "灯", "5%"])
CORPORA = st.lists(st.lists(WORDS, max_size=12), max_size=12)


def documents(passages: list[Passage]) -> list[list[str]]:
    return [
        [token for text in (*passage.heads, passage.text) for token in tokens(text)]
        for passage in passages
    ]


def ids(size: int) -> list[str]:
    return [f"c{place:03}" for place in range(size)]


@given(CORPORA, st.lists(st.one_of(WORDS, st.just("无")), max_size=12))
def test_scores_are_those_of_rank_bm25(corpus: list[list[str]], query: list[str]) -> None:
    scores = BM25Index.fit(ids(len(corpus)), corpus).token_scores(query)
    if any(corpus):
        expected = BM25Okapi(corpus, k1=0.9, b=0.4).get_scores(query)
    else:  # rank-bm25 divides by zero
        expected = np.zeros(len(corpus))
    np.testing.assert_array_equal(scores, expected)


@given(CORPORA, st.floats(0.1, 3), st.floats(0, 0.99))  # rank-bm25 gives 0/0 for b = 1
def test_k1_and_b_mean_what_they_mean_in_rank_bm25(
    corpus: list[list[str]], k1: float, b: float
) -> None:
    corpus = [*corpus, ["水"]]
    scores = BM25Index.fit(ids(len(corpus)), corpus, k1, b).token_scores(["水", "茶", "水"])
    expected = BM25Okapi(corpus, k1=k1, b=b).get_scores(["水", "茶", "水"])
    np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-4)


@pytest.mark.parametrize("query", QUERIES)
def test_scores_of_chinese_questions_are_those_of_rank_bm25(query: str) -> None:
    oracle = BM25Okapi(documents(PASSAGES), k1=0.9, b=0.4)
    scores = BM25Index.build(PASSAGES).scores(query)
    assert scores.shape == (len(PASSAGES),)
    np.testing.assert_allclose(scores, oracle.get_scores(tokens(query)), rtol=0, atol=1e-4)


def test_idf_is_that_of_rank_bm25_with_its_floor() -> None:
    oracle = BM25Okapi(documents(PASSAGES), k1=0.9, b=0.4)
    index = BM25Index.build(PASSAGES)
    assert {term: index.idf(term) for term in index.vocabulary} == oracle.idf
    assert index.idf("坪上") == pytest.approx(0.25 * oracle.average_idf)
    assert index.idf("飞船") is None


def test_vocabulary_names_the_rows_of_the_matrix() -> None:
    index = BM25Index.build(PASSAGES)
    assert index.matrix.shape == (len(index.vocabulary), index.size)
    assert index.matrix[[index.vocabulary["山塘"]]].indices.tolist() == [1]


def test_heads_count_like_text_and_once() -> None:
    under_head = BM25Index.build([Passage("a", ("茶园",), "补贴"), *PASSAGES])
    in_text = BM25Index.build([Passage("a", (), "茶园，补贴"), *PASSAGES])
    np.testing.assert_array_equal(under_head.scores("茶园"), in_text.scores("茶园"))


@given(CORPORA, st.lists(WORDS, max_size=6), st.integers(1, 14))
def test_search_is_the_sorted_scores_of_clauses_that_share_a_token(
    corpus: list[list[str]], query: list[str], top_k: int
) -> None:
    index = BM25Index.fit(ids(len(corpus))[::-1], corpus)
    question = " ".join(query)
    scores = index.scores(question)
    sharing = [
        (clause_id, float(score))
        for clause_id, document, score in zip(index.clause_ids, corpus, scores, strict=True)
        if set(tokens(question)) & set(document)
    ]
    assert index.search(question, top_k) == best(sharing, top_k)


def test_a_clause_is_found_where_no_idf_is_positive() -> None:
    one = BM25Index.build([Passage("a", (), "山塘由村里看管")])
    assert [hit.clause_id for hit in one.search("山塘", 5)] == ["a"]
    two = BM25Index.build([Passage("b", (), "水塘清淤"), Passage("a", (), "茶园补贴")])
    assert two.idf("清淤") == 0
    assert [hit.clause_id for hit in two.search("清淤", 5)] == ["b"]


def test_more_ties_than_top_k_are_cut_by_clause_id() -> None:
    places = [37 * place % 500 for place in range(500)]
    same = [Passage(f"c{place:03}", (), "渡口改桥") for place in places]
    other = [Passage(f"x{place:03}", (), "校舍修缮") for place in range(600)]
    index = BM25Index.build([*same, *other])
    assert [hit.clause_id for hit in index.search("渡口", 5)] == ids(5)


def test_top_k_below_one_gives_nothing() -> None:
    index = BM25Index.build(PASSAGES)
    assert index.search("水库", 0) == index.search("水库", -3) == []


def test_a_question_of_unknown_words_finds_nothing() -> None:
    index = BM25Index.build(PASSAGES)
    assert index.search("火箭发射", 10) == []
    assert not index.scores("火箭发射").any()


def test_clauses_without_a_word_are_indexed_and_not_found() -> None:
    index = BM25Index.build([Passage("a", (), "……"), Passage("b", (), "")])
    assert index.size == 2
    assert index.scores("水库").tolist() == [0, 0]
    assert index.search("水库", 10) == []


def test_one_clause_id_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="clause_id"):
        BM25Index.build([PASSAGES[0], PASSAGES[0]])


def test_an_index_that_was_saved_scores_the_same(tmp_path: Path) -> None:
    index = BM25Index.build(PASSAGES)
    index.save(tmp_path)
    again = BM25Index.load(tmp_path)
    assert again.clause_ids == index.clause_ids
    assert dict(again.vocabulary) == dict(index.vocabulary)
    for query in QUERIES:
        np.testing.assert_array_equal(again.scores(query), index.scores(query))
    for term in index.vocabulary:
        assert again.idf(term) == index.idf(term)


def test_an_index_of_other_tokens_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    BM25Index.build(PASSAGES).save(tmp_path)
    monkeypatch.setattr(tokenize, "fingerprint", lambda: "other")
    with pytest.raises(StoreError, match="分词规则"):
        BM25Index.load(tmp_path)


Harm = Callable[[dict[str, list[str]]], object]


def without_a_clause(terms: dict[str, list[str]]) -> object:
    return {**terms, "clause_ids": terms["clause_ids"][1:]}


def without_a_term(terms: dict[str, list[str]]) -> object:
    return {**terms, "terms": terms["terms"][1:]}


def without_idfs(terms: dict[str, list[str]]) -> object:
    return {key: terms[key] for key in terms if key != "idfs"}


def only_terms(terms: dict[str, list[str]]) -> object:
    return terms["terms"]


@pytest.mark.parametrize("harm", [without_a_clause, without_a_term, without_idfs, only_terms])
def test_terms_that_do_not_fit_the_scores_are_refused(tmp_path: Path, harm: Harm) -> None:
    BM25Index.build(PASSAGES).save(tmp_path)
    path = tmp_path / "terms.json"
    path.write_text(json.dumps(harm(json.loads(path.read_text("utf-8")))), encoding="utf-8")
    with pytest.raises(StoreError, match="已损坏"):
        BM25Index.load(tmp_path)


def test_a_changed_byte_of_the_scores_is_refused_or_harmless(tmp_path: Path) -> None:
    index = BM25Index.build(PASSAGES)
    index.save(tmp_path)
    path = tmp_path / "scores.npz"
    whole = path.read_bytes()
    refused = 0
    for place, bit in product(range(0, len(whole), 97), (1, 128)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
        try:
            again = BM25Index.load(tmp_path)
        except StoreError:
            refused += 1
        else:  # zip headers hold dates and flags that nobody reads
            np.testing.assert_array_equal(again.scores("水库"), index.scores("水库"))
    assert refused > 10


def test_shares_are_of_the_information_of_all_tokens() -> None:
    index = BM25Index.fit(
        ["a", "b", "c", "d", "e"], [["山塘", "坝"], ["山塘"], ["渠"], ["路"], ["桥"]]
    )
    both, one, *none = index.shares(["山塘", "坝"])
    assert 1 > both > one > 0
    assert none == [0, 0, 0]
    assert index.shares(["山塘", "飞船"])[1] < index.shares(["山塘"])[1] < 1
    assert index.shares([]).tolist() == [0] * 5


def test_a_token_of_half_of_the_clauses_still_has_a_share() -> None:
    index = BM25Index.fit(["a", "b"], [["清淤"], ["渠"]])
    assert index.shares(["清淤"])[0] > index.shares(["清淤"])[1] == 0
