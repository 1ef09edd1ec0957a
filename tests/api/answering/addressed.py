"""A corpus for questions with addresses: a plan, an opinion, a law, a second plan, a news text."""

from __future__ import annotations

import json
from pathlib import Path

from tests import small_corpus

LAW = """青岚市河湖垂钓管理条例
第一章 总则
第一条 为了规范垂钓活动，保护河湖环境，制定本条例。
第二条 本市行政区域内的垂钓活动适用本条例。
第二章 垂钓行为
第三条 垂钓者应当在划定的水域垂钓。
市水务部门每年三月公布垂钓水域名录。
第四条 禁止下列行为：
（一）使用电具捕鱼；
（二）在饮用水源保护区垂钓；
（三）向水中投放不明饵料。
第五条 违反本条例第四条规定的，处二百元罚款。
第三章 附则
第六条 本条例自2023年5月1日起施行。
"""
HILL = """白鹿县“十四五”乡村发展规划
第一章 总体要求
第一节 基本原则
因地制宜，不搞一刀切。
第二章 重点任务
第一节 发展林果产业
到2025年新栽核桃2万亩。
专栏1 林果工程
（一）核桃改良
改良老核桃园8千亩。
第二节 金融支持
县农商行每年发放林果贷款3000万元。
第三章 组织保障
第一节 加强领导
成立领导小组。
"""
NEWS = """云河 采茶节迎来八方客
四月的云河，茶山披绿。本届采茶节接待游客2万人次。
县农业农村局负责人说，明年将增设夜市。
"""


def write(folder: Path) -> Path:
    """Write the small corpus and three more documents into `folder` and return it."""
    small_corpus.write(folder)
    more = [
        ("law", "青岚市河湖垂钓管理条例", "regulation", "青岚市", None, LAW),
        ("bailu", "白鹿县“十四五”乡村发展规划", "plan", "白鹿县", None, HILL),
        ("news", "云河 采茶节迎来八方客", "article", "云河县", "2022", NEWS),
    ]
    with (folder / "manifest.jsonl").open("a", encoding="utf-8") as manifest:
        for doc_id, title, kind, region, issued, text in more:
            (folder / f"{doc_id}.txt").write_text(text, encoding="utf-8")
            record = {"doc_id": doc_id, "file": f"{doc_id}.txt", "title": title, "kind": kind}
            record |= {"region": region, "issued": issued}
            manifest.write(json.dumps(record, ensure_ascii=False) + "\n")
    return folder
