"""What no rule can know and people put right: `规划.pdf.corrections.jsonl` beside `规划.pdf`.

One JSON object a line, applied at every parse:

    {"do": "insert", "before": "到2025年，全市", "heading": "第二节 主要目标"}   the source lost it
    {"do": "heading", "line": "主要目标", "heading": "第二节 主要目标"}          it lost the number
    {"do": "text", "line": "第二节点位于县城"}                        it only looks like a heading
    {"do": "meta", "field": "issued", "value": "2021-12-03"}         it is wrong or missing

`before` and `line` are the beginning of a line, blanks not counted; where several lines begin so,
`nth` says which, from 1. `note` is for people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from corpus.errors import InputError, StoreError
from corpus.manifest import write_atomically
from corpus.model import Meta, Problem
from ingest.headings import Candidate, candidate
from ingest.lines import Line

SUFFIX = ".corrections.jsonl"
_NEEDS = {
    "insert": ("before", "heading"),
    "heading": ("line", "heading"),
    "text": ("line",),
    "meta": ("field", "value"),
}
_FIELDS = tuple(field.name for field in fields(Meta))
_LONGEST = 1000  # characters of a value


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file; see above for which fields `do` needs."""

    do: str
    before: str = ""
    line: str = ""
    heading: str = ""
    field: str = ""
    value: str = ""
    nth: int = 0
    note: str = ""

    @property
    def place(self) -> str:
        """The beginning of the line that it speaks of."""
        return self.before or self.line


@dataclass(frozen=True, slots=True)
class Edits:
    """Corrections that found their lines: what each line is, and what stands unseen before it."""

    lines: dict[int, Candidate | None]
    inserted: dict[int, list[Candidate]]
    problems: list[Problem]


def file_for(document: Path) -> Path:
    """Return where the corrections of a document's file are kept, whether there are any or not."""
    return document.with_name(document.name + SUFFIX)


def read_corrections(document: Path) -> tuple[Correction, ...]:
    """Return the corrections beside a document's file, none where there is no such file.

    InputError with file and line for what is no correction.
    """
    path = file_for(document)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError(f"读不了 {path}", "请确认它可读") from error
    return from_bytes(content, path.name)


def from_bytes(content: bytes, name: str) -> tuple[Correction, ...]:
    """Return the corrections that a file called `name` holds.

    InputError with name and line for what is no correction.
    """
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"读不了 {name}", "请确认它是 UTF-8 文本") from error
    return tuple(
        from_line(line, f"{name} 第 {number} 行")
        for number, line in enumerate(lines, 1)
        if line.strip()
    )


def to_bytes(corrections: Sequence[Correction]) -> bytes:
    """Return the content of a file of corrections, empty for none."""
    rows = [{k: v for k, v in asdict(each).items() if v} for each in corrections]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def write_corrections(document: Path, corrections: Sequence[Correction]) -> None:
    """Write the corrections of a document's file in place of those there; remove an empty file.

    StoreError where the folder cannot be written to.
    """
    path = file_for(document)
    try:
        if content := to_bytes(corrections):
            write_atomically(path, content)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"写不了 {path.name}", "请确认文件夹可写、磁盘有空间") from error


def from_record(record: object, where: str) -> Correction:
    """Return the correction that a JSON object is; InputError, beginning with `where`, if none."""
    if not isinstance(record, dict) or record.get("do") not in tuple(_NEEDS):
        raise InputError(f"{where}：do 须是 {'、'.join(_NEEDS)} 之一", "写法见 docs/corrections.md")
    known = {field.name for field in fields(Correction)}
    if unknown := sorted(set(record) - known):
        raise InputError(f"{where}：不认识“{unknown[0]}”", f"可用：{'、'.join(sorted(known))}")
    texts = {key: value for key, value in record.items() if key != "nth"}
    if any(not isinstance(value, str) or len(value) > _LONGEST for value in texts.values()):
        raise InputError(f"{where}：除 nth 外每个值都须是 {_LONGEST} 字以内的文字", "请改正")
    if any("\ud800" <= char <= "\udfff" for value in texts.values() for char in value):
        raise InputError(f"{where}：有不是 Unicode 的字符", "请重新输入这一条")
    nth = record.get("nth", 0)
    if not isinstance(nth, int) or isinstance(nth, bool) or nth < 0:
        raise InputError(f"{where}：nth 须是从 1 起的整数", "例如第二处写 2")
    for name in _NEEDS[record["do"]]:
        if not record.get(name, "").strip() and name != "value":
            raise InputError(f"{where}：{record['do']} 缺 {name}", f'请补上 "{name}": "…"')
    correction = Correction(**record)
    if correction.field and correction.field not in _FIELDS:
        raise InputError(f"{where}：没有“{correction.field}”这一项", f"可用：{'、'.join(_FIELDS)}")
    if correction.heading and candidate(correction.heading.strip()) is None:
        remedy = "请写成“第二节 主要目标”“（三）资金投入”这样的标题"
        raise InputError(f"{where}：“{correction.heading[:30]}”不是带序号的标题", remedy)
    return correction


def from_line(line: str, where: str) -> Correction:
    """Return the correction that a line of JSON is; InputError, beginning with `where`, if none."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        remedy = f"请检查第 {error.colno} 个字符附近的引号、逗号和括号"
        raise InputError(f"{where}不是完整的 JSON", remedy) from error
    return from_record(record, where)


def corrected(meta: Meta, corrections: Sequence[Correction]) -> Meta:
    """Return the metadata with what people put right; an empty value empties a field."""
    changes = {each.field: each.value.strip() or None for each in corrections if each.do == "meta"}
    if changes.get("title", "") is None:
        del changes["title"]  # a document is never without one
    return replace(meta, **changes)  # type: ignore[arg-type]


def resolve(
    corrections: Sequence[Correction], lines: Sequence[Line], residue: Container[int]
) -> Edits:
    """Find the lines that corrections speak of; one that fits no line, or several, is a problem.

    Lines whose numbers are in `residue`, such as those of the table of contents, count only where
    no other fits.
    """
    edits = Edits({}, {}, [])
    if not corrections:
        return edits
    squeezed = [_squeeze(line.text) for line in lines]
    for number, each in enumerate(corrections, 1):
        if each.do == "meta":
            continue
        places = [at for at, text in enumerate(squeezed) if text.startswith(_squeeze(each.place))]
        places = [at for at in places if at not in residue] or places
        at = _chosen(places, each.nth)
        if at is None:
            found = f"有 {len(places)} 行" if places else "没有行"
            remedy = "请用 nth 指明第几处，或把开头写长些" if places else "请改写或删去这一条"
            message = f"第 {number} 条更正用不上：{found}以“{each.place[:30]}”开头。{remedy}"
            edits.problems.append(Problem("correction-unfit", message))
        elif each.do == "insert":
            edits.inserted.setdefault(at, []).append(_heading(each))
        else:
            edits.lines[at] = _heading(each) if each.do == "heading" else None
    return edits


def _heading(correction: Correction) -> Candidate:
    found = candidate(correction.heading.strip())
    if found is None:
        raise ValueError(correction.heading)
    return replace(found, run_in=False)


def _chosen(places: Sequence[int], nth: int) -> int | None:
    if nth:
        return places[nth - 1] if nth <= len(places) else None
    return places[0] if len(places) == 1 else None


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
