from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import pytest

from eval import bench_service, service_report, service_uploads
from eval.machine import Memory
from eval.service_plan import ASK, FIRST, LIST, MIX, NAMES, STEPS, Sample
from eval.service_process import TOKEN, Usage, slope
from eval.service_report import ALL, HEAVY, LIGHT, Run
from tests import small_corpus


def usage(minutes: float, megabytes: float, processor: float = 0.0) -> Usage:
    return Usage(minutes * 60, Memory(megabytes, megabytes / 2), processor)


def test_memory_that_settles_is_flat_and_memory_that_leaks_is_not() -> None:
    settled = [usage(at, 500 if at else 300) for at in range(10)]
    leaking = [usage(at, 300 + 7 * at) for at in range(10)]
    assert slope(settled) == pytest.approx(0)
    assert slope(leaking) == pytest.approx(7)
    assert service_report.held(leaking)["一分钟后"] == 307


def test_the_table_counts_requests_once_and_keeps_the_light_ones_apart() -> None:
    samples = [
        Sample(ASK, 0, 1000, 10, ""),
        Sample(STEPS, 1, 3000, 10, "500"),
        Sample(FIRST, 1, 2000, 10, ""),
        Sample(LIST, 9, 1000, 10, ""),
    ]
    run = Run("题", samples, [usage(0, 300), usage(1, 300, 90)])
    rows = service_report.times(run)
    assert {name: rows[name]["次数"] for name in (ALL, HEAVY, LIGHT)} == {
        ALL: 3,
        HEAVY: 2,
        LIGHT: 1,
    }
    assert rows[ALL]["每秒"] == pytest.approx(0.3)
    assert rows[HEAVY]["p50"] == 2000
    assert rows[ALL]["错误"] == 1
    text = "\n".join(service_report.run(run))
    assert "服务平均用 1.50 个核" in text
    assert f"- {STEPS}：500" in text


def test_the_mix_makes_a_hundred_and_every_kind_has_a_row() -> None:
    assert sum(MIX.values()) == 100
    assert set(MIX) < set(NAMES)


class Library(BaseHTTPRequestHandler):
    """Takes the first file, refuses the second, and is busy for two looks after an upload."""

    bodies: list[bytes]
    looks: int

    def do_POST(self) -> None:
        assert self.headers["Authorization"] == f"Bearer {TOKEN}"
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).looks = 0
        status = 201 if len(self.bodies) == 1 else 409
        self._answer(status, {"detail": "已经有了"})

    def do_GET(self) -> None:
        type(self).looks += 1
        self._answer(
            200, {"indexing": {"what": "计算向量"} if self.looks < 3 else None, "failure": None}
        )

    def _answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


def test_an_upload_waits_for_the_index_and_a_refusal_is_told(tmp_path: Path) -> None:
    files = [tmp_path / "甲.txt", tmp_path / "乙.txt"]
    for file in files:
        file.write_text("一、内容", encoding="utf-8")
    Library.bodies, Library.looks = [], 0
    with HTTPServer(("127.0.0.1", 0), Library) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        found = service_uploads.upload(f"http://127.0.0.1:{server.server_port}", files, 0.1)
        server.shutdown()
    assert 'filename="甲.txt"'.encode() in Library.bodies[0]
    assert "一、内容".encode() in Library.bodies[0]
    first = found[0]
    assert (first.name, first.error) == ("甲.txt", "")
    assert first.indexed_s > first.answered_s
    assert len(found) == 1 or found[1].error == "409 已经有了"


def test_a_short_load_on_a_small_corpus_goes_without_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if find_spec("locust") is None:  # importing it would change sockets and threads
        pytest.skip("没有安装 locust")
    if not Path("/proc/self/status").is_file():
        pytest.skip("内存取自 /proc")
    questions = tmp_path / "q.jsonl"
    asked = ["云河县2025年要新建多少万亩标准茶园？", "老年食堂每餐收费多少？"]
    questions.write_text("".join(json.dumps({"question": one}) + "\n" for one in asked))
    corpus = small_corpus.write(tmp_path / "文件")
    before = {path: path.read_bytes() for path in corpus.iterdir()}
    out = tmp_path / "service.md"
    out.write_text("# 旧的\n\n## 旧的负载\n\n旧\n\n## 接口调用\n\n两万次。\n", encoding="utf-8")
    flags = ["--corpus", corpus, "--data", tmp_path / "var", "--sets", questions, "--out", out]
    flags += ["--users", 3, "--seconds", 3, "--pauses", 0, "--model", "none", "--no-pages"]
    bench_service.main([str(flag) for flag in flags])
    text = out.read_text(encoding="utf-8")
    assert capsys.readouterr().out == text
    assert text.count("错误 0 个") == 1
    assert text.endswith("\n\n## 接口调用\n\n两万次。\n")
    assert "旧" not in text
    assert "## 3 人一刻不停地用\n" in text
    whole = next(line for line in text.splitlines() if line.startswith(f"| {ALL} |"))
    assert int(whole.split("|")[2]) > 3
    assert all(f"| {name} |" in text for name in NAMES)
    assert {path: path.read_bytes() for path in corpus.iterdir()} == before
