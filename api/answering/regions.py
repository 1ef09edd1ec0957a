"""The names of places that a question may hold, and the documents of each."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from corpus.model import Document
from ingest.regions import PREFECTURES, PROVINCES

_SUFFIX = re.compile(
    r"(?:特别行政区|(?:[壮回]族|维吾尔)?自治区|[一-龥]{1,4}族自治[县旗]|地区|街道|[省市州县区镇乡盟旗])$"
)
_SHORTEST = 2  # characters of a place's name without 省, 市, 县
# A place that no list has, only where a clause begins with it: 兴义市规划第三章.
_UNLISTED = (
    r"(?<![一-龥《“])(?!请问|看看|看下|翻|查|按|根据|依据|对照|比较|我们|咱们|这[个份]|那[个份]|关于|帮我|想|全|各|本)"
    r"[一-龥]{2,3}(?:自治县|[县市区镇乡])"
)
_ANY_LEVEL = r"[省州市县镇](?:里面|里头|里|级)?"


class Regions:
    """The places that the documents are of, and those of the lists."""

    def __init__(self, documents: Collection[Document]) -> None:
        self._of: dict[str, list[Document]] = {}
        for document in documents:
            for name in spellings(finest(document.meta.region or "")):
                self._of.setdefault(name, []).append(document)
        self.names = _names(tuple(sorted(self._of)))

    @property
    def pattern(self) -> str:
        """What may be the place in the name of a document: a name, or 省, 州里, 市级."""
        return rf"{self.names}|{_UNLISTED}|{_ANY_LEVEL}"

    def of(self, name: str) -> list[Document]:
        """Return the documents of a place, those of what lies in it or around it left out."""
        return list(self._of.get(name, ()))

    def first(self, text: str) -> str:
        """Return the first place in a text, empty for none."""
        match = re.search(self.names, text)
        return match[0] if match else ""


def finest(region: str) -> str:
    """Return the last part of a region: 铜仁市 of 贵州省铜仁市.

    >>> finest("贵州省铜仁市"), finest("贵州省"), finest("云河县青石镇")
    ('铜仁市', '贵州省', '青石镇')
    """
    rest = region
    for name in sorted((*PROVINCES, *PREFECTURES), key=len, reverse=True):
        if rest.startswith(name) and rest != name:
            rest = rest[len(name) :]
    below = re.fullmatch(r".+?(?:县|区|市)(.{2,}(?:镇|乡|街道))", rest)
    return below[1] if below else rest


def spellings(name: str) -> list[str]:
    """Return a place as people write it, in full and without 省, 市, 自治州.

    >>> spellings("黔西南布依族苗族自治州"), spellings("铜仁市")
    (['黔西南布依族苗族自治州', '黔西南州', '黔西南'], ['铜仁市', '铜仁'])
    """
    if not name:
        return []
    if name.endswith("自治州"):
        listed = [n for n in PREFECTURES if n[-1] == "州" and n != name and name[:2] == n[:2]]
        states = [n for n in listed if "自治" not in n and name.startswith(n[:-1])]
        return [name, *states, *(state[:-1] for state in states if len(state) > _SHORTEST)]
    short = _SUFFIX.sub("", name)
    return [name, short] if short != name and len(short) >= _SHORTEST else [name]


@lru_cache(8)
def _names(own: tuple[str, ...]) -> str:
    """Return a pattern of all names, longest first, so that 黔西南州 is not read as 黔西南."""
    listed = {one for name in (*PROVINCES, *PREFECTURES) for one in spellings(name)}
    every = sorted({*listed, *own}, key=lambda name: (-len(name), name))
    return f"(?:{'|'.join(map(re.escape, every))})"
