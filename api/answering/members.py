"""Whether a text tells what a term means or which its members are: “六共”是哪六个."""

from __future__ import annotations

import re

from corpus.numerals import to_int

_QUOTES = re.compile(r"[“”\"‘’]")
_STOPS = re.compile(r"[。；！？\n]")
_DEFINES = re.compile(
    r"^.{0,12}?(?:[，,]?即|是指|指的是|指[^导标引挥]|就是|包括|包含|分别[是为]|主要有|[：:（(])"
)
_IS = re.compile(r"[”\"]?是(?!否)")  # “无废城市”是以…
_COUNTED = re.compile(r"(?:[一二三四五六七八九十]|其[一二三四五六七八九])[是要：]")
_SEPARATOR = re.compile(
    r"[、/—–-]|”\s*“|(?<=[一-龥])(?<![参平温])[和与及](?=[一-龥])(?![谐睦其时])"
)
_NUMERALS = re.compile(r"[一二两三四五六七八九十]")
# The letter that the members share: 五业, 六共; not a word that only counts: 五个, 七大.
_SHARED = re.compile(r"[二两三四五六七八九十]([一-龥])(?<![个大类项种位重条篇方])")
_EXPLAINED, _LISTED, _SPOKEN_OF, _ALIKE, _NAMED = 1.0, 0.9, 0.4, 0.25, 0.1
_BEFORE, _AFTER = 120, 260  # characters around a term in which its members are looked for


def explained(terms: tuple[str, ...], members: int, text: str) -> float:
    """Return how surely a text tells what one of the terms means, 0 to 1.

    1 where words that define follow it (即, 是指, 包括, a colon) and as many members as it should
    have, .9 where just as many are listed right before it or, each in quotation marks, after it;
    .25 where as many are listed after it without such words; .1 where it is only named, 0 where it
    is not. Without a number of members words that define are enough, and .4 is where it is named.

    >>> explained(("四安",), 4, "创建居安、业安、身安、心安“四安家园”")
    0.9
    >>> explained(("六共",), 6, "推广“六共”机制，打造一批示范点")
    0.1
    """
    if not terms:
        return _listed_anywhere(text, members)
    return max(
        (
            _at(text, found.start(), found.end(), term, number)
            for term in terms
            for number in {members, _sum(term) or members}
            for found in re.finditer(_loosely(term), text)
        ),
        default=0.0,
    )


def lists(text: str) -> bool:
    """Whether a stretch of a text between two commas names two things or more.

    >>> lists("由工会、妇联负责"), lists("由工会负责，按月公布")
    (True, False)
    """
    return any(_SEPARATOR.search(one) for one in re.split(r"[，,。；;：:\n]", text))


def _loosely(term: str) -> str:
    """Return a regex for a term in which quotation marks and blanks may stand anywhere."""
    return r"[“”\"\s]*".join(re.escape(char) for char in term)


def _sum(term: str) -> int:
    """Return how many members a term of several numerals has: 两清两改两治 six; 0 for others."""
    numerals = _NUMERALS.findall(term)
    return sum(to_int(one) for one in numerals) if len(numerals) > 1 else 0


def _at(text: str, start: int, end: int, term: str, members: int) -> float:
    before = _STOPS.split(text[max(0, start - _BEFORE) : start])[-1]
    after = text[end : end + _AFTER]
    sentence = _STOPS.split(after)[0]
    if not members and _IS.match(sentence):
        return _EXPLAINED
    if _DEFINES.match(sentence):
        body = sentence[_DEFINES.match(sentence).end() :]  # type: ignore[union-attr]
        if not members or _count(body) >= members or len(_COUNTED.findall(after)) >= members:
            return _EXPLAINED
    if members > 1:
        if _tail(before) == members or _letters(before, members):
            return _LISTED
        shared = _SHARED.match(term)
        if shared and max(before.count(shared[1]), sentence.count(shared[1])) >= members:
            return _LISTED
        if len(_COUNTED.findall(after)) >= members or len(_quoted_run(sentence)) == members:
            return _LISTED
        segments = re.split(r"[，,：:]", sentence)
        if any(_count(segment) == members for segment in segments[:3]):
            return _ALIKE
    return _NAMED if members else _SPOKEN_OF


def _count(text: str) -> int:
    """Return how many things a text lists: separators and one more; commas part them too."""
    return max(
        len(_SEPARATOR.findall(text)) + 1,
        len(re.findall(r"[，,、；;]", text)) + 1,
    )


def _tail(before: str) -> int:
    """Return how many things are listed right up to where a term begins, 0 for no list."""
    plain = re.sub(r"[“\"‘]$", "", before.rstrip())
    last = re.split(r"[，,：:]", plain)[-1]
    quoted = re.search(r"(?:“[^”]{1,24}”[、和]?)+$", plain)
    if quoted and (run := len(re.findall("“", quoted[0]))) > 1:
        return run
    things = _SEPARATOR.split(last)
    closed = any("等" in thing for thing in things[:-1])  # …等国家战略和我省“四大”建设
    return len(things) if len(things) > 1 and not closed else 0


def _letters(before: str, members: int) -> bool:
    """Whether just as many single letters stand before a term: 省市县乡村五级."""
    run = re.search(r"(?:^|[，、。：；化强])([省市县乡村镇组户]{2,})[“\"]?$", before)
    return bool(run) and len(run[1] if run else "") == members


def _quoted_run(text: str) -> list[str]:
    """Return the first strings in quotation marks that follow one another."""
    run = re.search(r"“[^”]{1,24}”(?:[、和，]?“[^”]{1,24}”)+", text)
    return re.findall("“", run[0]) if run else []


def _listed_anywhere(text: str, members: int) -> float:
    """Return whether any stretch of a text lists so many things: .9, else .1."""
    stretches = re.split(r"[，,。；;：:\n]", _QUOTES.sub("", text))
    fits = any(len(_SEPARATOR.findall(one)) + 1 >= members for one in stretches)
    counted = len(_COUNTED.findall(text)) >= members
    return _LISTED if fits or counted else _NAMED
