"""What the tests of the corpus folder's changes share."""

from __future__ import annotations

import io

from api import library, trash
from api.incoming import received
from api.knowledge_base import KnowledgeBase
from api.library import Planner
from api.plans import Plan
from ingest.corrections import Correction
from ingest.pipeline import take_in
from tests import small_corpus

NOTICE = """云河县供水办法
云府发〔2021〕3号
各乡镇人民政府：
请遵照执行。供水单位每年检修管网2次。
云河县人民政府
2021年12月3日
"""
ORIGINAL = small_corpus.PLAN.replace("12.5万亩", "13.5万亩")
LOST = Correction("insert", before="对蓄水不足的村寨", heading="第三节 水源改造")
DATE = Correction("meta", field="issued", value="2021-12-03")


def files(base: KnowledgeBase) -> dict[str, bytes]:
    """Return every file below the corpus folder."""
    paths = sorted(path for path in base.corpus.rglob("*") if path.is_file())
    return {path.relative_to(base.corpus).as_posix(): path.read_bytes() for path in paths}


def done(base: KnowledgeBase, planner: Planner) -> tuple[KnowledgeBase, Plan]:
    plan = planner(base)
    return plan.apply(base), plan


def added(base: KnowledgeBase, text: str, name: str) -> tuple[KnowledgeBase, Plan]:
    with received(base.corpus, io.BytesIO(text.encode()), name) as incoming:
        return done(base, library.add(incoming, take_in))


def exchanged(
    base: KnowledgeBase, text: str, name: str, doc_id: str = "yunhe"
) -> tuple[KnowledgeBase, Plan]:
    with received(base.corpus, io.BytesIO(text.encode()), name) as incoming:
        return done(base, library.exchange(doc_id, incoming, take_in))


def deleted(base: KnowledgeBase, doc_id: str) -> tuple[KnowledgeBase, str]:
    after, plan = done(base, library.delete(doc_id))
    assert plan.retired
    return after, plan.retired.key


def restored(base: KnowledgeBase, key: str) -> tuple[KnowledgeBase, Plan]:
    return done(base, library.restore(key, take_in))


def keys(base: KnowledgeBase) -> list[str]:
    return [one.key for one in trash.all_deleted(base.corpus, list(base.entries.values()))]
