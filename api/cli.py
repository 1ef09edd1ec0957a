"""The command line: `zhangjie`. Heavy imports happen inside the commands, so --help is quick."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import InputError, ZhangjieError

if TYPE_CHECKING:
    from api.knowledge_base import KnowledgeBase
    from corpus.checkup import CheckUp
    from corpus.model import Document

app = typer.Typer(
    help="章节：中国政策文件知识库。按章、节、专栏、条款检索，每个答案都有出处。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Corpus = Annotated[str | None, typer.Option(help="带 manifest.jsonl 的文件夹，默认为随附文件")]
Data = Annotated[str | None, typer.Option(help="解析结果和索引放在哪里，默认 var/")]
Model = Annotated[str | None, typer.Option(help="本地语义模型文件夹；none 表示只用 BM25")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
TopK = Annotated[int, typer.Option(help="给出几个条款，1 至 1000")]


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹，例如 规划.txt")],
    corpus: Corpus = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """把文件加入知识库并给出解析结果。例：zhangjie ingest 规划.txt --corpus 我的文件"""
    from api import console, records
    from api.importing import add_files
    from api.settings import load

    settings = load({"corpus": corpus, "data": data})
    for document, report in add_files(paths, Path(settings.corpus)):
        if as_json:
            _print_json(records.checkup(document, report))
        else:
            _print(console.show_checkup(document, report))


@app.command()
def index(
    corpus: Corpus = None,
    data: Data = None,
    model: Model = None,
    backend: Annotated[str, typer.Option(help="索引放在哪里：local")] = "local",
) -> None:
    """建立或更新索引；没有变化的不重做。例：zhangjie index --corpus 我的文件"""
    if backend != "local":
        raise InputError(f"还没有 {backend} 后端", "目前只有 --backend local")
    with _knowledge_base(corpus, data, model) as base:
        clauses = sum(len(document.clauses) for document in base.documents.values())
        kind = "BM25 和向量" if base.index.dense else "BM25"
        _print(f"{len(base.documents)} 个文件，{clauses} 个条款，{kind}索引就绪：{base.folder}")
        _notes(base)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题；- 表示从标准输入读")] = None,
    batch: Annotated[
        str | None, typer.Option(help="每行 {id, question} 的文件；- 为标准输入")
    ] = None,
    top_k: TopK = 10,
    as_json: AsJson = False,
    corpus: Corpus = None,
    data: Data = None,
    model: Model = None,
) -> None:
    """提问，给出原文句子和出处。例：zhangjie ask 黔西南州要创建多少个州级集成示范试点？"""
    from api import console, records
    from corpus.model import Query

    if (question is None) == (batch is None):
        raise typer.BadParameter("请给出一个问题，或用 --batch 给出问题文件")
    questions = _batch(batch) if batch else [("", _text(question or ""))]
    with _knowledge_base(corpus, data, model) as base:
        for identity, text in questions:
            answer = base.ask(Query(text, top_k))
            if batch:
                _print_json(records.batch_answer(identity, answer, base.cite))
            elif as_json:
                _print_json(records.answer(answer, base.cite))
            else:
                _print(console.show_answer(answer, base.cite))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="要查的内容；- 表示从标准输入读")],
    top_k: TopK = 10,
    as_json: AsJson = False,
    corpus: Corpus = None,
    data: Data = None,
    model: Model = None,
) -> None:
    """列出相关条款。例：zhangjie search 防止返贫监测"""
    from api import console, records
    from corpus.model import Query

    text = _text(query)
    with _knowledge_base(corpus, data, model) as base:
        hits = base.search(Query(text, top_k))
        if as_json:
            for hit in hits:
                _print_json(records.hit(hit, base.cite))
            return
        _notes(base)
        _print("\n".join(console.show_hits(hits, base.cite)) or "没有相关条款。")


@app.command()
def outline(
    file: Annotated[Path, typer.Argument(help="文件，例如 规划.txt")],
    as_json: AsJson = False,
) -> None:
    """列出一个文件的章、节、专栏和各级标题。例：zhangjie outline 规划.txt"""
    from api import console, records

    document, _ = _taken(file)
    if as_json:
        _print_json(records.outline(document))
    else:
        _print(console.show_outline(document))


@app.command()
def checkup(
    file: Annotated[Path, typer.Argument(help="任何能读的文件，例如 规划.pdf")],
    as_json: AsJson = False,
) -> None:
    """给一个文件出体检单：字数、大纲、目录、专栏、疑点和结论。例：zhangjie checkup 规划.pdf"""
    from api import console, records

    taken = _taken(file)
    if as_json:
        _print_json(records.checkup(*taken))
    else:
        _print(console.show_checkup(*taken))


@app.command()
def correct(
    doc_id: Annotated[str, typer.Argument(help="文件的 doc_id，见 zhangjie ingest 的输出")],
    add: Annotated[
        list[str] | None, typer.Option(help='一条更正，例如 {"do": "text", "line": "第二节点"}')
    ] = None,
    remove: Annotated[int | None, typer.Option(help="去掉第几条，从 1 起")] = None,
    as_json: AsJson = False,
    corpus: Corpus = None,
    data: Data = None,
) -> None:
    """看或改一个文件的更正，写法见 docs/corrections.md。例：zhangjie correct 规划"""
    from api import console, records
    from ingest.corrections import from_line

    with _knowledge_base(corpus, data, "none") as opened:
        kept = list(opened.corrections(doc_id))
        if remove is not None:
            if not 1 <= remove <= len(kept):
                raise InputError(f"没有第 {remove} 条更正", f"现有 {len(kept)} 条")
            del kept[remove - 1]
        kept += [from_line(line, f"--add 第 {n} 条") for n, line in enumerate(add or [], 1)]
        base = opened.correct(doc_id, kept) if add or remove is not None else opened
        for number, one in enumerate(kept, 1):
            if as_json:
                _print_json(records.correction(one))
            else:
                _print(console.show_correction(number, one))
        for doubt in base.checkup(doc_id).doubts:
            if doubt.code == "correction-unfit":
                print(doubt.message, file=sys.stderr)  # noqa: T201


@app.command()
def resolve(
    citation: Annotated[str, typer.Argument(help="例如 铜仁规划第六章第二节")],
    as_json: AsJson = False,
    corpus: Corpus = None,
    data: Data = None,
) -> None:
    """按出处找到原文。例：zhangjie resolve 黔西南意见二（三）"""
    text = _text(citation)
    with _knowledge_base(corpus, data, None) as base:
        places = base.resolve(text)
        if as_json:
            for place in places:
                _print_json(
                    {
                        "doc_id": place.document.doc_id,
                        "title": place.document.meta.title,
                        "address": str(place.address),
                        "clauses": [
                            {"clause_id": c.clause_id, "address": str(c.address), "text": c.text}
                            for c in place.clauses
                        ],
                    }
                )
            return
        if len(places) > 1:
            _print(f"这个出处可能指 {len(places)} 处，请写明文件：")
            _print("\n".join(f"  《{p.document.meta.title}》{p.address}" for p in places))
            return
        _print(f"《{places[0].document.meta.title}》{places[0].address}")
        _print("\n\n".join(f"[{c.address}] {c.text}" for c in places[0].clauses))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="默认只对本机开放：127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="默认 8000")] = None,
    corpus: Corpus = None,
    data: Data = None,
    model: Model = None,
    admin_token: Annotated[
        str | None, typer.Option(help="网页和接口保存更正用的令牌；宜用 ZHANGJIE_ADMIN_TOKEN 给出")
    ] = None,
) -> None:
    """启动网页和接口。例：zhangjie serve --port 8000"""
    from api.http.app import create_app
    from api.http.run import run
    from api.knowledge_base import KnowledgeBase
    from api.settings import load

    flags = {"corpus": corpus, "data": data, "model": model, "host": host, "port": port}
    settings = load({**flags, "admin_token": admin_token})
    print(f"章节在 http://{settings.host}:{settings.port} ，按 Ctrl+C 结束", file=sys.stderr)  # noqa: T201
    run(create_app(KnowledgeBase(settings)), settings.host, settings.port)


def main() -> None:
    """Run the command line: exit 0, 1 with one line where something is refused, 2 for usage."""
    try:
        app()
    except ZhangjieError as error:
        print(f"错误：{error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("已中断；已有的数据没有改动", file=sys.stderr)  # noqa: T201
        sys.exit(130)


@contextmanager
def _knowledge_base(
    corpus: str | None, data: str | None, model: str | None
) -> Iterator[KnowledgeBase]:
    from api import console
    from api.knowledge_base import KnowledgeBase
    from api.settings import load

    with console.progress() as progress:
        yield KnowledgeBase(load({"corpus": corpus, "data": data, "model": model}), progress)


def _text(argument: str) -> str:
    return sys.stdin.read() if argument == "-" else argument


def _batch(name: str) -> list[tuple[str, str]]:
    """Return the (id, question) pairs of a batch file; InputError names the line that is wrong."""
    try:
        content = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"读不了 {name}", "请确认文件存在且是 UTF-8") from error
    questions = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            questions.append((str(record["id"]), str(record["question"])))
        except (ValueError, KeyError, TypeError) as error:
            remedy = '每行须形如 {"id": "q1", "question": "…"}'
            raise InputError(f"{name} 第 {number} 行读不懂", remedy) from error
    return questions


def _notes(base: KnowledgeBase) -> None:
    for note in base.notes:
        print(f"注意：{note}", file=sys.stderr)  # noqa: T201


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _taken(file: Path) -> tuple[Document, CheckUp]:
    """Return a file parsed and checked up, with what a manifest beside it says of it."""
    from corpus.manifest import find_entry
    from ingest.pipeline import take_in

    entry = find_entry(file)
    return take_in(file, entry.doc_id if entry else "", entry.said if entry else None)


def _print_json(record: dict[str, Any]) -> None:
    _print(json.dumps(record, ensure_ascii=False))
