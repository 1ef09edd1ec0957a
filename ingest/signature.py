"""落款: the bodies above the date with which a letter or a notice ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest import dates, issuers
from ingest.titleblock import Line

_LONGEST = 30  # characters of a date line
_LONGEST_IMPRINT = 100
_MOST = 12  # bodies that sign together
# 总理　李克强: who signs an order
_PERSON = re.compile(
    r"^(?:总\s*理|主\s*席|省\s*长|市\s*长|州\s*长|县\s*长|区\s*长|局\s*长|部\s*长|主\s*任|署\s*长)\s"
)
_ONE_LINE = re.compile(r"^(?P<who>[^0-9〇○二（(]{4,60}?)[\s　（(]+(?P<date>\S.*)$")
# 云河县人民政府办公室　2021年10月27日印发
_IMPRINT = re.compile(
    r"^(?P<who>\S{4,40}?)\s*(?P<date>[12]\d{3}\s*年\s*\d+\s*月\s*\d+\s*日)\s*印发$"
)


class Signature(NamedTuple):
    """Who signed and when: `issuer` is empty where only a date stands under the text."""

    issuer: str
    issued: str
    line: Line


def find(lines: Sequence[Line], first: int) -> Iterator[Signature]:
    """Yield the signatures in the text from line number `first` on, in order.

    A date alone counts where it stands between the end of a sentence and the end of a letter.
    """
    for at, line in enumerate(lines):
        if line.number < first or len(line.text) > 2 * _LONGEST or "\t" in line.text:
            continue
        single = _ONE_LINE.match(line.text)
        if single and (names := issuers.bodies(single["who"])) and _full(single["date"]):
            yield Signature(issuers.joined(names), _full(single["date"]), line)
            continue
        issued = dates.whole(line.text) if len(line.text) <= _LONGEST else None
        if not issued or len(issued) < 7:
            continue
        names = _above(lines, at)
        if names:
            yield Signature(issuers.joined(names), issued, line)
        elif len(issued) == 10 and _ends_a_letter(lines, at):
            yield Signature("", issued, line)


def imprint(lines: Sequence[Line]) -> str:
    """Return the day of printing that stands in the last lines, empty where none does."""
    for line in reversed(lines[-12:]):
        if len(line.text) > _LONGEST_IMPRINT:
            continue
        found = _IMPRINT.match(dates.plainly(line.text))
        issued = dates.whole(found["date"]) if found else None
        if issued:
            return issued
    return ""


def _above(lines: Sequence[Line], at: int) -> list[str]:
    """Return the bodies in the lines right above a date, in order."""
    names: list[str] = []
    for line in reversed(lines[max(0, at - _MOST) : at]):
        found = issuers.bodies(line.text) if len(line.text) <= 80 else []
        if not found:
            break
        names = found + names
    return names


def _full(text: str) -> str:
    """Return a date with its day, empty for anything less."""
    found = dates.whole(text)
    return found if found and len(found) == 10 else ""


def _ends_a_letter(lines: Sequence[Line], at: int) -> bool:
    before = lines[at - 1].text if at else ""
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    closed = before.endswith(("。", "！", "：", ":")) or bool(_PERSON.match(before))
    return (
        closed
        and len(after) <= 60
        and not re.search(r"[。；：，]|^[一二三四五六七八九十（(]+[、）)]", after)
    )
