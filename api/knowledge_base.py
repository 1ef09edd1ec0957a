"""The façade: everything that people get goes through `KnowledgeBase`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from api.answering import compare, lookup, naming, steering, whereabouts
from api.answering.answer import Sources, answer
from api.answering.jump import jump
from api.answering.locate import Place, locate
from api.answering.precedents import alike
from api.answering.question import LONGEST, check_question, check_top_k
from api.answering.scope import Scope, read_scope
from api.answering.sections import Titled, asked_for
from api.answering.typed import read_typed
from api.filters import Filters, within
from api.parsing import Parsed, Progress, Taken, parse_all
from api.settings import Settings
from api.undo import Undo, remember, undone_on_failure
from corpus.address import Address, split_citation
from corpus.checkup import CheckUp
from corpus.errors import AddressError, InputError, NotFound, StoreError, ZhangjieError
from corpus.manifest import read_manifest
from corpus.model import Answer, Citation, Clause, Document, Hit, Query
from corpus.store import Store
from index import hybrid
from index.base import Passage
from index.encoder import Encoder, open_encoder
from index.fusion import Fused
from index.hybrid import HybridIndex
from ingest.corrections import Correction, file_for, read_corrections, write_corrections


def _silent(_what: str, _done: int, _whole: int) -> None:
    """Report nothing."""


class Finding(NamedTuple):
    """What a query found: where it says to look, the sections whose titles fit, the hits."""

    query: Query
    scope: Scope
    titled: list[Titled]
    hits: list[Hit]


class KnowledgeBase:
    """A corpus folder, parsed and indexed as far as what is asked needs it.

    Opening reads the manifest and parses what is new; the encoder and the index are loaded at the
    first search. An index of another corpus, encoder or setting is rebuilt, never used.
    """

    def __init__(
        self,
        settings: Settings,
        progress: Progress = _silent,
        before: KnowledgeBase | None = None,
        fresh: Mapping[str, Taken] | None = None,
    ) -> None:
        """Open a corpus; ManifestError or FileRefused say what is wrong with it.

        What has not changed is taken from `before`, what was parsed just now is in `fresh` by key.
        """
        if settings.ranking not in hybrid.RANKINGS:
            known = "、".join(hybrid.RANKINGS)
            raise InputError(f"没有“{settings.ranking}”这种排序", f"可用：{known}")
        self.settings = settings
        self.progress = progress
        folder = Path(settings.corpus).resolve()
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
        self.folder = Path(settings.data) / f"{folder.name}-{digest}"
        self.corpus = folder
        self.parsed: Mapping[str, Parsed] = parse_all(
            read_manifest(folder),
            Store(self.folder / "documents"),
            progress,
            before.parsed if before else {},
            fresh or {},
        )
        self.entries = {doc_id: one.entry for doc_id, one in self.parsed.items()}
        self.documents = {doc_id: one.document for doc_id, one in self.parsed.items()}
        self.checkups = {doc_id: one.checkup for doc_id, one in self.parsed.items()}
        self.notes: list[str] = []

    # -- documents -----------------------------------------------------------------------------

    @cached_property
    def _clauses(self) -> Mapping[str, Clause]:
        return {c.clause_id: c for document in self.documents.values() for c in document.clauses}

    @cached_property
    def homes(self) -> frozenset[str]:
        """The stems of the small places that the documents are of."""
        return whereabouts.homes(self.documents.values())

    def document(self, doc_id: str) -> Document:
        """Return a document; NotFound names the documents there are."""
        if doc_id not in self.documents:
            known = "、".join(list(self.documents)[:10])
            raise NotFound(f"没有文件“{doc_id[:60]}”", f"现有：{known}")
        return self.documents[doc_id]

    def checkup(self, doc_id: str) -> CheckUp:
        """Return the check-up of a document's import; NotFound where there is no such document."""
        return self.checkups[self.document(doc_id).doc_id]

    def corrections(self, doc_id: str) -> tuple[Correction, ...]:
        """Return what people put right in a document; NotFound where there is no such document."""
        return read_corrections(self.entries[self.document(doc_id).doc_id].path)

    def correct(self, doc_id: str, corrections: Sequence[Correction]) -> KnowledgeBase:
        """Keep corrections in place of those there and return the knowledge base that has them.

        NotFound where there is no such document; otherwise like `changed`.
        """
        path = self.entries[self.document(doc_id).doc_id].path

        def write(undo: Undo) -> None:
            remember(undo, file_for(path))
            write_corrections(path, corrections)

        return self.changed(write)

    def changed(
        self, action: Callable[[Undo], None], fresh: Mapping[str, Taken] | None = None
    ) -> KnowledgeBase:
        """Let `action` change the corpus folder and return the knowledge base that it makes.

        What `action` registers with `Undo` is done where it fails or the new knowledge base cannot
        be opened. This one stays as it was, and lends the other its encoder. `fresh` holds what is
        parsed already, by key. One caller at a time.
        """
        with undone_on_failure() as undo:
            action(undo)
            # In silence: whoever listens to this one is told of something else at the moment.
            base = KnowledgeBase(self.settings, _silent, self, fresh)
        base.progress = self.progress
        base.borrow(self)
        return base

    def borrow(self, other: KnowledgeBase) -> None:
        """Use the encoder of a knowledge base of the same settings where it has loaded it.

        Loading takes seconds, and as much memory again.
        """
        if "encoder" in vars(other) and "encoder" not in vars(self):
            self.encoder, self.notes = other.encoder, list(other.notes)

    def clause(self, clause_id: str) -> Clause:
        """Return a clause; NotFound where there is none of that id."""
        if clause_id not in self._clauses:
            remedy = "clause_id 形如 gz-plan/ch5/s3/p2，可从检索结果得到"
            raise NotFound(f"没有条款“{clause_id[:80]}”", remedy)
        return self._clauses[clause_id]

    def cite(self, clause: Clause, start: int = 0, end: int | None = None) -> Citation:
        """Return the citation of a part of a clause, offsets relative to it, re-read and checked.

        StoreError where the text at the offsets is not the clause's: such a quote is not vouched
        for and must not be shown.
        """
        document = self.document(clause.doc_id)
        first, last = (
            clause.start + start,
            clause.start + (len(clause.text) if end is None else end),
        )
        quote = document.text[first:last]
        if not quote or quote != clause.text[start:end]:
            raise StoreError(f"{clause.clause_id} 的引文与原文不符", "请运行 zhangjie index 重建")
        return Citation(
            clause.doc_id,
            clause.clause_id,
            document.meta.title,
            clause.address,
            first,
            last,
            quote,
            document.page(first),
        )

    def resolve(self, citation: str, doc_id: str = "") -> list[Place]:
        """Return the places that a citation may mean: one where it is clear, several where not.

        `citation` is an address, with or without the document's title, doc_id or a piece of its
        title before it. With `doc_id` it is looked for in that document alone, as people type it
        there: 专栏7. NotFound where no document has such a place; AddressError where it is none.
        """
        check_question(citation)
        if doc_id:
            return jump(self.document(doc_id), citation, self.documents.values())
        name, address = split_citation(citation)
        named = self.named(name)
        places = self._places(named, address)
        if not places:  # 专栏7, which stands in a chapter
            typed = read_typed(citation)[-1:]
            places = [place for one in named for each in typed for place in locate(one, each)]
        if not places and address is None and name:
            raise AddressError(f"“{citation[:60]}”里没有地址", "请写成“铜仁规划第六章第二节”")
        if not places:
            what = f"名称含“{name}”、有" if name else ""
            raise NotFound(f"没有{what}{address}的文件", "请核对名称和章节号")
        return places

    def _places(self, documents: Sequence[Document], address: Address | None) -> list[Place]:
        places = []
        for document in documents:
            if address is None:
                places.append(Place(document, Address(), document.clauses))
                continue
            clauses = tuple(c for c in document.clauses if c.address.within(address))
            if clauses or any(at == address for _, at in document.walk()):
                places.append(Place(document, address, clauses))
        return places

    def named(self, name: str) -> list[Document]:
        """Return the documents that a name may mean, as `naming.named` does."""
        return naming.named(self.documents.values(), name)

    # -- search --------------------------------------------------------------------------------

    @cached_property
    def encoder(self) -> Encoder | None:
        """The encoder, None where there is none; then `notes` says so and BM25 goes on alone."""
        if self.settings.model == "none":
            self.notes.append("已关闭向量检索，只用 BM25")
            return None
        try:
            return open_encoder(
                self.settings.model or None,
                Path(self.settings.cache) if self.settings.cache else None,
                lambda done, whole: self.progress("解包语义模型", done, whole),
            )
        except ZhangjieError as error:
            self._goes_without(error)
            return None

    def _goes_without(self, error: ZhangjieError) -> None:
        self.notes.append(f"没有语义模型，只用 BM25：{error}")

    @property
    def fingerprint(self) -> str:
        """What an index must have been made for to be used."""
        keys = {doc_id: one.key for doc_id, one in self.parsed.items()}
        parts = [hybrid.settings(), self.encoder.identity if self.encoder else "none", keys]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    @cached_property
    def index(self) -> HybridIndex:
        """The index of this corpus, loaded where it fits and built where it does not.

        That of BM25 alone has a folder of its own, so that a run without vectors loses none.
        """
        folder = self.folder / ("index" if self.encoder else "index-bm25")
        made_for = hybrid.made_for(folder)  # reads and checks every file: once
        if made_for == self.fingerprint:
            loaded = HybridIndex.load(folder, self.encoder)
            if loaded:
                return loaded
        passages = [
            Passage(c.clause_id, (document.meta.title, *c.heads), c.text)
            for document in self.documents.values()
            for c in document.clauses
        ]
        reuse = None
        if made_for:
            with suppress(StoreError):  # of another encoder: nothing of it can be used again
                reuse = HybridIndex.load(folder, self.encoder)
        try:
            index = HybridIndex.build(
                passages,
                self.encoder,
                reuse,
                lambda done, whole: self.progress("计算向量", done, whole),
            )
        except StoreError as error:  # of libraries that are imported only to encode passages
            if self.encoder is None:
                raise
            self._goes_without(error)
            self.encoder = None
            return self.index
        index.save(folder, self.fingerprint)
        return index

    def search(self, query: Query) -> list[Hit]:
        """Return the clauses that fit a query, best first, ties by clause_id.

        What stands at an address that the query names comes first (see `answering.steering`).
        InputError for an empty or overlong query or a `top_k` outside 1 to 1000; NotFound for a
        filter that names no document.
        """
        return self.find(query).hits

    def find(self, query: Query) -> Finding:
        """Return what is found for a query, from which `answer` can be made; as `search` does."""
        check_question(query.text)
        check_top_k(query.top_k)
        kept = {self.document(doc_id).doc_id for doc_id in query.filters} or set(self.documents)
        documents = {key: one for key, one in self.documents.items() if key in kept}
        scope = read_scope(query.text, documents)
        ordinary = self._ordinary(query, scope, documents)
        within = scope.named or tuple(documents.values())
        titled = asked_for(scope.rest, scope.wants, within, ordinary, self.index.bm25)
        hits = steering.steer(ordinary, scope, titled, self._clauses, query.top_k)
        return Finding(query, scope, titled, hits)

    def _ordinary(
        self, query: Query, scope: Scope, documents: Mapping[str, Document]
    ) -> list[Fused]:
        """Return what the words of a query find, enough of it from the documents it names."""

        def look(depth: int, within: Collection[Document]) -> list[Fused]:
            keys = None
            if len(within) < len(self.documents):
                keys = {clause.clause_id for document in within for clause in document.clauses}
            return self.index.search(query.text, depth, keys, self.settings.ranking)

        found = look(max(query.top_k, steering.DEPTH), documents.values())
        own = {c.clause_id for document in scope.named for c in document.clauses}
        known = {one.clause_id for one in found}
        if len(own & known) < min(query.top_k, len(own)):
            more = look(query.top_k, scope.named)
            found += [one for one in more if one.clause_id not in known]
        return found

    def ask(self, query: Query) -> Answer:
        """Return the sentences that answer, each with its citation, or why there are none."""
        return self.answer(self.find(query))

    def answer(self, finding: Finding) -> Answer:
        """Return the answer that is in what was found, see `ask`."""
        query, scope, titled, hits = finding
        places = tuple(lookup.outline([*scope.found, *(one.place for one in titled)]))
        settled = lookup.answer(query.text, scope, hits, self.cite, self.notes)
        if settled:
            return replace(settled, places=places)
        asked = scope.rest if scope.targets or scope.wants else query.text
        sources = Sources(self.index.bm25, self.documents, self.cite, self.homes)
        return replace(answer(asked, hits, sources, self.notes), question=query.text, places=places)

    def precedents(self, query: Query, clause_id: str = "") -> list[Hit]:
        """Return the clauses that are like a text, the most alike first, ties by clause_id.

        With `clause_id` its text is taken in place of the query's, and its document left out. The
        list is empty where nothing is like it. Errors as for `search`; NotFound for the clause.
        """
        text = self.clause(clause_id).text[:LONGEST] if clause_id else query.text
        check_question(text)
        check_top_k(query.top_k)
        kept = {self.document(one).doc_id for one in query.filters} or set(self.documents)
        if clause_id:
            kept.discard(self.clause(clause_id).doc_id)
        keys = {c.clause_id for one in kept for c in self.documents[one].clauses}
        found = alike(self.index.search(text, query.top_k, keys)) if keys else []
        return [
            Hit(self._clauses[each.clause_id], each.score, rank, each.sources)
            for rank, each in enumerate(found, 1)
        ]

    def compare(self, query: Query) -> dict[str, Answer]:
        """Return the answer of each document by itself, by doc_id in the order of the manifest.

        Of the documents in `query.filters`, else of all, or those of the first hits where there are
        more than `compare.MOST`; InputError where more are named, NotFound for one that is not.
        """
        hits: list[Hit] = []
        if not query.filters and len(self.documents) > compare.MOST:
            hits = self.search(replace(query, top_k=steering.DEPTH))
        named = {self.document(one).doc_id for one in query.filters}
        wanted = compare.chosen(named, list(self.documents), hits)
        return {one: self.ask(replace(query, filters=frozenset({one}))) for one in wanted}

    def within(self, doc_ids: Collection[str], filters: Filters) -> frozenset[str]:
        """Return the doc_ids to stay within for `Query.filters`; NotFound where nothing fits."""
        return within(self.documents, doc_ids, filters)
