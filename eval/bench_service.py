"""The service under load: people at work, the same while documents are uploaded, the pages.

    python -m eval.bench_service [--uploads FOLDER ...] [--out eval/results/service.md]

Each load gets a server in a process of its own over a copy of the corpus (`eval.service_process`)
and runs in a process of its own (`eval.service_load`, which needs the extra `bench`) on the same
machine, so that the server lacks what the load takes of the processors.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from api.settings import Settings
from eval import machine, service_pages, service_report, service_uploads
from eval.peer import publish
from eval.service_plan import MIX, Plan, Sample, plan
from eval.service_process import Server
from eval.service_report import Run

_PAUSES = (0.0, 5.0)  # seconds that people think between two requests, on the average
_SETS = (Path("eval/sets/seeds-dev.jsonl"), Path("eval/sets/dev.jsonl"))
_SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf")
_CALLS = "## 接口调用"
_LARGEST = 1_000_000  # bytes; a scan takes minutes by itself


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all that was asked for and print the tables."""
    options = _options(arguments)
    files = _files(options.uploads, options.files)
    lines = _told(options, machine.described())
    for chosen in ([], files) if files else ([],):
        for think in options.pauses:
            lines += ["", *service_report.run(_run(options, think, chosen))]
    if options.pages:
        with _server(options) as server:
            first = server.get("/v1/documents")["documents"][0]["doc_id"]
            paths = ["/", "/documents", f"/documents/{first}", "/manage"]
            lines += ["", *service_report.pages(service_pages.look(server.address, paths))]
    publish([*lines, *_calls(options.out)], options.out)


def _calls(out: Path | None) -> list[str]:
    """Return the section that `eval.service_calls` has written into the same file, if any."""
    text = out.read_text(encoding="utf-8") if out and out.is_file() else ""
    _, found, rest = text.partition(f"\n{_CALLS}\n")
    return ["", _CALLS, *rest.partition("\n## ")[0].splitlines()] if found else []


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.bench_service", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(Settings().corpus))
    parser.add_argument("--data", type=Path, default=Path("var"), help="副本和索引放在哪里")
    parser.add_argument("--sets", type=Path, nargs="+", default=_SETS, help="问题集")
    parser.add_argument("--users", type=int, default=50, help="几人")
    parser.add_argument("--seconds", type=float, default=300, help="每次几秒")
    parser.add_argument("--pauses", type=float, nargs="+", default=_PAUSES, help="各隔几秒")
    parser.add_argument("--uploads", type=Path, nargs="+", default=[], help="要上传的文件所在")
    parser.add_argument("--files", type=int, default=20, help="上传几个")
    parser.add_argument("--model", default="", help="none 为只用 BM25")
    parser.add_argument("--no-pages", dest="pages", action="store_false", help="不量页面")
    parser.add_argument("--out", type=Path, help="把结果也写入这个 Markdown 文件")
    return parser.parse_args(arguments)


def _told(options: argparse.Namespace, heading: str) -> list[str]:
    questions = len(set(_questions(options.sets)))
    mix = "、".join(f"{name} {share}" for name, share in MIX.items())
    return [
        "# 服务的快慢、内存和页面",
        "",
        heading,
        f"服务（`zhangjie serve`，不限速）在一个进程里，{options.users} 人由 locust "
        "在同一台机器的另一个进程里扮演，它占用的处理器也算在这几个核里；"
        f"每次 {options.seconds:.0f} 秒，每次新起一个服务。",
        f"每百次操作：{mix}（读全文时也取文件信息和大纲）。{questions} 个问题轮流问，"
        "问完一轮才重复，所以向量几乎从不来自缓存。回答不是 200 或缺了该有的内容都算错误。",
        "内存是服务进程的 VmRSS，每两秒取一次；“后半程每分钟增加”是后一半时间的回归斜率。",
        "重做：`python -m eval.bench_service --uploads … --out eval/results/service.md`",
    ]


def _questions(sets: Sequence[Path]) -> list[str]:
    lines = (line for path in sets for line in path.read_text(encoding="utf-8").splitlines())
    return [json.loads(line)["question"] for line in lines]


def _files(folders: Sequence[Path], count: int) -> list[Path]:
    """Return `count` files that can be uploaded, spread over all in the folders."""
    found = [
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in _SUFFIXES and file.stat().st_size <= _LARGEST
    ]
    return [Path(name) for name in machine.spread([str(file) for file in found], count)]


def _server(options: argparse.Namespace) -> Server:
    """Start a server over a fresh copy of the corpus; of its index what fits is used again."""
    folder = options.data.resolve() / "bench-service"
    corpus = folder / "corpus"
    shutil.rmtree(corpus, ignore_errors=True)
    shutil.copytree(options.corpus, corpus, ignore=shutil.ignore_patterns("__pycache__"))
    return Server(corpus, folder, options.model)


def _run(options: argparse.Namespace, think: float, files: Sequence[Path]) -> Run:
    pace = f"各隔约 {think:.0f} 秒用一次" if think else "一刻不停地用"
    title = f"{options.users} 人{pace}" + (f"，同时上传 {len(files)} 个文件" if files else "")
    before = os.getloadavg()[0]
    with _server(options) as server, ThreadPoolExecutor(1) as uploader:
        planned = plan(server, _questions(options.sets), options.users, options.seconds, think)
        server.samples.append(server.usage())
        uploading = uploader.submit(service_uploads.upload, server.address, files, options.seconds)
        samples = _load(planned)
        server.samples.append(server.usage())
        usage = list(server.samples)
        return Run(title, samples, usage, uploading.result(), len(files), before)


def _load(planned: Plan) -> list[Sample]:
    """Carry out a plan in a process of its own; CalledProcessError where that fails."""
    done = subprocess.run(
        [sys.executable, "-m", "eval.service_load"],
        input=json.dumps(planned._asdict()),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Sample(*json.loads(line)) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    main()
