"""Where a body sits and on which level: 铜仁市乡村振兴局 → 贵州省铜仁市, city."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.regions import MINISTRIES, PREFECTURES, PROVINCES

NATION = "全国"


class Place(NamedTuple):
    """A place as it is written, its province before it, and its level (see corpus/terms.py).

    `region` is None where only the level shows: 省文化和旅游厅.
    """

    region: str | None
    level: str


_NATIONAL = re.compile(
    r"国务院|中共中央|中央(?!大道|街)|中国共产党中央|全国|国家|中华人民共和国|最高人民(法院|检察院)|中国(?=[一-龥])|"
    + "|".join(sorted(MINISTRIES, key=len, reverse=True))
)
# 国家税务总局铜仁市税务局 sits in 铜仁市.
_BRANCH = re.compile(r"^(?:中华人民共和国|国家|中国)?[一-龥]{1,8}?(?:总局|银行|局)")
_PARTY = re.compile(r"^(?:中共|中国共产党|中国人民政治协商会议|政协|共青团)")
# A name of a county or less, by its form: 云河县, 青石镇; trap: 城乡, 社区, 开发区, 各县.
_COUNTY = re.compile(
    r"[一-龥]{1,12}?(?:自治县|自治旗|县(?!级|域)|旗)|[一-龥]{1,4}?(?:区(?!域|划)|市(?!场|民|政|容|直))"
)
_TOWNSHIP = re.compile(r"[一-龥]{1,8}?(?:镇(?!区)|(?:民族)?乡(?!村|镇|土)|街道|苏木)")
# Words of the same form that name no place; 浦东新区, 神农架林区 and 麻城市 are places.
_NO_PLACE = re.compile(
    r"(?:[各全本该我省州区市]|贫困|脱贫|重点|帮扶|[一-龥]*(?:示范|试点|大|强))县"
    r"|(?!浦东|滨海|神农架|六枝)[一-龥]*(?:[地园社新林景牧垦库灾矿辖校街小灌务护聚集治特片]|开发|功能|示范|试验|合作|高新"
    r"|经开|名胜|度假|大湾)区|(?:主|中心|老|新|大|古)?城区|(?:贫困|深|石|大|高)?山区|[各全本该我市省县]区"
    r"|(?!麻|肥|诸|邹|禹|项|永|应|韩|海|凤|丰)[一-龥]*城市|(?:[各全本该我省州]|直辖|地级|县级|设区的)市"
    r"|(?:[各全本该我城集村古县区市]|[一-龥]*(?:特色小|小城|重点|中心|建制))镇(?:街道)?"
    r"|[各全本该我城家回下返故水县区市]乡|[各全本该我县区市]街道"
)
_OTHER_WORDS = re.compile(r"关于|印发|管理|建设|委员会|政府|办公|领导|人民|规划|发展|工作")
# A level without a name: 省文化和旅游厅, 州人民政府; trap: 市场监督管理局, 区域合作办公室.
_BARE = (
    (re.compile(r"^(?:省|自治区)(?=[一-龥]*(?:厅|委|局|政府|办公室|省直))"), "province"),
    (re.compile(r"^州(?=人民政府|委|[一-龥]+局)"), "city"),
    (re.compile(r"^县(?=人民政府|委|[一-龥]+局)"), "county"),
)


def of_body(name: str) -> Place | None:
    """Return the place of an issuing body, None where its name does not say it.

    >>> of_body("铜仁市乡村振兴局"), of_body("省文化和旅游厅")
    (Place(region='贵州省铜仁市', level='city'), Place(region=None, level='province'))
    """
    name = _PARTY.sub("", name.strip()) if not name.startswith(("中共中央", "共青团中央")) else name
    listed = _listed(name)
    if listed:
        return listed
    branch = _BRANCH.match(name)
    if branch and _NATIONAL.match(name) and (seat := _listed(name[branch.end() :])):
        return seat
    if _NATIONAL.match(name):
        return Place(NATION, "nation")
    for pattern, level in _BARE:
        if pattern.match(name):
            return Place(None, level)
    return _unlisted(name)


def of_title(title: str) -> Place | None:
    """Return the place with which a title begins, None where it begins with none.

    Only places that are listed, and counties: of what a title begins with, 城市 and 社区 are none.

    >>> of_title("2026年上海市政府工作报告"), of_title("城市更新条例")
    (Place(region='上海市', level='province'), None)
    """
    plain = re.sub(r"^[\s《“]*(?:[12]\d{3}\s*年)?(?:度)?\s*", "", title)
    plain = _PARTY.sub("", plain) if not plain.startswith("中共中央") else plain
    if re.match(r"中华人民共和国|全国(?!各)|国家(?!级)", plain):
        return Place(NATION, "nation")
    listed = _listed(plain)
    if listed:
        return listed
    county = _name(re.match(r"[一-龥]{1,10}?(?:自治县|自治旗|县(?![级域乡]))", plain))
    if county:
        return Place(county, "county")
    town = _name(re.match(r"[一-龥]{1,6}?[镇乡](?=关于|人民政府|党委)", plain))
    return Place(town, "township") if town else None


def _listed(text: str) -> Place | None:
    """Return the place whose province or prefecture is in the lists, with what is below it."""
    province = next((name for name in PROVINCES if text.startswith(name)), "")
    rest = text[len(province) :]
    prefecture = next((name for name in PREFECTURES if rest.startswith(name)), "")
    if province and prefecture and PREFECTURES[prefecture] != province:
        prefecture = ""
    if not province and not prefecture:
        return None
    region = (province or PREFECTURES[prefecture]) + prefecture
    below = _unlisted(rest[len(prefecture) :])
    if below and below.region and below.level == "county":
        return Place(region + below.region, "county")
    if below and below.region and _COUNTY.match(below.region):
        return Place(region + below.region, "township")
    return Place(region, "city" if prefecture else "province")


def _unlisted(name: str) -> Place | None:
    """Return the place of a name that begins with a county or a township, by its form."""
    county = _name(_COUNTY.match(name))
    town = _name(_TOWNSHIP.match(name, len(county)))
    if town:
        return Place(county + town, "township")
    return Place(county, "county") if county else None


def _name(found: re.Match[str] | None) -> str:
    """Return what matched if it can be a name, and is no piece of other words; empty if not."""
    if not found or _NO_PLACE.fullmatch(found[0]) or _OTHER_WORDS.search(found[0]):
        return ""
    return found[0]
