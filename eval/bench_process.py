"""One system in a process of its own, timed query by query: what `eval.bench_search` starts.

    python -m eval.bench_process KIND FOLDER [DATA]

KIND is `base` or `ask` (FOLDER a corpus), `index` (FOLDER an index), `peer` or `bm25s` (FOLDER a
saved peer); DATA holds what is unpacked and indexed. No question should come twice: an index keeps
the vectors of the last ones. Each line of standard input is a JSON list of
questions, answered by one line: [{name: milliseconds}, …], the empty list by {"resident",
"anonymous"} in megabytes.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from eval import machine

TOP_K = 10
WHOLE, SCOPE = "全程", "地址与范围"
KINDS = ("base", "ask", "index", "peer", "bm25s")

Times = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Open the system, then answer line by line until standard input ends."""
    kind, folder, data, *_ = (*(sys.argv[1:] if arguments is None else arguments), "var")
    ask = opened(kind, Path(folder), Path(data))
    for line in sys.stdin:
        questions = json.loads(line)
        answer = [ask(each) for each in questions] or machine.memory()._asdict()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def opened(kind: str, folder: Path, data: Path) -> Callable[[str], Times]:
    """Return what times one query, in milliseconds by name; KeyError for a kind not of `KINDS`.

    All are loaded as their users would load them; what others do not use is not imported.
    """
    openers = {"base": _base, "ask": _ask, "index": _index, "peer": _peer, "bm25s": _bm25s}
    return openers[kind](folder, data)


def _base(folder: Path, data: Path) -> Callable[[str], Times]:
    from api.knowledge_base import KnowledgeBase
    from api.settings import Settings
    from corpus.model import Query
    from eval.stages import Stopwatch, split, watch

    base = KnowledgeBase(Settings(corpus=str(folder), data=str(data)))
    parts, inside = Stopwatch(), Stopwatch()
    watch(base.index, parts)
    inside.wrap(base.index, "search", WHOLE)

    def ask(question: str) -> Times:
        parts.taken(), inside.taken()
        whole = _timed(partial(base.search, Query(question, TOP_K)))
        searching = inside.taken()[WHOLE]
        return {WHOLE: whole, SCOPE: whole - searching, **split(searching, parts.taken())}

    return ask


def _ask(folder: Path, data: Path) -> Callable[[str], Times]:
    from api.knowledge_base import KnowledgeBase
    from api.settings import Settings
    from corpus.model import Query

    base = KnowledgeBase(Settings(corpus=str(folder), data=str(data)))
    return lambda question: {WHOLE: _timed(partial(base.ask, Query(question, TOP_K)))}


def _index(folder: Path, _data: Path) -> Callable[[str], Times]:
    from eval.stages import Stopwatch, split, watch
    from index.encoder import open_encoder
    from index.hybrid import HybridIndex

    index = HybridIndex.load(folder, open_encoder())
    if index is None:
        raise SystemExit(f"{folder} 里没有索引")
    stopwatch = Stopwatch()
    watch(index, stopwatch)

    def ask(question: str) -> Times:
        stopwatch.taken()
        whole = _timed(partial(index.search, question, TOP_K))
        return {WHOLE: whole, **split(whole, stopwatch.taken())}

    return ask


def _peer(folder: Path, data: Path) -> Callable[[str], Times]:
    from eval import variants
    from eval.peer_index import PeerIndex
    from eval.stages import ENCODING, Stopwatch

    encoder = variants.open_variant(variants.UNTUNED, data)
    peer = PeerIndex.load(folder, encoder)
    stopwatch = Stopwatch()
    stopwatch.wrap(encoder, "encode_queries", ENCODING)

    def ask(question: str) -> Times:
        return {WHOLE: _timed(partial(peer.search, question, TOP_K)), **stopwatch.taken()}

    return ask


def _bm25s(folder: Path, _data: Path) -> Callable[[str], Times]:
    from eval.peer_index import PeerIndex

    peer = PeerIndex.load(folder, None)
    return lambda question: {WHOLE: _timed(partial(peer.words, question, TOP_K))}


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
