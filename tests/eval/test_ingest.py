from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.model import Document
from eval import ingest, ingest_cost, ingest_formats, ingest_laws, ingest_pages, ingest_text
from eval.claims import CLAIM_CACHES, Claim, Figure, Missing, file, share
from ingest.pipeline import parse
from ingest.readers import READERS, markdown

_LAW = """# 云河县供水条例
## 第一章 总则
第一条 为保障山区供水，制定本条例。
第二条 县水务局负责供水工作，每季度公布水质。
## 第二章 管护
第三条 村民可以推选水管员，由村委会发给补贴。
附件1 水管员名册
李明、王小红。
"""


def _forget() -> None:
    for cached in CLAIM_CACHES:
        cached.cache_clear()


@pytest.fixture(autouse=True)
def _fresh() -> None:
    _forget()


def _nothing(*_: object) -> None:
    """Take the progress of a run."""


def _measure(claims: tuple[Claim, ...], data: Path) -> list[tuple[str, bool | None]]:
    return [(row.figure, row.met) for row in ingest.run(data, _nothing, claims)]


def _write(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def test_what_is_missing_leaves_its_row_unmeasured(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    claims = tuple(claim for claim in ingest.CLAIMS if claim.source != ingest_cost.CLAIMS[1].source)
    rows = ingest.run(data, _nothing, claims)
    assert len(rows) == len(ingest.CLAIMS) - 1
    assert {row.met for row in rows} == {None}
    assert all(row.figure.startswith("未测：没有 ") for row in rows)
    assert "| 未测 |" in ingest.table(rows)


def test_a_format_without_a_reader_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(READERS, ".pdf")
    _write(tmp_path / "policy_pdf/省文化和旅游厅湖北.pdf", "%PDF-")
    figures = [row.figure for row in ingest.run(tmp_path, _nothing) if "页 PDF" in row.source]
    assert set(figures) == {"未测：没有 .pdf 阅读器"}


def test_a_table_has_the_goal_beside_the_figure_and_escapes_bars() -> None:
    claims = (
        Claim("标题", "29/30", "网页", lambda _: Figure("30/30", True)),
        Claim("甲|乙", "0 条", "网页", lambda _: Figure("1 条", False)),
    )
    rows = ingest.run(Path(), _nothing, claims)
    lines = ingest.table(rows).splitlines()
    assert lines[-2:] == [
        "| 标题 | 30/30 | 29/30 | 是 | 网页 |",
        "| 甲\\|乙 | 1 条 | 0 条 | 否 | 网页 |",
    ]
    assert "2 项中测了 2 项，1 项达到目标" in "\n".join(lines)
    assert json.loads(json.dumps(ingest.records(rows)))[1]["met"] is False


def test_a_share_meets_its_goal_from_there_on() -> None:
    assert share(29, 30, 29 / 30) == Figure("29/30", True)
    assert share(28, 30, 29 / 30).met is False
    assert share(398, 400, 0.995) == Figure("398/400（99.50%）", True)
    assert share(0, 0, 0.5).met is False


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"plans/\*\.txt"):
        file(tmp_path, "plans/*.txt")


# -- laws ----------------------------------------------------------------------------------------


def _law() -> Document:
    return parse(markdown.read(_LAW.encode(), "a.md"))


def _listed(article: str, text: str, *path: str) -> dict[str, object]:
    return {"article": article, "text": text, "path": list(path)}


def test_articles_are_compared_where_both_sources_have_their_text() -> None:
    listed = [
        _listed("第一条", "为保障山区供水，制定本条例。", "第一章 总则"),
        _listed("第二条", "县水务局负责供水工作，每季度公布水质。", "第二章 管护"),
        _listed("第三条", "废止。", "第二章 管护"),
    ]
    counts, wrong = ingest_laws.compare(_law(), _LAW, listed, "条例")
    assert dict(+counts) == {"right": 1, "wrong-path": 1, "version": 1}
    assert wrong == ["条例第二条"]


def test_an_article_that_we_lost_counts_against_us() -> None:
    raw = _LAW + "第四条 水价由县发展改革局核定。"
    listed = [_listed("第四条", "水价由县发展改革局核定。", "第二章 管护")]
    assert ingest_laws.compare(_law(), raw, listed, "条例").counts["wrong-text"] == 1


def test_an_annex_that_the_list_adds_to_the_last_article_is_told_apart() -> None:
    text = "村民可以推选水管员，由村委会发给补贴。附件1水管员名册\n李明、王小红。"
    listed = [_listed("第三条", text, "第二章 管护")]
    counts, wrong = ingest_laws.compare(_law(), _LAW, listed, "条例")
    assert dict(+counts) == {"right": 1, "annex": 1, "unlisted": 2}
    assert not wrong


def test_laws_are_found_by_the_file_that_the_list_names(tmp_path: Path) -> None:
    _write(tmp_path / "laws_md/行政法规/供水条例(2020-01-01).md", _LAW)
    listed = _listed("第一条", "为保障山区供水，制定本条例。", "第一章 总则")
    lines = [
        listed | {"file": "行政法规/供水条例(2020-01-01).md"},
        listed | {"file": "行政法规/别的条例.md"},
    ]
    corpus = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    _write(tmp_path / "stard_laws/corpus.jsonl", corpus)
    [(figure, met)] = _measure(ingest_laws.CLAIMS, tmp_path)
    assert met
    assert figure.startswith("1/1（100.00%），1 部")
    assert "语料未列的条 2" in figure


# -- pages ---------------------------------------------------------------------------------------

_PAGE = """<html><head><title>{title}_云河县人民政府</title></head><body>
<table><tr><td><b>标　　题：</b></td><td>{title}</td><td><b>发文字号：</b></td>
<td>云府发〔2024〕{number}号</td></tr></table>
<div class="content"><p>{title}</p><p>云府发〔2024〕{number}号</p>
<p>一、工作目标</p><p>到2025年，{place}建成水源点{number}处，按季度通报进展，接受村民监督。</p>
<p>二、工作要求</p><p>{place}要明确牵头单位和完成时限，落实管护经费和人员。</p>{more}</div>
</body></html>"""


def _pages(data: Path, more: str = "") -> None:
    for number, place in enumerate(("青石镇", "白沙镇", "红岩乡"), 1):
        title = f"云河县人民政府关于{place}供水、用水工作的通知"
        page = _PAGE.format(title=title, number=number, place=place, more=more)
        _write(data / f"gov_cn_html/00{number}_{title.replace('、', '')}.html", page)


def test_pages_are_compared_with_their_own_table_and_their_names(tmp_path: Path) -> None:
    _pages(tmp_path)
    figures = _measure(ingest_pages.CLAIMS[:2], tmp_path)
    assert figures == [("3/3", True), ("3/3", True)]


def test_a_text_of_the_site_in_clauses_is_seen_by_its_words_and_by_repetition(
    tmp_path: Path,
) -> None:
    claim = ingest_pages.CLAIMS[3:4]
    _pages(tmp_path)
    [(figure, met)] = _measure(claim, tmp_path)
    assert met, figure
    _forget()
    repeated = "<p>县里把水价公开到户，谁家断水一个电话就有人上门。</p>"
    _pages(tmp_path, repeated + "<p>供水的办事指南见县政府网站，按当前位置逐级查找即可。</p>")
    [(figure, met)] = _measure(claim, tmp_path)
    assert not met
    assert "含网站用语 3 条" in figure


# -- text ----------------------------------------------------------------------------------------

_PLAN = """云河县供水规划
目    录
第一章  总体要求 ........................ 1
第一节  主要目标 ........................ 1
第二章  重点任务 ........................ 2
第一节  改造水源 ........................ 2
第一章  总体要求
第一节  主要目标
{a}
1
第二章  重点任务
{a}
2
第一节  改造水源
{a}
3
"""


def test_contents_page_numbers_and_chapters_are_looked_for_in_the_raw_text(tmp_path: Path) -> None:
    prose = "到2025年，全县建成水源点二十八处，按季度通报进展情况，接受村民监督。" * 8
    _write(tmp_path / "plans_txt/北京.txt", _PLAN.format(a=prose))
    assert _measure(ingest_text.CLAIMS[:3], tmp_path) == [
        ("4/4 行", True),
        ("3/3 个", True),
        ("4/4（2 章 2 节），多出 0 个", True),
    ]


def test_articles_inside_a_line_are_counted_apart(tmp_path: Path) -> None:
    lines = [f"第{number}条 由县水务局负责。" for number in ("一", "二", "四")]
    text = "供水办法\n" + "\n".join(lines).replace("\n第四", "\n　第三条 略。 第四")
    _write(tmp_path / "plans_txt/广州.txt", text)
    [(figure, met)] = _measure(ingest_text.CLAIMS[4:5], tmp_path)
    assert figure == "起行的 3/3；夹在行中的（第 4 条）1/1"
    assert not met  # the real file has 45


def test_gbk_files_are_compared_with_a_strict_decoding(tmp_path: Path) -> None:
    report = (
        "各位代表：\r\n一、过去一年\r\n全县建成水源点二十八处。\r\n二、今年安排\r\n再建三处。\r\n"
    )
    _write(tmp_path / "gov_work_reports/city_gbk/2012.txt", report, "gb18030")
    assert _measure(ingest_text.CLAIMS[5:], tmp_path) == [("1/1", True), ("2/2", True)]


# -- cost and formats ----------------------------------------------------------------------------


def test_the_speed_stands_beside_that_of_a_plain_pass(tmp_path: Path) -> None:
    _write(tmp_path / "a.txt", _LAW * 40)
    _write(tmp_path / "empty.txt", "")
    [(figure, _)] = _measure(ingest_cost.CLAIMS[:1], tmp_path)
    assert "str.split" in figure


def test_the_distance_of_two_texts_counts_inserts_deletes_and_replacements() -> None:
    assert ingest_formats.distance("", "供水") == 2
    assert ingest_formats.distance("农村供水", "农村供水") == 0
    assert ingest_formats.distance("农村供水", "村供氺工") == 3


def test_seeds_lie_beside_the_data(tmp_path: Path) -> None:
    _write(tmp_path / "seeds/a.txt", _LAW.replace("#", ""))
    _write(tmp_path / "seeds/b.txt", "云河县供水规划\n第一章 总则\n全县建成水源点三处。\n")
    data = tmp_path / "data"
    data.mkdir()
    claim = next(claim for claim in ingest_formats.CLAIMS if ".docx" in claim.text)
    assert _measure((claim,), data) == [("2/2", True)]
