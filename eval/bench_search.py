"""How long a whole query takes and what it holds in memory, beside the peer and bm25s.

    python -m eval.bench_search [--index FOLDER] [--out eval/results/search.md]

Each system runs in a process of its own and gets the same questions a few at a time, by turns, so
that what else the machine does hits all alike. FOLDER is an index that `zhangjie eval passages
../shared/data/stard_laws` has left under --data; without it only the documents are measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, NamedTuple

from api import console
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from eval import machine, peer_index, variants
from eval.bench_process import SCOPE, WHOLE
from eval.columns import Progress, markdown
from eval.passages import read_passages
from eval.peer import publish
from eval.peer_index import PeerIndex
from eval.questions import read_questions
from eval.stages import ENCODING, STAGES
from index.encoder import Encoder, open_encoder
from index.hybrid import HybridIndex

OURS, ASKING, PEER, BM25S = "本项目：检索", "本项目：回答", "同类做法：检索", "bm25s：检索"
_BLOCK = 5  # questions that a system gets at a time
_WARM_UP = 3
_MILLISECONDS = ("p50", "p95")
_HEADINGS = (*_MILLISECONDS, "÷同类", "÷bm25s", "首答 s", "内存 MB", "其中匿名 MB")
_DIGITS = {"p50": 1, "p95": 1, "÷同类": 2, "÷bm25s": 1, "首答 s": 1, "内存 MB": 0, "其中匿名 MB": 0}


class Place(NamedTuple):
    """A corpus: its name, the systems over it as (kind, folder) by name, and the questions.

    The first `_WARM_UP` questions are not timed, and none comes twice: an index keeps the vectors
    of the last ones.
    """

    name: str
    systems: Mapping[str, tuple[str, Path]]
    questions: Sequence[str]


class Measured(NamedTuple):
    """What one system took: milliseconds of each question by name, first answer, memory."""

    times: list[dict[str, float]]
    started_s: float
    memory: machine.Memory


class Process:
    """A system in its own process, see `eval.bench_process`."""

    def __init__(self, kind: str, folder: Path, data: Path, first: str) -> None:
        """Start it and wait for its answer to a first question."""
        start = time.perf_counter()
        command = [sys.executable, "-m", "eval.bench_process", kind, str(folder), str(data)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        try:
            self.ask([first])
        except BaseException:
            self.close()
            raise
        self.started_s = time.perf_counter() - start

    def ask(self, questions: Sequence[str]) -> list[dict[str, float]]:
        """Return the milliseconds of each question by name; RuntimeError where it has ended."""
        answer: list[dict[str, float]] = self._exchange(questions)
        return answer

    def memory(self) -> machine.Memory:
        """Return the megabytes that it holds now."""
        return machine.Memory(**self._exchange([]))

    def close(self) -> None:
        """End the process and wait for that."""
        self._process.communicate()

    def _exchange(self, questions: Sequence[str]) -> Any:  # noqa: ANN401
        sending, receiving = self._process.stdin, self._process.stdout
        if not sending or not receiving:
            raise RuntimeError("no pipes")
        sending.write(json.dumps(list(questions)) + "\n")
        sending.flush()
        line = receiving.readline()
        if not line:
            raise RuntimeError("a system has ended without an answer")
        return json.loads(line)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, write them where --out says so."""
    options = _options(arguments)
    heading = machine.described()
    with console.progress() as progress:
        places = list(_places(options, progress))
        found = {place.name: measure(place, options.data, progress) for place in places}
    publish(_report(heading, places, found), options.out)
    return 0


def measure(place: Place, data: Path, progress: Progress) -> dict[str, Measured]:
    """Time all systems of a place by turns, block by block of its questions."""
    times: dict[str, list[dict[str, float]]] = {name: [] for name in place.systems}
    first, timed = place.questions[0], place.questions[_WARM_UP:]
    with ExitStack() as stack:
        processes = {}
        for name, (kind, folder) in place.systems.items():
            processes[name] = stack.enter_context(closing(Process(kind, folder, data, first)))
            processes[name].ask(place.questions[1:_WARM_UP])
        for start in range(0, len(timed), _BLOCK):
            progress("计时", start, len(timed))
            for name, process in processes.items():
                times[name] += process.ask(timed[start : start + _BLOCK])
        return {
            name: Measured(times[name], process.started_s, process.memory())
            for name, process in processes.items()
        }


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("eval.bench_search", description="检索的快慢和大小")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/seeds"))
    parser.add_argument("--set", type=Path, default=Path("eval/sets/seeds-dev.jsonl"))
    parser.add_argument("--index", type=Path, help="stard_laws 的索引所在的文件夹，没有就不测")
    parser.add_argument("--laws", type=Path, default=Path("../shared/data/stard_laws"))
    parser.add_argument("--queries", type=int, default=100, help="各均匀抽取多少个问题")
    parser.add_argument("--data", type=Path, default=Path("var"), help="索引和向量放在哪里")
    parser.add_argument("--out", type=Path, help="把结果也写入这个 Markdown 文件")
    return parser.parse_args(arguments)


def _places(options: argparse.Namespace, progress: Progress) -> Iterator[Place]:
    """Yield what is to be measured, everything indexed beforehand."""
    untuned = variants.open_variant(variants.UNTUNED, options.data, progress)
    yield _documents(options, untuned, progress)
    if options.index:
        yield _laws(options, untuned)


def _documents(options: argparse.Namespace, untuned: Encoder, progress: Progress) -> Place:
    base = KnowledgeBase(Settings(corpus=str(options.corpus), data=str(options.data)), progress)
    indexed = base.index  # built before anything is timed
    pieces = peer_index.of_documents(base.documents.values())
    vectors = peer_index.encoded(pieces, untuned, options.data, progress)
    folder = options.data / "peer-documents"
    PeerIndex.build(pieces, vectors, None).save(folder)
    questions = [one.question for one in read_questions(options.set, base.documents)]
    return Place(
        f"{len(base.documents)} 份文件，{indexed.bm25.size} 个条款",
        {
            OURS: ("base", options.corpus),
            ASKING: ("ask", options.corpus),
            PEER: ("peer", folder),
            BM25S: ("bm25s", folder),
        },
        machine.spread(questions, _WARM_UP + options.queries),
    )


def _laws(options: argparse.Namespace, untuned: Encoder) -> Place:
    """Return the laws; the peer gets our vectors of the same clauses, since it is only timed."""
    index = HybridIndex.load(options.index, open_encoder())
    if index is None or index.texts is None:
        raise SystemExit(f"{options.index} 里没有带向量的索引")
    collection, passages = read_passages(options.laws, 0)
    ours = {name: place for place, name in enumerate(index.texts.clause_ids)}
    known = [passage for passage in passages if passage.clause_id in ours]
    pieces = peer_index.of_passages(known)
    rows = [index.texts.rows[index.texts.starts[ours[piece.source]]] for piece in pieces]
    folder = options.data / "peer-laws"
    PeerIndex.build(pieces, index.texts.vectors[rows], untuned).save(folder)
    return Place(
        f"stard_laws，{index.bm25.size} 个条款",
        {OURS: ("index", options.index), PEER: ("peer", folder), BM25S: ("bm25s", folder)},
        machine.spread(list(collection.questions.values()), _WARM_UP + options.queries),
    )


def _report(
    heading: str, places: Sequence[Place], found: Mapping[str, Mapping[str, Measured]]
) -> list[str]:
    lines = [
        "# 检索的快慢和大小",
        "",
        heading,
        "每个做法各在一个进程里，轮流回答同样的问题，每次几个，"
        "所以别的程序占用处理器时各做法同样变慢。"
        "时间是毫秒；“÷同类”“÷bm25s”是该行的 p50 与它们的 p50 之比；"
        "“首答”从启动进程到第一个问题答完（索引已建好，词典和模型已解包）；内存是答完全部问题之后的，“匿名”部分之外主要是映射的文件，"
        "内存紧时系统可以收回。同类做法见 peer.md（编码器经 sentence-transformers 运行）；"
        "在 stard_laws 上它用本项目的句向量，因为这里只比快慢。",
        "重做：`python -m eval.bench_search --index var/eval-stard_laws-… "
        "--out eval/results/search.md`",
    ]
    for place in places:
        measured = found[place.name]
        lines += ["", f"## {place.name}", "", f"{len(place.questions) - _WARM_UP} 个问题。", ""]
        lines += markdown(_HEADINGS, _rows(measured), digits=_DIGITS)
        lines += ["", *_split(measured[OURS]), _peers_encoding(measured[PEER])]
    return lines


def _rows(measured: Mapping[str, Measured]) -> dict[str, dict[str, float]]:
    rows = {name: _row([each[WHOLE] for each in one.times], one) for name, one in measured.items()}
    for row in rows.values():
        for system, ratio in ((PEER, "÷同类"), (BM25S, "÷bm25s")):
            row[ratio] = row["p50"] / rows[system]["p50"]
    return rows


def _row(times: Sequence[float], one: Measured) -> dict[str, float]:
    return {
        "p50": machine.percentile(times, 50),
        "p95": machine.percentile(times, 95),
        "首答 s": one.started_s,
        "内存 MB": one.memory.resident,
        "其中匿名 MB": one.memory.anonymous,
    }


def _split(one: Measured) -> list[str]:
    """Return the table of the parts of a search, with the share of each in the mean."""
    whole = sum(each[WHOLE] for each in one.times)
    rows: dict[str, dict[str, float]] = {}
    for stage in (*STAGES, SCOPE):
        times = [each[stage] for each in one.times if stage in each]
        if times:
            p50, p95 = machine.percentile(times, 50), machine.percentile(times, 95)
            rows[stage] = {"p50": p50, "p95": p95, "占": 100 * sum(times) / whole}
    most = max(rows, key=lambda stage: rows[stage]["占"])
    table = markdown((*_MILLISECONDS, "占"), rows, "检索的各步", {"p50": 2, "p95": 2, "占": 0})
    return [*table, "", f"“占”是百分数；用时最多的是{most}，占 {rows[most]['占']:.0f} %。"]


def _peers_encoding(peer: Measured) -> str:
    times = [each[ENCODING] for each in peer.times]
    return f"同类做法的编码 p50 {machine.percentile(times, 50):.1f} 毫秒，同一模型。"


if __name__ == "__main__":
    sys.exit(main())
