"""Items of a box (专栏) that have no number: known by their form and what follows."""

from __future__ import annotations

import re

from corpus.address import Level
from ingest.headings import Candidate, clean_title
from ingest.lines import Line

_LABEL = re.compile(r"^“[^”]{1,8}”\s*[：:]")  # “一强”：强组织。
_NO_TITLE = re.compile(
    r"^(到|至|截至|自|从)?\s*\d{4}\s*年|(如下|下列|以下|包括|主要有).{0,6}[：:]$"
)
_LONGEST = 40  # characters


def unnumbered_item(line: Line, follows: Line | None) -> Candidate | None:
    """Return the item that a line of a box begins, None for plain text.

    A short line that is no sentence, with text under it: 推进健康乡村建设计划; or a quoted label:
    “一强”：强组织。 `follows` is the next line where that is text of the box. Traps: names
    (江口县、石阡县), a time (到2025年：), a bullet, what leads a list in (包括以下内容：).
    """
    if line.row:
        return None
    text = line.text
    if _LABEL.match(text):
        first = re.split("[。；;]", text, maxsplit=1)[0]
        run_in = len(first) < len(text.rstrip("。；;"))
        return Candidate(Level.ITEM, None, clean_title(first), run_in=run_in)
    if len(text) > _LONGEST or re.search("[。；;、，,]|^[-—·•]", text) or _NO_TITLE.search(text):
        return None
    if follows is None or follows.gap >= 2 or len(follows.text) <= len(text):
        return None
    return Candidate(Level.ITEM, None, clean_title(text))
