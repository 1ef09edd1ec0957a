import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import tokenize
from index.tokenize import STOP_WORDS, tokens, words

POLICY_WORDS = [line.split() for line in tokenize.POLICY_WORDS.read_text("utf-8").splitlines()]


def test_tokens_are_words_then_figures_then_bigrams() -> None:
    found = tokens("新建便民桥12座，受益3.5万人。")
    assert found[:6] == ["新建", "便民", "桥", "12", "座", "受益"]
    assert found.index("3.5") < found.index("12座") < found.index("3.5万人") < found.index("民桥")


def test_bigrams_stop_at_punctuation_blanks_and_digits() -> None:
    found = set(tokens("茶园、果园 药园8渔场"))
    assert {"茶园", "果园", "药园", "渔场"} <= found
    assert not {"园果", "园药", "园渔"} & found


def test_figures_stand_with_and_without_their_unit() -> None:
    for text, bare, whole in [
        ("达到85%", "85", "85%"),
        ("达到８５％", "85", "85%"),
        ("投入1,200万元", "1200", "1200万元"),
        ("提高0.6个百分点", "0.6", "0.6个百分点"),
        ("在2031 年", "2031", "2031年"),
        ("占地7㎡", "7m2", "7m2"),
    ]:
        assert bare in tokens(text)
        assert whole in tokens(text)


def test_a_chinese_comma_parts_figures() -> None:
    assert "50" in tokens("甲村50，200户在册")
    assert "200户" in tokens("甲村50，200户在册")


def test_width_and_case_do_not_matter() -> None:
    assert tokens("ＰＭ２.５和5G基站") == tokens("pm2.5和5g基站")
    assert {"pm2.5", "5g"} <= set(tokens("ＰＭ２.５和5G基站"))


def test_text_without_letters_or_digits_has_no_tokens() -> None:
    for text in ["", " \n\t　", "，。！？——……", "\ud800", "的", "请问？"]:
        assert tokens(text) == []
        assert words(text) == []


def test_stop_words_are_left_out_as_words_and_as_bigrams() -> None:
    assert not STOP_WORDS & set(tokens("请问什么是河道清淤，以及哪些人可以参加的呢"))
    assert "清淤" in tokens("请问什么是河道清淤")


def test_words_have_neither_bigrams_nor_units() -> None:
    assert words("怎么申请公租房，要15%的首付吗？") == ["申请", "公租房", "要", "15", "首付"]


@given(st.text())
def test_every_word_is_a_token_in_the_same_order(text: str) -> None:
    assert tokens(text)[: len(words(text))] == words(text)


@given(st.text(alphabet="村镇道路的了吗 ，。3.5%亿元aB〇𠮷", max_size=40))
def test_tokens_hold_no_blank_no_stop_word_and_are_stable(text: str) -> None:
    for token in tokens(text):
        assert token.strip() == token != ""
        assert token not in STOP_WORDS
        assert token == token.lower()
    assert tokens(text) == tokens(text)


def test_policy_words_are_kept_whole() -> None:
    assert 150 <= len(POLICY_WORDS) <= 300
    for word, freq in POLICY_WORDS:
        assert int(freq) > 0
        assert words(word) == [word]


def test_policy_words_are_listed_once() -> None:
    listed = [word for word, _ in POLICY_WORDS]
    assert len(set(listed)) == len(listed)


def test_the_global_jieba_does_not_learn_our_words() -> None:
    tokens("控辍保学")
    import jieba

    assert "控辍保学" not in jieba.dt.FREQ


def test_fingerprint_changes_with_the_dictionary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tokenize.fingerprint()
    other = tmp_path / "words.txt"
    other.write_text("坝坝会 3000\n", encoding="utf-8")
    monkeypatch.setattr(tokenize, "POLICY_WORDS", other)
    assert tokenize.fingerprint.__wrapped__() != before


def _python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    root = Path(tokenize.__file__).parents[1]
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(root), "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=True,
    )


def test_jieba_is_loaded_by_the_first_tokens_and_says_nothing(tmp_path: Path) -> None:
    code = """
import sys
import index.tokenize
print("jieba" in sys.modules)
index.tokenize.tokens("水库")
print("jieba" in sys.modules)
"""
    ran = _python(code, XDG_CACHE_HOME=str(tmp_path))
    assert ran.stdout.split() == ["False", "True"]
    assert ran.stderr == ""


def test_jieba_keeps_its_cache_in_the_users_cache_folder(tmp_path: Path) -> None:
    code = "from index.tokenize import tokens; tokens('水库')"
    _python(code, XDG_CACHE_HOME=str(tmp_path), TMPDIR=str(tmp_path / "none"))
    assert [path.name for path in (tmp_path / "zhangjie").iterdir()] == ["jieba.cache"]


def test_without_a_cache_folder_jieba_works_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code = "from index.tokenize import words; print(words('修水库'))"
    ran = _python(code, XDG_CACHE_HOME=str(tmp_path / "file"))
    assert ran.stdout.strip() == "['修', '水库']"
    assert ran.stderr == ""


def test_jiebas_log_is_off() -> None:
    tokens("水库")
    assert not logging.getLogger("jieba").isEnabledFor(logging.CRITICAL)
