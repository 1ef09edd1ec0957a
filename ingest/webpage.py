"""What a printed or copied web page shows around its text: navigation, metadata rows, footer.

Readers of HTML know these by the structure of the page; in a PDF that a browser printed, and in
copied text, they are lines like any other and known by their form alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.sentences import TERMINAL
from ingest.lines import Line

# 发文机关：…, 成文日期：…
_LABEL = re.compile(
    r"^(索\s*引\s*号|发文机关|发文单位|发布机构|发文字号|文\s*号|标\s*题|主题分类|组配分类|体裁分类|信息分类|主\s*题\s*词"
    r"|成文日期|发文日期|发布日期|发布时间|生成日期|公开日期|公开方式|有\s*效\s*性|效力状态|信息来源|浏览次数)\s*[：:]"
)
_NAVIGATION = re.compile(
    r"(首页|当前位置|您的位置|您现在的位置)\s*[：:]?\s*.{0,10}[>＞»]|^首页\s+\S|请输入.{0,8}(关键字|关键词|搜索)"
    r"|^(打印|收藏|分享|字号|关怀版|无障碍)"
)
_FOOTER = re.compile(
    r"ICP\s*备|公网安备|网站标识码|网站地图|关于我们|联系我们|版权所有|技术支持|^(主办|承办|主管)(单位)?\s*[：:]"
    r"|^相关(解读|链接|文件|附件|稿件)\s*[：:]?|政府网站.{0,20}网站|^其他网站"
)
_FEWEST = 3  # signs from which a text is believed to be a page
_FRONT = 40  # lines in which the title stands
_LONGEST = 60  # characters of a line of navigation


def furniture(lines: Sequence[Line], titles: Sequence[int]) -> set[int]:
    """Return the numbers of the lines that a web page shows around its text, none for other texts.

    `titles` are the numbers of the lines that hold the document's title. Before the title all short
    lines are furniture, after it the metadata rows, and after the last sentence everything from the
    first footer or navigation line on.
    """
    signs = [at for at, line in enumerate(lines) if _is_sign(line.text)]
    if len(signs) < _FEWEST:
        return set()
    title = next((at for at in titles if at < _FRONT), 0)
    found = {at for at in range(title) if _is_short(lines[at].text)}
    last = max((at for at, line in enumerate(lines) if _ends_sentence(line.text)), default=0)
    found |= {at for at in signs if at < _FRONT or at > last}
    tail = min((at for at in signs if at > last), default=len(lines))
    return found | {at for at in range(tail, len(lines)) if _is_short(lines[at].text)}


def _is_sign(text: str) -> bool:
    if len(text) > _LONGEST and not _LABEL.match(text):
        return False
    return any(sign.search(text) for sign in (_LABEL, _NAVIGATION, _FOOTER))


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and not _ends_sentence(text)


def _ends_sentence(text: str) -> bool:
    return text[-1] in TERMINAL and not _is_sign(text)
