from __future__ import annotations

import pytest

from api.filters import Filters, facets, issuers, within, year
from corpus.errors import NotFound
from corpus.model import Document, Meta, OffsetMap

PROVINCE = Meta("省规划", "plan", "贵州省", "province", None, None, "2021-12")
CITY = Meta("市规划", "plan", "贵州省铜仁市", "city", "市乡村振兴局、市发改委", None, "2022")
BARE = Meta("不知来历的文件")


def documents() -> dict[str, Document]:
    metas = {"p": PROVINCE, "c": CITY, "b": BARE}
    return {name: Document(name, meta, "", OffsetMap(())) for name, meta in metas.items()}


@pytest.mark.parametrize(
    ("filters", "fitting"),
    [
        (Filters(region=("贵州省",)), {"p", "c"}),
        (Filters(region=("贵州省铜仁市",)), {"c"}),
        (Filters(level=("province", "city"), year=(2022,)), {"c"}),
        (Filters(kind=("plan",)), {"p", "c"}),
        (Filters(issuer=("市发改委",)), {"c"}),
    ],
)
def test_values_are_alternatives_and_fields_add_up(filters: Filters, fitting: set[str]) -> None:
    assert within(documents(), (), filters) == fitting


def test_no_filter_and_no_name_means_all() -> None:
    assert within(documents(), (), Filters()) == frozenset()
    assert within(documents(), ["c", "unknown"], Filters()) == {"c", "unknown"}


def test_filters_keep_to_the_documents_named() -> None:
    assert within(documents(), ["c"], Filters(kind=("plan",))) == {"c"}
    with pytest.raises(NotFound, match="年份 2021"):
        within(documents(), ["c"], Filters(year=(2021,)))


def test_facets_count_regions_with_what_lies_below() -> None:
    found = facets(documents().values())
    assert found["region"] == [("贵州省", "贵州省", 2), ("贵州省铜仁市", "贵州省铜仁市", 1)]
    assert [(one.value, one.documents) for one in found["year"]] == [("2022", 1), ("2021", 1)]
    assert [one.value for one in found["issuer"]] == ["市乡村振兴局", "市发改委"]
    assert found["kind"] == [("plan", "规划、纲要、计划", 2)]


def test_years_and_issuers_are_read_from_what_is_written() -> None:
    assert (year(PROVINCE), year(BARE)) == (2021, None)
    assert issuers(CITY) == ("市乡村振兴局", "市发改委")
    assert issuers(BARE) == ()
