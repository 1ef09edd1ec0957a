from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from corpus.errors import FileRefused
from eval import fuzz, fuzz_inputs
from ingest.readers import READERS
from ingest.reading import Mark, Reading


def _nothing(*_: object) -> None:
    """Take the progress of a run."""


def test_damaged_files_are_documents_or_refused(tmp_path: Path) -> None:
    report = fuzz.run(200, 11, tmp_path / "out", 5, _nothing)
    assert report.failures == []
    assert not (tmp_path / "out").exists()
    assert sum(tally.inputs for tally in report.tallies) == pytest.approx(200, abs=9)
    assert [tally.kind for tally in report.tallies] == [kind.name for kind in fuzz_inputs.KINDS]
    assert sum(tally.outcomes[fuzz.DOCUMENT] for tally in report.tallies) > 100
    assert "0 个失败" in fuzz.table(report)


@pytest.mark.parametrize("kind", fuzz_inputs.KINDS[1:], ids=lambda kind: kind.name)
def test_the_same_seed_and_number_give_the_same_file(kind: fuzz_inputs.Kind) -> None:
    if kind.suffix == ".pdf":
        pytest.importorskip("reportlab")
    first = [fuzz_inputs.content(3, kind, number) for number in range(5)]
    fuzz_inputs.forget()
    assert [fuzz_inputs.content(3, kind, number) for number in range(5)] == first
    assert [fuzz_inputs.content(4, kind, number) for number in range(5)] != first


def _raises(error: BaseException) -> Reading:
    raise error


def _slow() -> Reading:
    try:
        time.sleep(5)
    except Exception:  # what readers do must not hide the limit
        return Reading("文字")
    return Reading("文字")


def test_what_became_of_an_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fuzz.outcome_of(lambda: Reading("一、供水\n建水源点。")) == (fuzz.DOCUMENT, "")
    assert fuzz.outcome_of(lambda: _raises(FileRefused("坏了", "请重新下载")))[0] == fuzz.REFUSED
    assert fuzz.outcome_of(lambda: _raises(FileRefused("坏了"))) == ("no-remedy", "坏了")
    outcome, detail = fuzz.outcome_of(lambda: _raises(KeyError("w:val")))
    assert outcome == "crash"
    assert detail.startswith("KeyError: 'w:val'")
    monkeypatch.setattr(fuzz, "_SECONDS", 0.1)
    assert fuzz.outcome_of(_slow)[0] == "slow"


@pytest.mark.parametrize(
    "reading",
    [
        Reading("一行\n二行", marks=(Mark("toc", 1, 2),)),
        Reading("一行\n二行", marks=(Mark("toc", 3, 9),)),
        Reading("一行\n二行", marks=(Mark("toc", 3, 5), Mark("toc", 0, 2))),
        Reading("一行\n二行", pages=(3, 0)),
        Reading("一行\n二行", pages=(0, 30)),
    ],
    ids=["part of a line", "outside", "order", "pages", "page outside"],
)
def test_a_reading_that_breaks_its_contract_is_a_fault(reading: Reading) -> None:
    assert fuzz.outcome_of(lambda: reading)[0] == "fault"


def test_failures_are_written_out_with_their_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READERS, ".txt", lambda _content, _name: _raises(RuntimeError("坏")))
    monkeypatch.setattr(fuzz, "KINDS", [fuzz_inputs.Kind("txt", ".txt", 1)])
    report = fuzz.run(30, 7, tmp_path, 1, _nothing)
    assert len(report.failures) > 3
    lines = (tmp_path / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) == len(report.failures)
    assert {record["seed"] for record in records} == {7}
    named = [record for record in records if "file" in record]
    assert len(named) == 3
    kind, number = fuzz_inputs.KINDS[1], named[0]["number"]
    content = (tmp_path / named[0]["file"]).read_bytes()
    assert content == fuzz_inputs.content(7, kind, number)
    assert "RuntimeError: 坏" in fuzz.table(report)


def test_a_run_out_of_time_says_how_far_it_came(tmp_path: Path) -> None:
    report = fuzz.run(1000, 1, tmp_path, 0, _nothing)
    assert {tally.missing for tally in report.tallies} == {"时间到"}
