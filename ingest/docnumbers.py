"""文号: the number under which a body issued a document, in one form: 国发〔2019〕5号.

Orders and announcements have numbers of other forms: 国务院令第710号, 财政部公告2021年第5号.
"""

from __future__ import annotations

import re

from ingest import issuers
from ingest.dates import plainly

_LONGEST = 40  # characters of a number
# 铜府发〔2021〕3号, 黔党发[2021]14号, 阜蒙健促办发【2020】 3 号, 发改办财金规（2019）860 号
_YEARLY = (
    r"(?P<code>[一-龥A-Za-z][一-龥A-Za-z\s·]{0,24}?)\s*[〔﹝\[(【〖《<]\s*(?P<year>(?:19|20)\d\d)\s*"
    r"[〕﹞\])】〗》>]\s*第?\s*(?P<at>\d{1,5})\s*号"
)
# 中华人民共和国国务院令第710号, 国家税务总局公告2019年第35号
_ORDER = (
    r"(?P<body>[一-龥、\s]{1,40}?)\s*(?P<sort>令|公告|通告)\s*[((]?\s*(?P<of>(?:19|20)\d\d)?\s*年?\s*"
    r"第\s*(?P<no>\d{1,5})\s*号\s*[))]?"
)
_NUMBER = re.compile(f"{_YEARLY}|{_ORDER}")
_BARE = re.compile(
    r"[((]?\s*(?:(?P<year>(?:19|20)\d\d)\s*年?\s*)?第?\s*(?P<no>\d{1,5})\s*号\s*[))]?"
)
_HEADER = re.compile(r"(?P<body>[一-龥、\s]{2,60}?)\s*(?P<sort>令|公告|通告)")
_SIGNER = re.compile(r"\s*签\s*发\s*人\s*[::]?\s*[一-龥\s]{0,20}$")
_STATE = "中华人民共和国"
# Sentences and titles in which a number is only mentioned.
_NO_CODE = re.compile(r"根据|依据|按照|通知|意见|有关|以下|关于|印发|附件|编号|本")


def whole(text: str) -> str | None:
    """Return the number that a text is, in its one form, None where it is none.

    Brackets around it, a label before it and the signer's name after it do not count.

    >>> whole("（黔党发[2021] 14号）"), whole("中华人民共和国国务院令 第710号")
    ('黔党发〔2021〕14号', '国务院令第710号')
    """
    plain = _SIGNER.sub("", plainly(text).strip())
    plain = re.sub(r"^(?:发\s*文\s*字\s*号|文\s*号)\s*[::]\s*", "", plain)
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1].strip()
    found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST + 20 else None
    return canonical(found) if found else None


def at_end(text: str) -> str | None:
    """Return the number that ends a title line in brackets or after a blank, None for none."""
    found = re.search(
        r"[（(]([^（）()]{2,16}[〔\[【﹝(（]\d{4}[〕\]】﹞)）]\s*\d+\s*号)[)）]$", text
    )
    found = found or re.search(r"[\s　](\S{2,16}[〔\[【﹝]\d{4}[〕\]】﹞]\s*\d+\s*号)$", text)
    return whole(found[1]) if found else None


def of_lines(header: str, line: str) -> str | None:
    """Return the number of an order whose header and number stand in two lines.

    >>> of_lines("中华人民共和国国务院令", "第710号")
    '国务院令第710号'
    """
    first, second = _HEADER.fullmatch(plainly(header)), _BARE.fullmatch(plainly(line))
    body = _body(first["body"]) if first else ""
    if not first or not second or not body:
        return None
    year = f"{second['year']}年" if second["year"] else ""
    return f"{body}{first['sort']}{year}第{int(second['no'])}号"


def order_body(text: str) -> str | None:
    """Return the body of an order's header or number, None where the text is neither."""
    plain = plainly(text).strip()
    found = _HEADER.fullmatch(plain) or re.fullmatch(_ORDER, plain)
    return (_body(found["body"]) if found else None) or None


def canonical(found: re.Match[str]) -> str | None:
    """Return the one form of a match, None where the words before the year are no code."""
    if found["code"]:
        code = re.sub(r"\s", "", found["code"])
        if _NO_CODE.search(code):
            return None
        return f"{code}〔{found['year']}〕{int(found['at'])}号"
    year = f"{found['of']}年" if found["of"] else ""
    body = _body(found["body"])
    return f"{body}{found['sort']}{year}第{int(found['no'])}号" if body else None


def _body(text: str) -> str:
    """Return the bodies before 令 or 公告, a blank between several; empty where they are none."""
    words = text.split()
    joined = ("" if any(len(word) == 1 for word in words) else " ").join(words)
    body = joined.replace(_STATE, "").strip()
    if body == "国":  # 国令第707号
        return "国务院"
    return body if issuers.bodies(body) else (_STATE if joined == _STATE else "")
