"""The default encoder as it was before our tuning, or without what we added, for comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from index import e5_unpack, storage
from index.default_model import packed_model
from index.encoder import Encoded, Encoder, Progress, SentenceEncoder

UNTUNED = "untuned"
UNPROJECTED = "unprojected"
"""Tuned, with token vectors of 384 dimensions in place of the 128 of the learnt projection."""


def open_variant(
    name: str, folder: Path, progress: Callable[[str, int, int], None] | None = None
) -> SentenceEncoder:
    """Open `UNTUNED` or `UNPROJECTED`, unpacked under `folder` where it is not there yet.

    It runs through sentence-transformers, as others would do it. Errors as `open_encoder`.
    """
    where = folder_of(name, folder)
    identity = where.name
    if storage.read_fingerprint(where) != identity:
        tuning = {} if name == UNTUNED else _without_projection()
        report = progress or (lambda _what, _done, _whole: None)

        def fill(fresh: Path) -> None:
            source = packed_model()
            e5_unpack.unpack(source, fresh, lambda n, of: report("解包", n, of), tuning)

        storage.write_folder(where, identity, fill)
    return SentenceEncoder(where, identity)


def folder_of(name: str, folder: Path) -> Path:
    """Return where a variant is unpacked; other weights are another place."""
    tuning = storage.sha256(e5_unpack.TUNING)[:8] if name != UNTUNED else "none"
    return folder / f"e5-{name}-{e5_unpack.VECTORS}-{tuning}"


def _without_projection() -> dict[str, NDArray[Any]]:
    from safetensors.numpy import load_file

    tuning: dict[str, NDArray[Any]] = dict(load_file(e5_unpack.TUNING))
    tuning.pop("projection", None)
    return tuning


class Remembering:
    """An encoder that encodes each question once, for runs that ask the same ones many times."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.identity = encoder.identity
        self.dimensions = encoder.dimensions
        self.token_dimensions = encoder.token_dimensions
        self._known: dict[tuple[str, ...], Encoded] = {}

    def encode_queries(self, texts: Sequence[str]) -> Encoded:
        """Encode questions, or return what the same ones were encoded as before."""
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._encoder.encode_queries(texts)
        return self._known[key]

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Encode passages, see Encoder."""
        return self._encoder.encode_passages(texts, progress)
