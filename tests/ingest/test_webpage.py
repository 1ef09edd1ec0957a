from __future__ import annotations

from tests.ingest.views import PROSE, parsed, residues

_PAGE = f"""无障碍 登录 注册
首页 县政府 要闻 政策
当前位置：首页 > 政务公开 > 文件
索引号：000123/2024-0001
发文机关：云河县人民政府
成文日期：2024-05-06
云河县人民政府关于供水的意见
各乡镇人民政府：
{PROSE}
一、水源
{PROSE}
2024年5月6日
（此件公开发布）
相关解读：一图看懂供水意见
网站地图 | 关于我们
主办：云河县人民政府办公室
云ICP备05000000号
"""


def test_what_a_printed_page_shows_around_its_text_is_chrome() -> None:
    kinds = {text: kind for kind, text in residues(_PAGE)}
    assert [text for text, kind in kinds.items() if kind == "chrome"] == [
        *_PAGE.splitlines()[:6],
        *_PAGE.splitlines()[-4:],
    ]
    assert kinds["云河县人民政府关于供水的意见"] == "title"
    assert kinds["各乡镇人民政府："] == "addressee"
    assert [str(clause.address) for clause in parsed(_PAGE).clauses] == ["第1段", "一、"]


def test_a_document_that_only_names_a_site_is_no_page() -> None:
    raw = f"云河县供水意见\n一、公开\n{PROSE}\n联系我们的电话在县政府网站首页。\n{PROSE}"
    assert [kind for kind, _ in residues(raw)] == ["title"]
