"""Where a paragraph begins, and where a long one may be divided."""

from __future__ import annotations

import re
from itertools import islice

from corpus.address import NAMELESS, Level, titled
from corpus.model import Span
from corpus.sentences import TERMINAL, each_sentence, sentences
from ingest.lines import Line

_BULLET = re.compile(r"^(--|——|[-—·•●◆■▪])\s*")
_LABEL = re.compile(  # the number that a paragraph may begin with
    r"^(?:[（(]\s*[一二三四五六七八九十0-9]{1,3}\s*[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}\s*[.．、]|第\S{1,6}条)?[\s　]*"
)
_SHORT_BULLET = 40
_LIST_LEAD = 150
LONG = 300  # characters of a paragraph that may be divided
_SMALLEST = 60  # characters of a part of a divided paragraph
_LONGEST_TOPIC = 30
_LONGEST_INLINE = 22
# “民族要复兴，乡村必振兴。”, “我省将强化规划引领。” say what somebody must or will do; a topic
# sentence names what follows.
_CLAIM = re.compile(
    r"(?<![主重需首紧纲摘概扼])要(?![素求点件闻道害领津旨地])|必(?!要|备|须品)|^.{1,4}将|是(?!非)|[？！?!]"
)
_QUOTED = re.compile("“[^”]*”")


def belongs_to_previous(previous: Line, line: Line) -> bool:
    """Whether `line` goes on with the paragraph of `previous`.

    It does in a list whose parts end with a semicolon, after the colon that leads a list in, among
    short bullets, where a flattened cell goes on, and as the attribution of a quotation.
    """
    if previous.row or line.row or previous.frame != line.frame:
        return False
    if previous.cell and line.cell and previous.text[-1] not in TERMINAL:
        return True
    if previous.text[-1] in "；;":
        return True
    if previous.text[-1] in "：:" and len(line.text) <= _LIST_LEAD:
        return True
    if _BULLET.match(previous.text) and _BULLET.match(line.text):
        return len(previous.text) <= _SHORT_BULLET and len(line.text) <= _SHORT_BULLET
    return line.text.startswith("——") and not previous.text.startswith(("——", "--"))


def topic(text: str) -> str:
    """Return the topic sentence with which a paragraph opens, without its stop; empty for none.

    It is short, has a paragraph after it, and names what this is about: 加强扶志教育。…; a label
    with a colon counts too: 乡村振兴重点推进县：…

    >>> topic("加强扶志教育。坚持扶志，提振信心决心，加强宣传引导和感恩教育。")
    '加强扶志教育'
    """
    start = _start(text)
    rest = text[start:]
    label = re.match(r"([^，,。；;：:\n]{2,24})[：:](?=\S[^\n]{11})", rest)
    if label and not re.search(r"如下|包括|以下|[下列]列|^其中|^\d", label[1]):
        return label[1].strip("“”") if rest[0] == "“" else label[1]
    if "。" not in rest.lstrip()[: _LONGEST_TOPIC + 1]:
        return ""
    parts = list(islice(each_sentence(rest), 2))
    if len(parts) < 2 or len(rest) - parts[0].end < 12:
        return ""
    first = rest[parts[0].start : parts[0].end]
    return first.rstrip("。") if _is_topic(first, _LONGEST_TOPIC) else ""


def divide(text: str) -> list[Span]:
    """Return the parts of a paragraph, relative to it: one, or one for each inline topic sentence.

    Only a paragraph of `LONG` characters is divided that opens with a topic sentence and has two
    more inside, and only before those; each part has at least `_SMALLEST` characters. The parts,
    with the blanks between them, are the whole paragraph.
    """
    if len(text) <= LONG:
        return [Span(0, len(text))]
    parts = sentences(text)
    starts = [parts[0].start if parts else 0]
    if topic(text):
        for at in range(1, len(parts) - 1):
            here, after = parts[at], parts[at + 1]
            sentence = text[here.start : here.end]
            apart = here.start - starts[-1] >= _SMALLEST and len(text) - here.start >= _SMALLEST
            if (
                apart
                and after.end - after.start >= _LONGEST_INLINE
                and _is_topic(sentence, _LONGEST_INLINE)
            ):
                starts.append(here.start)
    ends = [*starts[1:], len(text)]
    spans = [Span(a, a + len(text[a:b].rstrip())) for a, b in zip(starts, ends, strict=True)]
    topics = [titled(Level.TOPIC, topic(text[a:b])).title for a, b in spans[1:]]
    if len(spans) < 3 or len(set(topics)) < len(topics) or NAMELESS in topics:
        return [Span(0, len(text))]
    return spans


def _start(text: str) -> int:
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    label = _LABEL.match(text[start:])
    return start + (label.end() if label else 0)


def _is_topic(sentence: str, longest: int) -> bool:
    body = sentence.rstrip("。")
    return (
        sentence.endswith("。")
        and 4 <= len(body) <= longest
        and not re.search(r"[0-9《；;：:]", _QUOTED.sub("", body))
        and len(re.findall("[，,]", body)) <= 1
        and _CLAIM.search(body) is None
    )
