"""The OpenAPI description, with the problem documents that every route may answer with."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api.http.pace import PACED
from api.http.status_schemas import Problem, refusals

_FOREIGN = ("HTTPValidationError", "ValidationError")


def install(app: FastAPI) -> None:
    """Let /openapi.json define the schema `Problem`, to which the refusals of routes refer.

    FastAPI would describe a model given to `responses` as application/json, which it is not; and it
    adds a 422 in a shape of its own to every route that names none, which is never sent. Any route
    of the API may answer with a 429.
    """
    generate = app.openapi

    def with_problem() -> dict[str, Any]:
        description = generate()
        schemas = description.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        for name in _FOREIGN:
            schemas.pop(name, None)
        for path, methods in description["paths"].items():
            for operation in methods.values():
                _drop_foreign(operation["responses"])
                if path.startswith(PACED):
                    operation["responses"] |= {str(k): v for k, v in refusals(429).items()}
        return description

    app.openapi = with_problem  # type: ignore[method-assign]


def _drop_foreign(responses: dict[str, Any]) -> None:
    content = responses.get("422", {}).get("content", {})
    if "application/json" in content:
        del responses["422"]
