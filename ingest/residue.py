"""Name the lines that are no part of what a document says: title block, web chrome, imprint."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import newspaper
from ingest.headings import Candidate
from ingest.lines import Line
from ingest.reading import HEADING

# What web pages put around a text. Example; trap.
_CHROME = (
    re.compile(r"^[【\[]\s*字体"),  # 【字体:大 中 小】
    re.compile(r"^(字体|字号)\s*[：:]?\s*[【\[]?\s*大\s*[】\]]?\s*[【\[]?\s*中"),
    re.compile(r"扫一扫.{0,6}(手机|微信|打开|分享)"),  # 扫一扫在手机打开当前页面
    re.compile(r"^[【\[]?\s*(打印|关闭|收藏|返回顶部|分享到|打印本页|打印内容)\s*[】\]：:]?$"),
    re.compile(r"^(索\s*引\s*号|信息分类|浏览次数|点击数|阅读次数)\s*[：:]"),
    re.compile(r"^【法宝引证码】|^原文链接[：:]\s*http"),
)
_DATE = re.compile(
    r"^[（(]?\s*[12]\d{3}\s*[年.．\-/]\s*\d{1,2}(\s*[月.．\-/]\s*(\d{1,2}\s*日?)?)?\s*[)）]?$"
    r"|^[一二][〇○Ｏ零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月([一二三四五六七八九十]{1,3}日)?$"
)
# 国发〔2019〕5号, 第707号
_NUMBER = re.compile(
    r"^[一-龥]{0,12}\s*[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\s*\d+\s*号$|^第\s*\d+\s*号$"
)
# 各市、自治州人民政府，省直各部门：; trap: 现通知如下： (a verb)
_ADDRESSEE = re.compile(
    r"^[^。；！？]{2,300}(府|局|委|办|部|院|厅|署|会|处|校|军|室|行|司|社|团"
    r"|机构|单位|部门|公司|企业|代表|主席|委员|兵团)[:：]$"
)
# （此件公开发布）, （本文有删减）
_REMARK = re.compile(r"^[（(]\s*(此件|本文|此文|注：此件)[^（()）]{2,20}[)）]$")
# （1994年1月28日国务院令第142号发布 根据2005年12月19日《…决定》修订）
_HISTORY = re.compile(
    r"^[（(].*([12]\d{3}|[一二][〇○零一二三四五六七八九]{3})\s*年.*(通过|发布|公布|修订|修正|批准|施行|印发).*[)）]$"
)
_SIGNATURE = re.compile(r"^[一-龥、\s　·]{2,60}$")  # who signs, above the date
# 铜仁市乡村振兴局; trap: 加强乡村振兴局建设 (a title: it does not end with the body)
_ISSUER = re.compile(
    r"^[一-龥、\s]{2,40}(局|委员会|人民政府|政府办公室|办公室|办公厅|厅|部|院|党委|省委|市委|州委|县委)$"
)
# Words with which titles of policy documents end.
_KIND = re.compile(
    r"(规划|纲要|计划|意见|方案|办法|通知|决定|规定|条例|细则|措施|公告|通告|报告|批复|函|法|规则)"
    r"([（(].{1,12}[)）])?$"
)
FRONT = 12  # lines; a title block is not longer
_LONGEST_HISTORY = 1000  # characters; the pattern is slow on longer lines
_LONGEST_TITLE = 80  # characters
_SHORT = 40  # characters of a date or a remark


def classify(
    lines: Sequence[Line], candidates: Sequence[Candidate | None], title: str
) -> dict[int, str]:
    """Return the kind of residue by line number, for those lines that are residue.

    `title` is the document's title, empty where it is unknown.
    """
    kinds: dict[int, str] = {}
    for at, line in enumerate(lines):
        if len(line.text) < 60 and any(pattern.search(line.text) for pattern in _CHROME):
            kinds[at] = "chrome"
    for at in title_lines(lines, title):
        kinds[at] = "title"
    for at in range(min(_front_end(lines, candidates), len(lines))):
        text = lines[at].text
        if at in kinds:
            continue
        if _DATE.match(text):
            kinds[at] = "date"
        elif title and text != title and _ISSUER.match(text):
            kinds[at] = "issuer"
        elif _NUMBER.match(text):
            kinds[at] = "number"
        elif text.endswith("——") and at + 1 in kinds:
            kinds[at] = "title"  # the kicker over a headline
    kinds = _signed(lines, candidates) | _head(lines, candidates, title, kinds) | kinds
    for at in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
        if newspaper.SOURCE.match(lines[at].text):
            kinds[at] = "imprint"
    return kinds


def _head(
    lines: Sequence[Line], candidates: Sequence[Candidate | None], title: str, known: dict[int, str]
) -> dict[int, str]:
    """Return what stands between the title and the text: addressee, history, a carried title."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines[:FRONT]):
        if candidates[at] is not None:
            break
        if at not in known and _ADDRESSEE.match(line.text):
            found[at] = "addressee"
            break
    for carried in re.findall("《([^》]{4,})》", title):
        found |= dict.fromkeys(title_lines(lines, carried), "title")
    for at in {0} | {at + 1 for at, kind in (known | found).items() if kind == "title"}:
        for last in range(at, min(at + 3, len(lines))):
            joined = "".join(line.text for line in lines[at : last + 1])
            if len(joined) <= _LONGEST_HISTORY and _HISTORY.match(joined):
                found |= dict.fromkeys(range(at, last + 1), "history")
                break
    return found


def _signed(lines: Sequence[Line], candidates: Sequence[Candidate | None]) -> dict[int, str]:
    """Return dates that are lines of their own, who signs above them, and remarks below."""
    found: dict[int, str] = {}
    for at, line in enumerate(lines):
        if line.frame or len(line.text) > _SHORT:
            continue
        if _REMARK.match(line.text):
            found[at] = "mark"
        elif _DATE.match(line.text) and "日" in line.text:  # 2013年10月 may be a cell of a table
            found[at] = "date"
            for above in range(at - 1, max(at - 4, -1), -1):
                signs = _SIGNATURE.match(lines[above].text) and candidates[above] is None
                if not signs or lines[above].frame:
                    break
                found[above] = "issuer"
    return found


def find_title(lines: Sequence[Line], candidates: Sequence[Candidate | None]) -> str:
    """Return the title that a text itself shows before its first heading, empty for none.

    It is the first short line that is no sentence, with the lines after it up to the one that ends
    with a word for a kind of document.
    """
    front = [
        line.text
        for line in lines[: min(_front_end(lines, candidates), FRONT)]
        if not any(pattern.search(line.text) for pattern in _CHROME)
        and not _DATE.match(line.text)
        and not line.text.endswith("——")
        and not newspaper.EDITOR.match(line.text)
        and not _NUMBER.match(line.text)
        and not line.text.endswith("文件")  # the red head over a document
    ]
    if front and lines[0].mark == HEADING and lines[0].text == front[0]:
        return re.sub(r"\s+", " ", front[0])  # set as a heading before any text
    if not front or not newspaper.is_title_like(front[0]):
        return ""
    for first in range(len(front)):  # the furniture of a web page may stand above the title
        for count in (1, 2, 3):
            joined = "".join(front[first : first + count])
            if _KIND.search(joined) and len(joined) <= _LONGEST_TITLE:
                return re.sub(r"\s+", " ", joined)
    return re.sub(r"\s+", " ", front[0])


def _front_end(lines: Sequence[Line], candidates: Sequence[Candidate | None]) -> int:
    """Return the number of lines before the first heading, contents or prose."""
    for at, line in enumerate(lines):
        prose = len(line.text) > 80 or re.search("[。；]", line.text) is not None
        if candidates[at] is not None or prose or re.match(r"^目\s*[录次]$", line.text):
            return at
    return len(lines)


def title_lines(lines: Sequence[Line], title: str) -> list[int]:
    """Return the numbers of the lines that hold the title alone or with their neighbours."""
    wanted = _squeeze(title)
    if not wanted:
        return []
    found: list[int] = []
    for at, line in enumerate(lines):
        if line.text[0] != wanted[0]:
            continue
        for count in (1, 2, 3):
            joined = "".join(_squeeze(each.text) for each in lines[at : at + count])
            if joined == wanted and line.text:
                found += range(at, at + count)
                break
            if not wanted.startswith(joined):
                break
    return sorted(set(found))


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
