"""Laws in Markdown against the articles that STARD lists of the same files.

STARD's corpus.jsonl gives each article (条) with its number, text, file and path. An article
counts where both sources have its text: other versions of a law are counted apart. Since our own
division must not decide what counts, a text that stands in the file counts even where we
put other text under its number.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from corpus.address import Address, Level
from corpus.model import Document, Node
from corpus.numerals import to_int
from eval.claims import Claim, Figure, Missing, document, files, reading, squeeze

_ABOVE = frozenset({Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION, Level.HEADING})
_NUMBER = re.compile(r"第(.+)条(?:之(.+))?")
_LABEL = re.compile(r"^第[^条]{1,9}条(?:之[一二三四五六七八九十]+(?=.))?")
_ANNEX = re.compile(r"附[件录表图]")
_ALIKE = 0.9  # of the characters, for the same version of an article
_GOAL = 0.995
_SHOWN = 4  # articles that the figure names

Key = tuple[int, int]  # 第…条, 之…


class _Article(NamedTuple):
    path: list[str]
    text: str


class Compared(NamedTuple):
    """Articles by how they compare, and the names of those that are wrong.

    `counts` has right, wrong-path, wrong-text, version (other text than the file has), annex (its
    text goes on with the annex of the law; right all the same), unlisted (ours alone).
    """

    counts: Counter[str]
    wrong: list[str]


def compare(document: Document, raw: str, listed: list[Mapping[str, Any]], name: str) -> Compared:
    """Compare the articles of a law with those that are listed of it."""
    ours: dict[Key, list[_Article]] = defaultdict(list)
    for key, article in _articles(document):
        ours[key].append(article)
    counts: Counter[str] = Counter()
    wrong = []
    whole = squeeze(raw)
    for each in listed:
        verdict, annex = _verdict(each, ours.get(_key(each["article"]), []), whole)
        counts[verdict] += 1
        counts["annex"] += annex
        if verdict.startswith("wrong"):
            wrong.append(f"{name}{each['article']}")
    known = {_key(each["article"]) for each in listed}
    counts["unlisted"] = sum(len(found) for key, found in ours.items() if key not in known)
    return Compared(counts, wrong)


def _verdict(each: Mapping[str, Any], found: list[_Article], whole: str) -> tuple[str, bool]:
    """Return how a listed article compares with ours of its number, and whether an annex follows.

    Among several of the number the one with the most similar text counts.
    """
    text = squeeze(each["text"])
    best = max(found, key=lambda article: _ratio(article.text, text), default=None)
    annex = best is not None and _goes_on_with_annex(text, best.text)
    if best and (annex or _ratio(best.text, text) >= _ALIKE):
        same = best.path == [squeeze(step) for step in each["path"]]
        return ("right" if same else "wrong-path"), annex
    return ("wrong-text" if text in whole else "version"), False


def _goes_on_with_annex(text: str, ours: str) -> bool:
    return text.startswith(ours) and _ANNEX.match(text[len(ours) :]) is not None


@lru_cache(maxsize=1024)
def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _articles(document: Document) -> Iterator[tuple[Key, _Article]]:
    def below(nodes: tuple[Node, ...], path: list[str]) -> Iterator[tuple[Key, _Article]]:
        for node in nodes:
            if node.level is Level.ARTICLE and node.number:
                text = _LABEL.sub("", squeeze(document.text[node.start : node.end]))
                yield (node.number, node.sub), _Article(path, text)
            label = squeeze(str(Address((node.step,)))) + squeeze(node.title)
            yield from below(node.children, [*path, label] if node.level in _ABOVE else path)

    return below(document.nodes, [])


def _key(article: str) -> Key:
    match = _NUMBER.fullmatch(article)
    return (to_int(match[1]), to_int(match[2]) if match[2] else 0) if match else (0, 0)


@lru_cache(maxsize=4)
def _compared(data: Path) -> tuple[int, Compared]:
    """Return the number of laws that are listed, and how all their articles compare."""
    folder = data / "laws_md"
    paths = {path.relative_to(folder).as_posix(): path for path in files(folder, "**/*.md")}
    corpus = data / "stard_laws/corpus.jsonl"
    if not corpus.is_file():
        raise Missing("没有 stard_laws/corpus.jsonl")
    listed: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            each = json.loads(line)
            if each["file"] in paths:
                listed[each["file"]].append(each)
    counts: Counter[str] = Counter()
    wrong = []
    for name, articles in listed.items():
        path = paths[name]
        law = path.stem.partition("(")[0]
        compared = compare(document(path), reading(path).text, articles, law)
        counts += compared.counts
        wrong += compared.wrong
    return len(listed), Compared(counts, wrong)


def _paths(data: Path) -> Figure:
    laws, (counts, wrong) = _compared(data)
    right = counts["right"]
    whole = right + counts["wrong-path"] + counts["wrong-text"]
    if not whole:
        raise Missing("语料里没有这些法规")
    text = (
        f"{right}/{whole}（{right / whole:.2%}），{laws} 部；路径不同 {counts['wrong-path']}，"
        f"条文不同 {counts['wrong-text']}；语料为另一版本而不计的 {counts['version']}，"
        f"语料把附件并入末条而仍比较的 {counts['annex']}，语料未列的条 {counts['unlisted']}"
    )
    if wrong:
        text += f"。不同的：{'、'.join(wrong[:_SHOWN])}" + ("等" if len(wrong) > _SHOWN else "")
    return Figure(text, right / whole >= _GOAL)


CLAIMS = (
    Claim(
        "每一条的序号和编、章、节路径与 STARD 一致",
        "99.5 %",
        "laws_md 中 stard_laws/corpus.jsonl 也收的法规",
        _paths,
    ),
)
