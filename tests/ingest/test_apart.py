from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import FileRefused
from corpus.model import Meta
from ingest.apart import Apart
from ingest.corrections import Correction
from ingest.pipeline import take_in
from tests import small_corpus

DATE = Correction("meta", field="issued", value="2021-12-03", note="见公报")


def other_side(code: str) -> list[str]:
    return [sys.executable, "-c", code]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "规划 一.txt"
    path.write_text(small_corpus.PLAN, encoding="utf-8")
    return path


def test_a_file_taken_in_apart_is_the_same_document(plan: Path) -> None:
    said = Meta("", region="云河县")
    assert Apart()(plan, "规划", said, [DATE]) == take_in(plan, "规划", said, [DATE])


def test_a_refusal_comes_back_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "坏.txt"
    path.write_bytes(b"a\0b")
    with pytest.raises(FileRefused, match=r"坏\.txt") as refusal:
        Apart()(path, "坏", Meta(""), [])
    assert "UTF-8" in refusal.value.remedy


def test_what_takes_too_long_is_ended(plan: Path) -> None:
    endless = Apart(0.5, other_side("while True: pass"))
    with pytest.raises(FileRefused, match="已停止"):
        endless(plan, "规划", Meta(""), [])


@pytest.mark.parametrize("code", ["import os; os._exit(3)", "print('no')", "import os; os.abort()"])
def test_a_process_that_dies_is_a_refusal(plan: Path, code: str) -> None:
    with pytest.raises(FileRefused, match="解析时出错"):
        Apart(60, other_side(code))(plan, "规划", Meta(""), [])


def test_stopping_ends_what_is_under_way_and_takes_in_no_more(plan: Path) -> None:
    endless = Apart(60, other_side("import time; time.sleep(60)"))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(endless, plan, "规划", Meta(""), [])
        while not endless._running:
            time.sleep(0.01)
        endless.stop()
        with pytest.raises(FileRefused):
            waiting.result(30)
    with pytest.raises(FileRefused, match="正在停止"):
        endless(plan, "规划", Meta(""), [])


def test_what_libraries_print_is_no_part_of_the_answer(plan: Path) -> None:
    noisy = "print('noise'); from ingest.apart import main; import ingest.apart as a\n"
    noisy += "take = a.take_in\ndef loud(*b): print('more'); return take(*b)\na.take_in = loud\n"
    code = noisy.replace("print('noise'); ", "") + "main()"
    document, _ = Apart(60, other_side(code))(plan, "规划", Meta(""), [])
    assert document.doc_id == "规划"
