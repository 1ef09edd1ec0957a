"""Text to tokens: jieba words, whole figures and character bigrams.

Words and bigrams live in one vocabulary, so a two-character word counts once as a word and once
as a bigram. hit@5 of BM25 (k1 .9, b .4) on guangan_policy, 430 questions | stard_laws, 771:

    words                            .82 | .45      words and bigrams                .84 | .48
    the same, jieba's HMM            .81 | .44      the same, HMM                    .84 | .49
    the same, jieba's search mode    .81            the same, search mode            .84
    bigrams                          .84 | .48      without stop words, our choice   .84 | .49

The user dictionary changes hit@5 of guangan_policy by nothing; it keeps terms of art whole, for
marking and for telling which words of a question the corpus does not know. jieba's guesses (HMM)
make more unknown words of questions that the corpus does answer, so they are off.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from index import storage

POLICY_WORDS = Path(__file__).with_name("policy_words.txt")

_STOP_WORDS = """
的 了 和 与 及 或 在 是 有 为 以 对 于 等 把 被 将 从 到 由 向 给 而 并 且 其 之 所 者 也 都 就
还 又 这 那 该 各 个 吗 呢 啊 吧 么 嘛 哪 谁 啥 几 何 咋 我 你 他 她 它 您 以及 对于 关于 为了
因为 所以 如果 那么 什么 什么样 什么时候 怎么 怎样 怎么样 怎么办 如何 为何 为什么 哪些 哪些方面
哪个 哪种 哪里 哪儿 哪年 何时 何处 何种 多少 多久 多长时间 是否 能否 可否 请问 我们 你们 他们
这个 那个 这些 那些 一个 有没有 是不是 能不能 可不可以 没有 可以 应该
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Function words and question words: they stand in every question and name nothing."""

_HAN = r"\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+(?:\.[0-9]+)*")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
# 85%, 3.5亿元, 2025年, 12 万人, 0.6个百分点: a number, its scale and its unit.
_FIGURE = re.compile(
    r"(?<![a-z0-9.])(?P<number>[0-9]+(?:\.[0-9]+)?)\s?(?P<unit>%|‰|个百分点|[十百千万亿]*"
    r"(?:平方公里|平方米|立方米|千瓦时|千瓦|公里|公顷|公斤|人次|户次|小时|分钟|周岁|米|元|人|户|年|月|日|天"
    r"|岁|亩|吨|度|个|名|家|所|处|座|条|项|件|倍|次|张|台|辆|套|头|只|株|级|类|种|批|万|亿))"
)
_SILENT = logging.CRITICAL + 1
_VERSION = "1"
_lock = threading.Lock()
_Cut = Callable[[str], Iterable[str]]


def tokens(text: str) -> list[str]:
    """Return what BM25 counts: words, then whole figures, then bigrams, each in text order.

    All are NFKC-normalised and lower-cased; 1,200 becomes 1200. A figure is one token more with its
    unit (`3.5亿元` beside `3.5`). Bigrams do not reach over punctuation, blanks or digits. Stop
    words are left out, two-character ones as bigrams too. Text without letters or digits gives [].
    """
    text = _normal(text)
    found = [*_words(text), *_figures(text), *_bigrams(text)]
    return [token for token in found if token not in STOP_WORDS]


def words(text: str) -> list[str]:
    """Return jieba's words in text order, without stop words, figures with units and bigrams.

    Normalised as in `tokens`; each word is also a token of the same text.
    """
    return [word for word in _words(_normal(text)) if word not in STOP_WORDS]


def boundaries(text: str) -> tuple[str, frozenset[int]]:
    """Return the normalised text and the offsets in it at which words begin or end.

    >>> boundaries("这种地方")
    ('这种地方', frozenset({0, 2, 4}))
    """
    text = _normal(text)
    ends, cut = {0, len(text)}, _cutter()
    for run in _RUN.finditer(text):
        at = run.start()
        ends.add(at)
        for word in cut(run[0]) if run["han"] else [run[0]]:
            at += len(word)
            ends.add(at)
    return text, frozenset(ends)


@functools.cache
def fingerprint() -> str:
    """Return a short name of these rules: tokens of another fingerprint may differ."""
    rules = [_VERSION, metadata.version("jieba"), *sorted(STOP_WORDS)]
    digest = hashlib.sha256("\n".join(rules).encode() + POLICY_WORDS.read_bytes())
    return digest.hexdigest()[:16]


def _normal(text: str) -> str:
    text = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text)  # not ，, so before NFKC
    return unicodedata.normalize("NFKC", text).lower()


def _words(text: str) -> Iterator[str]:
    cut = _cutter()
    for run in _RUN.finditer(text):
        if run["han"]:
            yield from cut(run["han"])
        else:
            yield run[0]


def _figures(text: str) -> Iterator[str]:
    for figure in _FIGURE.finditer(text):
        yield figure["number"] + figure["unit"]


def _bigrams(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        if han := run["han"]:
            yield from (han[i : i + 2] for i in range(len(han) - 1))


def _cutter() -> _Cut:
    with _lock:
        return _load()


@functools.cache
def _load() -> _Cut:
    """Load jieba with our words into a Tokenizer of its own; takes half a second, once.

    jieba keeps its parsed dictionary as a marshal file. It goes to the user's own cache folder,
    since whoever may write to /tmp could plant one there; without such a folder jieba parses its
    dictionary anew each time.
    """
    import jieba

    jieba.setLogLevel(_SILENT)
    cutter = jieba.Tokenizer()
    cutter.tmp_dir = str(_cache_folder())
    with POLICY_WORDS.open("rb") as file:
        cutter.load_userdict(file)
    return functools.partial(cutter.cut, HMM=False)


def _cache_folder() -> Path:
    folder = storage.cache_folder()
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
