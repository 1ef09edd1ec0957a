"""The page: HTML shells that fetch what they show from /v1."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.templating import Jinja2Templates

from api.examples import SHIPPED, questions
from api.http.dependencies import Base
from api.http.present import restated
from api.http.status_schemas import GENERAL
from api.web import TEMPLATES
from corpus.terms import KINDS, LEVELS

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_templates = Jinja2Templates(directory=TEMPLATES)


@router.get("/")
async def ask(request: Request, base: Base) -> Response:
    """Serve the page that asks."""
    ships = restated(base)
    examples = SHIPPED if ships else questions(base.documents)
    return _page(request, "ask.html", restated=ships, examples=examples)


@router.get("/documents")
async def documents(request: Request, base: Base) -> Response:
    """Serve the list of documents."""
    return _page(request, "documents.html", restated=restated(base))


@router.get("/manage")
async def manage(request: Request, base: Base) -> Response:
    """Serve the page on which documents are uploaded, corrected and deleted."""
    return _page(request, "manage.html", restated=restated(base), kinds=KINDS, levels=LEVELS)


@router.get("/documents/{doc_id}")
async def reading(request: Request, doc_id: str, base: Base) -> Response:
    """Serve the page that a document is read on; one that does not exist it says itself."""
    return _page(request, "reading.html", restated=restated(base), doc_id=doc_id)


@router.get("/documents/{doc_id}/checkup")
async def checkup(request: Request, doc_id: str, base: Base) -> Response:
    """Serve the check-up of a document, with the corrections."""
    return _page(request, "checkup.html", restated=restated(base), doc_id=doc_id)


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Serve the list of the API's routes, made from its OpenAPI description."""
    return _page(request, "docs.html", api=request.app.openapi(), general=GENERAL)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Say that there is none of that name: the page names its own."""
    return Response(status_code=204)


def error_page(request: Request, status: int, title: str, detail: str) -> Response:
    """Return a refusal as a page, for those who came with a browser."""
    return _page(request, "error.html", status, title=title, detail=detail)


def _page(request: Request, name: str, status: int = 200, **values: object) -> Response:
    return _templates.TemplateResponse(request, name, dict(values), status)
