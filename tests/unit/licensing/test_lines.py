"""License lines (B.1)."""

import pytest

from emulator.kernel.time import DAY
from emulator.licensing.lines import built_in_evaluation


@pytest.mark.parametrize("right_to_use", [False, True])
def test_a_built_in_evaluation_is_additive_and_not_node_locked(*, right_to_use: bool) -> None:
    built_in = built_in_evaluation("advipservices", 60 * DAY, right_to_use=right_to_use)
    assert (built_in.udi, built_in.exclusive, built_in.count, built_in.ends) == (None, False, None, None)
    assert built_in.rule.stops == (not right_to_use)
