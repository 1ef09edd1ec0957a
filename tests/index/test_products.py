from __future__ import annotations

import numpy as np
import pytest

from index.products import product


@pytest.mark.parametrize("kind", [np.int8, np.float32])
@pytest.mark.parametrize("rows", [0, 1, 5, 6, 23])
def test_the_product_is_that_of_the_whole_matrices(rows: int, kind: type[np.generic]) -> None:
    one = (np.arange(rows * 384).reshape(rows, 384) % 7 - 3).astype(kind)
    other = (np.arange(384 * 128).reshape(384, 128) % 5 - 2).astype(np.float32)
    found = product(one, other)
    assert found.dtype == np.float32
    assert found.tolist() == (one.astype(np.float64) @ other).tolist()  # whole numbers: exact
