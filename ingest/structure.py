"""From a cleaned text to its outline: what each line is, then the nodes that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.address import Level
from corpus.model import Node, Problem, Residue, Span
from ingest import contents, newspaper, residue, webpage
from ingest.builder import Builder, Source
from ingest.corrections import Correction, resolve
from ingest.families import articles_hold_headings, headings_hold_articles, weigh
from ingest.headings import Candidate, candidate
from ingest.lines import Line, marked, split_articles, split_lines
from ingest.ranks import IN_ARTICLES, ORDERS, OVER_ARTICLES
from ingest.reading import HEADING, Mark


@dataclass(frozen=True, slots=True)
class Outline:
    """What `build` found: text without a heading, nodes, residue and doubts, each in text order."""

    title: str
    paragraphs: tuple[Span, ...]
    nodes: tuple[Node, ...]
    residues: tuple[Residue, ...]
    problems: tuple[Problem, ...]


def build(
    text: str,
    title: str = "",
    marks: Sequence[Mark] = (),
    corrections: Sequence[Correction] = (),
) -> Outline:
    """Return the outline of a cleaned text. Never raises.

    `title` is the document's title where it is known; otherwise the text's own is looked for.
    `marks` is what the layout shows, with offsets of `text`; `corrections` are what people say.
    """
    plain, residues = split_lines(text)
    lines, shown = _apart(marked(split_articles(plain), marks))
    around = webpage.furniture(lines, residue.title_lines(lines, title))
    shown += [Residue("chrome", lines[at].start, lines[at].end) for at in sorted(around)]
    lines = [line for at, line in enumerate(lines) if at not in around]
    residues += shown
    candidates: list[Candidate | None]
    candidates = [None if line.row else candidate(line.text) for line in lines]
    if candidates and candidates[0] and candidates[0].level is Level.ANNEX:
        residues.append(Residue("mark", lines[0].start, lines[0].end))  # the file is an annex
        lines, candidates = lines[1:], candidates[1:]
    title = title or residue.find_title(lines, candidates)
    table = contents.find(lines, candidates)
    kinds = residue.classify(lines, candidates, title)
    if table:
        kinds |= dict.fromkeys(range(table.first, table.last), "toc")
    roles = {at: newspaper.Role(kind) for at, kind in kinds.items()}
    if newspaper.looks_like_page(text):
        rest = [at for at in range(len(lines)) if at not in roles]
        for at, role in newspaper.roles([lines[at] for at in rest]).items():
            roles[rest[at]] = role
    edits = resolve(corrections, lines, roles)
    roles = {at: role for at, role in roles.items() if at not in edits.lines}
    weighed = [edits.lines.get(at, found) for at, found in enumerate(weigh(candidates))]
    builder = _best(Source(text, lines, weighed, roles, edits))
    residues = sorted([*residues, *builder.residues], key=lambda r: (r.start, r.end))
    nodes = tuple(child.freeze() for child in builder.root.children)
    problems = edits.problems + builder.problems + (contents.compare(table, nodes) if table else [])
    return Outline(title, tuple(builder.root.paragraphs), nodes, tuple(residues), tuple(problems))


def _apart(lines: Sequence[Line]) -> tuple[list[Line], list[Residue]]:
    """Part the lines that the layout calls residue from all others."""
    kept = [line for line in lines if line.mark in ("", HEADING)]
    shown = [line for line in lines if line.mark not in ("", HEADING)]
    return kept, [Residue(line.mark, line.start, line.end) for line in shown]


def _best(source: Source) -> Builder:
    """Return the finished builder of the order of levels in which the numbers fit best.

    Ties go to the usual order, and no other is tried where that leaves no doubt.
    """
    builders: list[Builder] = []
    articles: dict[Level, float] = {}
    if headings_hold_articles(source.candidates):
        articles = OVER_ARTICLES
    elif articles_hold_headings(source.candidates):
        articles = IN_ARTICLES
    for order in ORDERS:
        builders.append(Builder(source, order | articles))
        builders[-1].run()
        if builders[-1].misfits == 0:
            break
    return min(builders, key=lambda builder: builder.misfits)
