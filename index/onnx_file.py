"""Writes ONNX files without the package onnx: the few parts of its protobuf that a model needs.

The weights are not written but pointed at: they stay where a safetensors file holds them, and
onnxruntime maps them from there. Field numbers after
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, encoding after
https://protobuf.dev/programming-guides/encoding/, safetensors after
https://huggingface.co/docs/safetensors (length of the header, header as JSON, tensors).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_FORMAT, _OPERATORS = 11, 23  # "IR version" and opset of ONNX 1.18, the first with Attention
_FLOAT, _INT64 = 1, 7  # TensorProto.DataType
_EXTERNAL = 1  # TensorProto.DataLocation
_LENGTH = struct.Struct("<Q")

Value = int | float | bytes | str


class Graph:
    """A graph in the making: nodes in the order of computing, each known by its result's name."""

    def __init__(self, weights: Path) -> None:
        """Begin with no nodes; `weights` (safetensors, float32) will lie beside the ONNX file."""
        with weights.open("rb") as file:
            (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
            self._tensors: dict[str, Any] = json.loads(file.read(length))
        self._location = weights.name
        self._start = _LENGTH.size + length
        self._nodes: list[bytes] = []
        self._constants: dict[str, bytes] = {}

    def weight(self, name: str) -> str:
        """Return the name of a tensor in the file of weights; KeyError where it has none such."""
        tensor = self._tensors[name]
        first, last = tensor["data_offsets"]
        place = {
            "location": self._location,
            "offset": self._start + first,
            "length": last - first,
        }
        entries = [field(1, key) + field(2, str(value)) for key, value in place.items()]
        self._constants[name] = (
            _all(1, tensor["shape"])
            + field(2, _FLOAT)
            + field(8, name)
            + _all(13, entries)
            + field(14, _EXTERNAL)
        )
        return name

    def integers(self, *values: int) -> str:
        """Return the name of a constant of shape (values,), int64."""
        name = "integers" + "".join(f"_{value}" for value in values)
        raw = struct.pack(f"<{len(values)}q", *values)
        self._constants[name] = (
            field(1, len(values)) + field(2, _INT64) + field(8, name) + field(9, raw)
        )
        return name

    def node(self, operator: str, *inputs: str, **attributes: float) -> str:
        """Add a node and return the name of its one output; an int attribute stays an int."""
        name = f"{operator}_{len(self._nodes)}"
        settings = [_attribute(*each) for each in attributes.items()]
        self._nodes.append(
            _all(1, inputs) + field(2, name) + field(4, operator) + _all(5, settings)
        )
        return name

    def model(self, given: str, found: str) -> bytes:
        """Return the ONNX file that computes `found`, a float matrix, of `given`, int64 numbers."""
        graph = (
            _all(1, self._nodes)
            + field(2, "graph")
            + _all(5, self._constants.values())
            + field(11, _port(given, _INT64, ("tokens",)))
            + field(12, _port(found, _FLOAT, ("tokens", "dimensions")))
        )
        return field(1, _FORMAT) + field(7, graph) + field(8, field(2, _OPERATORS))


def field(number: int, value: Value) -> bytes:
    """Return a protobuf field: an int >= 0 as varint, a float in 32 bits, else with its length."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    raw = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(raw)) + raw


def _varint(value: int) -> bytes:
    """Return seven bits a byte, the lowest first, the high bit set in all but the last."""
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])


def _all(number: int, values: Iterable[Value]) -> bytes:
    return b"".join(field(number, value) for value in values)


def _attribute(name: str, value: float) -> bytes:
    """Return an AttributeProto; its type (1 float, 2 int) is told beside its value."""
    whole = isinstance(value, int)
    return field(1, name) + field(3 if whole else 2, value) + field(20, 2 if whole else 1)


def _port(name: str, kind: int, sizes: Sequence[str]) -> bytes:
    """Return the ValueInfoProto of an input or output whose sizes are open, known by name."""
    shape = _all(1, [field(2, size) for size in sizes])
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, shape)))
