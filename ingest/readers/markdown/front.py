"""What stands before the text of a Markdown file and tells of it."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from ingest.reading import Fact

WHERE = "Markdown 文首元数据"
NOTES = "Markdown 正文前说明"
# Collections of laws set the dates of passing and amending between the title and such a comment.
INFO_END = re.compile(r"<!--\s*(INFO\s*END|more)\s*-->", re.I)
_FRONT = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)


class Front(NamedTuple):
    """The lines of the front matter, its facts, and where the text begins after it."""

    lines: tuple[str, ...]
    facts: tuple[Fact, ...]
    end: int


def matter(text: str) -> Front:
    """Return the YAML front matter of a text, an empty one where it has none.

    >>> matter("---\\ntitle: 供水条例\\n---\\n第一条").facts[0].value
    '供水条例'
    """
    found = _FRONT.match(text)
    if not found:
        return Front((), (), 0)
    try:
        values = yaml.load(found[1], yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return Front((), (), 0)
    if not isinstance(values, dict):
        return Front((), (), 0)
    facts = [Fact(str(name), _written(value), WHERE) for name, value in values.items()]
    lines = tuple(line.strip() for line in found[0].split("\n") if line.strip(" \t-."))
    return Front(lines, tuple(fact for fact in facts if fact.value), found.end())


def _written(value: object) -> str:
    """Return a value or a list of values as one line, empty for anything deeper."""
    values = value if isinstance(value, list) else [value]
    return "、".join(" ".join(each.split()) for each in values if isinstance(each, str))
