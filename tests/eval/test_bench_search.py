from __future__ import annotations

import io
import json
from contextlib import closing
from pathlib import Path

import pytest

from eval import bench_process, bench_search, stages
from eval.bench_process import SCOPE, WHOLE
from eval.bench_search import BM25S, OURS, PEER, Measured, Process
from eval.machine import Memory
from eval.peer_index import Chunk, PeerIndex
from eval.stages import Stopwatch
from index.hybrid import HybridIndex
from tests.index.letters import PASSAGES, LetterEncoder


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    pieces = [Chunk("a/0", "a", "修建通村公路。"), Chunk("b/0", "b", "扩建中心幼儿园。")]
    PeerIndex.build(pieces, None, None).save(tmp_path / "p")
    return tmp_path / "p"


def test_every_part_of_a_search_is_timed_and_the_parts_make_the_whole() -> None:
    index = HybridIndex.build(PASSAGES, LetterEncoder())
    before = index.search("娃娃的幼儿园", 4)
    stopwatch = Stopwatch()
    stages.watch(index, stopwatch)
    assert index.search("娃娃的幼儿园", 4) == before
    stopwatch.taken()
    index.search("看病的卫生院", 4)  # one that is not encoded yet
    parts = stages.split(100, stopwatch.taken())
    assert set(parts) == set(stages.STAGES)
    assert all(value > 0 for value in parts.values())
    assert sum(parts.values()) == pytest.approx(100)
    assert stopwatch.taken() == {}


def test_an_index_without_vectors_is_timed_too() -> None:
    index = HybridIndex.build(PASSAGES, None)
    stopwatch = Stopwatch()
    stages.watch(index, stopwatch)
    index.search("公路", 4)
    assert stages.split(1, stopwatch.taken())[stages.ENCODING] == 0


def test_a_process_answers_questions_line_by_line(
    saved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('["公路", "学校"]\n[]\n'))
    bench_process.main(["bm25s", str(saved)])
    times, memory = map(json.loads, capsys.readouterr().out.splitlines())
    assert [set(each) for each in times] == [{WHOLE}, {WHOLE}]
    assert memory["resident"] >= memory["anonymous"] > 0


def test_a_system_is_timed_in_a_process_of_its_own(saved: Path, tmp_path: Path) -> None:
    with closing(Process("bm25s", saved, tmp_path, "公路")) as process:
        assert process.started_s > 0
        assert process.ask(["公路"])[0][WHOLE] > 0
        assert process.memory().resident > 0


def test_a_system_that_cannot_start_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        Process("bm25s", tmp_path, tmp_path, "公路")


def test_rows_are_set_against_the_peer_and_bm25s() -> None:
    memory = Memory(100.0, 50.0)
    measured = {
        OURS: Measured([{WHOLE: 20.0, stages.ENCODING: 15.0, SCOPE: 5.0}], 2.0, memory),
        PEER: Measured([{WHOLE: 40.0}], 9.0, memory),
        BM25S: Measured([{WHOLE: 2.0}], 1.0, memory),
    }
    row = bench_search._rows(measured)[OURS]
    assert row["÷同类"] == 0.5
    assert row["÷bm25s"] == 10
    assert "用时最多的是编码，占 75 %" in bench_search._split(measured[OURS])[-1]
