"""The same question put to several documents: which ones, and in what order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from corpus.errors import InputError
from corpus.model import Hit

MOST = 20  # documents side by side


def chosen(named: Collection[str], doc_ids: Sequence[str], hits: Sequence[Hit]) -> list[str]:
    """Return the documents to compare, in the order of `doc_ids`, which are all there are.

    Those named, or all; where all are more than `MOST`, those of the first hits. InputError where
    more are named.
    """
    if len(named) > MOST:
        raise InputError(f"要比较的文件有 {len(named)} 份", f"一次最多 {MOST} 份，请缩小范围")
    wanted = set(named)
    if not wanted and len(doc_ids) <= MOST:
        return list(doc_ids)
    if not wanted:
        wanted = set(list(dict.fromkeys(hit.clause.doc_id for hit in hits))[:MOST])
    return [doc_id for doc_id in doc_ids if doc_id in wanted]
