"""A corpus of two invented documents, small enough to index in every test."""

from __future__ import annotations

import json
from pathlib import Path

PLAN = """云河县“十四五”乡村发展规划
目录
第一章 总体要求
第一节 主要目标
第二章 重点任务
第一节 壮大茶叶产业
第二节 改善饮水条件
第一章 总体要求
第一节 主要目标
到2025年，全县自来水普及率达到96%以上，建成茶园12.5万亩，培育合作社80家。
第二章 重点任务
第一节 壮大茶叶产业
加强品牌建设。统一使用“云河绿”商标，每年举办一次采茶节，由县农业农村局负责。
扩大种植规模。到2025年新建标准茶园3万亩，对连片种植50亩以上的农户每亩补助400元。

专栏1 茶叶提质工程
（一）良种繁育基地
建设良种繁育基地2个，年出圃茶苗600万株。
（二）初制加工点
在产茶村建设初制加工点15个。


引导企业到产茶村设立收购站。
第二节 改善饮水条件
对蓄水不足的村寨实施水源改造，2023年底前完成28处，由县水务局牵头。
"""

OPINION = """青石镇关于加强老年人照料的实施意见
为做好老年人照料工作，提出以下意见。
一、工作目标
2024年建成老年食堂6个，70岁以上老人每餐收费不超过5元。
二、主要措施
（一）建好老年食堂
1.选址。优先使用闲置校舍和村委会用房，步行不超过15分钟。
2.运营。由村集体经济组织运营，每季度公布一次收支。
（二）定期上门探访
村干部每周至少探访独居老人1次，发现异常及时联系家属和卫生院。
"""


def write(folder: Path) -> Path:
    """Write the corpus into `folder` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = [
        ("yunhe", "云河县“十四五”乡村发展规划", "云河县", PLAN),
        ("qingshi", "青石镇关于加强老年人照料的实施意见", "云河县青石镇", OPINION),
    ]
    lines = []
    for doc_id, title, region, text in documents:
        (folder / f"{doc_id}.txt").write_text(text, encoding="utf-8")
        record = {"doc_id": doc_id, "file": f"{doc_id}.txt", "title": title, "region": region}
        lines.append(json.dumps(record, ensure_ascii=False))
    (folder / "manifest.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
