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
    adds a 422 in a shape of its own to every route that names none, which is never sent. What
    stands before the routes may refuse a request to any of them.
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
                general = refusals(*_general(path, operation))
                responses = operation["responses"] | {str(k): v for k, v in general.items()}
                operation["responses"] = dict(sorted(responses.items()))
        return description

    app.openapi = with_problem  # type: ignore[method-assign]


def _general(path: str, operation: dict[str, Any]) -> list[int]:
    statuses = [421]
    if path.startswith(PACED):
        statuses.append(429)
    if "requestBody" in operation:
        statuses += [400, 408, 413]
    return statuses


def _drop_foreign(responses: dict[str, Any]) -> None:
    content = responses.get("422", {}).get("content", {})
    if "application/json" in content:
        del responses["422"]
