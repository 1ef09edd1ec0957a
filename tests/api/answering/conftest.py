from __future__ import annotations

from pathlib import Path

import pytest

from api.knowledge_base import KnowledgeBase
from api.settings import Settings
from tests.api.answering import addressed

SEEDS = Path(__file__).resolve().parents[3].parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The invented corpus, by words alone."""
    folder = tmp_path_factory.mktemp("invented")
    corpus = addressed.write(folder / "文件")
    return KnowledgeBase(Settings(corpus=str(corpus), data=str(folder / "var"), model="none"))


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The original documents, by words alone; tests that need them skip where they are missing."""
    if not (SEEDS / "manifest.jsonl").is_file():
        pytest.skip("没有 ../shared/seeds")
    data = tmp_path_factory.mktemp("seeds")
    return KnowledgeBase(Settings(corpus=str(SEEDS), data=str(data), model="none"))
