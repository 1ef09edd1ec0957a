"""Names of issuing bodies: 国务院办公厅, 中共黔西南州委 黔西南州人民政府."""

from __future__ import annotations

import re

from ingest.dates import plainly

_ENDS = re.compile(
    r"(?:政府|国务院|中央|厅|局|部|委|院|室|署|办|社|会|组|总队|总站|中心|政协|全国人大|中国人民银行|分行|支行|公司)$"
)
# Lines that end like a body and are none: 加强组织领导办, 主要负责部, 抄送：…委.
_NO_BODY = re.compile(
    r"^(?:第|附件|抄送|主办|承办|来源|责任|各|关于|加强|推进|建立|由|经|本|该|有关|其他|以上|其中)"
    r"|^(?:县|乡镇)?(?:党委|局|部|办|厅|委)$|负责|(?:全|内|外|干|俱乐|服务|门市|社|机|都)(?:部|会)$|开会$|(?<!武警)总部$"
)
_PARTED = re.compile(r"[、，,\s　]+")
# What follows the bodies in a title; trap: 关于 within 《》 of another title.
_VERB = re.compile(r"\s*(?:《)?(?:关于|印发|转发|批转|发布|公布|对|[12]\d{3}\s*年)")


def bodies(text: str) -> list[str]:
    """Return the bodies that a line names, empty where it names anything else.

    >>> bodies("国务院办公厅　中央军委办公厅"), bodies("加强乡村振兴局建设")
    (['国务院办公厅', '中央军委办公厅'], [])
    """
    names = _respaced(text)
    if not names or not all(map(is_body, names)):
        return []
    return names


def is_body(name: str) -> bool:
    """Whether a name without blanks is one of a body."""
    if not 2 <= len(name) <= 40 or _NO_BODY.search(name):
        return False
    return re.fullmatch(r"[一-龥（）()·“”]+", name) is not None and _ENDS.search(name) is not None


def of_title(title: str) -> list[str]:
    """Return the bodies with which a title begins: 国务院关于…, 省文化和旅游厅关于印发….

    >>> of_title("中共云河州委 云河州人民政府关于供水的意见"), of_title("云河县供水规划")
    (['中共云河州委', '云河州人民政府'], [])
    """
    for found in _VERB.finditer(title):
        front = title[: found.start()]
        if front.count("《") > front.count("》"):
            return []
        names = bodies(front)
        if names:
            return names
    return []


def joined(names: list[str]) -> str:
    """Return bodies as one value: 铜仁市乡村振兴局、铜仁市发展和改革委员会."""
    return "、".join(dict.fromkeys(names))


def same(first: str, second: str) -> bool:
    """Whether two values name a body in common, one perhaps without its place."""
    ours, theirs = (
        re.split("、", value.replace("中华人民共和国", "")) for value in (first, second)
    )
    return any(a.endswith(b) or b.endswith(a) for a in ours for b in theirs)


def _respaced(text: str) -> list[str]:
    """Return the names in a line; a name with spaced letters (国 务 院) is one name."""
    plain = text.strip().strip("（）()")
    words = [word for word in _PARTED.split(plain) if word]
    if words and all(len(word) == 1 for word in words):
        return ["".join(words)]
    return words


def of_header(text: str) -> list[str]:
    """Return the bodies of a red header: 铜仁市人民政府文件 → 铜仁市人民政府; empty for others."""
    plain = plainly(text).strip()
    bare = re.sub(r"文\s*件$", "", plain)
    return bodies(bare) if bare != plain else []
