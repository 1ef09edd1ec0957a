"""`zhangjie` whole: the commands of `api.cli`, and `zhangjie eval …` on top of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from api import cli
from corpus.errors import InputError

app = typer.Typer(help="评测检索与回答。", no_args_is_help=True, rich_markup_mode=None)
cli.app.add_typer(app, name="eval")


@app.command()
def run(
    questions: Annotated[Path, typer.Option("--set", help="问题集，每行一个 JSON 对象")],
    corpus: cli.Corpus = None,
    data: cli.Data = None,
    model: cli.Model = None,
    ranking: Annotated[str | None, typer.Option(help="hybrid、bm25 或 dense")] = None,
    rows: Annotated[Path | None, typer.Option(help="把每题的结果写到这个文件")] = None,
    as_json: cli.AsJson = False,
) -> None:
    """用问题集评测。例：zhangjie eval run --set eval/sets/dev.jsonl"""
    from api import console
    from api.knowledge_base import KnowledgeBase
    from api.settings import load
    from eval import run as runner
    from eval.questions import read_questions

    flags = {"corpus": corpus, "data": data, "model": model, "ranking": ranking}
    with console.progress() as progress:
        base = KnowledgeBase(load(flags), progress)
        found = runner.run(base, read_questions(questions, base.documents), progress)
    if rows:
        rows.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in found))
    summary = runner.summary(found)
    text = json.dumps(summary, ensure_ascii=False) if as_json else runner.table(summary)
    sys.stdout.write(text + "\n")


@app.command()
def passages(
    folder: Annotated[Path, typer.Argument(help="有 corpus.jsonl、queries.jsonl、qrels.tsv")],
    data: cli.Data = None,
    vectors: Annotated[bool, typer.Option(help="也算向量（大集合要一小时）")] = True,
    draw: Annotated[int, typer.Option(help="只取这么多段，含全部标准答案；0 为全部")] = 0,
    half: Annotated[str, typer.Option(help="tune 调参的一半、report 报告的一半、all")] = "report",
    as_json: cli.AsJson = False,
) -> None:
    """在别人的段落集上算 R@10、R@100。例：zhangjie eval passages ../shared/data/guangan_policy"""
    from api import console
    from api.settings import load
    from eval import passages as runner
    from index.encoder import open_encoder

    if half not in runner.HALVES:
        raise InputError(f"没有“{half}”这一半", "可用：" + "、".join(runner.HALVES))
    settings = load({"data": data})
    with console.progress() as progress:
        encoder = open_encoder() if vectors else None
        opened = runner.open_collection(folder, Path(settings.data), encoder, draw, progress)
        summary = runner.measure(opened, half, progress)
    text = json.dumps(summary, ensure_ascii=False) if as_json else runner.table(summary)
    sys.stdout.write(text + "\n")


@app.command()
def ingest(
    data: Annotated[Path, typer.Argument(help="真实文件所在的文件夹")] = Path("../shared/data"),
    out: Annotated[Path | None, typer.Option(help="把表也写入这个 Markdown 文件")] = None,
    as_json: cli.AsJson = False,
) -> None:
    """在真实文件上实测导入的各项要求。例：zhangjie eval ingest --out eval/results/ingest.md"""
    from api import console
    from eval import ingest as runner

    with console.progress() as progress:
        rows = runner.run(data, progress)
    table = runner.table(rows)
    if out:
        out.write_text(table + "\n", encoding="utf-8")
    records = json.dumps(runner.records(rows), ensure_ascii=False)
    sys.stdout.write((records if as_json else table) + "\n")


@app.command()
def fuzz(
    inputs: Annotated[int, typer.Option(help="输入的个数，按各阅读器的快慢分配")] = 10_000,
    seed: Annotated[int, typer.Option(help="种子；同一种子的输入相同")] = 1,
    minutes: Annotated[float, typer.Option(help="最多几分钟")] = 15,
    out: Annotated[Path, typer.Option(help="失败的输入写到这个文件夹")] = Path("var/fuzz"),
) -> None:
    """用损坏的文件试每个阅读器和解析器。例：zhangjie eval fuzz --inputs 100000"""
    from api import console
    from eval import fuzz as runner

    with console.progress() as progress:
        report = runner.run(inputs, seed, out, minutes, progress)
    sys.stdout.write(runner.table(report) + "\n")
    if report.failures:
        sys.stdout.write(f"\n失败的输入在 {out}\n")
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; the entry point of `zhangjie`."""
    cli.main()
