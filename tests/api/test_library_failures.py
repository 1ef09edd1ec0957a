from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from api import library
from api.incoming import sweep
from api.knowledge_base import KnowledgeBase
from api.undo import Undo
from corpus.errors import StoreError
from ingest.pipeline import take_in
from tests.api.changing import (
    NOTICE,
    ORIGINAL,
    added,
    deleted,
    done,
    exchanged,
    files,
    keys,
    restored,
)


def replace_yunhe(base: KnowledgeBase) -> None:
    exchanged(base, ORIGINAL, "原文.txt")


def restore_first(base: KnowledgeBase) -> None:
    restored(base, keys(base)[0])


ACTIONS: dict[str, Callable[[KnowledgeBase], object]] = {
    "add": lambda base: added(base, NOTICE, "办法.txt"),
    "exchange": replace_yunhe,
    "describe": lambda base: done(base, library.describe("yunhe", {"issued": "2022"}, take_in)),
    "correct": lambda base: done(base, library.correct("yunhe", [], take_in)),
    "delete": lambda base: deleted(base, "yunhe"),
    "restore": restore_first,
    "restore what was replaced": restore_first,
}


@pytest.fixture(params=ACTIONS)
def action(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def begun(base: KnowledgeBase, action: str) -> KnowledgeBase:
    """The knowledge base that `action` finds."""
    one, _ = added(base, "青石镇敬老院管理办法\n一、总则\n敬老院每月体检1次。\n", "敬老.txt")
    if action == "restore":
        return deleted(one, "yunhe")[0]
    if action == "restore what was replaced":
        return exchanged(one, ORIGINAL, "原文.txt")[0]
    return one


class _Fails:
    """Counts the steps that write, and lets one of them fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.left = at
        for name in (
            "os.link",
            "pathlib.Path.replace",
            "pathlib.Path.unlink",
            "api.plans.write_manifest",
            "corpus.store.Store.put",
            "corpus.store.Store.keep_only",
        ):
            module, _, attribute = name.rpartition(".")
            self._wrap(monkeypatch, name, _found(module, attribute))

    def _wrap(
        self, monkeypatch: pytest.MonkeyPatch, name: str, real: Callable[..., object]
    ) -> None:
        def step(*arguments: object, **more: object) -> object:
            self.left -= 1
            if self.left == 0:
                raise OSError(28, "No space left on device")
            return real(*arguments, **more)

        monkeypatch.setattr(name, step)


def _found(module: str, attribute: str) -> Callable[..., object]:
    from importlib import import_module

    owner, _, inner = module.rpartition(".")
    try:
        return getattr(import_module(module), attribute)  # type: ignore[no-any-return]
    except ModuleNotFoundError:
        return getattr(getattr(import_module(owner), inner), attribute)  # type: ignore[no-any-return]


@pytest.mark.parametrize("at", range(1, 11))
def test_a_step_that_fails_leaves_every_file_as_it_was(
    begun: KnowledgeBase, action: str, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(begun)
    refusal = None
    with monkeypatch.context() as patch:
        fails = _Fails(patch, at)
        try:
            ACTIONS[action](begun)
        except StoreError as error:
            refusal = error
    if refusal:
        assert refusal.message.startswith("写不了")
        assert files(begun) == before
    else:  # no such step, or only the tidying up failed
        assert fails.left > 0 or files(begun) != before
    assert KnowledgeBase(begun.settings).documents
    assert not list(begun.corpus.glob(".incoming*"))


@contextmanager
def _down() -> Iterator[Undo]:
    """Stand for a machine that goes down: nothing is taken back."""
    yield Undo()


@pytest.mark.parametrize("at", range(1, 11))
def test_where_the_machine_goes_down_nothing_is_lost(
    begun: KnowledgeBase, action: str, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {content for name, content in files(begun).items() if name.endswith(".txt")}
    with monkeypatch.context() as patch:
        patch.setattr("api.knowledge_base.undone_on_failure", _down)
        _Fails(patch, at)
        with suppress(StoreError):
            ACTIONS[action](begun)
    opened = KnowledgeBase(begun.settings)
    assert texts <= set(files(opened).values())
    known = {entry.path for entry in opened.entries.values()}
    assert all(path.is_file() for path in known)
    if action == "delete" and "yunhe" not in opened.documents:
        again, _ = restored(opened, keys(opened)[0])
        assert again.document("yunhe") == begun.document("yunhe")
        assert keys(again) == []


def test_what_a_machine_that_went_down_left_over_is_swept(base: KnowledgeBase) -> None:
    old, new = base.corpus / ".incoming-old", base.corpus / ".incoming-new"
    old.mkdir()
    new.mkdir()
    os.utime(old, (0, 0))
    sweep(base.corpus)
    assert (old.exists(), new.exists()) == (False, True)


def test_without_links_files_are_copied(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", none)
    after, _ = added(base, NOTICE, "办法.txt")
    assert files(after)["办法.txt"].decode() == NOTICE
    assert sorted(files(after)) == sorted([*files(base)])
    assert after.document("办法")
