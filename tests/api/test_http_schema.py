"""The API keeps what its OpenAPI description says, whatever it is asked; a few hundred calls.

`python -m eval.service_calls` makes twenty thousand.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from api.http.app import create_app
from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from eval import service_calls
from eval.service_calls import BRIEF, Failure, Plan, Report
from tests import small_corpus
from tests.api.browsing import serve, wait_until_ready

pytest.importorskip("schemathesis", reason="没有安装 schemathesis")
TOKEN = "schema-7"
CALLS = 200


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    """A knowledge base that may be written to as fast as one likes."""
    settings = Settings(
        corpus=str(small_corpus.write(tmp_path / "文件")),
        data=str(tmp_path / "var"),
        model="none",
        rate=0,
        admin_token=TOKEN,
    )
    return KnowledgeBase(settings)


def test_no_call_gets_what_the_description_does_not_foresee(base: KnowledgeBase) -> None:
    with serve(base) as address:
        wait_until_ready(address)
        report = service_calls.run(Plan(address, TOKEN, CALLS, phases=BRIEF))
    assert report.calls >= CALLS
    assert (report.unanswered, report.errors) == (0, [])
    assert list(report.failures.values()) == []
    described = create_app(base).openapi()["paths"]
    operations = {
        f"{method.upper()} {path}" for path, methods in described.items() for method in methods
    }
    assert report.statuses.keys() == operations
    answered = {status // 100 for counted in report.statuses.values() for status in counted}
    assert answered == {2, 4}


def test_a_report_tells_operations_failures_and_what_did_not_answer() -> None:
    report = Report(7, 12.3, {"GET /x": Counter({200: 3, 404: 2, 500: 1})})
    report.failed["not_a_server_error"] = 1
    report.failures["a", "b", "c"] = Failure("not_a_server_error", "GET /x", "坏了", "curl …")
    section = service_calls.table(report)
    assert section[0] == "## 接口调用"
    assert "| GET /x | 6 | 3 | 2 | 1 |" in section
    assert "- GET /x：not_a_server_error，坏了" in section
    assert "6 次" in section[3]


def test_a_section_takes_the_place_of_the_one_before() -> None:
    section = ["## 接口调用", "", "新"]
    assert service_calls.insert("", section) == "## 接口调用\n\n新\n"
    once = service_calls.insert("# 服务\n\n话\n", section)
    assert once == "# 服务\n\n话\n\n## 接口调用\n\n新\n"
    text = "# 服务\n\n## 接口调用\n\n旧\n\n## 别的\n\n话\n"
    twice = service_calls.insert(text, section)
    assert twice == "# 服务\n\n## 接口调用\n\n新\n\n## 别的\n\n话\n"
    assert service_calls.insert(twice, section) == twice
