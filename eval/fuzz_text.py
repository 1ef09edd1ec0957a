"""Random text of what policy documents, and the files that hold them, are made of. All invented."""

from __future__ import annotations

from random import Random

from corpus.address import CIRCLED
from corpus.numerals import to_chinese

_PHRASES = (
    *("农村供水", "村级养老", "茶叶加工", "冷链物流", "防汛抗旱"),
    *("教师培训", "乡道养护", "数字档案", "总则", "要求"),
)
_LABELS = """第{c}编 |第{c}分编|第{c}篇 |第{c}部分 |第{c}章 |第{c}章|第 {a} 章　|第{c}节 |\
第{c}条 |第{c}条之二 |第{c}节点|第{c}条件|{c}、|{c}.|（{c}）|({c})|（{a}）|({a}) |{a}.|{a}．|\
{a}、|{a}) |{a} |{a}.{b} |{a}.{b}.{a} |专栏{a} |专 栏 {c}：|【专栏】|〔专栏 {a}-{b}〕|附件{a}|\
附件：|附 表 {c} |附录|附图{a}：|{o}|图{a} |表 {a}-{b} """
_PROSE = (
    "支持{p}项目建设，完善{q}管护机制。",
    "到2025年，{p}覆盖率达到96%；{q}站点达到12个。",
    "{p}。加快补齐{q}短板，推动县乡两级责任落实到位。",
    "重点支持下列方向：",
    "{p}和{q}；",
    "-- {p}",
    "“一老”：{p}，{q}。",
    "{p}与{q}",
    "{p}。" + "加强{q}，明确牵头单位和完成时限，定期通报进展情况。" * 9,
    "{p}建设。明确牵头单位和完成时限，每季度通报一次进展情况，接受村民监督。" * 12,
    "{p}\t{q}\t12.5",
    "{p} {q}。（一）{p}。 （二）{q} |",
    "2021 年 6 月 3 日，{p}印发{q}，11.5.14.2的试验按第三条第（二）项执行。",
)
_FURNITURE = """目录
目　录
目    录
前  言
引言
结束语
总 则
第一章 总则 ……………… 1
第二节 {p} .......... 12
1.{p} ………… {a}
扫一扫在手机打开当前页面
【字体：大 中 小】
索 引 号：0148/2024-1
- {a} -
— {a} —
第 {a} 页 共 30 页
{a}
IV
|
｜
某县人民政府
某府发〔2024〕{a}号
2024年5月6日
二〇二四年五月六日
某县{p}管理办法
关于发展{p}的意见（试行）
（2019年3月2日某县人民政府令第{a}号公布）
（此件公开发布）
各乡镇人民政府，县直各部门：
李明 王小红
（作者单位：某县农校）
本版责编：李明
秋收时节，茶园一片忙碌。李明 摄
编者按
——某县2024年工作会议强调
数据来源：某县统计局
扫码观看
第一条之九九九九 收尾
第九千九百九十九条 收尾
第十四五条 收尾""".splitlines()
_TAILS = ("", "", "", "。", "：", "；", "。抓好日常管理，落实经费保障。", "……12", " |", "（试行）")
_MARKS = (
    "[bookmark: _Toc123]",
    "\ufeff",
    "\u200b",
    "\x0c",
    "\x00",
    "\t",
    " |",
    "\r",
    "\x85",
    "\u2028",
)
_CONFUSING = (
    "第一二十百章节编条款项目（）()、。：；|｜“”《》〔〕【】专栏 　\t—-·.…前言目录附件表摄图012①Ⅳ"
)
_BREAKS = ("\n", "\n", "\n", "\n", "\n\n", "\n\n\n", "\n \n\n\n", "\r\n", "")


def text(random: Random, lines: int = 30) -> str:
    """Return a text of up to `lines` lines: headings, prose, furniture, noise, contents."""
    body = [line(random) for _ in range(random.randint(0, lines))]
    if random.random() < 0.25:
        entries = [line for line in body if line.startswith(("第", "前", "一", "1"))]
        body = [random.choice(("目录", "")), *entries, *body]
    return "".join(line + random.choice(_BREAKS) for line in body)


def line(random: Random) -> str:
    """Return a line, in which a mark of some program may stand."""
    kind = random.random()
    if kind < 0.35:
        label = _filled(random, random.choice(_LABELS.split("|")))
        drawn = label + random.choice(_PHRASES) + random.choice(_TAILS)
    elif kind < 0.65:
        drawn = _filled(random, random.choice(_PROSE))
    elif kind < 0.85:
        drawn = _filled(random, random.choice(_FURNITURE))
    elif kind < 0.95:
        drawn = "".join(random.choices(_CONFUSING, k=random.randint(1, 24)))
    else:
        drawn = "".join(map(_any, [random] * random.randint(1, 30)))
    if random.random() < 0.1:
        at = random.randint(0, len(drawn))
        drawn = drawn[:at] + random.choice(_MARKS) + drawn[at:]
    return drawn


def _filled(random: Random, pattern: str) -> str:
    a, b = random.randint(1, random.choice((5, 5, 30, 999))), random.randint(1, 5)
    p, q = random.choices(_PHRASES, k=2)
    return pattern.format(a=a, b=b, c=to_chinese(a), o=random.choice(CIRCLED), p=p, q=q)


def _any(random: Random) -> str:
    """Return any character but a surrogate."""
    code = random.randrange(0x110000 - 0x800)
    return chr(code if code < 0xD800 else code + 0x800)


def printable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(char for char in text if char.isprintable())
