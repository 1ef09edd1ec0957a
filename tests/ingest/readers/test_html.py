"""Saved web pages: body, metadata, chrome; every page here is invented."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import FileRefused
from ingest.readers.html import read
from ingest.reading import Reading
from tests.ingest.readers.views import facts, lines, of_kind, plain

_FIRST = "为保障山区群众饮水安全，结合我省实际，提出如下意见。"
_SECOND = "到2025年，全省山区自来水普及率达到96%，供水保证率达到95%。"
_THIRD = "县乡两级按季度通报进展，对进度滞后的乡镇及时约谈，确保按期完成。"
_NAV = (
    '<div class="top"><a href="/">首页</a><ul><li><a href="/a">政务公开</a></li>'
    '<li><a href="/b">互动交流</a></li><li><a href="/c">办事服务</a></li></ul></div>'
)
_FOOT = (
    '<div class="f"><p>主办：青山省人民政府办公厅</p><p>版权所有，不得转载。青ICP备0号</p></div>'
)


def _page(body: str, head: str = "") -> Reading:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "页.html")


def _text(body: str) -> list[str]:
    """Return the lines of a body between navigation and footer."""
    return plain(_page(f"{_NAV}<div><p>{_FIRST}</p>{body}<p>{_SECOND}</p></div>{_FOOT}"))[1:-1]


# -- what is the document ----------------------------------------------------------------------


def test_navigation_and_footer_stay_in_the_text_as_chrome_in_the_order_of_the_page() -> None:
    page = _page(f"{_NAV}<div><p>{_FIRST}</p><p>{_SECOND}</p></div>{_FOOT}")
    assert lines(page) == [
        ("首页", "chrome"),
        ("政务公开", "chrome"),
        ("互动交流", "chrome"),
        ("办事服务", "chrome"),
        (_FIRST, ""),
        (_SECOND, ""),
        ("主办：青山省人民政府办公厅", "chrome"),
        ("版权所有，不得转载。青ICP备0号", "chrome"),
    ]


def test_the_body_is_found_without_any_name() -> None:
    side = '<td><p><a href="/1">省长主持召开会议，研究供水，部署工作。</a></p></td>'
    body = f"<table><tr>{side}<td><div><p>{_FIRST}</p><p>{_SECOND}</p></div></td></tr></table>"
    assert plain(_page(_NAV + body + _FOOT)) == [_FIRST, _SECOND]


def test_a_name_that_sites_give_their_body_outweighs_a_longer_text_beside_it() -> None:
    body = f'<div><p>{_SECOND}</p><p>{_THIRD}</p></div><div id="UCAP-CONTENT"><p>{_FIRST}</p></div>'
    assert _FIRST in plain(_page(body))


def test_a_page_of_plain_paragraphs_is_all_text() -> None:
    assert plain(_page(f"<p>第一章　总则</p><p>{_FIRST}</p>")) == ["第一章　总则", _FIRST]


def test_an_attachment_set_beside_the_body_belongs_to_it() -> None:
    long = f"<div><p>附件</p><p>{_THIRD}</p><p>{_SECOND}</p><p>{_THIRD}</p></div>"
    body = f"<div><div><p>{_FIRST}</p>" + f"<p>{_SECOND}</p>" * 12 + f"</div>{long}</div>"
    assert "附件" in plain(_page(_NAV + body + _FOOT))


@pytest.mark.parametrize(
    "tool",
    [
        '<p>【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</p>',
        "<div>扫一扫在手机打开当前页</div>",
        '<p>【<a href="javascript:print()">打印</a>】【关闭】</p>',
        '<div class="share">分享到：<a href="#">微信</a></div>',
        '<p>上一篇：<a href="/3">修渠</a></p>',
        "<p>（责任编辑：某某）</p>",
        "<p>浏览次数：12</p>",
        '<p>当前位置：<a href="/">首页</a> &gt; 政策</p>',
        "<p>2021-03-04 10:20　来源：省政府办公厅</p>",
        '<div style="display: none">隐藏的提示</div>',
        "<select><option>县级网站</option></select>",
        "<nav><p>公开</p></nav>",
    ],
)
def test_tools_of_the_site_inside_the_body_are_chrome(tool: str) -> None:
    assert _text(tool) == []


def test_related_links_are_chrome_with_their_title() -> None:
    links = '<li><a href="/1">一图读懂供水意见</a></li><li><a href="/2">答记者问</a></li>'
    assert _text(f"<h3>相关解读</h3><ul>{links}</ul>") == []


@pytest.mark.parametrize(
    "text",
    [
        "附件：<a href='a.doc'>1.工程清单</a>",
        "<a href='a.pdf'>工程清单.pdf</a>",
        "（此件公开发布）",
        "按<a href='/a'>《青山省供水条例》</a>办理。",
        "下载量居前的应用",
        "来源于境外的所得",
    ],
)
def test_what_only_looks_like_chrome_is_text(text: str) -> None:
    assert len(_text(f"<p>{text}</p>")) == 1


def test_a_contents_of_links_into_the_page_is_text() -> None:
    contents = "<p><a href='#a'>第一章　总则</a></p><p><a href='#b'>第二章　供水</a></p>"
    assert _text(contents) == ["第一章　总则", "第二章　供水"]


def test_a_title_above_the_body_and_its_number_stay_text() -> None:
    body = (
        f"{_NAV}<h1>青山省供水意见</h1><p>青政发〔2021〕3号</p><p>打印</p>"
        f"<div><p>{_FIRST}</p><p>{_SECOND}</p></div>{_FOOT}"
    )
    assert plain(_page(body))[:2] == ["青山省供水意见", "青政发〔2021〕3号"]


def test_a_title_above_a_body_that_begins_with_it_is_chrome() -> None:
    body = f"<h1>青山省供水意见</h1><div><p>青山省供水意见</p><p>{_FIRST}</p></div>"
    assert plain(_page(_NAV + body)).count("青山省供水意见") == 1


def test_scripts_styles_comments_and_hidden_fields_are_no_text() -> None:
    gone = (
        "<script>甲</script><style>乙</style><noscript>丙</noscript><template>丁</template>"
        "<!-- 戊 --><input type=hidden value=己>"
    )
    assert _page(f"<p>{_FIRST}{gone}</p>").text == _FIRST + "\n"


# -- what the page says of the document --------------------------------------------------------

_TABLE = (
    "<table><tr><td><b>索 引 号：</b></td><td>QS-1</td><td><b>发文机关：</b></td>"
    "<td>青山省政府</td></tr><tr><td><b>标　　题：</b></td><td>供水意见</td>"
    "<td><b>主题词：</b></td><td></td></tr></table>"
)
_LIST = "<ul><li>索引号：QS-1</li><li><b>标题：</b>供水意见</li><li>发文机关：青山省政府</li></ul>"
_TERMS = (
    "<dl><dt>索引号</dt><dd>QS-1</dd><dt>标题</dt><dd>供水意见</dd>"
    "<dt>发文机关：</dt><dd>青山省政府</dd></dl>"
)
_SPANS = (
    "<div><span>索引号：</span><span>QS-1</span> <span>标题：</span><span>供水意见</span></div>"
    "<div><span>发文机关：</span><span>青山省政府</span></div>"
)
_PAIRS = (
    "<div><div><div>索引号：</div><div>QS-1</div></div><div><div>标题：</div><div>供水意见</div></div>"
    "<div><div>发文机关：</div><div>青山省政府</div></div></div>"
)


@pytest.mark.parametrize("table", [_TABLE, _LIST, _TERMS, _SPANS, _PAIRS])
def test_labels_and_values_are_facts_and_chrome(table: str) -> None:
    page = _page(f"{table}<div><p>{_FIRST}</p><p>{_SECOND}</p></div>")
    assert facts(page) == {"索引号": "QS-1", "标题": "供水意见", "发文机关": "青山省政府"}
    assert {fact.where for fact in page.facts} == {"网页元数据表"}
    assert plain(page) == [_FIRST, _SECOND]


def test_labels_in_the_body_before_its_text_are_facts_too() -> None:
    page = _page(f"<div>{_TABLE}<p>{_FIRST}</p><p>{_SECOND}</p></div>")
    assert facts(page)["索引号"] == "QS-1"
    assert plain(page) == [_FIRST, _SECOND]


def test_labels_amid_the_text_are_text() -> None:
    page = _page(f"<div><p>{_FIRST}</p>{_LIST}<p>{_SECOND}</p></div>")
    assert page.facts == ()
    assert len(plain(page)) == 5


def test_tools_after_a_value_are_no_part_of_it() -> None:
    line = "<p>发布时间：2021-03-04 来源：省政府办公厅 【字体：大 中 小】 打印</p>"
    page = _page(f"{line}<div><p>{_FIRST}</p></div>")
    assert facts(page) == {"发布时间": "2021-03-04", "来源": "省政府办公厅"}


def test_meta_tags_title_and_first_heading_are_facts() -> None:
    head = (
        '<title>供水意见_青山省</title><meta name="ArticleTitle" content="供水意见">'
        '<meta name="PubDate" content="2021-03-04"><meta name="viewport" content="width=1">'
    )
    page = _page(f"<h1>供水<br>意见</h1><p>{_FIRST}</p>", head)
    assert [tuple(fact) for fact in page.facts] == [
        ("ArticleTitle", "供水意见", "网页 meta 标签"),
        ("PubDate", "2021-03-04", "网页 meta 标签"),
        ("标题", "供水意见_青山省", "网页 title 标签"),
        ("标题", "供水意见", "网页一级标题"),
    ]


# -- lines -------------------------------------------------------------------------------------


def test_inline_elements_never_part_a_line() -> None:
    assert _text("<p><b>第一条</b>　<span>建</span><a href='/a'>库</a><i>。</i></p>") == [
        "第一条　建库。"
    ]


def test_breaks_and_blocks_part_lines_and_indents_go() -> None:
    assert _text("<div>&nbsp;&nbsp;甲<br>　　乙<div>丙</div>丁</div>") == ["甲", "乙", "丙", "丁"]


def test_line_ends_of_the_source_are_no_text() -> None:
    assert _text("<p>修建\n  水库，\tA\nB。</p>") == ["修建水库， A B。"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert _text("<pre>甲\n乙</pre><p style='white-space: pre-wrap'>丙\n丁</p>") == list("甲乙丙丁")


def test_ordered_lists_get_their_numbers() -> None:
    items = "<li>甲</li><li><p>乙</p><p>丙</p></li><li value=7>丁</li>"
    assert _text(f"<ol>{items}</ol>") == ["1. 甲", "2. 乙", "丙", "7. 丁"]


@pytest.mark.parametrize(
    ("attributes", "label"),
    [
        ("start=3", "3. "),
        ("type=a", "a. "),
        ("type=I", "I. "),
        ("style='list-style-type: cjk-ideographic'", "一、"),
        ("style='list-style: none'", ""),
    ],
)
def test_lists_are_numbered_in_their_style(attributes: str, label: str) -> None:
    assert _text(f"<ol {attributes}><li>甲</li></ol>") == [f"{label}甲"]


def test_an_item_with_a_number_of_its_own_gets_no_other() -> None:
    assert _text("<ol><li>（一）甲</li><li>1.乙</li></ol>") == ["（一）甲", "1.乙"]


def test_headings_below_the_first_level_are_marked_and_stand_in_one_line() -> None:
    page = _page(f"<h2>一、总体<br>要求</h2><p>{_FIRST}</p><h3>保障措施</h3><p>{_SECOND}</p>")
    assert of_kind(page, "heading") == ["一、总体要求", "保障措施"]


def test_a_table_of_data_is_marked_row_by_row() -> None:
    table = (
        "<table><caption>表1</caption><tr><th>工程</th><th>座数</th><th>年份</th></tr>"
        "<tr><td rowspan=2>水库<br>新建</td><td>12</td><td>2023</td></tr>"
        "<tr><td>3</td><td>2024</td></tr><tr><td colspan=2>合计</td><td>15</td></tr></table>"
    )
    page = _page(f"<p>{_FIRST}</p>{table}<p>{_SECOND}</p>")
    rows = ["表1", "工程\t座数\t年份", "水库 新建\t12\t2023", "\t3\t2024", "合计\t\t15"]
    assert of_kind(page, "table") == rows


def test_a_table_that_only_lays_out_is_none() -> None:
    cells = f"<table><tr><td><p>甲</p></td></tr><tr><td>{_SECOND}</td></tr></table>"
    page = _page(f"<p>{_FIRST}</p><table><tr><td>{cells}</td></tr></table>")
    assert plain(page) == [_FIRST, "甲", _SECOND]


@pytest.mark.parametrize("table", ["<table>", "<table border=1>"])
def test_a_panel_in_a_table_of_one_column_is_a_box(table: str) -> None:
    cell = "<tr><td><p>专栏1 供水工程</p></td></tr><tr><td><p>（一）新建水库。</p></td></tr>"
    page = _page(f"<p>{_FIRST}</p>{table}{cell}</table><p>{_SECOND}</p>")
    assert of_kind(page, "box") == ["专栏1 供水工程", "（一）新建水库。"]


# -- encodings and refusals --------------------------------------------------------------------


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "big5", "x-unknown", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_wrong_declaration_does_no_harm(declared: str, encoding: str) -> None:
    if declared == "big5" and encoding == "gb18030":
        pytest.skip("bytes that are both are what they are declared to be")
    head = f'<meta charset="{declared}">'
    page = f"<html><head>{head}</head><body><p>{_FIRST}</p></body></html>"
    assert plain(read(page.encode(encoding), "页.html")) == [_FIRST]


def test_a_byte_order_mark_decides() -> None:
    page = codecs.BOM_UTF16_LE + f"<p>{_FIRST}</p>".encode("utf-16-le")
    assert plain(read(page, "页.html")) == [_FIRST]


def test_a_declaration_of_xml_is_no_hindrance() -> None:
    page = f'<?xml version="1.0" encoding="gb2312"?><html><body><p>{_FIRST}</p></body></html>'
    assert plain(read(page.encode("gb18030"), "页.shtml")) == [_FIRST]


def test_few_broken_bytes_are_reported_and_the_rest_is_read() -> None:
    page = f'<meta charset="gbk"><p>{_FIRST * 20}'.encode("gbk") + b"\xff</p>"
    reading = read(page, "页.html")
    assert [problem.code for problem in reading.problems] == ["unreadable"]
    assert _FIRST in reading.text


@pytest.mark.parametrize(
    "page",
    [
        _NAV + _FOOT,
        "<!-- 只有注释 -->",
        "<html><head><title>供水意见</title></head><body><script>load()</script></body></html>",
        '<p><a href="/1">省长主持会议，研究供水。</a></p><p><a href="/2">副省长调研。</a></p>',
    ],
)
def test_a_page_without_a_text_is_refused(page: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(page.encode(), "页.html")
    assert refusal.value.remedy
    assert "页.html" in refusal.value.message


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{_FIRST}<div></p></span><table><tr><p>{_SECOND}</table>",
        "<div>" * 900 + _FIRST,
        f"<p>甲。</p></body></html><p>{_FIRST}</p>",
        f"<ol><li><table><td colspan=999999999 rowspan=-1>{_FIRST}<ol start=x>",
        f"<p>{_FIRST}&#xD800;&#0;&nbsp;&bogus;\x00</p>",
        f"</html></body><p>{_FIRST}<![if !x]>甲<![endif]><o:p>&nbsp;</o:p>",
    ],
)
def test_broken_markup_is_read_with_all_its_text(body: str) -> None:
    assert _FIRST in _page(body).text


def test_a_page_nested_too_deep_to_be_read_whole_is_refused() -> None:
    with pytest.raises(FileRefused, match="嵌套太深"):
        _page("<div>" * 5000 + _FIRST)


_TAGS = (
    "table tr td th p div ol li h2 a pre select option title ul dl dt dd caption textarea button"
)
_WORDS = (
    "索引号： 发文机关： 供水意见 。 建库， 第一章 专栏1 附件 &nbsp; & < > <br> <!-- --> </html>"
)
_PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in _TAGS.split()),
        *(f"</{tag}>" for tag in _TAGS.split()),
        *_WORDS.split(),
        *("\n", " ", "\t", "<a href='/x'>", "<script>", "</script>", "<td rowspan=3 colspan=2>"),
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=40))
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        reading = read("".join(pieces).encode(), "页.html")
    except FileRefused:
        return
    lines(reading)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        lines(read(content, "页.html"))
    except FileRefused:
        return
