"""The story of a law: when and by whom it was passed, published, amended.

Laws carry it under their title, in brackets or as a line for each event. The day that counts is
the last one on which the text was passed, published or amended, not that on which it takes effect:
it is the day of the text at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest import dates, docnumbers
from ingest.titleblock import Line, is_event

_EFFECT = re.compile(r"施行|生效|实施")
_MADE = re.compile(r"通过|公布|发布|修订|修正|批准|颁布|印发|会议(?!上)")
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
# 第十三届全国人民代表大会常务委员会第二十次会议通过, 贵州省第十三届人民代表大会常务委员会第…次会议
_MEETING = re.compile(
    r"(?P<place>[一-龥]{0,20}?)第[一二三四五六七八九十]+届(?P<body>(?:全国)?人民代表大会(?:常务委员会)?)(?:第[一二三四五六七八九十百]+次)?会议"
)
_COURT = re.compile(r"(?P<body>最高人民法院|最高人民检察院)")
_BY_ORDER = re.compile(
    r"(?P<order>[一-龥、]{1,40}(?:令|公告)\s*第\s*\d+\s*号)\s*(?:公布|发布|颁布|修订)"
)
_BY_BODY = re.compile(r"^(?:经|由)?(?P<body>[一-龥、]{2,30}?)(?:公布|发布|颁布)")


class Story(NamedTuple):
    """What the story tells: each value is empty where it does not tell it."""

    issued: str
    issuer: str
    number: str
    line: Line


def read(head: Sequence[Line]) -> Story | None:
    """Return what the story in a head tells, None where there is none."""
    lines = _lines(head)
    if not lines:
        return None
    text = _QUOTED.sub("《》", dates.plainly("".join(line.text for line in lines)))
    events = [(iso, what) for iso, what in _events(text) if _MADE.search(what)]
    if not events:
        return None
    orders = [found["order"] for _, what in events for found in _BY_ORDER.finditer(what)]
    numbers = [number for order in orders if (number := docnumbers.whole(order))]
    issuer = next((name for _, what in events if (name := _issuer(what))), "")
    if numbers:
        issuer = docnumbers.order_body(numbers[0]) or issuer
    return Story(max(iso for iso, _ in events), issuer, numbers[-1] if numbers else "", lines[0])


def _lines(head: Sequence[Line]) -> list[Line]:
    """Return the lines of the story: each event, and what follows in brackets."""
    found: list[Line] = []
    depth = 0
    for line in head:
        if depth > 0 or is_event(line.text):
            found.append(line)
            plain = dates.plainly(line.text)
            depth = max(0, depth + plain.count("(") - plain.count(")"))
    return found


def _events(text: str) -> list[tuple[str, str]]:
    """Return each date with the words up to the next one, effect left out."""
    spans = list(dates.within(text))
    ends = [start for _, start, _ in spans[1:]] + [len(text)]
    events = [(iso, text[end:to].strip()) for (iso, _, end), to in zip(spans, ends, strict=True)]
    return [(iso, what) for iso, what in events if _MADE.search(what) or not _EFFECT.search(what)]


def _issuer(what: str) -> str:
    """Return who passed or published, empty where the words do not say it."""
    meeting = _MEETING.search(what)
    if meeting:
        return meeting["place"].strip("经由") + meeting["body"]
    court = _COURT.search(what)
    if court:
        return court["body"]
    published = _BY_BODY.match(what)
    return published["body"] if published else ""
