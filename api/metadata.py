"""What people may say of a document: values of `Meta`, checked."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from corpus.errors import InputError
from corpus.labels import field_name
from corpus.model import Meta
from corpus.terms import KINDS, LEVELS
from ingest import dates

LONGEST = 300  # characters of a value
_TERMS = {"kind": KINDS, "level": LEVELS}


def checked(values: Mapping[str, str | None], now: Meta) -> dict[str, str | None]:
    """Return the values as they are kept, None for one that is empty.

    InputError for an overlong value, one with control characters, a kind or level that is no term
    of `corpus.terms` (unless it is there already), and a date that is none; a date is kept as ISO
    8601 of what is known.
    """
    return {field: _checked(field, value, getattr(now, field)) for field, value in values.items()}


def _checked(field: str, value: str | None, now: str | None) -> str | None:
    plain = " ".join((value or "").split())
    if not plain:
        return None
    name = field_name(field)
    if len(plain) > LONGEST:
        raise InputError(f"{name}太长", f"最多 {LONGEST} 个字符")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in plain):
        raise InputError(f"{name}里有控制字符或不是 Unicode 的字符", "请重新输入")
    terms = _TERMS.get(field)
    if terms and plain not in terms and plain != now:
        known = "、".join(f"{term}（{words}）" for term, words in terms.items())
        raise InputError(f"没有“{plain[:30]}”这种{name}", f"可用：{known}")
    if field == "issued":
        return _date(plain)
    return plain


def _date(text: str) -> str:
    found = dates.whole(text)
    if found is None:
        raise InputError(f"“{text[:30]}”不是日期", "请写成 2021-12-03、2021-12 或 2021")
    return found
