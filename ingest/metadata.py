"""What a document says of itself: title, kind, region, level, issuer, number, date, and where.

What people wrote in the manifest wins; then comes what the file says outside its text (the table
of a web page), then the title, the signature, the title block, the story of a law. What none of
them says stays None: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Meta
from ingest import dates, docnumbers, history, issuers, kinds, newspaper, places, signature
from ingest import titleblock as block
from ingest.reading import Fact

PEOPLE = "清单"
TITLE = "标题"
SIGNATURE = "落款"
IMPRINT = "版记"

# Names that readers give to facts and texts to labels, lower case, best first.
_TITLES = ("标题", "articletitle", "h1", "title", "名称", "文件名称", "信息名称")
_NUMBERS = ("发文字号", "文号", "发文文号", "公文文号", "文件编号", "文件字号")
_ISSUERS = ("发文机关", "发文机构", "发文单位", "制发机关", "制定机关")
_PUBLISHERS = ("发布机构", "发布机关", "发布单位")
_SIGNED = ("成文日期", "成文时间", "发文日期", "发文时间", "签发日期", "印发日期", "生成日期")
_POSTED = ("公布日期", "发布日期", "发布时间", "公开日期", "pubdate", "日期")
# Properties that a program fills in say little: they count only where the text agrees.
_PROPERTIES = ("文档属性", "OFD 元数据")
# ——2026年2月3日在云河市第十六届人民代表大会第四次会议上: when and where a report was given
_MEETING = re.compile(
    r"^[—\-–―\s(]*(?P<date>[12]\d{3}\s*年\s*\d+\s*月\s*\d+\s*日).{0,12}?在(?P<place>[一-龥]{0,20}?)"
    r"第.{1,3}届(?P<nation>全国)?人民代表大会.*会议"
)
# 国务院总理　李克强, 云河县人民政府县长　李明
_SPEAKER = re.compile(
    r"^(?P<who>[一-龥]*?(?:国务院|人民政府))(?:代理?|副)?(?:总理|主席|省长|市长|州长|盟长|专员|县长|区长|旗长|镇长|乡长)"
)
_NEWS = re.compile(
    r"^(?:.{0,12}(?:讯|电)\s*[（(]?\s*(?:记者|通讯员)|.{0,4}(?:记者|通讯员)\s*\S{2,4}|新华社.{2,12}电)"
)

_Value = tuple[str, str]  # a value and where it was found
_NONE: _Value = ("", "")


@dataclass(frozen=True, slots=True)
class Found:
    """The metadata and where each value was found, by field; fields without value are left out."""

    meta: Meta
    origins: dict[str, str]


def find(text: str, facts: Sequence[Fact], title: str, known: Meta) -> Found:
    """Return what is known, by people or from the document itself. Never raises.

    `text` is the cleaned text, with blanks in place of what is no part of it; `title` the one that
    the parser saw in it, perhaps empty; `known` what people say. The title is empty where neither
    people nor the document give one.
    """
    return _Search(text, facts, title, known).found()


class _Search:
    """Looks for each field in turn; later fields build on what the earlier ones found."""

    def __init__(self, text: str, facts: Sequence[Fact], title: str, known: Meta) -> None:
        self.lines = block.lines_of(text)
        self.head = block.head(self.lines)
        self.facts = [*facts, *(Fact(*label) for label in block.labels(self.head))]
        self.known = known
        self.seen = title
        self.text = text
        self.story = history.read(self.head)
        self.meeting = _meeting(self.head)

    def found(self) -> Found:
        """Return all fields."""
        values: dict[str, _Value] = {"title": self._first("title", self._titles())}
        self.title = values["title"]
        values["number"] = self._first("number", self._numbers())
        self.named = self._named()
        self.signed = self._signature()
        values["issuer"] = self._first("issuer", self._issuers())
        values["issued"] = self._first("issued", self._dates())
        values["kind"] = self._first("kind", self._kinds())
        values |= self._place(values["issuer"])
        rest = {name: value or None for name, (value, _) in values.items() if name != "title"}
        origins = {name: where for name, (value, where) in values.items() if value}
        return Found(Meta(self.title[0], **rest), origins)

    def _first(self, field: str, candidates: Iterator[_Value]) -> _Value:
        """Return the value that people gave, otherwise the first candidate that is not empty."""
        value = getattr(self.known, field)
        if value:
            return value, PEOPLE
        return next((candidate for candidate in candidates if candidate[0]), _NONE)

    def _of_facts(self, names: Sequence[str]) -> Iterator[Fact]:
        """Yield the facts of these names, in the order of the names."""
        for name in names:
            yield from (fact for fact in self.facts if fact.name.lower() == name and fact.value)

    # -- one field each ------------------------------------------------------------------------

    def _titles(self) -> Iterator[_Value]:
        facts = list(self._of_facts(_TITLES))
        front = "".join(line.text for line in self.lines[: len(self.head) + 12]) if facts else ""
        front = block.squeeze(front)
        others: list[_Value] = []
        for fact in facts:
            value = block.without_site(" ".join(fact.value.split()))
            if len(value) >= 4 and block.squeeze(value) in front:
                yield value, _where(fact)
            elif len(value) >= 4 and not fact.where.startswith(_PROPERTIES):
                others.append((value, _where(fact)))
        carried = self._ordered()
        if carried:
            yield carried
        seen = "" if newspaper.looks_like_page(self.text) else self.seen
        written, line = block.title(self.head, seen)
        yield written, line.where if line else "正文"
        yield from others

    def _ordered(self) -> _Value:
        """Return the law that an order publishes: 现公布《…》, with its own title below."""
        if not any(docnumbers.order_body(line.text) for line in self.head):
            return _NONE
        for line in self.lines[len(self.head) : len(self.head) + 3]:
            for name in re.findall(r"《([^《》]{4,60})》", line.text):
                for other in self.lines[line.number :]:
                    if len(other.text) <= 80 and block.squeeze(other.text) == block.squeeze(name):
                        return name, other.where
        return _NONE

    def _numbers(self) -> Iterator[_Value]:
        for fact in self._of_facts(_NUMBERS):
            yield docnumbers.whole(fact.value) or "", _where(fact)
        for at, line in enumerate(self.head):
            yield docnumbers.whole(line.text) or docnumbers.at_end(line.text) or "", line.where
            if at:
                header = self.head[at - 1].text
                yield docnumbers.of_lines(header, line.text) or "", line.where
        if self.story:
            yield self.story.number, self.story.line.where

    def _named(self) -> _Value:
        """Return the issuer that facts or the title name; a signature must agree with it."""
        for fact in self._of_facts(_ISSUERS):
            value = issuers.joined(re.split(r"[、,，;；\s　]+", fact.value.strip("、,，;； 　")))
            if re.search("[一-龥]{2}", value):
                return value, _where(fact)
        names = issuers.of_title(self.title[0])
        return (issuers.joined(names), TITLE) if names else _NONE

    def _signature(self) -> signature.Signature | None:
        """Return the signature of the document itself, not of what it carries."""
        wanted = self.known.issuer or self.named[0]
        for found in signature.find(self.lines, len(self.head) + 1):
            if not wanted or not found.issuer or issuers.same(found.issuer, wanted):
                return found
        return None

    def _issuers(self) -> Iterator[_Value]:
        yield self.named
        if self.signed:
            yield self.signed.issuer, SIGNATURE
        for line in self.head:
            yield docnumbers.order_body(line.text) or "", line.where
            speaker = _SPEAKER.match(line.text) if self.meeting else None
            yield speaker["who"] if speaker else "", line.where
        yield self._title_block()
        if self.story:
            yield self.story.issuer, self.story.line.where
        for fact in self._of_facts(_PUBLISHERS):
            yield issuers.joined(issuers.bodies(fact.value)), _where(fact)

    def _title_block(self) -> _Value:
        """Return the bodies that have lines of their own in the head."""
        lines = [
            line for line in self.head if len(line.text) <= 60 and not block.is_label(line.text)
        ]
        named = [
            (issuers.of_header(line.text) or issuers.bodies(line.text), line) for line in lines
        ]
        named = [(names, line) for names, line in named if names]
        names = [name for found, _ in named for name in found]
        return (issuers.joined(names), named[0][1].where) if names else _NONE

    def _dates(self) -> Iterator[_Value]:
        for fact in self._of_facts(_SIGNED):
            yield dates.whole(fact.value) or "", _where(fact)
        if self.signed:
            yield self.signed.issued, SIGNATURE
        if self.meeting:
            yield self.meeting[0], self.meeting[2].where
        for line in self.head:
            if len(line.text) <= 30:
                yield _in_full(dates.whole(line.text)), line.where
        if self.story:
            yield self.story.issued, self.story.line.where
        printed = signature.imprint(self.lines)
        if printed:
            yield printed, IMPRINT
        for fact in self._of_facts(_POSTED):
            yield dates.whole(fact.value) or "", _where(fact)

    def _kinds(self) -> Iterator[_Value]:
        yield kinds.of_title(self.title[0]) or "", TITLE
        if newspaper.looks_like_page(self.text):
            yield "page", "版面"
        for line in [*self.lines[: len(self.head) + 3], *self.lines[-3:]]:
            if newspaper.SOURCE.match(line.text) or _NEWS.match(line.text):
                yield "article", line.where

    def _place(self, issuer: _Value) -> dict[str, _Value]:
        """Return region and level: of the issuer, otherwise of the title or the meeting."""
        title = self.title[0]
        place, where = places.of_body(issuer[0].split("、")[0]) if issuer[0] else None, issuer[1]
        if place is None:
            place, where = places.of_title(title), TITLE
        if place is None and (printed := re.search(r"印发[《〈“]?(.+)", title)):
            place = places.of_title(printed[1])
        if place is None and self.meeting:
            place, where = places.of_body(self.meeting[1]), self.meeting[2].where
        if place and place.region is None:
            named = (places.of_title(each) for each in [title, *_carried(title)])
            place = next((each for each in named if each and each.level == place.level), place)
        region = self._first("region", iter([((place.region if place else None) or "", where)]))
        level = self._first("level", iter([(place.level if place else "", where)]))
        return {"region": region, "level": level}


def _meeting(head: Sequence[block.Line]) -> tuple[str, str, block.Line] | None:
    """Return day and body of the meeting that a head names, None where it names none."""
    for line in head:
        found = _MEETING.match(dates.plainly(line.text))
        issued = dates.whole(found["date"]) if found else None
        if found and issued:
            return issued, f"{found['nation'] or found['place']}人民代表大会", line
    return None


def _where(fact: Fact) -> str:
    """Return where a fact stands, for people: 网页元数据表“发文字号”."""
    return f"{fact.where}“{fact.name}”"


def _in_full(issued: str | None) -> str:
    """Return a date that has a month, empty for a year alone: that may be anything."""
    return issued if issued and len(issued) > 4 else ""


def _carried(title: str) -> list[str]:
    """Return the titles within a title, and what follows 印发: where the place may stand."""
    return [
        *re.findall(r"[《〈]([^《》〈〉]+)", title),
        *re.findall(r"(?:印发|转发|关于)(.+)", title),
    ]
