"""An encoder that needs no model, and four passages for it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from index.base import Passage
from index.encoder import Encoded, Progress, Vectors, pack, small


class LetterEncoder:
    """Counts letters: texts are near that share characters. Remembers what it has encoded."""

    dimensions = token_dimensions = 64

    def __init__(self, identity: str = "letters") -> None:
        self.identity = identity
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Encoded:
        tokens = [np.array([self._letter(each) for each in text]).reshape(-1, 64) for text in texts]
        vectors = [each.sum(axis=0) + 1e-3 for each in tokens]
        units = [np.asarray(each / np.linalg.norm(each), np.float32) for each in vectors]
        return pack(units, [small(each) for each in tokens], (64, 64))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        self.encoded.extend(texts)
        if progress and texts:
            progress(len(texts), len(texts))
        return self.encode_queries(texts)

    def _letter(self, letter: str) -> Vectors:
        place = hashlib.md5(letter.encode(errors="replace")).digest()[0] % 64
        return np.eye(64, dtype=np.float32)[place]


PASSAGES = [
    Passage(
        "plan/p1", ("规划",), "建设乡镇卫生院，配备全科医生，方便群众就近看病就医，减轻住院负担。"
    ),
    Passage(
        "plan/p2", ("规划",), "修建通村公路，硬化入户道路，完善排水边沟，落实养护责任和养护资金。"
    ),
    Passage(
        "plan/p3", ("规划",), "扩建中心幼儿园，补充专任教师，提高普惠性学前教育学位的覆盖比例。"
    ),
    Passage(
        "plan/p4", ("规划",), "修建通村公路，硬化入户道路，完善排水边沟，落实养护责任和养护资金。"
    ),
]
