from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import small_corpus

ZHANGJIE = [sys.executable, "-c", "from api.cli import main; main()"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("cli")
    return small_corpus.write(root / "corpus"), root / "var"


def zhangjie(
    *arguments: str, folders: tuple[Path, Path] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ZHANGJIE_MODEL": "none"}
    if folders:
        environment |= {"ZHANGJIE_CORPUS": str(folders[0]), "ZHANGJIE_DATA": str(folders[1])}
    return subprocess.run(
        [*ZHANGJIE, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )


def test_ask_prints_the_sentence_the_mark_and_the_citation(folders: tuple[Path, Path]) -> None:
    done = zhangjie("ask", "2024年要建成几个老年食堂？", folders=folders)
    assert done.returncode == 0
    assert "老年食堂【6个】" in done.stdout
    assert "《青石镇关于加强老年人照料的实施意见》一、" in done.stdout


def test_a_batch_gives_one_record_a_question_in_order(folders: tuple[Path, Path]) -> None:
    lines = [{"id": f"q{n}", "question": q} for n, q in enumerate(["采茶节由谁负责？", "老人收费"])]
    stdin = "\n".join(json.dumps(line) for line in lines)
    done = zhangjie("ask", "--batch", "-", "--top-k", "3", "--json", folders=folders, stdin=stdin)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["q0", "q1"]
    assert set(records[0]) == {"id", "abstained", "confidence", "answer", "hits"}
    assert 1 <= len(records[0]["hits"]) <= 3
    assert set(records[0]["hits"][0]) == {
        "rank", "doc_id", "clause_id", "address", "citation", "text", "score",
    }  # fmt: skip
    assert "县农业农村局" in records[0]["answer"]


def test_outline_gives_the_nodes_with_their_addresses(folders: tuple[Path, Path]) -> None:
    done = zhangjie("outline", str(folders[0] / "yunhe.txt"), "--json")
    record = json.loads(done.stdout)
    assert set(record) == {"doc_id", "title", "nodes", "problems"}
    assert record["doc_id"] == "yunhe"
    assert record["nodes"][-2]["address"] == "第二章第一节专栏1（二）"
    assert set(record["nodes"][0]) == {"level", "number", "title", "address", "start", "end"}


def test_a_checkup_says_where_each_value_was_found(folders: tuple[Path, Path]) -> None:
    path = str(folders[0] / "yunhe.txt")
    shown = zhangjie("checkup", path).stdout
    assert "地区：云河县（清单）" in shown
    assert "文种：规划、纲要、计划（标题）" in shown
    assert "没有找到：发文机关、文号、发文时间" in shown
    record = json.loads(zhangjie("checkup", path, "--json").stdout)
    assert record["metadata"]["kind"] == {"value": "plan", "origin": "标题"}
    assert record["metadata"]["number"] == {"value": None, "origin": None}


def test_resolve_prints_the_clause(folders: tuple[Path, Path]) -> None:
    done = zhangjie("resolve", "青石意见二(一)1", folders=folders)
    assert "步行不超过15分钟" in done.stdout


def test_ingest_adds_a_file_once(tmp_path: Path) -> None:
    source = tmp_path / "新文件.txt"
    source.write_text("一、目标\n建成公园3个。\n二、保障\n由住建局负责。\n", encoding="utf-8")
    folder = tmp_path / "corpus"
    for _ in range(2):
        done = zhangjie("ingest", str(source), "--corpus", str(folder))
        assert done.returncode == 0, done.stderr
        source = folder / "新文件.txt"
    assert len((folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    done = zhangjie("ask", "公园多少个", "--corpus", str(folder), "--data", str(tmp_path / "v"))
    assert "【3个】" in done.stdout


def test_ingest_stores_nothing_where_one_file_is_refused(tmp_path: Path) -> None:
    good, bad = tmp_path / "好.txt", tmp_path / "坏.txt"
    good.write_text("一、目标\n建成公园3个。\n", encoding="utf-8")
    bad.write_bytes(b"")
    done = zhangjie("ingest", str(good), str(bad), "--corpus", str(tmp_path / "corpus"))
    assert done.returncode == 1
    assert "坏.txt" in done.stderr
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("outline", "没有.txt"), "没有文件"),
        (("ask", ""), "问题是空的"),
        (("ask", "茶", "--top-k", "0"), "top_k"),
        (("ask", "茶", "--top-k", str(10**9)), "top_k"),
        (("ask", "--batch", "没有.jsonl"), "读不了"),
        (("resolve", "云河规划第九章"), "第九章"),
        (("index", "--backend", "milvus"), "milvus"),
        (("search", "茶", "--corpus", "没有的文件夹"), "manifest.jsonl"),
    ],
)
def test_bad_input_is_refused_in_one_chinese_line(
    folders: tuple[Path, Path], arguments: tuple[str, ...], said: str
) -> None:
    done = zhangjie(*arguments, folders=folders)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not done.stdout


def test_a_broken_batch_line_is_named(folders: tuple[Path, Path]) -> None:
    done = zhangjie("ask", "--batch", "-", folders=folders, stdin='{"id": 1}\n')
    assert done.returncode == 1
    assert "第 1 行" in done.stderr


def test_an_overlong_question_is_refused(folders: tuple[Path, Path]) -> None:
    done = zhangjie("ask", "-", folders=folders, stdin="问" * 100_000)
    assert done.returncode == 1
    assert "最多" in done.stderr


def test_wrong_usage_exits_with_two() -> None:
    assert zhangjie("ask").returncode == 2
    assert zhangjie("nosuchcommand").returncode == 2


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, api.cli; print(*{'numpy','torch','jieba','fastapi','rich'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
