"""What people do with the service, shared by those who plan, carry out and report a load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eval.service_process import Server

ASK, STEPS, FIRST, SEARCH = "提问", "提问（分步）", "其中：首个事件", "检索"
LIST, DETAIL, OUTLINE, TEXT = "文件列表", "文件信息", "大纲", "全文"
RESOLVE, STATUS = "按出处找原文", "状态"
NAMES = (ASK, STEPS, FIRST, SEARCH, LIST, DETAIL, OUTLINE, TEXT, RESOLVE, STATUS)
"""The kinds of samples; `FIRST` is no request, but the first event of one of `STEPS`."""
SEARCHING = frozenset((ASK, STEPS, SEARCH))
"""What has to search; the rest is light."""
MIX = {ASK: 20, STEPS: 20, SEARCH: 20, LIST: 10, TEXT: 15, RESOLVE: 10, STATUS: 5}
"""What people do, in hundredths; who reads a document asks for information, outline and text."""

_CITATIONS = 10  # of each document


class Plan(NamedTuple):
    """Who asks what: `users` people for `seconds`, each pausing `think` seconds on the average.

    Questions are asked in turn by all of them together, so that none comes again before all of the
    others have been asked; documents and citations are chosen at random.
    """

    host: str
    users: int
    seconds: float
    think: float
    questions: list[str]
    doc_ids: list[str]
    citations: list[str]


class Sample(NamedTuple):
    """One request: what it was, when it began (seconds since the epoch), how long it took, the
    bytes of its body, and what was wrong with the response, '' for nothing."""

    name: str
    at: float
    ms: float
    size: int
    error: str


def plan(
    server: Server, questions: Sequence[str], users: int, seconds: float, think: float
) -> Plan:
    """Return a plan over the documents that a server has; questions asked twice count once."""
    documents = server.get("/v1/documents")["documents"]
    citations = []
    for each in documents:
        nodes = server.get(f"/v1/documents/{each['doc_id']}/outline")["nodes"]
        chosen = nodes[:: max(len(nodes) // _CITATIONS, 1)]
        citations += [f"《{each['title']}》{node['address']}" for node in chosen]
    doc_ids = [each["doc_id"] for each in documents]
    asked = list(dict.fromkeys(questions))
    return Plan(server.address, users, seconds, think, asked, doc_ids, citations)
