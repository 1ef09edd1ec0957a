"""What routes need: the knowledge base, and where they search, one that is ready."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from api.http.readiness import Readiness
from api.knowledge_base import KnowledgeBase


async def _knowledge_base(request: Request) -> KnowledgeBase:
    return cast(KnowledgeBase, request.app.state.knowledge_base)


async def _readiness(request: Request) -> Readiness:
    return cast(Readiness, request.app.state.readiness)


Base = Annotated[KnowledgeBase, Depends(_knowledge_base)]
Ready = Annotated[Readiness, Depends(_readiness)]


async def _ready_base(base: Base, readiness: Ready) -> KnowledgeBase:
    readiness.require()
    return base


ReadyBase = Annotated[KnowledgeBase, Depends(_ready_base)]
"""The knowledge base once its index can be used; NotReady (503) until then."""
