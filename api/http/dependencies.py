"""What routes need: the knowledge base, and where they search, one that is ready."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from api.http.serving import Serving
from api.knowledge_base import KnowledgeBase


async def _serving(request: Request) -> Serving:
    return cast(Serving, request.app.state.serving)


Served = Annotated[Serving, Depends(_serving)]


async def _knowledge_base(serving: Served) -> KnowledgeBase:
    return serving.base


async def _ready_base(serving: Served) -> KnowledgeBase:
    return serving.require()


Base = Annotated[KnowledgeBase, Depends(_knowledge_base)]
"""The newest knowledge base, for what needs no index."""
ReadyBase = Annotated[KnowledgeBase, Depends(_ready_base)]
"""The knowledge base whose index can be used; NotReady (503) until there is one."""
