"""Which documents to look in: by region, level, kind, year and issuer, as their metadata say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from corpus.errors import NotFound
from corpus.labels import field_name, value_name
from corpus.model import Document, Meta

_ISSUERS = re.compile("[、，,;；]")


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of one field are alternatives, fields add up; an empty field takes all.

    A region takes in everything below it (贵州省: 贵州省铜仁市), an issuer each of several.
    """

    region: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    issuer: tuple[str, ...] = ()

    def fits(self, meta: Meta) -> bool:
        """Whether a document of these metadata is wanted; one that says nothing is not."""
        return (
            _any(self.region, (meta.region or "").startswith)
            and _any(self.level, lambda one: meta.level == one)
            and _any(self.kind, lambda one: meta.kind == one)
            and _any(self.year, lambda one: year(meta) == one)
            and _any(self.issuer, lambda one: one in issuers(meta))
        )

    def __str__(self) -> str:
        """The filters in Chinese: 地区 贵州省，年份 2021."""
        fields = {name: values for name, values in asdict(self).items() if values}
        return "，".join(
            f"{_name(field)} {'或'.join(value_name(field, str(one)) for one in values)}"
            for field, values in fields.items()
        )


class Facet(NamedTuple):
    """A value that a filter can have: its Chinese name and how many documents have it."""

    value: str
    name: str
    documents: int


def year(meta: Meta) -> int | None:
    """Return the year of issue, None where nothing says it."""
    found = re.match(r"\d{4}", meta.issued or "")
    return int(found[0]) if found else None


def issuers(meta: Meta) -> tuple[str, ...]:
    """Return each of the bodies that issued a document together."""
    return tuple(one.strip() for one in _ISSUERS.split(meta.issuer or "") if one.strip())


def within(
    documents: Mapping[str, Document], doc_ids: Collection[str], filters: Filters
) -> frozenset[str]:
    """Return the doc_ids to look in, of those named where any are; empty for all.

    NotFound where filters fit none of them; a doc_id that does not exist is the caller's to refuse.
    """
    if filters == Filters():
        return frozenset(doc_ids)
    named = set(doc_ids) or set(documents)
    fitting = {one for one in named if one in documents and filters.fits(documents[one].meta)}
    if not fitting:
        raise NotFound(f"没有符合筛选的文件（{filters}）", "请去掉一项筛选再查")
    return frozenset(fitting)


def facets(documents: Iterable[Document]) -> dict[str, list[Facet]]:
    """Return the values of each field over the documents: the most frequent first, then by value.

    Regions and years come in order; a region counts all that lie below it.
    """
    metas = [document.meta for document in documents]
    regions = Counter(each.region for each in metas if each.region)
    counts: dict[str, Counter[str]] = {
        "region": Counter(
            {one: sum(n for r, n in regions.items() if r.startswith(one)) for one in regions}
        ),
        "level": Counter(each.level for each in metas if each.level),
        "kind": Counter(each.kind for each in metas if each.kind),
        "year": Counter(str(year(each)) for each in metas if year(each)),
        "issuer": Counter(one for each in metas for one in issuers(each)),
    }
    return {field: _ordered(field, counter) for field, counter in counts.items()}


def _ordered(field: str, counter: Counter[str]) -> list[Facet]:
    found = [Facet(value, value_name(field, value), count) for value, count in counter.items()]
    if field == "year":
        return sorted(found, reverse=True)
    if field == "region":
        return sorted(found)
    return sorted(found, key=lambda one: (-one.documents, one.value))


def _any(wanted: tuple[Any, ...], fits: Callable[[Any], bool]) -> bool:
    return not wanted or any(fits(one) for one in wanted)


def _name(field: str) -> str:
    return "年份" if field == "year" else field_name(field)
