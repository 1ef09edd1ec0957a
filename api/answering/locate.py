"""Which places of a document a typed address means, by what the document really has.

第二部分 is 二、 where the document is divided by 一、二、; 第三项 of 专栏4 is its （三）, or its
third item where they have no numbers; 第（二）条 is （二）. An address that the document does not
have leads nowhere: it is said what is missing and what there is, never another place given for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.answering.typed import ANY, Typed, TypedStep
from corpus.address import Address, Level, Step
from corpus.model import Clause, Document, Node
from corpus.numerals import to_chinese


@dataclass(frozen=True, slots=True)
class Place:
    """What an address leads to: a document, the address, and the clauses that stand there.

    Clauses are in text order. `title` is that of the place, empty where it has none.
    """

    document: Document
    address: Address
    clauses: tuple[Clause, ...]
    title: str = ""

    def __str__(self) -> str:
        return (
            f"《{self.document.meta.title}》{self.address}{f' {self.title}' if self.title else ''}"
        )


# The levels that a typed unit may mean, the likeliest first.
_LEVELS: dict[str, tuple[Level, ...]] = {
    "编": (Level.PART,),
    "篇": (Level.PART, Level.PIECE),
    "分编": (Level.SUBPART,),
    "部分": (Level.PART, Level.HEADING, Level.CHAPTER, Level.SUBHEADING),
    "章": (Level.CHAPTER,),
    "节": (Level.SECTION,),
    "专栏": (Level.BOX,),
    "条": (Level.ARTICLE, Level.ITEM, Level.HEADING, Level.SUBITEM),
    "款": (Level.PARAGRAPH, Level.ITEM, Level.SUBITEM, Level.POINT),
    "项": (Level.POINT, Level.ITEM, Level.SUBITEM, Level.ENTRY),
    "目": (Level.ENTRY, Level.SUBITEM),
    "点": (Level.SUBITEM, Level.POINT, Level.ITEM, Level.HEADING, Level.ENTRY),
    "（）": (Level.ITEM, Level.POINT, Level.SUBITEM),
    "、": (Level.HEADING, Level.SUBITEM),
    **dict.fromkeys(("附件", "附表", "附录", "附图"), (Level.ANNEX,)),
}
_ANYWHERE = frozenset({Level.BOX, Level.ARTICLE})  # numbered through the document
_UNTITLED = frozenset({Level.SEGMENT, Level.PARAGRAPH})
_LISTED = frozenset({"项", "点", "条", "款", "（）"})  # what may stand without numbers
_BEGINNINGS = frozenset({"前言", "引言", "序言", "导言", "开头", "导语"})
_MOST_NAMED = 6  # places that are named one by one where one is missing

_Placed = tuple[Node, Address]


def locate(document: Document, typed: Typed) -> list[Place]:
    """Return the places that an address may mean in a document, in text order; [] for none.

    Several where it is not clear: 第二节 of a document whose chapters all have one.
    """
    return [
        place for place in _walk(document, typed)[0] if place.clauses or not place.address.steps
    ]


def missing(document: Document, typed: Typed, name: str) -> str:
    """Return in Chinese what of an address a document lacks and what it has instead.

    `name` is what to call the document. Empty where nothing is missing.
    """
    found, reached, step = _walk(document, typed)
    if found or step is None:
        return ""
    above = "".join(str(one) for one in typed.steps[: typed.steps.index(step)])
    has = _has(document, reached.address if reached else Address(), step, above)
    return f"{name}{above}没有{step}{f'；{has}' if has else ''}"


def at(document: Document, address: Address) -> Place:
    """Return the place of an address as it stands."""
    clauses = tuple(c for c in document.clauses if c.address.within(address))
    title = next((node.title for node, own in document.walk() if own == address), "")
    return Place(document, address, clauses, title)


def _walk(document: Document, typed: Typed) -> tuple[list[Place], Place | None, TypedStep | None]:
    """Return the places at the end, the last single place on the way, and the step that fails."""
    nodes = list(document.walk())
    here = [Place(document, Address(), document.clauses)]
    reached: Place | None = None
    for step in typed.steps:
        following = [place for one in here for place in _below(one, step, nodes)]
        if not following:
            return [], reached, step
        here = list({place.address: place for place in following}.values())
        reached = here[0] if len(here) == 1 else None
    return [_without_boxes(place) for place in here] if typed.body else here, reached, None


def _below(place: Place, step: TypedStep, nodes: Sequence[_Placed]) -> list[Place]:
    """Return the places under another that a step may mean."""
    if step.unit == "段":
        return _paragraph(place, step.number)
    if step.unit == "前言":
        return _opening(place, step.title, nodes)
    under = [(node, own) for node, own in nodes if _is_under(own, place.address)]
    if not place.address.steps and step.unit in _LISTED:  # 第三条 of a plan is not that of a box
        under = [(node, own) for node, own in under if not _in_box(own)]
    for level in _levels(step.unit, place, under):
        matching = _matching(under, level, step, not place.address.steps)
        if matching:
            return [at(place.document, own) for _, own in matching]
    if step.unit == "款" and (paragraph := _paragraph(place, step.number)):
        return paragraph
    if step.unit in _LISTED and (nth := _nth_unnumbered(under, place.address, step.number)):
        return [at(place.document, nth)]
    last = place.address.steps[-1:]
    if last and last[0].level in _UNTITLED:  # the points of an article do not stand in its 款
        above = at(place.document, Address(place.address.steps[:-1]))
        return _below(above, step, nodes)
    return []


def _is_under(address: Address, above: Address) -> bool:
    return len(address.steps) > len(above.steps) and address.within(above)


def _in_box(address: Address) -> bool:
    return any(step.level is Level.BOX for step in address.steps[:-1])


def _levels(unit: str, place: Place, under: Sequence[_Placed]) -> tuple[Level, ...]:
    """Return the levels that a unit may mean under a place.

    第三条 of an opinion without articles is （三） where its items run on through the document, and
    三、 where each part counts them anew.
    """
    levels = _LEVELS[unit]
    if place.address.steps or unit not in ("条", "点", "项"):
        return levels
    if unit == "条" and any(node.level is Level.ARTICLE for node, _ in under):
        return (Level.ARTICLE,)
    items = [node.number for node, _ in under if node.level is Level.ITEM and node.number]
    if len(items) != len(set(items)) or not items:
        return (Level.HEADING, *(one for one in levels if one is not Level.HEADING))
    return levels


def _matching(
    under: Sequence[_Placed], level: Level, step: TypedStep, from_top: bool
) -> list[_Placed]:
    """Return the nodes of a level that have a step's number, those nearest to the place above."""
    placed = [(node, own) for node, own in under if node.level is level]
    if level is Level.ANNEX:
        placed = [(node, own) for node, own in placed if (node.word or "附件") == step.unit]
    if not placed or step.number == ANY:
        return placed
    counts = level in (Level.PIECE, Level.SUBHEADING)
    if step.number < 0 or counts:
        if level not in _ANYWHERE:
            placed = _nearest_to_top(placed)
        index = step.number if step.number < 0 else step.number - 1
        return placed[index:][:1] if abs(step.number) <= len(placed) else []
    fitting = [
        (node, own)
        for node, own in placed
        if node.number == step.number and (node.sub == step.sub or not step.sub)
    ]
    if level is Level.BOX and not fitting and not from_top and step.number <= len(placed):
        return [placed[step.number - 1]] if _restarts(placed) else []
    exact = [(node, own) for node, own in fitting if node.sub == step.sub] or fitting
    return exact if level in _ANYWHERE else _nearest_to_top(exact)


def _restarts(placed: Sequence[_Placed]) -> bool:
    """Whether boxes have no numbers of their own, so that they can only be counted."""
    return all(node.number is None for node, _ in placed)


def _nearest_to_top(placed: Sequence[_Placed]) -> list[_Placed]:
    depth = min((len(own.steps) for _, own in placed), default=0)
    return [(node, own) for node, own in placed if len(own.steps) == depth]


def _nth_unnumbered(under: Sequence[_Placed], above: Address, number: int) -> Address | None:
    """Return the nth child of a place if it has no number of its own, None for none."""
    children = [(node, own) for node, own in under if len(own.steps) == len(above.steps) + 1]
    index = number - 1 if number > 0 else number
    if not above.steps or not -len(children) <= index < len(children):
        return None
    node, own = children[index]
    return own if node.number is None else None


def _opening(place: Place, title: str, nodes: Sequence[_Placed]) -> list[Place]:
    """Return the chapter that is called so, or for 前言 the paragraphs before the first heading."""
    if place.address.steps:  # 第一章总则
        return [place] if _squeezed(place.title) == title else []
    called = [own for node, own in nodes if len(own.steps) == 1 and _squeezed(node.title) == title]
    if title in _BEGINNINGS and not called:
        called = [own for node, own in nodes if node.level is Level.PREFACE][:1]
    if called:
        return [at(place.document, own) for own in called]
    own = tuple(c for c in place.clauses if _owned(c, place.address))
    begins = title in _BEGINNINGS and own and nodes
    return [Place(place.document, place.address, own)] if begins else []


def _squeezed(title: str) -> str:
    return "".join(title.split())


def _paragraph(place: Place, number: int) -> list[Place]:
    """Return the nth paragraph of a place: of its own text, or of all under it where it has none.

    A paragraph that was divided at its topic sentences is one paragraph still.
    """
    own = [c for c in place.clauses if _owned(c, place.address)]
    groups: dict[Address, list[Clause]] = {}
    for clause in own or place.clauses:
        groups.setdefault(_whole(clause.address), []).append(clause)
    index = number - 1 if number > 0 else number
    if not -len(groups) <= index < len(groups):
        return []
    address, clauses = list(groups.items())[index]
    return [Place(place.document, address, tuple(clauses), place.title)]


def _owned(clause: Clause, address: Address) -> bool:
    """Whether a clause stands right at an address, in a paragraph of it or a part of one."""
    inner = clause.address.steps[len(address.steps) :]
    return clause.address.within(address) and all(
        step.level in _UNTITLED or step.level is Level.TOPIC for step in inner
    )


def _whole(address: Address) -> Address:
    """Return the address of the paragraph that a divided part belongs to."""
    steps = address.steps
    return Address(steps[:-1]) if steps and steps[-1].level is Level.TOPIC else address


def _without_boxes(place: Place) -> Place:
    depth = len(place.address.steps)
    kept = tuple(
        c for c in place.clauses if all(s.level is not Level.BOX for s in c.address.steps[depth:])
    )
    return Place(place.document, place.address, kept or place.clauses, place.title)


def _has(document: Document, above: Address, step: TypedStep, where: str) -> str:
    """Return in Chinese what a document has instead of a missing step, empty for nothing near."""
    if step.unit == "段":
        count = len(
            {_whole(c.address) for c in document.clauses if _owned(c, above)}
            or {_whole(c.address) for c in document.clauses if c.address.within(above)}
        )
        return f"{where or '全文'}共{to_chinese(count)}段" if count else ""
    nodes = list(document.walk())
    elsewhere = _elsewhere(nodes, above, step)
    if elsewhere:
        return f"{step}在{elsewhere}"
    under = [(node, own) for node, own in nodes if _is_under(own, above)]
    if not _in_box(Address((*above.steps, *above.steps[-1:]))):
        under = [(node, own) for node, own in under if not _in_box(own)]
    for level in _LEVELS.get(step.unit, ()):
        placed = [(n, a) for n, a in under if n.level is level]
        kept = placed if level in _ANYWHERE else _nearest_to_top(placed)
        if kept:
            return f"{where}共{to_chinese(min(len(kept), 9999))}{_counted(step.unit, level)}"
    top = _nearest_to_top(under)
    if not top:
        return f"{where}下面不再分" if where else "它不分章节"
    return f"{where or '它'}分为{_enumerated([own.steps[-1] for _, own in top])}"


def _elsewhere(nodes: Iterable[_Placed], above: Address, step: TypedStep) -> str:
    """Return where a box or article of that number stands if not where it was looked for."""
    if step.number <= 0 or not above.steps:
        return ""
    found = [
        own
        for node, own in nodes
        if node.level in _ANYWHERE
        and node.level in _LEVELS.get(step.unit, ())
        and node.number == step.number
    ]
    return str(Address(found[0].steps[:-1])) if len(found) == 1 else ""


def _counted(unit: str, level: Level) -> str:
    if unit == "专栏":
        return "个专栏"
    if unit == "部分" and level is Level.CHAPTER:
        return "章"
    return {"（）": "项", "、": "部分", "附件": "个附件"}.get(unit, unit)


def _enumerated(steps: Sequence[Step]) -> str:
    names = [str(Address((step,))).rstrip("、") for step in steps]
    if len(names) <= _MOST_NAMED:
        return "、".join(names)
    return f"{names[0]}至{names[-1]}"
