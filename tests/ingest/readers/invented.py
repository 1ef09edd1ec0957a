"""An invented plan of several pages, for tests of the readers of laid-out formats."""

from __future__ import annotations

_LONG = (
    "以水源、水厂、管网为重点改善山区供水，对蓄水不足的村寨逐一安排新水源，"
    "到2025年全县自来水普及率达到96.5%以上，由县水务局牵头、各乡镇配合，每半年公布一次进展。"
)
_LIST = "统筹安排“一村一池”工程（含旧池加固）：先易后难，先近后远；当年开工、当年通水，不留尾巴。"


def plan(sections: int = 4) -> list[str]:
    """Return the paragraphs of the plan, three chapters with `sections` sections each."""
    lines = ["云河县“十四五”山区供水规划"]
    for chapter in "一二三":
        lines.append(f"第{chapter}章 供水任务")
        for number in "一二三四五六七八九"[:sections]:
            lines.append(f"第{number}节 第{number}片区")
            lines.append(f"第{number}片区共有村寨{len(lines)}个。" + _LONG * 3)
            lines.append("（一）修建水池")
            lines.append(_LIST)
            lines.append("（二）更换管道")
            lines.append(_LONG + _LIST + _LONG)
    return lines
