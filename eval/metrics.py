"""Measures of one ranking against its gold clauses, by the names of the literature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from api.answering.figures import figures, value
from corpus.sentences import sentences


def first_ranks(hits: Sequence[Mapping[str, Any]], gold: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the rank of the first hit of each gold group, 0 where none was found.

    A hit is a gold clause where it is of the same document and holds the anchor, blanks aside.
    """
    groups = sorted({int(one.get("group", 0)) for one in gold})
    ranks = []
    for group in groups:
        members = [one for one in gold if int(one.get("group", 0)) == group]
        found = (
            int(hit["rank"])
            for hit in hits
            if any(
                hit["doc_id"] == one["doc"] and holds(hit["text"], one["anchor"]) for one in members
            )
        )
        ranks.append(min(found, default=0))
    return ranks


def hit_at(ranks: Sequence[int], k: int, mode: str = "any") -> bool:
    """Whether one gold group (`any`) or each (`all`) stands among the first `k`.

    >>> hit_at([3, 0], 5), hit_at([3, 0], 5, "all"), hit_at([3, 4], 5, "all")
    (True, False, True)
    """
    found = [0 < rank <= k for rank in ranks]
    return bool(found) and (all(found) if mode == "all" else any(found))


def reciprocal_rank(ranks: Sequence[int]) -> float:
    """Return 1/rank of the first gold clause, 0 where there is none (Voorhees 1999)."""
    found = [rank for rank in ranks if rank]
    return 1 / min(found) if found else 0.0


def same_figure(marked: Sequence[str], answer: str) -> bool:
    """Whether every marked figure is one that the reference answer gives, and there is one.

    Figures are the same with the same number and unit, sizes multiplied in (12.54 万人 and 125400
    人, 百分之八十 and 80%, 86名 and 86人); a figure whose unit the answer leaves out, or which is a
    date, a ratio or a phone number, where it stands in the answer as it is.

    >>> same_figure(["30个"], "30个"), same_figure(["92%"], "92%以上"), same_figure(["3个"], "30个")
    (True, True, False)
    >>> same_figure(["75万亩"], "正文75万亩；专栏8为85万亩"), same_figure(["3个", "30个"], "30个")
    (True, False)
    """
    return bool(marked) and all(_given(one, answer) for one in marked)


def _given(figure: str, answer: str) -> bool:
    values = {value(one.text) for one in figures(answer) if not one.is_date}
    if value(figure) in values:
        return True
    written = rf"(?<![\d.]){re.escape(_squeeze(figure))}(?![\d.])"
    return re.search(written, _squeeze(answer)) is not None


def character_f1(text: str, reference: str) -> float:
    """Return the F1 of two texts as bags of letters and digits, blanks and punctuation aside.

    As in the reading comprehension of SQuAD (Rajpurkar 2016), with characters for words: overlap
    counts each character as often as both have it; precision by the length of `text`, recall by
    that of `reference`. 0 where either has none.

    >>> character_f1("修水渠三条", "水渠五条")  # 3 of 5 and 3 of 4
    0.667
    """
    one, other = (Counter(re.findall(r"\w", each)) for each in (text, reference))
    both = sum((one & other).values())
    if not both:
        return 0.0
    precision, recall = both / sum(one.values()), both / sum(other.values())
    return round(2 * precision * recall / (precision + recall), 3)


def best_sentence(clause: str, answer: str) -> str:
    """Return the sentence of a gold clause that holds most of the reference answer.

    That is the largest share of the answer's characters; of equal ones the shortest, then the
    first.
    """
    wanted = Counter(re.findall(r"\w", answer))
    texts = [clause[span.start : span.end] for span in sentences(clause)]

    def held(text: str) -> int:
        return sum((Counter(re.findall(r"\w", text)) & wanted).values())

    return max(texts, key=lambda text: (held(text), -len(text)), default="")


def holds(text: str, anchor: str) -> bool:
    """Whether a text holds an anchor, blanks aside."""
    return _squeeze(anchor) in _squeeze(text)


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
