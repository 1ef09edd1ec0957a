"""Answers as server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Iterator

from fastapi import Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.http import present
from api.http.problems import described
from api.http.question_schemas import Clauses
from api.knowledge_base import Finding, KnowledgeBase

MEDIA_TYPE = "text/event-stream"
_log = logging.getLogger("zhangjie.http")


def wanted(request: Request) -> bool:
    """Whether a client asks for events."""
    return MEDIA_TYPE in request.headers.get("accept", "")


def events(base: KnowledgeBase, finding: Finding) -> Iterator[str]:
    """Yield `clauses`, then `answer`, or `problem` where it cannot be made."""
    try:
        hits = [present.hit(base, each) for each in finding.hits]
        yield _event("clauses", Clauses(question=finding.query.text, hits=hits))
        yield _event("answer", present.answer(base, base.answer(finding)))
    except Exception as error:  # the response has begun: no other way to say it
        _log.exception("an answer broke off")
        yield f"event: problem\ndata: {json.dumps(described(error), ensure_ascii=False)}\n\n"


async def respond(events: AsyncIterator[str]) -> StreamingResponse:
    """Return a response that sends events; what is raised before the first of them is raised."""
    first = await anext(events)

    async def all_of_them() -> AsyncIterator[str]:
        yield first
        async for each in events:
            yield each

    return StreamingResponse(all_of_them(), media_type=MEDIA_TYPE)


def _event(name: str, content: BaseModel) -> str:
    return f"event: {name}\ndata: {content.model_dump_json()}\n\n"
