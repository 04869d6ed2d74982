"""Two labs that ship are fair, with one seed; the gate plays all with five, and a named command with 200."""

import pytest

from emulator.labs.certifying import certify
from emulator.labs.loader import find_lab, lab_names


@pytest.mark.parametrize("name", ["first-boot", "what-is-licensed"])
def test_a_lab_is_fair(name: str) -> None:
    assert name in lab_names()
    certificate = certify(find_lab(name), 1)
    assert certificate.faults == ()
    assert certificate.trials > 10
