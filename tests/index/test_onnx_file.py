from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.onnx_file import Graph, field

WEIGHT = np.arange(6, dtype=np.float32).reshape(2, 3)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.safetensors"
    save_file({"before": np.ones(5, np.float32), "weight": WEIGHT}, path)
    return path


def run(path: Path, ids: list[int]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"ids": np.array(ids)})
    return np.asarray(found)


@pytest.mark.parametrize(
    ("number", "value", "expected"),
    [
        (1, 150, "08 96 01"),  # the example of protobuf's own documentation
        (2, "testing", "12 07 74 65 73 74 69 6e 67"),  # and its second
        (1, 0, "08 00"),
        (1, 127, "08 7f"),
        (1, 128, "08 80 01"),
        (20, 1, "a0 01 01"),
        (2, 1.5, "15 00 00 c0 3f"),
        (13, b"\x00", "6a 01 00"),
    ],
)
def test_a_field_is_written_as_protobuf_does(
    number: int, value: int | float | str | bytes, expected: str
) -> None:
    assert field(number, value).hex(" ") == expected


def test_a_graph_computes_with_the_weights_that_lie_beside_it(
    weights: Path, tmp_path: Path
) -> None:
    graph = Graph(weights)
    rows = graph.node("Gather", graph.weight("weight"), "ids")
    path = tmp_path / "graph.onnx"
    path.write_bytes(graph.model("ids", rows))
    assert run(path, [1, 0, 1]).tolist() == WEIGHT[[1, 0, 1]].tolist()
    assert WEIGHT.tobytes() not in path.read_bytes()


def test_constants_and_attributes_reach_the_nodes(weights: Path, tmp_path: Path) -> None:
    graph = Graph(weights)
    rows = graph.node("Gather", graph.weight("weight"), "ids")
    first = graph.node("Slice", rows, graph.integers(1), graph.integers(300), graph.integers(1))
    path = tmp_path / "graph.onnx"
    path.write_bytes(graph.model("ids", graph.node("Gemm", first, first, alpha=0.5, transB=1)))
    expected = 0.5 * WEIGHT[:, 1:] @ WEIGHT[:, 1:].T
    assert run(path, [0, 1]).tolist() == expected.tolist()


def test_a_weight_that_is_not_there_is_an_error(weights: Path) -> None:
    with pytest.raises(KeyError, match="other"):
        Graph(weights).weight("other")
