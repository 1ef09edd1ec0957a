"""Name the lines that are no part of what a document says: title block, web chrome, imprint."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import newspaper
from ingest.headings import Candidate
from ingest.lines import Line

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
)
# 铜仁市乡村振兴局; trap: 加强乡村振兴局建设 (a title: it does not end with the body)
_ISSUER = re.compile(
    r"^[一-龥、\s]{2,40}(局|委员会|人民政府|政府办公室|办公室|办公厅|厅|部|院|党委|省委|市委|州委|县委)$"
)
# Words with which titles of policy documents end.
_KIND = re.compile(
    r"(规划|纲要|计划|意见|方案|办法|通知|决定|规定|条例|细则|措施|公告|通告|报告|批复|函|法|规则)"
    r"([（(].{1,12}[)）])?$"
)
_FRONT = 12  # lines; a title block is not longer


def classify(
    lines: Sequence[Line], candidates: Sequence[Candidate | None], title: str
) -> dict[int, str]:
    """Return the kind of residue by line number, for those lines that are residue.

    `title` is the document's title, empty where it is unknown.
    """
    kinds: dict[int, str] = {}
    for at, line in enumerate(lines):
        if any(pattern.search(line.text) for pattern in _CHROME) and len(line.text) < 60:
            kinds[at] = "chrome"
    for at in _title_lines(lines, title):
        kinds[at] = "title"
    for at in range(min(_front_end(lines, candidates), len(lines))):
        text = lines[at].text
        if at in kinds:
            continue
        if _DATE.match(text):
            kinds[at] = "date"
        elif title and text != title and _ISSUER.match(text):
            kinds[at] = "issuer"
        elif text.endswith("——") and at + 1 in kinds:
            kinds[at] = "title"  # the kicker over a headline
    for at in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
        if newspaper.SOURCE.match(lines[at].text):
            kinds[at] = "imprint"
    return kinds


def find_title(lines: Sequence[Line], candidates: Sequence[Candidate | None]) -> str:
    """Return the title that a text itself shows before its first heading, empty for none.

    It is the first short line that is no sentence, with the lines after it up to the one that ends
    with a word for a kind of document.
    """
    front = [
        line.text
        for line in lines[: min(_front_end(lines, candidates), _FRONT)]
        if not any(pattern.search(line.text) for pattern in _CHROME)
        and not _DATE.match(line.text)
        and not line.text.endswith("——")
        and not newspaper.EDITOR.match(line.text)
    ]
    if not front or not newspaper.is_title_like(front[0]):
        return ""
    for count in (1, 2, 3):
        joined = "".join(front[:count])
        if _KIND.search(joined) and len(joined) <= 80:
            return re.sub(r"\s+", " ", joined)
    return re.sub(r"\s+", " ", front[0])


def _front_end(lines: Sequence[Line], candidates: Sequence[Candidate | None]) -> int:
    """Return the number of lines before the first heading, contents or prose."""
    for at, line in enumerate(lines):
        prose = len(line.text) > 80 or re.search("[。；]", line.text) is not None
        if candidates[at] is not None or prose or re.match(r"^目\s*[录次]$", line.text):
            return at
    return len(lines)


def _title_lines(lines: Sequence[Line], title: str) -> list[int]:
    """Return the lines that hold the title alone, or together with their neighbours."""
    wanted = _squeeze(title)
    if not wanted:
        return []
    found: list[int] = []
    for at, line in enumerate(lines):
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
