"""What people call the levels of an outline, the kinds of residue and the fields of metadata."""

from __future__ import annotations

from corpus.terms import KINDS, LEVELS

_LEVELS = {
    "annex": "附件",
    "part": "编",
    "subpart": "分编",
    "chapter": "章",
    "section": "节",
    "preface": "前言",
    "piece": "篇目",
    "subheading": "小标题",
    "heading": "一、",
    "box": "专栏",
    "item": "（一）",
    "subitem": "1.",
    "article": "条",
    "paragraph": "款",
    "point": "项",
    "entry": "目",
}
_KINDS = {
    "title": "题名",
    "number": "文号",
    "issuer": "机关",
    "date": "日期",
    "addressee": "主送",
    "history": "沿革",
    "byline": "作者",
    "toc": "目录",
    "page-number": "页码",
    "running-head": "页眉页脚",
    "chrome": "网页栏目",
    "caption": "图注",
    "imprint": "版权与责编",
    "mark": "标记",
    "bookmark": "书签",
    "control": "控制字符",
    "break": "断行",
}

_FIELDS = {
    "title": "标题",
    "kind": "文种",
    "region": "地区",
    "level": "层级",
    "issuer": "发文机关",
    "number": "文号",
    "issued": "发文时间",
}


def level_name(level: str) -> str:
    """Return what people call a level, the level itself where it has no other name."""
    return _LEVELS.get(level, level)


def kind_name(kind: str) -> str:
    """Return what people call a kind of residue, the kind itself where it has no other name."""
    return _KINDS.get(kind, kind)


def field_name(field: str) -> str:
    """Return what people call a field of the metadata, the field itself where it has no name."""
    return _FIELDS.get(field, field)


def value_name(field: str, value: str) -> str:
    """Return the value of a field of the metadata in Chinese, as it stands where it is no term."""
    return {"kind": KINDS, "level": LEVELS}.get(field, {}).get(value, value)
