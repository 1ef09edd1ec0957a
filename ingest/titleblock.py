"""The head of a document: what stands before its first sentence, line by line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest import dates, docnumbers, issuers, kinds

_LONGEST = 60  # lines of a head; pages of web sites put their navigation there
_PROSE = 80  # characters; a longer line is no part of a head
_TITLE = 120  # characters
_TITLE_LINES = 4


class Line(NamedTuple):
    """A line that is not blank, without blanks at its ends, and its number among those, from 1."""

    number: int
    text: str

    @property
    def where(self) -> str:
        """Where it stands, for people."""
        return f"正文第 {self.number} 行"


class Label(NamedTuple):
    """A label with its value in the text: 发文机关：云河县人民政府."""

    name: str
    value: str
    where: str


_LABELS = (
    "发文机关 发文机构 发文单位 制发机关 制定机关 发布机构 发布机关 成文日期 成文时间 "
    "发文日期 发文时间 签发日期 印发日期 生成日期 公布日期 发布日期 发布时间 公开日期 "
    "日期 时间 发文字号 发文文号 文件编号 公文文号 文号 标题 名称 文件名称 信息名称 "
    "索引号 主题分类 信息分类 组配分类 主题词 有效性 效力状态 来源 作者 浏览次数 "
    "浏览量 访问量 点击数 字体 字号 文字大小 责任编辑 信息来源"
)
_LABEL = re.compile(
    r"(?:^|(?<=[\s　】\]；;|｜]))[【\[]?\s*("
    + "|".join(r"\s*".join(name) for name in sorted(_LABELS.split(), key=len, reverse=True))
    + r")\s*[】\]]?\s*[：:]"
)
_SENTENCE = re.compile(r"[。；]")
_ADDRESSEE = re.compile(r"^.{4,300}[：:]$")
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十百]+[编章节条部]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|1[.．、]\s*\D"
    r"|目\s*[录次]$|前\s*言$|引\s*言$|序\s*言$)"
)
_ADDED = re.compile(
    r"[（(](?:[12]\d{3}\s*年?\s*[-—－–~至]+\s*[12]\d{3}\s*年?|[一-龥]{2,8})[)）]|(?:的)?(?:政策)?解读|的(?:通知|函|通告)"
)
# The story of a law: （2015年12月27日…通过　2018年…修正）, or a line for each event.
_EVENT = re.compile(r"通过|公布|发布|修订|修正|批准|施行|颁布|会议(?!上)")
_SITE = re.compile(
    r"政府网|人民政府$|门户网站|官网|官方网站|信息公开|政务公开|政策文件|有关文件|部门文件|政府文件|要闻|www\.|\.gov|新闻网|日报|网$|平台$"
)
_MENU = re.compile(
    r"^(?:首页|下载|打印|全屏|收藏|加大|还原|减小|关闭|分享|返回|登录|注册|繁|EN|原文链接|附件|当前位置|您的位置|索引号|免责声明)"
    r"|[>＞]|首页\s|https?:|^[【\[（(]|丨.{0,10}$"
)


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that are not blank."""
    stripped = (line.strip().strip("\u200b\ufeff") for line in text.split("\n"))
    return [Line(at, line) for at, line in enumerate(filter(None, stripped), 1)]


def head(lines: Sequence[Line]) -> list[Line]:
    """Return the lines before the first sentence, addressee or heading."""
    depth = 0  # of a story of a law over several lines
    for at, line in enumerate(lines[:_LONGEST]):
        depth = max(0, depth + _opened(line.text)) if depth or is_event(line.text) else 0
        if depth == 0 and not is_event(line.text) and _is_body(line.text):
            return list(lines[:at])
    return list(lines[:_LONGEST])


def labels(lines: Sequence[Line]) -> list[Label]:
    """Return the labels with values that stand in the lines of a head, in order."""
    found: list[Label] = []
    for line, following in itertools.zip_longest(lines, lines[1:]):
        marks = list(_LABEL.finditer(line.text))
        if not marks or marks[0].start() > 0:
            continue
        ends = [mark.start() for mark in marks[1:]] + [len(line.text)]
        for mark, end in zip(marks, ends, strict=True):
            name = re.sub(r"\s", "", mark[1])
            value = line.text[mark.end() : end].strip(" 　|｜；;】]")
            if not value and end == len(line.text) and following:
                value = following.text
            found.append(Label(name, value, line.where))
    return found


def is_label(text: str) -> bool:
    """Whether a line begins with a label."""
    found = _LABEL.search(text)
    return found is not None and found.start() == 0


def is_event(text: str) -> bool:
    """Whether a line tells when a law was passed, published or amended."""
    if not dates.may_begin(text.lstrip("(（ 　")):
        return False
    plain = dates.plainly(text).lstrip("( ")
    first = next(dates.within(plain), None)
    return first is not None and first[1] == 0 and _EVENT.search(plain, first[2]) is not None


def title(lines: Sequence[Line], seen: str) -> tuple[str, Line | None]:
    """Return the title in a head and the line where it begins.

    It is the first run of lines that ends with the word for a kind of document; otherwise `seen`,
    what the parser took for the title, unless that is a menu, a date or a body's name.
    """
    usable = [line for line in lines if not _is_other(line.text)]
    for at in range(len(usable)):
        run: list[Line] = []
        for line in usable[at : at + _TITLE_LINES]:
            if run and line.number != run[-1].number + 1:
                break
            run.append(line)
            whole = without_site(_joined([each.text for each in run]))
            if len(whole) > _TITLE:
                break
            if kinds.ends_like_a_title(whole) and len(whole) >= 4:
                return _with_rest(whole, run[-1], lines), run[0]
    whole = without_site(_spaced(seen))
    if len(whole) < 4 or _is_other(whole) or re.search(r"[，,：:；;]$", whole):
        return "", None
    plain = squeeze(whole)
    return whole, next((line for line in lines if plain.startswith(squeeze(line.text)[:20])), None)


def _with_rest(title: str, last: Line, lines: Sequence[Line]) -> str:
    """Return a title with what the next lines add: （草案）, （2021—2035年）, 政策解读."""
    for line in lines:
        if line.number == last.number + 1 and _ADDED.fullmatch(line.text):
            title, last = title + re.sub(r"\s", "", line.text), line
    return title


def without_site(text: str) -> str:
    """Return a title without the names of the site and its columns at its end.

    >>> without_site("云河县供水办法_政策文件_云河县人民政府网"), without_site("供水规划")
    ('云河县供水办法', '供水规划')
    """
    while True:
        head_part, mark, tail = _last_part(text)
        if not mark or not _SITE.search(tail) or len(head_part) < 4:
            return text.strip()
        text = head_part


def squeeze(text: str) -> str:
    """Return the letters and digits of a text, at their usual width."""
    return re.sub(r"[\W_]", "", dates.plainly(text))


def _last_part(text: str) -> tuple[str, str, str]:
    marks = list(re.finditer(r"[_|｜丨]|\s[-—–]+\s?|--+", text))
    if not marks:
        return text, "", ""
    return text[: marks[-1].start()], marks[-1][0], text[marks[-1].end() :]


def _opened(text: str) -> int:
    plain = dates.plainly(text)
    return plain.count("(") - plain.count(")")


def _is_body(text: str) -> bool:
    """Whether a line is text of the document: a sentence, an addressee, a heading."""
    if is_label(text):
        return False
    if _SENTENCE.search(text) or _HEADING.match(text):
        return True
    if _ADDRESSEE.match(text):
        return True
    return len(text) > _PROSE and not (len(text) <= _TITLE and kinds.ends_like_a_title(text))


def _is_other(text: str) -> bool:
    """Whether a line of a head is anything but a part of the title."""
    return bool(
        re.search(r"\w", text) is None
        or is_label(text)
        or is_event(text)
        or "\t" in text
        or _MENU.search(text)
        or dates.whole(text)
        or docnumbers.whole(text)
        or docnumbers.order_body(text)
        or issuers.of_header(text)
        or re.fullmatch(
            r"文\s*件|第\s*\d+\s*号|附\s*件\s*[\d一二三四五六七八九十０-９]*[：:]?",
            text,
        )
    )


def _joined(texts: Sequence[str]) -> str:
    """Return the lines of a title as one; a blank parts two bodies."""
    whole = ""
    for text in map(_spaced, texts):
        parted = issuers.bodies(whole) and issuers.bodies(text)
        whole += (" " if parted else "") + text
    return whole


def _spaced(text: str) -> str:
    """Return a line with single blanks, without any where its letters are spaced: 规 划."""
    words = text.split()
    if len(words) > 2 and sum(len(word) for word in words) < 1.5 * len(words):
        return "".join(words)
    return " ".join(words)
