from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Tokenizer

from corpus.errors import StoreError
from index import e5_unpack
from index.default_model import packed_model
from index.encoder import E5Encoder

SENTENCES = (
    "到2027年，全县学前教育毛入园率保持在93.6%以上；每千人口托位数不少于4.5个。",
    "（三）推动“互联网＋医疗健康”，二级以上医院线上预约诊疗～占比超过60％。",
    "①压实责任；②严格考核……《方案》自二〇二六年一月一日起施行。",
    "ＰＭ2.5年均浓度降至26μg/m³，5G基站达到1200座，WiFi进景区、GDP增长6%。",
    "县里修路占了我家的地，补偿款找谁要？",
    "　　龘靐齉等生僻字与 2 个  空格",
)


@pytest.fixture(scope="module")
def packed() -> e5_unpack.Packed:
    return e5_unpack.read(packed_model())


@pytest.fixture(scope="module")
def kept(packed: e5_unpack.Packed) -> NDArray[np.intp]:
    return e5_unpack.kept_pieces(packed)


@pytest.fixture(scope="module")
def trimmed(packed: e5_unpack.Packed, kept: NDArray[np.intp]) -> Tokenizer:
    return tokenizer(packed, kept.tolist())


@pytest.fixture(scope="module")
def full(packed: e5_unpack.Packed) -> Tokenizer:
    return tokenizer(packed, range(len(packed.pieces) - 1))


def tokenizer(packed: e5_unpack.Packed, numbers: list[int] | range) -> Tokenizer:
    vocabulary = [(packed.pieces[number], float(packed.scores[number])) for number in numbers]
    return Tokenizer.from_str(e5_unpack.tokenizer_json(vocabulary))


def test_a_block_holds_its_low_nibbles_first() -> None:
    block = np.zeros(1, e5_unpack.BLOCK)
    block["scale"] = 0.5
    block["nibbles"] = np.arange(16) | (np.arange(16)[::-1] << 4)
    values = e5_unpack.dequantize(block.reshape(1, 1))
    low = (np.arange(16) - 8) * 0.5
    assert values.dtype == np.float32
    assert values.tolist() == [[*low, *low[::-1]]]


@pytest.mark.parametrize(
    "piece",
    ["乡村振兴", "▁第", "〇", "》", "▁2025", "％", "GDP", "WiFi", "é", "μ", "▁online", "▁query"],
)
def test_what_chinese_text_uses_is_kept(piece: str) -> None:
    score = -8.0 if piece == "▁online" else -15.0
    assert e5_unpack.used_by_chinese(piece, score)


@pytest.mark.parametrize("piece", ["▁на", "を", "자치", "ที่", "१२", "▁på", "▁gobierno", "的な"])
def test_other_scripts_and_rare_latin_words_are_dropped(piece: str) -> None:
    assert not e5_unpack.used_by_chinese(piece, -15.0)


def test_four_of_five_pieces_are_dropped(packed: e5_unpack.Packed, kept: NDArray[np.intp]) -> None:
    assert len(packed.pieces) == 250_002
    assert 4.5 < len(packed.pieces) / len(kept) < 5.5


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("prompt", e5_unpack.PROMPTS.values())
def test_a_chinese_sentence_is_cut_as_with_all_pieces(
    trimmed: Tokenizer, full: Tokenizer, prompt: str, sentence: str
) -> None:
    assert trimmed.encode(prompt + sentence).tokens == full.encode(prompt + sentence).tokens


def test_a_kept_piece_keeps_its_embedding(
    packed: e5_unpack.Packed, kept: NDArray[np.intp], encoder: E5Encoder
) -> None:
    some = kept[::997]
    with safe_open(encoder._folder / "model.safetensors", "np") as file:
        written = file.get_tensor("embeddings.word_embeddings.weight")
    assert written.shape == (len(kept), 384)
    assert np.array_equal(written[::997], packed.rows("emb.word", 384, some))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＧＤＰ①㎡", "GDP1m2"),
        ("10～20", "10～20"),
        ("甲\t乙　丙\u200b丁", "甲 乙 丙 丁"),
        ("甲\x07乙\ufeff", "甲乙 "),
        ("甲   乙", "甲 乙"),
    ],
)
def test_text_is_normalised_as_the_model_was_trained(
    trimmed: Tokenizer, text: str, expected: str
) -> None:
    assert trimmed.normalizer.normalize_str(text) == expected


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / e5_unpack.SOURCE_NAME
    other.write_bytes(b"E5S1" + bytes(1000))
    with pytest.raises(StoreError, match=r"不一致.*pip install"):
        e5_unpack.read(other)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="读不出模型文件"):
        e5_unpack.read(tmp_path / e5_unpack.SOURCE_NAME)


def test_a_tuned_weight_is_the_old_one_and_a_low_rank_change() -> None:
    old = np.arange(6, dtype=np.float32).reshape(2, 3)
    tuning = {"w.a": np.ones((1, 3), np.float16), "w.b": np.array([[2], [0]], np.float16)}
    assert e5_unpack.tuned("w", old, tuning).tolist() == [[2, 3, 4], [3, 4, 5]]
    assert e5_unpack.tuned("other", old, tuning) is old
