"""What is wrong with a request, said in Chinese instead of pydantic's English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MOST = 10  # errors that are told of

_PLACES = {"query": "参数", "body": "请求体的", "path": "路径中的", "header": "请求头"}
# By pydantic's error types: https://docs.pydantic.dev/latest/errors/validation_errors/
_MESSAGES = {
    "missing": "没有给出，请补上",
    "extra_forbidden": "不认识，请检查拼写",
    "string_type": "须是文字，请加引号",
    "string_unicode": "不是有效的 UTF-8 文字",
    "list_type": "须是列表，例如 []",
    "bool_parsing": "须是 true 或 false",
    "bool_type": "须是 true 或 false",
    "json_invalid": "不是完整的 JSON，请检查引号、逗号和括号",
    "model_attributes_type": "须是 JSON 对象，并注明 Content-Type: application/json",
    "literal_error": "不是可用的值",
    "dict_type": "须是 JSON 对象",
}
_INTEGER = "须是整数"


def explain(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the field and the message of each of pydantic's errors, `MOST` at most.

    The value itself is never repeated: it may be long, or hold what JSON cannot.
    """
    return [{"field": _field(error), "message": _message(error["type"])} for error in errors[:MOST]]


def _field(error: Mapping[str, Any]) -> str:
    where, *names = error["loc"]
    if error["type"] == "json_invalid" or not names:
        return "请求体"
    return f"{_PLACES.get(where, '')} {'.'.join(str(name)[:60] for name in names)}".strip()


def _message(kind: str) -> str:
    if kind.startswith("int_"):
        return _INTEGER
    return _MESSAGES.get(kind, f"不合要求（{kind}）")
