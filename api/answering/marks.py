"""Which figure of a sentence is the one that a question asks for."""

from __future__ import annotations

import re
from typing import NamedTuple

from api.answering import years
from api.answering.asked import Asked, Kind, Wanted
from api.answering.cover import Cover
from api.answering.figures import Figure, family, figures, value
from api.answering.question import ASKING
from corpus.model import Span

_EXACT, _FAMILY, _ANY = 1.0, 0.8, 0.6  # unit asked for, one of its family, any where none is named
_FAR_LEFT = (
    0.8  # what the attribute counts that stands before another figure: 收入2021年达…;2025年达…
)
_LISTED = 0.84  # and further things of the list after the figure: 800个工厂、车间
_ON_EITHER_SIDE = 0.85  # what a counted thing counts before the figure: 试点30个
_FARTHER = 0.5  # and before another figure or in the titles
_UNIT_WEIGHT, _YEAR_WEIGHT, _PLACE_WEIGHT = 0.5, 0.5, 0.5
_FROM, _SHARE_OUT, _WEAK = 0.4, 0.8, 0.3
_DATED = 40  # letters after a date that tell of what it is
_LED = 0.3  # what the words before 多少 count where the thing that is counted follows it
# What goes on after a figure: 800个智能工厂、数字化车间; and what of that is before the next one.
_AFTER = re.compile(r"(?:(?!、)[^，,。；;（()）]+)?")
_OF_OTHER = re.compile(r"^[^，,。；;、（(]*[，,。；;、（(]")
_ASIDE = re.compile(r"(?:（[^）]*）|\([^)]*\))?")  # 2400户（累计3600户）餐饮单位
_THING = 8  # letters of a thing in a list of two, whose outer ends are not known
# A value that is left behind: 从现状436万亩提高到500万亩.
_OLD_BEFORE = re.compile(r"(?:由|从|现状|原来的?)[^，。；,;]{0,12}$")
_OLD_AFTER = re.compile(r"^[^，。；,;]{0,3}(?:提高|增加|提升|上升|扩大|下降|降低|降|增|升)[到至]")
_ASKS_OLD = re.compile(r"原来|此前|从多少|原先")
_CODE = re.compile(r"[^\W\d据照按的和与由以]{1,8}[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*\d+\s*号")
_PHONE = re.compile(r"(?<![\d.,])(?:\d{3,4}-)?\d{5,11}(?![\d.,%]|\s*[元人户亩万亿吨米年家个])")


class Reading(NamedTuple):
    """A sentence with what is known around it.

    `heads` are the titles above it, `now` the year in which its document speaks (今年), None where
    that is not known.
    """

    sentence: str
    heads: str
    now: int | None
    cover: Cover


class Mark(NamedTuple):
    """A value found in a sentence.

    `unit` tells how well its unit fits (0 to 1), `near` how much of the attribute stands around it
    (0 to 1), `years` for which years it holds, None where the sentence does not say.
    """

    span: Span
    unit: float
    near: float
    years: range | None
    score: float


def choose(asked: Asked, reading: Reading) -> list[Mark]:
    """Return the values of a sentence that a question asks for, one for each, in that order.

    What is wanted and not there is left out; a value counts once.
    """
    if asked.kind in (Kind.CODE, Kind.PHONE):
        pattern = _CODE if asked.kind is Kind.CODE else _PHONE
        near = reading.cover.of(ASKING.sub(" ", asked.question), reading.sentence)
        return [
            Mark(Span(*found.span()), 1.0, near, None, near)
            for found in pattern.finditer(reading.sentence)
        ]
    if asked.kind is Kind.DATE:
        return _dates(asked, reading)
    marks: list[Mark] = []
    for wanted in asked.wanted:
        best = _best(asked, wanted, reading)
        if best and best.span not in [mark.span for mark in marks]:
            marks.append(best)
    return marks


def _dates(asked: Asked, reading: Reading) -> list[Mark]:
    month = "几月" in asked.question
    sentence = reading.sentence
    found = [f for f in figures(sentence) if f.is_date and (not month or "月" in f.text)]
    rated = [
        Mark(f.span, 1.0, near, None, near)
        for f in found
        for near in (reading.cover.of(asked.subject, sentence[f.span.end : f.span.end + _DATED]),)
    ]
    return [max(rated, key=lambda mark: (mark.score, -mark.span.start))] if rated else []


def _best(asked: Asked, wanted: Wanted, reading: Reading) -> Mark | None:
    found = figures(reading.sentence)
    known = {value(figure.text) for figure in figures(asked.question)}
    shared_out = _shared_out(asked.question, reading.sentence, found)
    rated = []
    for figure in found:
        fit = fits(wanted, figure)
        if fit and value(figure.text) not in known:
            mark = _rate(asked, wanted, figure, fit, reading)
            bonus = shared_out.get(figure.span, 0.0)
            rated.append(mark._replace(score=mark.score + bonus))
    return max(rated, key=lambda mark: (mark.score, -mark.span.start), default=None)


def fits(wanted: Wanted, figure: Figure) -> float:
    """Return how well the unit of a figure fits what is wanted, 0 for not at all.

    >>> one, = figures("86名")
    >>> fits(Wanted("人", "", ""), one), fits(Wanted("元", "", ""), one)
    (0.8, 0.0)
    """
    if figure.is_date:
        return 0.0
    if not wanted.unit:
        return _ANY if figure.unit or re.match(r"\d", figure.text) else 0.0
    if figure.unit.endswith(wanted.unit):
        return _EXACT
    same = family(figure.unit) == family(wanted.unit) and family(wanted.unit) != wanted.unit
    return _FAMILY if same else 0.0


def _rate(asked: Asked, wanted: Wanted, figure: Figure, fit: float, reading: Reading) -> Mark:
    sentence = reading.sentence
    start, end = figure.span
    left, right = _stretch(asked, sentence, figure)
    after = sentence[_skip(_ASIDE, sentence, end) : right]
    after = after[: _skip(_AFTER, after, 0)]
    before = f"{reading.heads}，{sentence[:start]}"
    own = sentence[left:start]
    if left:  # what goes on right after the figure before is of that: 30个试点，建设20个
        own = _OF_OTHER.sub("", own)
    near = _near(wanted, own, after, before, reading.cover)
    when = years.governing(sentence, start, reading.now)
    timely = 0.0
    if wanted.years and when is not None:
        timely = _YEAR_WEIGHT if years.share(wanted.years, when) else -_YEAR_WEIGHT
    old = _OLD_BEFORE.search(sentence[left:start]) or _OLD_AFTER.match(sentence[end:])
    past = -_FROM if old and not _ASKS_OLD.search(asked.question) else 0.0
    named = (rf"{name}(?:自治县|[县区市镇乡])" for name in asked.small_places)
    here = any(re.search(name, sentence[left:start]) for name in named) * _PLACE_WEIGHT
    weak = -_WEAK if figure.text.startswith("一") else 0.0
    return Mark(
        figure.span, fit, near, when, _UNIT_WEIGHT * fit + near + timely + past + here + weak
    )


def _stretch(asked: Asked, sentence: str, figure: Figure) -> tuple[int, int]:
    """Return from where to where a sentence speaks of a figure: up to its neighbours.

    A date is no neighbour, since it tells of which year the figures after it are, nor is a figure
    that the question names itself.
    """
    given = {value(one.text) for one in figures(asked.question)}
    others = [
        other.span
        for other in figures(sentence)
        if not other.is_date and value(other.text) not in given
    ]
    start, end = figure.span
    left = max([span.end for span in others if span.end <= start], default=0)
    end = _skip(_ASIDE, sentence, end)
    return left, min([span.start for span in others if span.start >= end], default=len(sentence))


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a pattern that may match nothing ends."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _near(wanted: Wanted, left: str, after: str, before: str, cover: Cover) -> float:
    """Return how much of the attribute stands around a figure, 0 to 1."""
    led = max(
        cover.of(wanted.before, left),
        _ON_EITHER_SIDE * cover.of(wanted.before, after),
        _FAR_LEFT * cover.of(wanted.before, before),
    )
    if len(wanted.after) < 2:
        return led
    counted = max(
        cover.of(wanted.after, after.split("、", maxsplit=1)[0]),
        _LISTED * cover.of(wanted.after, after),
        _ON_EITHER_SIDE * cover.of(wanted.after, left),
        _FARTHER * cover.of(wanted.after, before),
    )
    told, led_told = cover.information(wanted.after), _LED * cover.information(wanted.before)
    return (told * counted + led_told * led) / (told + led_told)


def _shared_out(question: str, sentence: str, found: tuple[Figure, ...]) -> dict[Span, float]:
    """Return what figures gain or lose that are shared out in order among things named before.

    “3A、4A、5A级的企业，分别给予50万元、100万元、150万元”: the question names one of the things.
    """
    gains: dict[Span, float] = {}
    for match in re.finditer("分别", sentence):
        run = _run([f for f in found if f.span.start >= match.end()], sentence)
        if len(run) < 2:
            continue
        things = re.split(r"[、和及与]", sentence[max(0, match.start() - 60) : match.start()])
        things = things[-len(run) :]
        if len(things) != len(run):
            continue
        things = [re.split(r"[，,。；;]", years.without(thing))[-1] for thing in things]
        long = max(map(len, things[1:-1]), default=min(_THING, *map(len, things)))
        things[0], things[-1] = things[0][-long:], things[-1][:long]
        pairs = [_pairs(thing) for thing in things]
        asked = _pairs(question)
        own = [p - set().union(*pairs[:at], *pairs[at + 1 :]) for at, p in enumerate(pairs)]
        hits = [_telling(one & asked) for one in own]
        if hits.count(max(hits)) == 1 and max(hits):
            best = hits.index(max(hits))
            gains[run[best].span] = _SHARE_OUT * hits[best] / _telling(own[best])
    return gains


def _run(found: list[Figure], sentence: str) -> list[Figure]:
    """Return the first two or more figures that have no more than 、 between them, or the last."""
    run: list[Figure] = []
    for figure in found:
        between = sentence[run[-1].span.end : figure.span.start] if run else ""
        if run and not re.fullmatch(r"\s*(?:以[上下]|左右)?[、和及,，]\s*", between):
            if len(run) > 1:
                break
            run = []
        run.append(figure)
    return run


def _telling(pairs: set[str]) -> int:
    """Return how much pairs tell: 4A more than two letters that things happen not to share."""
    return sum(3 if pair.isascii() else 1 for pair in pairs)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
