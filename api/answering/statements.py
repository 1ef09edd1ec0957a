"""The sentences of a clause that can stand as an answer."""

from __future__ import annotations

from corpus.model import Clause, Span
from corpus.sentences import sentences as split_sentences

_LABEL = 8  # characters of a number and a stop around a topic: （一）…。
_SHORTEST = 12  # characters; a shorter sentence says nothing by itself


def statements(clause: Clause) -> list[Span]:
    """Return the sentences of a clause; one that only names its topic goes with the next.

    “边缘易致贫户。” answers nothing without what is said of them.
    """
    joined: list[Span] = []
    for span in split_sentences(clause.text):
        before = joined[-1] if joined else None
        if before and _only_names(clause, before):
            joined[-1] = Span(before.start, span.end)
        else:
            joined.append(span)
    return joined


def defines(clause: Clause, span: Span, term: str) -> bool:
    """Whether a sentence begins with a term and goes on to say something of it."""
    beginning = clause.text[span.start : span.start + len(term) + _LABEL]
    return term in beginning and span.end - span.start > len(term) + _LABEL


def _only_names(clause: Clause, span: Span) -> bool:
    sentence = clause.text[span.start : span.end]
    head = clause.heads[-1] if clause.heads else ""
    named = bool(head) and head in sentence and len(sentence) - len(head) <= _LABEL
    return named or len(sentence) < _SHORTEST
