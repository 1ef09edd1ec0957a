"""BertModel as an ONNX graph over the weights that a SentenceTransformer folder holds anyway.

One text at a time, so that there is neither padding nor a mask, and matrices have two dimensions.
Source: Devlin et al., BERT (arXiv 1810.04805); names of weights as in transformers' `BertModel`.
"""

from __future__ import annotations

from pathlib import Path

from index.onnx_file import Graph

GIVEN = "ids"
"""Name of the input."""


def write(path: Path, weights: Path, layers: int, heads: int, epsilon: float) -> None:
    """Write an ONNX file: token ids (n,) int64 -> the last layer's vectors (n, hidden) float32.

    `weights` (safetensors) lies beside `path` and has to stay there. The activation is GELU with
    erf, and `epsilon` that of all layer norms. Errors: KeyError for weights of another model,
    OSError where nothing can be written.
    """
    graph = Graph(weights)
    hidden = _embedded(graph, epsilon)
    for layer in range(layers):
        name = f"encoder.layer.{layer}."
        attended = _attended(graph, f"{name}attention.self.", hidden, heads)
        hidden = _joined(graph, f"{name}attention.output.", attended, hidden, epsilon)
        wide = graph.node("Gelu", _linear(graph, f"{name}intermediate.dense", hidden))
        hidden = _joined(graph, f"{name}output.", wide, hidden, epsilon)
    path.write_bytes(graph.model(GIVEN, graph.node("Identity", hidden)))


def _embedded(graph: Graph, epsilon: float) -> str:
    """Add up what stands for each token, for the first kind of text and for its place."""
    first, size = graph.integers(0), graph.node("Shape", GIVEN)
    words = graph.node("Gather", graph.weight("embeddings.word_embeddings.weight"), GIVEN)
    kind = graph.node("Gather", graph.weight("embeddings.token_type_embeddings.weight"), first)
    places = graph.weight("embeddings.position_embeddings.weight")
    placed = graph.node("Slice", places, first, size, first)
    whole = graph.node("Add", graph.node("Add", words, kind), placed)
    return _normed(graph, "embeddings.LayerNorm", whole, epsilon)


def _attended(graph: Graph, name: str, hidden: str, heads: int) -> str:
    """Let each token look at all others; the operator wants a batch, here one of one text."""
    batch = graph.integers(0)
    parts = (_linear(graph, name + part, hidden) for part in ("query", "key", "value"))
    batched = [graph.node("Unsqueeze", part, batch) for part in parts]
    found = graph.node("Attention", *batched, q_num_heads=heads, kv_num_heads=heads)
    return graph.node("Squeeze", found, batch)


def _joined(graph: Graph, name: str, change: str, hidden: str, epsilon: float) -> str:
    """Add a change to what was before and norm the sum."""
    whole = graph.node("Add", _linear(graph, f"{name}dense", change), hidden)
    return _normed(graph, f"{name}LayerNorm", whole, epsilon)


def _normed(graph: Graph, name: str, values: str, epsilon: float) -> str:
    return graph.node("LayerNormalization", values, *_pair(graph, name), epsilon=epsilon)


def _linear(graph: Graph, name: str, values: str) -> str:
    return graph.node("Gemm", values, *_pair(graph, name), transB=1)


def _pair(graph: Graph, name: str) -> tuple[str, str]:
    return graph.weight(f"{name}.weight"), graph.weight(f"{name}.bias")
