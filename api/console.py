"""What people see on the command line: answers, clauses and outlines as text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from corpus.checkup import CheckUp
from corpus.labels import field_name, kind_name, level_name, value_name
from corpus.model import Answer, Citation, Clause, Document, Hit, Sentence
from ingest.corrections import Correction

_EXCERPT = 160  # characters of a clause in a list
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def show_answer(answer: Answer, cite: Callable[[Clause], Citation]) -> str:
    """Return an answer as text: places, sentences with their citations, then the clauses."""
    lines = [f"注意：{note}" for note in answer.notes]
    if answer.abstained:
        lines += [f"没有依据：{answer.reason}", ""]
    elif answer.places:
        lines += [*(_style(_BOLD, place) for place in answer.places), ""]
    for sentence in answer.sentences:
        lines += [_marked(sentence), f"    —— {sentence.citation}", ""]
    answered = {sentence.citation.clause_id for sentence in answer.sentences}
    rest = [hit for hit in answer.hits if hit.clause.clause_id not in answered]
    if rest:
        lines.append("最接近的条款：" if answer.abstained else "其他相关条款：")
        lines += show_hits(rest, cite)
    return "\n".join(lines)


def show_hits(hits: Sequence[Hit], cite: Callable[[Clause], Citation]) -> Iterator[str]:
    """Yield the lines of a list of clauses: rank and citation, then the beginning of the text."""
    for hit in hits:
        text = " ".join(hit.clause.text.split())
        yield f"{hit.rank:>3}. {_style(_BOLD, str(cite(hit.clause)))}"
        yield f"     {_style(_DIM, text[:_EXCERPT] + ('……' if len(text) > _EXCERPT else ''))}"


def show_outline(document: Document) -> str:
    """Return an outline as text, one node a line, with the doubts below."""
    lines = [f"《{document.meta.title}》 {len(document.clauses)} 个条款"]
    for node, address in document.walk():
        depth = "  " * len(address.steps)
        label = str(address) if node.number is not None else ""
        title = node.title if node.number is not None else f"{node.title}"
        lines.append(f"{depth}{_style(_DIM, label)} {title}".rstrip())
    lines += [f"疑点：{problem.message}" for problem in document.problems]
    return "\n".join(lines)


def show_checkup(document: Document, report: CheckUp) -> str:
    """Return a check-up (体检单) as text: verdict, figures, metadata with origins, doubts."""
    places = "、".join(f"{level_name(level)} {n}" for level, n in report.levels.items())
    apart = [*report.residues.items(), *report.dropped.items()]
    lines = [
        f"{document.doc_id}：《{document.meta.title}》",
        f"  结论：{_style(_BOLD, report.verdict.words)}。{report.reason}",
        f"  文字：共 {report.characters} 字（不计空白），条款 {report.clauses}，标题 "
        f"{report.headings}，非正文 {sum(n for _, n in apart)}，去向不明 {report.lost}",
        f"  条款 {len(document.clauses)} 个；大纲：{places or '没有标题'}",
    ]
    if apart:
        lines.append("  非正文：" + "、".join(f"{kind_name(kind)} {n}" for kind, n in apart))
    if report.pages or report.tables or report.contents:
        lines.append(
            f"  页 {report.pages or '无'}，表格 {report.tables}，目录 {report.contents} 行"
        )
    lines += _metadata(document)
    lines += [f"  专栏：{address} {title}" for address, title in report.boxes]
    lines += [f"  疑点：{doubt.message}" for doubt in report.doubts]
    return "\n".join(lines)


def _metadata(document: Document) -> Iterator[str]:
    """Yield what is known of a document and where it was found, then what was not found."""
    origins = dict(document.origins)
    missing = []
    for field, value in asdict(document.meta).items():
        if value:
            where = f"（{origins[field]}）" if field in origins else ""
            yield f"  {field_name(field)}：{value_name(field, value)}{where}"
        else:
            missing.append(field_name(field))
    if missing:
        yield f"  没有找到：{'、'.join(missing)}"


def show_correction(number: int, one: Correction) -> str:
    """Return a correction as a line: its number, what it does, where, why."""
    what = {
        "insert": f"在“{one.before}”之前补标题“{one.heading}”",
        "heading": f"“{one.line}”是标题“{one.heading}”",
        "text": f"“{one.line}”不是标题",
        "meta": f"{one.field} 改为“{one.value}”",
    }[one.do]
    nth = f"（第 {one.nth} 处）" if one.nth else ""
    return f"{number:>3}. {what}{nth}" + (f"  {one.note}" if one.note else "")


def _marked(sentence: Sentence) -> str:
    """Return the quote with its marks shown: bold on a terminal, in 【】 elsewhere."""
    opening, closing = (_BOLD, _PLAIN) if sys.stdout.isatty() else ("【", "】")
    text, position = "", 0
    for start, end in sentence.marks:
        text += sentence.citation.quote[position:start] + opening
        text += sentence.citation.quote[start:end] + closing
        position = end
    return text + sentence.citation.quote[position:]


def _style(style: str, text: str) -> str:
    return f"{style}{text}{_PLAIN}" if sys.stdout.isatty() and text else text


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function (what, done, whole) that draws bars on stderr, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _whole: None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: int, whole: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=whole)
            bars.update(tasks[what], completed=done, total=whole)

        yield report
