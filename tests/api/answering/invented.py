"""Invented documents of a province, a city and a county, for questions of every kind."""

from __future__ import annotations

import json
from pathlib import Path

from api.knowledge_base import KnowledgeBase
from api.settings import Settings

PROVINCE = """河北省“十四五”水乡振兴规划
第一章 总体要求
第一节 主要目标
到2025年，全省水乡卫生厕所普及率达到81%以上，水乡居民收入比下降到2.6以下。
建成渔业合作社900家，其中邢台市的内丘县120家。
第二章 重点任务
第一节 养好水面
推广“三养”办法，建设一批示范塘口。完善“四看”机制，即看水、看苗、看料、看天。
创建养水、养草、养鱼、养人“四养塘口”。落实省市县三级塘长制。
对评为二星、三星、四星级的塘口，省级分别给予8万元、12万元、20万元一次性奖补。
到2025年，放养鱼苗水面达到64万亩。
第二节 引进外力
引进港商投资建设莲池物流港项目，方便鲜鱼外运。
专栏1 养水工程
（一）放养
到2025年，放养鱼苗水面达到75万亩。
"""

CITY = """邢台市“十四五”水乡振兴规划
第一章 总体要求
第一节 主要目标
邢台市水乡居民收入到2021年底，达到1.2万元以上；到2023年底，达到1.5万元以上；到2025年底，达到1.9万元以上。
水面面积从现状40万亩提高到52万亩。
第二章 重点任务
第一节 用好帮扶
对口城市每年选派渔技员30名，捐建鱼塘12口，培训渔民2600人次。
看塘人每月巡塘不少于4次，发现病鱼请拨打66778热线。
本规划依据冀水发〔2021〕9号文件制定，自2022年3月1日起施行。
"""

COUNTY = """巨鹿县2026年工作报告
一、2025年工作回顾
（一）水乡建设
新增鱼塘36口，培育渔业合作社45家。
二、2026年主要任务
（一）水乡建设
新增鱼塘50口，家里没有劳力的由村里代养。
"""

_ENTRIES = (
    ("hb-plan", "河北省“十四五”水乡振兴规划", "河北省", "province", PROVINCE),
    ("xt-plan", "邢台市“十四五”水乡振兴规划", "河北省邢台市", "city", CITY),
    ("jl-report", "巨鹿县2026年工作报告", "河北省邢台市巨鹿县", "county", COUNTY),
)


def open_base(folder: Path) -> KnowledgeBase:
    """Write the corpus into `folder` and open it, with BM25 alone."""
    corpus = folder / "文件"
    corpus.mkdir(parents=True)
    lines = []
    for doc_id, title, region, level, text in _ENTRIES:
        (corpus / f"{doc_id}.txt").write_text(text, encoding="utf-8")
        entry = {"doc_id": doc_id, "file": f"{doc_id}.txt", "title": title}
        lines.append(json.dumps({**entry, "region": region, "level": level}, ensure_ascii=False))
    (corpus / "manifest.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return KnowledgeBase(Settings(corpus=str(corpus), data=str(folder / "var"), model="none"))
