"""This project beside what people build with LangChain, and beside bm25s, in one run.

    python -m eval.peer [--half tune|report] [--draw 10000] [--out eval/results/peer.md]

Sets over ../shared/seeds: a hit is right where its document is and it holds the gold's anchor, be
it a clause or a chunk; collections: a passage is found where one of its chunks is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from api import console
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from corpus.model import Query
from eval import columns, machine, passages, peer_index, variants
from eval.columns import Found, Progress, Row
from eval.peer_index import Chunk, PeerIndex
from eval.questions import read_questions
from index.encoder import Encoder, open_encoder

SETS = {"tune": "seeds-dev.jsonl", "report": "seeds-test.jsonl"}
COLLECTIONS = ("guangan_policy", "stard_laws")
OURS, UNTUNED, TUNED, BM25S = "本项目", "同类做法", "同类做法，用本项目微调的编码器", "bm25s"


class Options(NamedTuple):
    """What is measured, and where things lie; `draw` is how many passages of stard_laws, 0 all."""

    half: str
    draw: int
    seeds: Path
    shared: Path
    data: Path


class Encoders(NamedTuple):
    """The encoder as it comes, and as this project tuned it."""

    untuned: Encoder
    tuned: Encoder


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, write them where --out says so."""
    given = options_parser("eval.peer", "与同类做法、bm25s 同场比较").parse_args(arguments)
    options = Options(given.half, given.draw, given.seeds, given.shared, given.data)
    heading = machine.described()
    with console.progress() as progress:
        encoders = Encoders(
            variants.open_variant(variants.UNTUNED, options.data, progress), open_encoder()
        )
        tables = {"问题集": on_sets(options, encoders, progress)}
        for name in COLLECTIONS:
            tables[name] = on_passages(options, name, encoders, progress)
    publish(_report(options, heading, tables), given.out)
    return 0


def options_parser(
    program: str, description: str, halves: Sequence[str] = tuple(SETS)
) -> argparse.ArgumentParser:
    """Return the options that this and the other comparisons share."""
    parser = argparse.ArgumentParser(program, description=description)
    parser.add_argument("--half", choices=halves, default="tune", help="调参的一半或报告的一半")
    parser.add_argument("--draw", type=int, default=10_000, help="stard_laws 取多少段，0 为全部")
    parser.add_argument("--seeds", type=Path, default=Path("../shared/seeds"))
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"))
    parser.add_argument("--data", type=Path, default=Path("var"), help="索引和向量放在哪里")
    parser.add_argument("--out", type=Path, help="把结果也写入这个 Markdown 文件")
    return parser


def publish(lines: Sequence[str], out: Path | None) -> None:
    """Print lines, and write them to a file where one is given."""
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if out:
        out.write_text(text, encoding="utf-8")


def on_sets(options: Options, encoders: Encoders, progress: Progress) -> dict[str, Row]:
    """Return the rows of all systems over one half of the question set."""
    settings = Settings(corpus=str(options.seeds), data=str(options.data))
    base = KnowledgeBase(settings, progress)
    questions = read_questions(Path("eval/sets") / SETS[options.half], base.documents)
    pieces = peer_index.of_documents(base.documents.values())
    searches = {OURS: _asking(base)}
    for name, peer in _peers(pieces, encoders, options.data, progress):
        searches[name] = _looking(peer)
    return {name: columns.on_set(one, questions, progress) for name, one in searches.items()}


def on_passages(
    options: Options, name: str, encoders: Encoders, progress: Progress
) -> dict[str, Row]:
    """Return the rows of all systems over one half of a collection's questions."""
    folder, draw = options.shared / name, options.draw if name == COLLECTIONS[-1] else 0
    opened = passages.open_collection(folder, options.data, encoders.tuned, draw, progress)

    def ours(query: str, top_k: int) -> list[str]:
        return [hit.clause_id for hit in opened.index.search(query, top_k)]

    searches: dict[str, Callable[[str, int], list[str]]] = {OURS: ours}
    pieces = peer_index.of_passages(passages.read_passages(folder, draw)[1])
    for system, peer in _peers(pieces, encoders, options.data, progress):
        searches[system] = _sources(peer)
    return {
        system: columns.on_collection(one, opened.collection, options.half, progress)
        for system, one in searches.items()
    }


def _peers(
    pieces: Sequence[Chunk], encoders: Encoders, data: Path, progress: Progress
) -> Iterator[tuple[str, PeerIndex]]:
    for name, encoder in ((UNTUNED, encoders.untuned), (TUNED, encoders.tuned)):
        vectors = peer_index.encoded(pieces, encoder, data, progress)
        yield name, PeerIndex.build(pieces, vectors, encoder)
    yield BM25S, PeerIndex.build(pieces, None, None)


def _asking(base: KnowledgeBase) -> Callable[[str], list[Found]]:
    def search(question: str) -> list[Found]:
        hits = base.search(Query(question, columns.DEPTH))
        return [Found(hit.clause.doc_id, hit.clause.text) for hit in hits]

    return search


def _looking(peer: PeerIndex) -> Callable[[str], list[Found]]:
    def search(question: str) -> list[Found]:
        return [Found(one.source, one.text) for one in peer.search(question, columns.DEPTH)]

    return search


def _sources(peer: PeerIndex) -> Callable[[str, int], list[str]]:
    """Return a search for passages, each at the place of its first chunk."""

    def search(query: str, top_k: int) -> list[str]:
        found = dict.fromkeys(one.source for one in peer.search(query, 2 * top_k))
        return list(islice(found, top_k))

    return search


def _report(options: Options, heading: str, tables: Mapping[str, Mapping[str, Row]]) -> list[str]:
    half = "调参的一半" if options.half == "tune" else "报告的一半"
    lines = [
        "# 与同类做法同场比较",
        "",
        heading,
        "同类做法即用 LangChain 常搭的那种：正文不看结构切成 500 字的块，"
        "重叠 50 字（尽量在行末断开），"
        "同一个编码器（multilingual-e5-small，未微调）每块一个向量，jieba 分词的 bm25s，"
        "两个排序用 RRF（k = 60）合并；bm25s 一行只用其中的词。"
        "各做法用同样的正文（本项目清洗过的，不含目录）、同样的问题和同样的判定："
        "结果出自标准答案的文件，且含有其原文片段（不计空白）。"
        f"块比条款长，更容易含有片段，所以另列“{columns.CHARACTERS}”。",
        f"重做：`python -m eval.peer --half {options.half} --draw {options.draw} "
        "--out eval/results/peer.md`",
    ]
    for name, rows in tables.items():
        title = f"{name}（{SETS[options.half]}）" if name == "问题集" else f"{name}（{half}）"
        headings = list(dict.fromkeys(key for row in rows.values() for key in row))
        lines += ["", f"## {title}", ""]
        lines += columns.markdown(headings, rows, digits={columns.CHARACTERS: 0})
    return lines


if __name__ == "__main__":
    sys.exit(main())
