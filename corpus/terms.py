"""The words that `Meta.kind` and `Meta.level` use, with their Chinese names.

Manifests hold these words; a manifest may use others, which are kept as they stand.
"""

from __future__ import annotations

LEVELS = {
    "nation": "国家",
    "province": "省",
    "city": "市州",
    "county": "县",
    "township": "乡镇",
}
KINDS = {
    "plan": "规划、纲要、计划",
    "opinion": "意见",
    "scheme": "方案",
    "measures": "办法、措施",
    "notice": "通知、通报",
    "decision": "决定、决议",
    "regulation": "条例",
    "provisions": "规定、规则",
    "rules": "细则",
    "law": "法律",
    "interpretation": "司法解释",
    "report": "报告",
    "announcement": "公告、通告",
    "letter": "函",
    "reply": "批复、答复",
    "order": "命令",
    "explainer": "解读",
    "article": "报道",
    "page": "报纸版面",
}
