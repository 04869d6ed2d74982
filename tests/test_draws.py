"""Default tests draw nothing at random."""

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture.providers import HypothesisProvider

from tests.conftest import SEARCH


@pytest.mark.skipif(SEARCH != "fixed", reason="a wide search draws at random on purpose")
def test_what_property_tests_draw_depends_on_the_test_alone():
    assert settings().derandomize
    pool = HypothesisProvider(None)._local_constants
    assert not any((pool.integers, pool.floats, pool.bytes, pool.strings))
