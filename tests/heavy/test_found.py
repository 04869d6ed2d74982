"""Sequences that once broke a law, short enough to run every time."""

from emulator.kernel.time import DAY, SECOND
from tests.heavy.lab import Lab, prepared
from tests.heavy.laws import Laws


def test_use_beyond_the_end_is_not_given_back_when_another_license_follows() -> None:
    lab = Lab(prepared("R1", "R2"))
    laws = Laws(lab)
    lab.buy("R1", reload=True)
    lab.move("R1", "R2", steps=4)
    laws.check()
    lab.advance(60 * DAY + SECOND)
    laws.check()
    lab.advance(10 * DAY)
    laws.check()
    lab.accept_for_all("R1")
    laws.check()
    used = lab.router("R1").activation.inventory.consumed().used
    assert max(used.values()) > 70 * DAY, "the grace period, held for ten days beyond its end"
