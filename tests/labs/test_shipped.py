"""Every lab that ships is fair, with one seed here; the gate plays them with five, and a named command with 200."""

import pytest

from emulator.labs.certifying import certify
from emulator.labs.loader import find_lab, lab_names


@pytest.mark.parametrize("name", lab_names())
def test_a_lab_is_fair(name: str) -> None:
    certificate = certify(find_lab(name), 1)
    assert certificate.faults == ()
    assert certificate.trials > 10
