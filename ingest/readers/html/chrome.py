"""What sites put around and between the text of a document, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.html.flow import Block, Line

_LONGEST = 90  # characters; longer lines are text
HAN = re.compile("[一-鿿]")
# Tools, paths and notices of a site, each below an example.
_TOOLS = (
    # 【字体：大 中 小】
    re.compile(r"[【\[(（]?\s*(字体|字号|文字大小)\s*[：:]?.{0,3}[【\[(（]?\s*([特超]?大|小|默认)"),
    # 扫一扫在手机打开当前页
    re.compile(r"扫一扫|扫码(打开|阅读|关注|分享)|二维码"),
    # 【打印】【关闭】, 分享到：微信 微博; trap: 下载量前十的应用
    re.compile(
        r"^[【\[|｜\s]*((我要)?(打印|关闭|收藏|纠错|下载|分享|评论)(本页|本文|此页|窗口|页面|内容|文章|到)?"
        r"|返回(顶部|首页|上一页|列表)?|回到?顶部|TOP|加入收藏|设为首页|无障碍(浏览|阅读)?"
        r"|长者(模式|版)|[大中小简繁]|微信|微博|新浪微博|QQ空间|[+\-A]{1,3}|登录|注册|搜索|检索"
        r"|首页|(查看)?更多|语音播报|EN)([\s|｜/、】\]：:>]+|$)",
        re.I,
    ),
    # 上一篇：没有了
    re.compile(r"^[\s\[【]*(上|下)(一)?(篇|条|页)\s*([：:】\]]|$)"),
    # 当前位置：首页 > 政策
    re.compile(r"^(您|你)?(现在|当前)?(的|所在)?(当前)?位置\s*(是)?\s*[：:]|^首页\s*[>＞»/›]"),
    # 浏览次数：12
    re.compile(r"(浏览|点击|阅读|访问)(次数|数|量)\s*[：:]?\s*\d*"),
    # （责任编辑：某某）
    re.compile(r"^[（(【\[]?\s*(责任编辑|编辑|责编|审核|校对|初审|复审|终审)\s*[：:]"),
    # 2021-03-04 10:20 来源：省政府办公厅
    re.compile(r"^(发布|发表|更新|录入)(时间|日期)\s*[：:]|^(信息|文章|稿件)?来源\s*[：:].{0,30}$"),
    re.compile(
        r"^\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s*(\d{1,2}[：:]\d{2}(:\d{2})?)?"
        r"\s*(信息|文章|稿件)?来源\s*[：:]"
    ),
)
_FOOTER = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|(主办|承办|协办|运行维护|技术支持|主管)(单位)?\s*[：:]"
    r"|建议使用.{0,20}浏览|copyright|All Rights Reserved|网站地图|隐私(声明|政策)"
    r"|您访问的链接即将离开",
    re.I,
)
# What leads in a list of links to other pages.
_RELATED = re.compile(
    r"^[\s【\[]*(相关|推荐|热点|热门|延伸|关联|政策|图解|更多)(链接|阅读|解读|文档|文件|稿件|新闻|信息|政策|专题|报道|文章|内容|推荐)"
    r"(推荐|链接)?[】\]：:\s]*$"
)
# A file to be fetched, which belongs to the document. Trap: 附件下载 without a name is a tool.
_ATTACHMENT = re.compile(r"附\s*[件表图录]|\.(docx?|pdf|xlsx?|wps|et|ofd|zip|rar|pptx?)\b", re.I)
_TAGS = frozenset({"nav", "footer", "aside", "select", "textarea", "menu"})
_NAMES = re.compile(
    r"(?<![a-z])(nav|navi|navigation|footer|foot|menu|share|bd-?share\w*|social|relate[ds]?|recommend\w*|crumbs?"
    r"|breadcrumbs?|copyright|toolbar|sidebar|comments?|qr(_?code|_?container)?|pag(er|ination)|search\w*|login"
    r"|xgjd|xglj|xgwd|fenxiang|dibu|daohang)(?![a-z])",
    re.I,
)  # fmt: skip


def is_tool(line: Line) -> bool:
    """Whether a line is a tool, a path or a notice of the site."""
    text = line.text
    if len(text) > _LONGEST:
        return False
    return any(pattern.search(text) for pattern in _TOOLS) or is_footer(line)


def is_footer(line: Line) -> bool:
    """Whether a line tells who keeps the site."""
    return bool(_FOOTER.search(line.text)) and len(line.text) <= 3 * _LONGEST


def is_link(line: Line) -> bool:
    """Whether a line leads elsewhere and to no attachment of the document."""
    size = len(re.sub(r"[\s|｜·•>＞/\-\d.:：年月日\[\]【】]", "", line.text))
    return line.linked > 0 and line.linked >= 0.7 * size and not _ATTACHMENT.search(line.text)


def leads_links(line: Line) -> bool:
    """Whether a line is the title of a list of links: 相关解读."""
    return bool(_RELATED.match(line.text))


def named_so(block: Block) -> bool:
    """Whether the tag or the names of a block say that it is no text of the document."""
    return block.tag in _TAGS or bool(_NAMES.search(block.names))


def in_lists(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that stand in lists of links, their title included.

    A list is two links in a row, or what follows a title such as 相关解读.
    """
    links = [is_link(line) for line in lines]
    found: set[int] = set()
    for at in range(len(lines)):
        beside = (at > 0 and links[at - 1]) or (at + 1 < len(lines) and links[at + 1])
        led = at > 0 and leads_links(lines[at - 1])
        if links[at] and (beside or led):
            found.add(at)
    titles = {at for at, line in enumerate(lines) if leads_links(line) and at + 1 in found}
    return found | titles
