from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertModel

from index import bert_graph

LAYERS, HEADS, EPSILON = 2, 4, 1e-5


@pytest.fixture(scope="module")
def model() -> BertModel:
    """A small BertModel of random weights, biases and norms included."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=50,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        max_position_embeddings=16,
        layer_norm_eps=EPSILON,
    )
    made = BertModel(config).eval()
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    return made


@pytest.fixture(scope="module")
def session(
    model: BertModel, tmp_path_factory: pytest.TempPathFactory
) -> onnxruntime.InferenceSession:
    folder = tmp_path_factory.mktemp("模型 bert")
    weights = folder / "model.safetensors"
    save_file(model.state_dict(), weights)
    bert_graph.write(folder / "query.onnx", weights, LAYERS, HEADS, EPSILON)
    return onnxruntime.InferenceSession(
        str(folder / "query.onnx"), providers=["CPUExecutionProvider"]
    )


@pytest.mark.parametrize("length", [1, 2, 7, 16])
def test_the_graph_computes_what_bert_computes(
    model: BertModel, session: onnxruntime.InferenceSession, length: int
) -> None:
    ids = (7 * np.arange(length) + 3) % 50
    (found,) = session.run([session.get_outputs()[0].name], {bert_graph.GIVEN: ids})
    with torch.no_grad():
        expected = model(torch.tensor(ids)[None]).last_hidden_state[0].numpy()
    assert found.shape == (length, 32)
    assert np.abs(found - expected).max() < 1e-5
