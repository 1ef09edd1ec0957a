"""How what a question says of where to look changes the order of what was found.

What stands at an address comes first, in text order; then the sections whose titles answer 哪一节;
then what the words found, those of the documents that the question names before others, and those
of two or more documents that it compares by turns. Only the order of what the index found is used,
not its scores, so that this holds for any ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from api.answering.locate import Place
from api.answering.scope import Scope
from api.answering.sections import Titled
from corpus.model import Clause, Hit
from index.fusion import Fused

ADDRESS, TITLE = "address", "title"  # names in Hit.sources, with 1.0 and the title's fit
_T = TypeVar("_T")
DEPTH = 100  # clauses of the ordinary ranking that are put in order
# What a rank counts where a clause is of a document that the question names or whose place it
# mentions: rank 10 of these stands like rank 6 of others. On dev .5 to .8 differ by one question;
# leaving the other documents out loses one comparison in eight, since what is said of 铜仁 may
# stand in the province's plan.
_NAMED = 0.6


@dataclass(frozen=True, slots=True)
class _Entry:
    clause: Clause
    source: str = ""
    fit: float = 1.0


def steer(
    ordinary: Sequence[Fused],
    scope: Scope,
    titled: Sequence[Titled],
    clauses: Mapping[str, Clause],
    top_k: int,
) -> list[Hit]:
    """Return the first `top_k` clauses in the order that a scope asks for.

    `ordinary` is the index' ranking. Scores fall with rank: those of the ranking keep its scale,
    what stands at an address or under a title lies above them.
    """
    ahead = [
        *_at_addresses(scope, ordinary, clauses, top_k),
        *(_Entry(clause, TITLE, one.fit) for one in titled for clause in one.place.clauses),
    ]
    order = [_Entry(clauses[one.clause_id]) for one in _by_documents(ordinary, scope, clauses)]
    entries: dict[str, _Entry] = {}
    for entry in (*ahead, *_repeats_last(order)):
        entries.setdefault(entry.clause.clause_id, entry)
    return _scored(list(entries.values())[:top_k], ordinary)


def _repeats_last(order: Sequence[_Entry]) -> list[_Entry]:
    """Put a clause that says word for word what one before it of its document says to the end.

    In a table one cell a line the same name stands a dozen times.
    """
    first: dict[tuple[str, str], str] = {}
    for entry in order:
        clause = entry.clause
        first.setdefault((clause.doc_id, clause.text), clause.clause_id)
    kept = set(first.values())
    return sorted(order, key=lambda entry: entry.clause.clause_id not in kept)


def _at_addresses(
    scope: Scope, ordinary: Sequence[Fused], clauses: Mapping[str, Clause], top_k: int
) -> list[_Entry]:
    """Return what stands at the addresses of a question, in the order to show it.

    A look-up gets it in text order, place after place; where the first of several places would
    leave no room for the others, each gives its first ones. Places of one address in several
    documents come in the order of their best clause in the ordinary ranking. A question that asks
    a detail gets the clauses of each place by their rank, the places by turns, and between them
    what was found in the documents that it names without an address.
    """
    places = list(scope.found)
    ranks = {one.clause_id: rank for rank, one in enumerate(ordinary)}
    if len(scope.targets) == 1:
        places.sort(key=lambda place: _best(place, ranks))
    if scope.lookup:
        crowded = len(places) > 1 and sum(len(place.clauses) for place in places) > top_k
        most = max(1, top_k // len(places)) if crowded else top_k
        return [_Entry(one, ADDRESS) for place in places for one in place.clauses[:most]]
    queues = [
        [
            _Entry(one, ADDRESS)
            for one in sorted(place.clauses, key=lambda c: ranks.get(c.clause_id, len(ranks)))
        ]
        for place in places
    ]
    own = {place.document.doc_id for place in places}
    for document in scope.named if queues else ():
        if document.doc_id not in own:
            found = (clauses[one.clause_id] for one in ordinary)
            queues.append([_Entry(one) for one in found if one.doc_id == document.doc_id])
    return list(_turns(queues))


def _turns(queues: Sequence[Sequence[_T]]) -> Iterator[_T]:
    """Yield the first of each queue, then the second of each, and so on."""
    for turn in range(max(map(len, queues), default=0)):
        yield from (queue[turn] for queue in queues if turn < len(queue))


def _best(place: Place, ranks: Mapping[str, int]) -> int:
    return min((ranks.get(c.clause_id, len(ranks)) for c in place.clauses), default=len(ranks))


def _by_documents(
    ordinary: Sequence[Fused], scope: Scope, clauses: Mapping[str, Clause]
) -> Iterable[Fused]:
    """Return the ranking with what the question names moved up, or by turns if it names several."""
    groups = [frozenset(group) for group in scope.groups]
    named = frozenset[str]().union(*groups)

    def weight(one: Fused) -> float:
        return _NAMED if clauses[one.clause_id].doc_id in named else 1.0

    ranked = enumerate(ordinary, 1)
    moved = [
        one for _, one in sorted(ranked, key=lambda pair: (pair[0] * weight(pair[1]), pair[0]))
    ]
    if len(groups) > 1 and len(named) == sum(map(len, groups)):
        return _by_turns(moved, groups, lambda one: clauses[one.clause_id].doc_id)
    return moved


def _by_turns(
    ranking: Sequence[Fused],
    groups: Sequence[frozenset[str]],
    doc_id: Callable[[Fused], str],
) -> list[Fused]:
    """Return a ranking in which the groups of documents take turns, the group of the best first.

    What belongs to no group stays where its rank puts it among the turns.
    """
    queues = [[one for one in ranking if doc_id(one) in group] for group in groups]
    place = {one.clause_id: at for at, one in enumerate(ranking)}
    queues.sort(key=lambda queue: place[queue[0].clause_id] if queue else len(place))
    taken = {one.clause_id: one for one in _turns(queues)}
    others = [one for one in ranking if one.clause_id not in taken]
    result = list(taken.values())
    for one in others:
        result.insert(place[one.clause_id], one)
    return result


def _scored(entries: Sequence[_Entry], ordinary: Sequence[Fused]) -> list[Hit]:
    """Give each entry its rank and a score that falls with it."""
    found = {one.clause_id: one for one in ordinary}
    scale = sorted((one.score for one in ordinary), reverse=True)
    ahead = max((at for at, entry in enumerate(entries, 1) if entry.source), default=0)
    top = max([*scale[:1], 0.0])
    hits = []
    for at, entry in enumerate(entries):
        own = found.get(entry.clause.clause_id)
        sources = dict(own.sources) if own else {}
        if entry.source:
            sources[entry.source] = entry.fit
        score = scale[at - ahead] if at >= ahead else top + 1 + (ahead - at) / (ahead + 1)
        hits.append(Hit(entry.clause, score, at + 1, sources))
    return hits
