"""Files for the tests of reading: a Word document with tables, a PDF of three pages, a long law."""

from __future__ import annotations

import io
import json
from pathlib import Path

from docx import Document

from corpus.numerals import to_chinese
from tests.ingest.readers.pdf_writer import PITCH, PROSE, SIZE, Sheets

ROWS = (
    ("单位", "职责", "完成时间"),
    ("县水务局", "新建蓄水池二十八座，更换老旧管道", "2023年底"),
    ("", "建立水质检测制度，每月公布结果一次", "2024年6月"),
    ("县财政局", "按进度拨付资金，年末开展绩效评价", "每年年底"),
)
DUTY = "各单位应当按照职责做好供水保障工作，每季度向县人民政府报告一次进展，接受监督。"
ARTICLES = 1260


def word() -> bytes:
    """Return a Word document with a table under its second heading."""
    document = Document()
    document.add_paragraph("云河县供水保障分工方案")
    document.add_paragraph("一、总体要求")
    document.add_paragraph(DUTY)
    document.add_paragraph("二、任务分工")
    document.add_paragraph(DUTY)
    table = document.add_table(len(ROWS), 3)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("三、工作要求")
    document.add_paragraph(DUTY)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf() -> bytes:
    """Return a PDF whose second page begins inside a paragraph and whose third at a heading."""
    sheets = Sheets()
    sheets.line("一、总体要求")
    for _ in range(7):
        sheets.paragraph(PROSE)
    sheets.page()
    sheets.line("二、重点任务")
    sheets.paragraph(PROSE)
    top = sheets.y + SIZE
    sheets.frame(top, top - 2 * PITCH, columns=2)
    sheets.canvas.line(85, top - PITCH, 511, top - PITCH)
    for row, texts in enumerate((("指标", "2025年"), ("自来水普及率", "96%"))):
        for column, text in enumerate(texts):
            sheets.at(95 + column * 213, top - 18 - row * PITCH, text, 12)
    sheets.y = top - 4 * PITCH
    sheets.paragraph(PROSE)
    return sheets.content()


def law() -> str:
    """Return a law of `ARTICLES` articles in chapters of sixty."""
    lines = ["云河县供水条例", ""]
    for number in range(1, ARTICLES + 1):
        if number % 60 == 1:
            chapter = to_chinese(number // 60 + 1)
            lines.append(f"第{chapter}章 供水事务之{chapter}")
        lines.append(f"第{to_chinese(number)}条　{DUTY * 5}")
    return "\n".join(lines) + "\n"


def add(folder: Path, doc_id: str, name: str, content: bytes, **known: str) -> None:
    """Add a file to a corpus folder that has a manifest."""
    (folder / name).write_bytes(content)
    record = {"doc_id": doc_id, "file": name, **known}
    with (folder / "manifest.jsonl").open("a", encoding="utf-8") as manifest:
        manifest.write(json.dumps(record, ensure_ascii=False) + "\n")
