"""Matrix products that keep to one thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Multiplications up to which OpenBLAS keeps to one thread. Its threads spin while they wait for
# each other and some 25 ms after: where other programs want the same two cores, to compare 900
# clauses takes 148 ms with them in place of 10, and a question takes half as much CPU time again.
_ONE_THREAD = 1 << 18


def product(
    rows: NDArray[np.float32] | NDArray[np.int8], matrix: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the inner products of rows (n, d) and matrix (d, m), shape (n, m).

    A stack of small products, which numpy works out one by one, each in one thread.
    """
    height = max(_ONE_THREAD // matrix.size, 1)
    stack = np.zeros((-(-len(rows) // height), height, len(matrix)), np.float32)
    stack.reshape(-1, len(matrix))[: len(rows)] = rows
    return (stack @ matrix).reshape(-1, matrix.shape[1])[: len(rows)]
