"""What the tests of several folders share."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from index.encoder import Encoder, open_encoder


@pytest.fixture(scope="session")
def encoder(request: pytest.FixtureRequest) -> Encoder:
    """The default encoder, unpacked once into pytest's cache and kept there between runs."""
    assert request.config.cache
    return open_encoder(cache=request.config.cache.mkdir("encoder"))


# These machines are noisy: no example fails for the time it takes.
settings.register_profile("zhangjie", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zhangjie")
