"""The kind of a document, as its title says it."""

from __future__ import annotations

import re

# The words with which titles end and the kind that each is (see corpus/terms.py). A longer word
# goes before a shorter one: 办法 is no law, 复函 no plain letter.
_WORDS = {
    "规划": "plan", "纲要": "plan", "计划": "plan", "要点": "plan",
    "意见": "opinion",
    "方案": "scheme", "预案": "scheme",
    "办法": "measures", "措施": "measures", "政策": "measures",
    "通知": "notice", "通报": "notice",
    "决定": "decision", "决议": "decision",
    "条例": "regulation",
    "规定": "provisions", "规则": "provisions", "规程": "provisions", "规范": "provisions",
    "细则": "rules",
    "解释": "interpretation",
    "报告": "report",
    "公告": "announcement", "通告": "announcement",
    "函": "letter",
    "批复": "reply", "答复": "reply",
    "命令": "order",
    "解读": "explainer", "问答": "explainer",
    "法": "law", "法典": "law", "宪法": "law", "修正案": "law",
}  # fmt: skip
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
# What may follow the word: （试行）, （2021—2023年）, （草案）, （送审稿）, 第二版
_TAIL = r"(?:\s*[（(〔\[][^（）()]{1,20}[)）〕\]])*"
_END = re.compile(rf"({_WORD}){_TAIL}[》〉”]?$")
_NO_LAW = re.compile(rf"[方做想看说用打书魔手立司执守普违合]法{_TAIL}$")
# 关于印发《…规划》的通知, 印发…方案的函, 转发…报告的通知, 公布《…规定》的决定 carry another text.
_CARRIED = re.compile(
    r"(?:印发|转发|批转|公布|发布|颁布|下达)(?P<what>.+?)(?:的(?:通知|函|通报|公告|通告|决定|令))?$"
)
_COVER = frozenset({"notice", "letter", "announcement", "decision"})


def of_title(title: str) -> str | None:
    """Return the kind that a title says, None where it says none.

    A notice that carries another text counts as that text, for which people look: 关于印发《…规划》
    的通知 is a plan. Where what it carries has no kind (a list, a standard), it stays a notice.

    >>> of_title("云河县关于印发《云河县供水规划》的通知"), of_title("云河县供水办法（试行）")
    ('plan', 'measures')
    """
    kind = _last_word(title)
    if kind in _COVER or kind is None or "印发《" in title:
        carried = _CARRIED.search(title)
        inner = _last_word(carried["what"]) if carried else None
        return inner or kind
    return kind


def ends_like_a_title(text: str) -> bool:
    """Whether a text ends with the word for a kind of document."""
    return _last_word(text) is not None or re.search(r"(安排|清单|名录)$", text) is not None


def _last_word(text: str) -> str | None:
    found = _END.search(text.strip())
    if not found or _NO_LAW.search(text):
        return None
    return _WORDS[found[1]]
