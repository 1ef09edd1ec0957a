"""Metadata of real files: numbers, dates, levels as people read them; none of their text.

Files whose reader is not there are skipped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.manifest import read_manifest
from corpus.model import Document
from ingest.pipeline import parse_file
from ingest.readers import READERS, read

_SHARED = Path(__file__).resolve().parents[3] / "shared"
_SEEDS, _DATA = _SHARED / "seeds", _SHARED / "data"
_PAGES = sorted((_DATA / "gov_cn_html").glob("*.html"))
_LAWS = sorted(path for path in (_DATA / "laws_md").rglob("*.md") if "(" in path.name)
pytestmark = pytest.mark.skipif(not _DATA.is_dir(), reason=f"no files at {_DATA}")

# folder, beginning of the file's name: number, issued, level, kind
_KNOWN = {
    ("plans_txt", "包头市"): ("包府办发〔2022〕43号", "2022-04-14", "city", "measures"),
    ("plans_txt", "安徽省"): ("皖政办秘〔2021〕82号", "2021-09-02", "province", "plan"),
    ("plans_txt", "阿坝州"): ("阿府办发〔2021〕21号", "2021-10-11", "city", "measures"),
    ("plans_txt", "广州市"): ("广州市人民政府令第61号", "2019-11-14", "city", "measures"),
    ("plans_txt", "关于实施"): (None, "2018-01-02", "nation", "opinion"),
    ("plans_txt", "北京市"): (None, None, "province", "plan"),
    ("plans_txt", "浙江省"): (None, None, "province", "plan"),
    ("plans_txt", "2020年"): (None, None, None, "scheme"),
    ("gov_work_reports/city_gbk_2012_2019", "2012"): (None, "2012-02-29", "county", "report"),
    ("gov_work_reports/city_gbk_2012_2019", "2018"): (None, "2018-03-07", "county", "report"),
    ("gov_work_reports/national_1954_2024", "国务院政府工作报告_1989"): (
        None,
        "1989-03-20",
        "nation",
        "report",
    ),
    ("gov_work_reports/national_1954_2024", "国务院政府工作报告_2021"): (None, None, None, None),
    ("gov_work_reports/provincial_2026", "2026_陕西省"): (None, "2026-01-27", "province", "report"),
    ("gov_work_reports/provincial_2026", "2026_上海市"): (None, "2026-02-03", "province", "report"),
    ("policy_docx", "1、"): ("赣府厅发〔2025〕6号", "2025-04-03", "province", "opinion"),
    ("policy_docx", "8、"): (None, "2022-08-16", "county", "scheme"),
    ("policy_docx", "10、"): ("阜蒙健促办发〔2020〕3号", "2020-06-04", "county", "scheme"),
    ("policy_pdf", "国家文物局"): (None, "2021-12-24", "nation", "plan"),
    ("policy_pdf", "江西省"): ("赣府厅发〔2025〕6号", "2025-04-03", "province", "opinion"),
    ("policy_pdf", "省文化"): (None, "2021-10-27", "province", "plan"),
    ("govdoc_cn_sample/GovDoc-CN_Sample/397", "397.pdf"): (
        "发改办财金规〔2019〕860号",
        "2019-08-20",
        "nation",
        "notice",
    ),
}
_FIELDS = ("title", "kind", "region", "level", "issuer", "number", "issued")


def _parsed(path: Path) -> Document:
    if path.suffix not in READERS:
        pytest.skip(f"no reader for {path.suffix}")
    return parse_file(path, "no-title")


@pytest.mark.parametrize(("folder", "name"), _KNOWN, ids=lambda part: part[-8:])
def test_what_a_real_file_says_of_itself_is_found(folder: str, name: str) -> None:
    path = next(path for path in sorted((_DATA / folder).iterdir()) if path.name.startswith(name))
    meta = _parsed(path).meta
    if "省文化" in name and meta.number:  # on the page that is a picture: with the extra ocr alone
        assert meta.number == "鄂文旅办发〔2021〕38号"
        meta = replace(meta, number=None)
    assert (meta.number, meta.issued, meta.level, meta.kind) == _KNOWN[folder, name]


def test_nothing_found_in_a_seed_contradicts_its_manifest() -> None:
    found = 0
    for entry in read_manifest(_SEEDS):
        document = parse_file(entry.path, "no-title")
        for field in dict(document.origins):
            assert getattr(document.meta, field) == getattr(entry.meta, field), entry.doc_id
            found += 1
    assert found >= 14


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.name[:3])
def test_a_page_of_the_state_council_tells_title_and_number(path: Path) -> None:
    meta = _parsed(path).meta
    facts = {fact.name: fact.value for fact in read(path).facts}
    assert meta.title == facts["标题"]
    assert meta.number == facts["发文字号"].replace("国令", "国务院令")
    assert (meta.issuer, meta.region, meta.level) == (facts["发文机关"], "全国", "nation")
    assert meta.issued == re.sub("[年月]", "-", facts["成文日期"]).rstrip("日")


def test_laws_tell_title_and_date() -> None:
    titles = dates = 0
    for path in _LAWS:
        meta = _parsed(path).meta
        heading = next(line for line in read(path).text.split("\n") if line.strip())
        titles += re.sub(r"\s", "", meta.title) == re.sub(r"\s", "", heading)
        dates += f"({meta.issued})" in path.name
    assert titles == len(_LAWS)
    assert dates >= 56  # the others' headers stop before the last amendment, or tell no date
